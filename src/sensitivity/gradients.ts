import type { FullEngine } from '../engine/types.js';
import type { Network } from '../network/model.js';
import { checkNonNegative } from '../simulate/check.js';
import { SolveFailure } from '../simulate/failure.js';
import { macrotask, PAUSE_MILLISECONDS } from '../simulate/pause.js';
import type { PhaseProblems } from '../simulate/phase-problems.js';
import type { Prepared } from '../simulate/prepare.js';
import { NetworkSimulator } from '../simulate/simulator.js';
import type { Solution } from '../simulate/solution.js';
import type { SimulateOptions, Stats } from '../simulate/types.js';
import { Backward, type Cotangents } from './backward.js';
import { both } from './both.js';
import type { Derivatives } from './derivatives.js';
import type { ErrorControl } from './options.js';
import { probeOf } from './probe.js';
import { DifferentiatedRuns, type Overrides } from './runs.js';
import { Tangents } from './tangents.js';
import { Tape } from './tape.js';

/** A scalar function of a solution, with its derivatives. */
export type Loss = (solution: Solution) => {
  loss: number;
  /** ∂loss/∂x of all species in the network's order at each saved time, row by row. */
  cotangents: ArrayLike<number>;
};

/** Options of {@link lossGradient}: those of `simulate`, but for GMRES, eliminated species and the method `'bdf'`. */
export interface GradientOptions extends SimulateOptions {
  /** Default `'full'`, by the tangent along one direction through all that the gradient is taken by. */
  errorControl?: ErrorControl;
  /**
   * Bytes that the states on the way may take. What does not fit is integrated once more on the way back. Default 128 MiB.
   */
  tapeBytes?: number;
}

/** A loss, and what it changes by all that the run was made of. */
export interface LossGradient {
  loss: number;
  /** ∂loss/∂p by every parameter of the network, through all its expressions, at fixed values of the others. */
  parameters: Record<string, number>;
  /** ∂loss/∂k by the rate constant of every reaction, in the network's order. */
  constants: Float64Array;
  /** ∂loss/∂x₀ by the starting concentration of every species, in the network's order. */
  initial: Float64Array;
  /** By the amount of every dose of the network, in its order. */
  doses: Float64Array;
  /** Work of the run forward. */
  stats: Stats;
}

/** A network and a loss, compiled once for many gradients, synchronously. */
export interface GradientSimulator {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /**
   * Runs to the end and back. `constants` are rate constants by reaction, as a map or all of them.
   * @throws SolveFailure when the end is not reached; RangeError or TypeError for bad overrides
   */
  run(overrides?: GradientOverrides): LossGradient;
  /** Returns the memory to the pool. Any later call throws. */
  dispose(): void;
}

export interface GradientOverrides extends Omit<Overrides, 'constants'> {
  constants?: ReadonlyMap<number, number> | ArrayLike<number>;
}

/** The runs whose losses are differentiated by all parameters, constants and starts, those of 0 too. */
export class GradientRuns extends DifferentiatedRuns {
  constructor(network: Network, options: SimulateOptions) {
    const parameters = network.parameters.map(({ name }, index) => ({
      name,
      kind: 'parameter' as const,
      index,
    }));
    super(network, options, parameters);
  }

  /** Everything stays that could ever fire. */
  override problemsOf(prepared: Prepared): PhaseProblems {
    const initial = new Float64Array(prepared.initial.length).fill(1);
    const constants = new Float64Array(prepared.settings.constants.length).fill(1);
    return this.compiled({ ...prepared, initial, settings: { ...prepared.settings, constants } });
  }
}

/** What runs forward and back. */
export class Gradients implements GradientSimulator {
  readonly species: readonly string[];
  private readonly simulator: NetworkSimulator;
  private readonly tape: Tape;
  private readonly backward: Backward;

