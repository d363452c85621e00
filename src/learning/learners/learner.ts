import type { CircuitClockOptions, LearnerAbout, LearnerCircuit } from '../../circuits/index.js';
import type { Stats } from '../../simulate/types.js';
import type { PotOptions } from '../stochastic.js';

/** Examples in concentrations: row by row, as the system's inputs and outputs hold them. */
export interface LearnerExamples {
  inputs: readonly (readonly number[])[];
  labels: readonly (readonly number[])[];
}

/** What one step did. Everything is read from the pot. */
export interface LearnerStep {
  /** Counted from 1. */
  step: number;
  /** Rows of the examples it learned from, from 0. */
  rows: number[];
  /** Outputs for those rows, before the weights changed; where weights change all the time, at the end of the step. */
  outputs: number[][];
  /** Σ|y − a| over those rows and all outputs. */
  error: number;
  /** By which part of a step the chemistry let the weights change: 1 while it goes on, 0 when it has stopped itself. */
  going: number;
  /** Simulated time since the start, in the network's unit. */
  time: number;
}

/**
 * A pot in which a system learns, and the protocol that runs it: the one thing that a comparison drives. What it does from
 * outside is what `circuit.digital` says, nothing else.
 */
export interface LearnerPot {
  readonly circuit: LearnerCircuit;
  /** What it learns from. */
  readonly examples: LearnerExamples;
  /** Steps that see every example once. */
  readonly stepsPerEpoch: number;
  /**
   * Learns once, by the smallest piece after which weights have changed: an example, a batch, or a stretch of time.
   * @throws CircuitFailure or SolveFailure when the chemistry cannot go on
   */
  step(): LearnerStep;
  /** Outputs for other inputs with the weights as they stand. What is learned later is the same with and without. */
  predict(rows: readonly (readonly number[])[]): number[][];
  /** Signed weights, in the order of `circuit.weights`. */
  weights(): number[];
  /** Work of the solver so far. */
  readonly stats: Stats;
  /** Gives the memory back; nothing else may be called afterwards. */
  dispose(): void;
}

/** The algorithm that the chemistry is built to follow, on signed numbers. It never touches a pot. */
export interface LearnerTwin {
  /** In the order of `circuit.weights`; changed by `step`. */
  weights: number[];
  outputs(x: readonly number[]): number[];
  /** One step, from the same examples as the pot's; `going` is 1 or 0. */
  step(): Pick<LearnerStep, 'rows' | 'outputs' | 'error' | 'going'>;
}

/** Choices that every system understands; each has its own defaults, under which it learns well. */
export interface LearnerChoices {
  /** Of the starting weights, from a stream of their own. Default 0. */
  seed?: number;
  /** Neurons of hidden layers, where the system has any. */
  hidden?: readonly number[];
  /** Examples a step learns from, where the system can choose. */
  batch?: number;
}

/**
 * A system in which chemistry learns: all that a registry, a comparison or a reproduction knows of it.
 *
 * The parts: `choose` turns examples into options of the builder, `build` makes the network (`drive` puts a clock into it),
 * `pot` runs it and `twin` is what it ought to do. Counts, phases and digital acts are in the circuit.
 */
export interface LearnerSystem<Options = unknown, Circuit extends LearnerCircuit = LearnerCircuit> {
  about: LearnerAbout;
  /** Options of the builder for these examples. @throws RangeError for examples that the system cannot learn */
  choose(examples: LearnerExamples, choices?: LearnerChoices): Options;
  /** @throws RangeError or TypeError naming a bad option */
  build(options: Options): Circuit;
  /** Why no clock can drive it, where that is so. */
  undriven?: string;
  /** The same with a clock inside. @throws (rejects) RangeError for a bad option, or a circuit that no clock can drive */
  drive(circuit: Circuit, clock: CircuitClockOptions): Promise<Circuit>;
  /** @param examples needed where the circuit does not store its own */
  pot(circuit: Circuit, options?: PotOptions, examples?: LearnerExamples): Promise<LearnerPot>;
  twin(circuit: Circuit, examples?: LearnerExamples): LearnerTwin;
}
