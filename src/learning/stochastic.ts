import type { Network } from '../network/model.js';
import { createReactor } from '../simulate/inlined.js';
import type { Reactor, SolverOptions } from '../simulate/types.js';
import type { StochasticFailure } from '../stochastic/failure.js';
import type { StochasticReactor } from '../stochastic/reactor.js';
import type { EnsembleOptions, StochasticMethod } from '../stochastic/types.js';
import { createRandom } from './random.js';

/**
 * A finite number of molecules: every phase is a run of stochastic simulation, and whole molecules go from one to the
 * next. What is dosed, loaded or written by hand and is no whole number of molecules becomes one of the two beside it when
 * the next phase begins, by chance and such that its mean is what was asked for.
 */
export interface StochasticChoice
  extends Pick<EnsembleOptions, 'volume' | 'method' | 'epsilon' | 'maxEvents' | 'seed'> {
  /** Molecules that a concentration of 1 stands for, > 0: one number, or one by compartment. */
  volume: number | Record<string, number>;
  /** How reactions are simulated; `maxEvents` is of one phase. Default `'auto'`: exact. */
  method?: StochasticMethod;
  /** Of molecules alone, whole number from 0 to 2^53 − 1. Default: that of the task, or 0. */
  seed?: number;
  /**
   * How predictions are made, in pots beside the one that learns: with as many molecules, or by rate equations from its
   * weights as they stand, which says what has been learned without the noise of reading it. Default `'stochastic'`.
   */
  evaluation?: 'stochastic' | 'ode';
}

/** The same with what it needs filled in; plain data. */
export type StochasticSettings = StochasticChoice &
  Required<Pick<StochasticChoice, 'method' | 'seed' | 'evaluation'>>;

/** How the chemistry of a pot is run: by rate equations, or with a finite number of molecules. */
export interface PotOptions extends SolverOptions {
  stochastic?: StochasticChoice;
}

const choices = ['volume', 'method', 'epsilon', 'maxEvents', 'seed', 'evaluation'] as const;

/** Options of rate equations that mean nothing where there are none. Tolerances are always filled in, so they do not count. */
const ofEquations = [
  ...(['method', 'maxOrder', 'linearSolver', 'kernels', 'conservation', 'fold'] as const),
  ...(['maxSteps', 'firstStep', 'fixedStep'] as const),
];

/**
 * Checks what does not depend on the network; all the rest is checked when a pot is made.
 * @throws RangeError or TypeError naming the option
 */
export function checkStochastic({ stochastic, ...solver }: PotOptions): void {
  if (stochastic === undefined) return;
  if (typeof stochastic !== 'object' || stochastic === null) {
    throw new TypeError('stochastic must be an object: { volume: 1000 } say');
  }
  const unknown = Object.keys(stochastic).find((name) => !(choices as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`stochastic has no option ${JSON.stringify(unknown)}; it has ${choices.join(', ')}`);
  }
  const { volume, evaluation = 'stochastic' } = stochastic;
  if (volume === undefined) {
    throw new RangeError(
      'stochastic.volume is missing: give the number of molecules that a concentration of 1 stands for',
    );
  }
  if (evaluation !== 'stochastic' && evaluation !== 'ode') {
    throw new RangeError(
      `stochastic.evaluation must be 'stochastic' or 'ode', got ${JSON.stringify(evaluation)}`,
    );
  }
  if (evaluation === 'ode') return;
  const meaningless = ofEquations.find((name) => solver[name] !== undefined);
  if (meaningless !== undefined) {
    throw new RangeError(
      `${meaningless} is for rate equations, which a run with a finite volume does not integrate; leave it out, or let ` +
        "predictions be made by them: evaluation 'ode'",
    );
  }
}

/**
 * A pot's chemistry, with its network's start in it.
 * @throws (rejects) RangeError or TypeError naming a bad option, or a network that has no whole molecules
 */
export async function createPotReactor(network: Network, options: PotOptions): Promise<Reactor> {
  const { stochastic, ...solver } = options;
  if (stochastic === undefined) return createReactor(network, solver);
  checkStochastic(options);
  const { evaluation: _, ...own } = stochastic;
  const { engine, parameters, maxSeconds } = solver;
  // A part of its own: most who learn never count molecules.
  const { createStochasticReactor } = await import('../stochastic/inlined.js');
  return createStochasticReactor(network, {
    ...own,
    ...(engine !== undefined && { engine }),
    ...(parameters !== undefined && { parameters }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  });
}

/** Options without those that only rate equations have, which the same run without molecules may need. */
export function withoutEquations<T extends SolverOptions>(options: T): T {
  const kept = { ...options };
  for (const name of ofEquations) delete kept[name];
  return kept;
}

/** Fills in a choice. @param seed of the task */
export const stochasticSettings = (choice: StochasticChoice, seed: number): StochasticSettings => ({
  ...choice,
  method: choice.method ?? 'auto',
  seed: choice.seed ?? seed,
  evaluation: choice.evaluation ?? 'stochastic',
});

/** Options of a pot beside the one that learns, in which predictions are made: other random numbers, or none. */
export function evaluationOptions({ stochastic, ...solver }: PotOptions): PotOptions {
  if (stochastic === undefined || stochastic.evaluation === 'ode') return solver;
  return {
    ...solver,
    stochastic: { ...stochastic, seed: namedSeed(stochastic.seed ?? 0, 'evaluation') },
  };
}

/** By its name: the class comes with a part that most never fetch. */
export const isStochasticFailure = (error: unknown): error is StochasticFailure =>
  (error as Error | undefined)?.name === 'StochasticFailure';

/** The chemistry as one of whole molecules, if it is such. */
export const asStochastic = (reactor: Reactor): StochasticReactor | undefined =>
  'stream' in reactor ? (reactor as StochasticReactor) : undefined;

/** A seed that follows from another one and a name, for generators whose streams have numbers and no names. */
export const namedSeed = (seed: number, name: string): number => createRandom(seed, name).uniform() * 2 ** 53;
