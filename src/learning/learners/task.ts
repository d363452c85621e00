import type { CircuitClockOptions } from '../../circuits/index.js';
import type { LearnerExamples } from './learner.js';
import type { SystemName } from './systems.js';

/** Everything that a run of a learner needs to know before it starts. Plain data. */
export interface LearnerTask {
  /** Name in reports. */
  experiment: string;
  /** Of the starting weights. */
  seed: number;
  system: SystemName;
  /** Options of the system's builder, examples and starting weights included. */
  circuit: object;
  /** What is learned or inferred, where the circuit stores none. */
  examples?: LearnerExamples;
  /** The clock inside that drives the circuit. Default: none, an outside schedule does. */
  clock?: CircuitClockOptions;
  /** Most passes through the examples; a chemistry that stops itself may need fewer. */
  epochs: number;
  /** Passes that follow its stop, to see that it lasts. Default 2. */
  after?: number;
  /** What a run is measured by: the part of its examples that it decides rightly, or how it differs from its twin. */
  measure: LearnerMeasure;
  solver: { rtol: number; atol: number };
  /** What was decided, in words, for the report. */
  notes: string[];
}

/**
 *  - `'accuracy'`: the part of the examples of which every output (or the largest) is on the right side of ½;
 *  - `'difference'`: the largest |w − w_twin| after any step;
 *  - `'agreement'`: the part of the examples that it decides as its twin does.
 */
export type LearnerMeasure = 'accuracy' | 'difference' | 'agreement';