  constructor(
    private readonly runs: GradientRuns,
    engine: FullEngine,
    private readonly loss: Loss,
    { controlled, tapeBytes }: { controlled: boolean; tapeBytes: number },
  ) {
    const { network, species } = runs;
    this.species = species;
    this.simulator = new NetworkSimulator(runs, engine);
    const vessel = this.simulator.alive();
    this.tape = new Tape(vessel, tapeBytes);
    const shape = { reactions: network.reactions.length, doses: network.doses.length };
    this.backward = new Backward(vessel, species.length, shape);
    const probe = new Tangents(engine, {
      species,
      quantities: 1,
      controlled: true,
      derive: probeOf,
      sink: () => {},
    });
    vessel.follower = controlled ? both(probe, this.tape) : this.tape;
  }

  run(overrides?: GradientOverrides): LossGradient {
    const solution = this.simulator.run(this.withConstants(overrides));
    const work = this.pull(solution);
    for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
  }

  /** As `run`, pausing so that the host's events are heard. */
  async runPausing({ onProgress, signal }: GradientOptions): Promise<LossGradient> {
    const solution = await this.simulator.runPausing(
      onProgress && ((progress) => onProgress({ ...progress, fraction: progress.fraction / 2 })),
    );
    const work = this.pull(solution);
    const { to } = this.tape.prepared;
    let paused = performance.now();
    let all: number | undefined;
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value;
      all ??= step.value + 1;
      if (performance.now() - paused < PAUSE_MILLISECONDS) continue;
      onProgress?.({ time: to, fraction: 1 - step.value / (2 * all), steps: solution.stats.steps });
      await macrotask();
      if (signal?.aborted) throw new SolveFailure('cancelled', { time: to, step: solution.stats.steps });
      paused = performance.now();
    }
  }

  dispose(): void {
    this.simulator.dispose();
  }

  private *pull(solution: Solution): Generator<number, LossGradient> {
    const { loss, cotangents } = this.loss(solution);
    const rows = Float64Array.from(cotangents);
    const numbers = solution.times.length * this.species.length;
    if (rows.length !== numbers) {
      throw new RangeError(
        `the loss gave ${rows.length} cotangents; ${solution.times.length} saved times of ${this.species.length} species need ${numbers}`,
      );
    }
    const { prepared } = this.tape;
    const derivatives = this.runs.derivativesOf(prepared);
    const found = yield* this.backward.pull(this.tape, rows, derivatives);
    const { constants, initial, doses } = found;
    return {
      loss,
      parameters: Object.fromEntries(
        this.runs.quantities.map(({ name }, q) => [name, byQuantity(found, derivatives, q, prepared)]),
      ),
      constants,
      initial,
      doses,
      stats: solution.stats,
    };
  }

  private withConstants(overrides: GradientOverrides | undefined): Overrides | undefined {
    if (overrides === undefined) return undefined;
    const { constants, ...rest } = overrides;
    if (constants === undefined) return rest;
    const reactions = this.runs.network.reactions.length;
    const entries =
      constants instanceof Map ? [...constants] : [...Array.from(constants as ArrayLike<number>).entries()];
    if (!(constants instanceof Map) && entries.length !== reactions) {
      throw new RangeError(
        `constants has ${entries.length} entries, but the network has ${reactions} reactions`,
      );
    }
    for (const [reaction, value] of entries) {
      if (!(reaction >= 0 && reaction < reactions && Number.isInteger(reaction))) {
        throw new RangeError(`constants has the reaction ${reaction}; the network has 0 to ${reactions - 1}`);
      }
      checkNonNegative(`constants[${reaction}]`, value);
    }
    return { ...rest, constants: new Map(entries) };
  }
}

/** By one parameter: what reaches it through constants, starts, doses and times. */
function byQuantity(found: Cotangents, derivatives: Derivatives, q: number, { plan }: Prepared): number {
  let sum = found.times[q];
  const { constants, initial } = derivatives;
  for (let e = 0; e < constants[q].at.length; e++)
    sum += constants[q].value[e] * found.constants[constants[q].at[e]];
  for (let e = 0; e < initial[q].at.length; e++) sum += initial[q].value[e] * found.initial[initial[q].at[e]];
  for (const { doses } of [...plan.phases, ...plan.events]) {
    for (const dose of doses) {
      const dots = derivatives.amountOf(dose);
      if (dots !== undefined && dose.source !== undefined) sum += dots[q] * found.doses[dose.source];
    }
  }
  return sum;
}
