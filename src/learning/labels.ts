import { type Scaling, scaleTarget, unscaleTarget } from './scaling.js';

/**
 * How a label becomes concentrations of the outputs, and outputs a prediction.
 *  - `value`: one output, the label's value by the scaling's map. With a `threshold` (in the label's own units) the task
 *    is a classification: at or above it is the one class, below it the other.
 *  - `oneHot`: one output per class; the label is a class's number from 0, its output is dosed with `on`, the others
 *    with `off`. The prediction is the class whose output is largest.
 */
export type LabelCode =
  | { kind: 'value'; threshold?: number }
  | { kind: 'oneHot'; classes: string[]; off: number; on: number };

export const PLAIN: LabelCode = { kind: 'value' };

/** Concentrations of the outputs that a label stands for. @throws RangeError for a class that does not exist */
export function encodeLabel(code: LabelCode, scaling: Scaling, label: number): number[] {
  if (code.kind === 'value') return [scaleTarget(scaling, label)];
  if (!Number.isInteger(label) || label < 0 || label >= code.classes.length) {
    throw new RangeError(
      `a label must be the number of a class, 0 to ${code.classes.length - 1}, got ${label}`,
    );
  }
  return code.classes.map((_, k) => (k === label ? code.on : code.off));
}

/** The prediction that outputs stand for: a value in the label's own units, or a class's number. */
export function decodeOutputs(code: LabelCode, scaling: Scaling, outputs: readonly number[]): number {
  if (code.kind === 'value') return unscaleTarget(scaling, outputs[0]);
  let best = 0;
  for (let k = 1; k < outputs.length; k++) if (outputs[k] > outputs[best]) best = k;
  return best;
}

/** ½e² of one example, summed over outputs, in the label's own units (one-hot: in concentrations). */
export function exampleLoss(
  code: LabelCode,
  scaling: Scaling,
  outputs: readonly number[],
  labels: readonly number[],
): number {
  const unit = code.kind === 'value' ? scaling.target.scale : 1;
  let sum = 0;
  for (let k = 0; k < outputs.length; k++) {
    const error = unit * (outputs[k] - labels[k]);
    sum += 0.5 * error * error;
  }
  return sum;
}

/** ½·max(0, |y| − ŷ·sign y)² of one example, summed over outputs, in concentrations: what the hinge circuits descend. */
export function hingeLoss(outputs: readonly number[], labels: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < outputs.length; k++) {
    const short = Math.max(0, Math.abs(labels[k]) - outputs[k] * Math.sign(labels[k]));
    sum += 0.5 * short * short;
  }
  return sum;
}

/** A prediction or label as the number of a class; `undefined` where the task is no classification. */
export function classOf(code: LabelCode, value: number): number | undefined {
  if (code.kind === 'oneHot') return value;
  return code.threshold === undefined ? undefined : value >= code.threshold ? 1 : 0;
}

/** Number of classes; 0 where the task is no classification. */
export function classCount(code: LabelCode): number {
  if (code.kind === 'oneHot') return code.classes.length;
  return code.threshold === undefined ? 0 : 2;
}

/** Part of the predictions that name the right class; `undefined` where the task is no classification. */
export function accuracy(
  code: LabelCode,
  predictions: readonly number[],
  targets: readonly number[],
): number | undefined {
  if (classCount(code) === 0 || targets.length === 0) return undefined;
  const right = targets.filter((target, k) => classOf(code, target) === classOf(code, predictions[k]));
  return right.length / targets.length;
}

/** Counts by true class (row) and predicted class (column); `undefined` where the task is no classification. */
export function confusionMatrix(
  code: LabelCode,
  predictions: readonly number[],
  targets: readonly number[],
): number[][] | undefined {
  const count = classCount(code);
  if (count === 0) return undefined;
  const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  targets.forEach((target, k) => {
    matrix[classOf(code, target) as number][classOf(code, predictions[k]) as number]++;
  });
  return matrix;
}
