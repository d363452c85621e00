import { DataError, type Samples } from './data.js';

/** One column's affine map: concentration = (value − offset) / scale. The inverse is value = offset + scale·concentration. */
export interface AffineMap {
  offset: number;
  /** > 0. */
  scale: number;
}

/** How a table's own units become concentrations, and back. Plain data; travels in the model file. */
export interface Scaling {
  features: AffineMap[];
  target: AffineMap;
  /** Concentration of one more input that is the same for every row (it makes the intercept trainable), or `null`. */
  augment: number | null;
}

/**
 * How to scale a column.
 *  - `'none'`: as it is;
 *  - `'standard'`: mean 0 and standard deviation 1 over the training rows;
 *  - `'unit'`: smallest and largest value of the training rows onto a given interval.
 */
export type ScalingMethod = 'none' | 'standard' | 'unit';

export const scalingMethods: readonly ScalingMethod[] = ['none', 'standard', 'unit'];

const IDENTITY: AffineMap = { offset: 0, scale: 1 };
// A spread below this part of the column's size is round-off, not information.
const CONSTANT = 1e-12;

/**
 * Fits the map of one column.
 *
 * @param interval for `'unit'`: where the smallest and the largest value go. Default [0, 1].
 * @returns `null` when the column does not vary and so cannot be scaled
 */
export function fitColumn(
  values: readonly number[],
  method: ScalingMethod,
  interval: readonly [number, number] = [0, 1],
): AffineMap | null {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high - low > CONSTANT * Math.max(Math.abs(low), Math.abs(high)))) return null;
  if (method === 'none') return IDENTITY;
  if (method === 'unit') {
    const scale = (high - low) / (interval[1] - interval[0]);
    return { offset: low - interval[0] * scale, scale };
  }
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += ((value - mean) * (value - mean)) / values.length;
  return { offset: mean, scale: Math.sqrt(variance) };
}

/** Choices for {@link fitScaling}. */
export interface FitScalingOptions {
  /** For every feature. */
  features: ScalingMethod;
  target: ScalingMethod;
  augment: number | null;
  /** Interval of `'unit'` features and of a `'unit'` label. Default [0, 1]. */
  featureInterval?: readonly [number, number];
  targetInterval?: readonly [number, number];
}

/**
 * Fits a scaling to training rows only (so that validation rows stay unseen).
 *
 * @param names of the features and of the label, for messages
 * @throws DataError `constantColumn` or `constantTarget`: a column that never changes has no effect to learn (and
 *   would double the augmented input); leave it out
 */
export function fitScaling(
  train: Samples,
  names: { features: readonly string[]; target: string },
  options: FitScalingOptions,
): Scaling {
  const features = names.features.map((column, j) => {
    const values = train.inputs.map((row) => row[j]);
    const map = fitColumn(values, options.features, options.featureInterval);
    if (map) return map;
    throw new DataError(
      'constantColumn',
      `column "${column}" is ${values[0]} in every training row: nothing can be learned from it, leave it out`,
      { column, value: String(values[0]) },
    );
  });
  const target = fitColumn(train.targets, options.target, options.targetInterval);
  if (!target) {
    throw new DataError(
      'constantTarget',
      `the target "${names.target}" is ${train.targets[0]} in every training row: there is nothing to learn`,
      { column: names.target, value: String(train.targets[0]) },
    );
  }
  return { features, target, augment: options.augment };
}

/** The scaling that changes nothing. */
export function identityScaling(inputs: number, augment: number | null = null): Scaling {
  return {
    features: Array.from({ length: inputs }, () => ({ ...IDENTITY })),
    target: { ...IDENTITY },
    augment,
  };
}

/** Concentrations of one row: scaled features, then the augmented input if there is one. */
export function scaleInputs(scaling: Scaling, row: readonly number[]): number[] {
  if (row.length !== scaling.features.length) {
    throw new RangeError(`a row needs ${scaling.features.length} features, got ${row.length}`);
  }
  const x = row.map((value, j) => (value - scaling.features[j].offset) / scaling.features[j].scale);
  if (scaling.augment !== null) x.push(scaling.augment);
  return x;
}

/** A label as a concentration. */
export function scaleTarget(scaling: Scaling, value: number): number {
  return (value - scaling.target.offset) / scaling.target.scale;
}

/** A concentration read from the pot, in the label's own units. */
export function unscaleTarget(scaling: Scaling, concentration: number): number {
  return scaling.target.offset + scaling.target.scale * concentration;
}
