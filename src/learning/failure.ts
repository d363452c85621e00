import type { TrainingResult } from './training-result.js';

/**
 * Why chemistry could not go on learning.
 *  - `negativeWeight`: with positive rails a weight would have to become negative;
 *  - `diverged`: the error grows without bound, the learning rate is too large for the data;
 *  - `clock`: the clock inside does not come to the edge at which an example is dosed or read;
 *  - `solver`: the integration of a phase did not reach its end (`cause` holds the `SolveFailure`).
 */
export type CircuitFailureCode = 'negativeWeight' | 'diverged' | 'clock' | 'solver';

/** A training run, evaluation or prediction that the chemistry could not finish. */
export class CircuitFailure extends Error {
  override readonly name = 'CircuitFailure';
  readonly code: CircuitFailureCode;
  /** What to try. */
  readonly hint: string;
  /** Epoch in which it happened, counted from 1; `undefined` outside training. */
  readonly epoch: number | undefined;
  /** Row of the training set (from 0), or of the rows to evaluate or predict. */
  readonly sample: number | undefined;
  /** Index of the weight (from 1), for `negativeWeight`. */
  readonly weight: number | undefined;
  /** What a training run had reached: its last complete epoch. Set by `train`. */
  partial: TrainingResult | undefined;

  constructor(
    code: CircuitFailureCode,
    message: string,
    details: { hint: string; epoch?: number; sample?: number; weight?: number; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.epoch = details.epoch;
    this.sample = details.sample;
    this.weight = details.weight;
  }
}
