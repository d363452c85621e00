import type { LayeredSettings } from '../../circuits/index.js';
import type { LearnerExamples } from './learner.js';

/**
 * The examples that a layered network learns: those it stores, or those that are given to be dosed.
 * @throws RangeError for examples that are missing, given twice, or do not fill whole batches
 */
export function examplesOf(
  settings: Pick<LayeredSettings, 'samples' | 'batch' | 'sizes'>,
  given: LearnerExamples | undefined,
): LearnerExamples {
  const { samples, batch, sizes } = settings;
  if (samples !== null) {
    if (given === undefined) return samples;
    throw new RangeError("examples: the circuit stores its own; build it with data 'dosed' to give others");
  }
  if (given === undefined) throw new RangeError("examples must be given: the circuit has data 'dosed'");
  const count = given.inputs.length;
  if (count === 0 || count % batch !== 0 || given.labels.length !== count) {
    throw new RangeError(
      `examples must fill whole batches of ${batch}, got ${count} rows of inputs and ${given.labels.length} of labels`,
    );
  }
  const check = (name: string, rows: readonly (readonly number[])[], width: number) => {
    rows.forEach((row, k) => {
      if (row.length === width && row.every(Number.isFinite)) return;
      throw new RangeError(`${name}[${k + 1}] must have ${width} finite values, got ${JSON.stringify(row)}`);
    });
  };
  check('examples.inputs', given.inputs, sizes[0]);
  check('examples.labels', given.labels, sizes[sizes.length - 1]);
  return given;
}

/** Rows of the batch that a step learns, from 0; steps count from 0, too. */
export function batchRows(step: number, { inputs }: LearnerExamples, batch: number): number[] {
  const first = (step * batch) % inputs.length;
  return Array.from({ length: batch }, (_, b) => first + b);
}

/** Σ|y − a| over rows of the examples and all outputs. */
export function errorOf(
  outputs: readonly (readonly number[])[],
  rows: readonly number[],
  { labels }: LearnerExamples,
): number {
  let error = 0;
  rows.forEach((row, b) => {
    outputs[b].forEach((output, o) => {
      error += Math.abs(labels[row][o] - output);
    });
  });
  return error;
}
