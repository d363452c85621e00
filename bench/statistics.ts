/** The middle value; of an even number, the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median distance from the median: a spread that one slow round does not move. */
export function medianDeviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}

/** Of positive values. NaN of none. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** One number measured in several processes. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/**
 * Least-squares slope of log cost against log size: p in cost ∝ sizeᵖ.
 * @throws RangeError for fewer than two sizes
 */
export function fittedExponent(sizes: readonly number[], costs: readonly number[]): number {
  if (sizes.length < 2) throw new RangeError('an exponent needs at least two sizes');
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [xMean, yMean] = [mean(x), mean(y)];
  const above = x.reduce((sum, value, i) => sum + (value - xMean) * (y[i] - yMean), 0);
  return above / x.reduce((sum, value) => sum + (value - xMean) ** 2, 0);
}
