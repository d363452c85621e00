import type { LearnerCircuit } from '../circuits/index.js';
import type { LearnerExamples, LearnerPot } from '../learning/index.js';
import { drawFactors, variationSettings, variedNetwork, withFactors } from '../robustness/index.js';
import type { EngineKind } from '../simulate/types.js';
import { encoder } from './code.js';
import { type Problem, problemNamed } from './problems.js';
import { type Compared, comparedNamed, type Entry } from './systems.js';

/** A system with a problem before it: its circuit, and the data in its own concentrations. */
export interface Entrant {
  compared: Compared;
  entry: Entry;
  problem: Problem;
  circuit: LearnerCircuit;
  train: LearnerExamples;
  test: LearnerExamples | null;
  /** Of a single output: from here on it means the label 1. */
  threshold: number;
}

/** The reason why a system has no answer to a problem; `null` where it has one. */
export function reasonAgainst(system: string, problem: string): string | null {
  const { name } = problemNamed(problem);
  const entry = comparedNamed(system).entries[name as keyof Compared['entries']];
  return typeof entry === 'string' ? entry : null;
}

/** Everything that decides what becomes of a start: plain data, to know a run by. */
export function startOf(system: string, problem: string, seed: number): unknown {
  const { entry, problem: data, circuit, train, test, threshold } = entrantOf(system, problem, seed);
  const { goal, epochs } = data;
  return { goal, epochs, network: circuit.network, train, test, threshold, solver: entry.solver };
}

/**
 * Builds what a system answers a problem with.
 * @param seed of the starting weights; data and split are the same for all seeds
 * @throws RangeError for names that there are not, or a system without an answer
 */
export function entrantOf(system: string, problemName: string, seed: number): Entrant {
  const problem = problemNamed(problemName);
  const compared = comparedNamed(system);
  const entry = compared.entries[problem.name as keyof Compared['entries']];
  if (typeof entry === 'string') throw new RangeError(`${system} does not learn ${problem.name}: ${entry}`);
  const encode = encoder(entry.code, problem.train);
  const [train, test] = [encode(problem.train), problem.test && encode(problem.test)];
  const circuit = compared.system.build(entry.options(train, seed));
  const [low, high] = entry.code.labels ?? [0, 1];
  return { compared, entry, problem, circuit, train, test, threshold: circuit.threshold ?? (low + high) / 2 };
}

/** The same with rate constants that are off: a log-normal factor for each, drawn by the seed. */
export function mismatched(entrant: Entrant, sigma: number, seed: number): Entrant {
  const variations = variationSettings('rates', 'network');
  const varied = variedNetwork(entrant.circuit.network, variations);
  const factors = drawFactors(varied.factors, variations, { sigma, seed, draw: 0 });
  return { ...entrant, circuit: { ...entrant.circuit, network: withFactors(varied, factors) } };
}

/** Its pot, with the examples where it is to be given them. @param how the seed is that of molecules */
export function potOf(
  { compared, entry, circuit, train }: Entrant,
  { engine, volume, seed }: { engine: EngineKind | undefined; volume: number | undefined; seed: number },
): Promise<LearnerPot> {
  const options = {
    ...entry.solver,
    ...(engine && { engine }),
    ...(volume !== undefined && { stochastic: { volume, seed } }),
  };
  return compared.system.pot(circuit, options, entry.dosed ? train : undefined);
}
