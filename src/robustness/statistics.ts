import { exp } from '../../assembly/math';

/** Standard normal quantile of a two-sided interval of 95 %. */
const Z95 = 1.959963984540054;

/**
 * Wilson's score interval (1927) of a proportion, 95 %: honest near 0 and 1 and for few draws.
 * @returns [0, 1] without draws
 */
export function wilson(successes: number, draws: number): [low: number, high: number] {
  if (draws === 0) return [0, 1];
  const part = successes / draws;
  const square = Z95 ** 2 / draws;
  const middle = (part + square / 2) / (1 + square);
  const half = (Z95 / (1 + square)) * Math.sqrt((part * (1 - part) + square / 4) / draws);
  // At the ends the formula is exact, but not its rounding.
  return [successes === 0 ? 0 : middle - half, successes === draws ? 1 : middle + half];
}

/** The value below which this part of the values lies, interpolated between neighbours (Hyndman & Fan's type 7). */
export function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  return sorted[below] + (sorted[Math.ceil(place)] - sorted[below]) * (place - below);
}

/** What the draws of one measure came to. Draws without a value are counted apart. */
export interface Distribution {
  count: number;
  missing: number;
  /** `null` without values. */
  mean: number | null;
  deviation: number | null;
  least: number | null;
  q05: number | null;
  q25: number | null;
  median: number | null;
  q75: number | null;
  q95: number | null;
  most: number | null;
}

export function distribution(values: readonly (number | null)[]): Distribution {
  const sorted = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  const count = sorted.length;
  const missing = values.length - count;
  const at = (part: number) => (count === 0 ? null : quantile(sorted, part));
  const mean = count === 0 ? null : sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - (mean ?? 0)) ** 2, 0);
  return {
    count,
    missing,
    mean,
    deviation: count < 2 ? null : Math.sqrt(squares / (count - 1)),
    least: at(0),
    q05: at(0.05),
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
    most: at(1),
  };
}

/** Ranks from 1; what is equal shares the mean of its ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, k) => k).sort((a, b) => values[a] - values[b]);
  const found = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) found[order[k]] = (from + to + 1) / 2;
    from = to;
  }
  return found;
}

/** Spearman's rank correlation; 0 where one of the two does not vary. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranks(one), ranks(other)];
  const middle = (one.length + 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    both += (a[k] - middle) * (b[k] - middle);
    first += (a[k] - middle) ** 2;
    second += (b[k] - middle) ** 2;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

/**
 * Probability that chance alone gives a rank correlation of this size or more, by the normal approximation: ρ·√(n − 1) is
 * nearly standard normal where there is no relation.
 */
export const chanceOf = (rho: number, count: number): number =>
  bothTails(Math.abs(rho) * Math.sqrt(count - 1));

/** P(|N(0, 1)| ≥ z) to 1e-7 (Abramowitz & Stegun 7.1.26 in the form of Numerical Recipes' erfcc). */
function bothTails(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const sum = coefficients.reduceRight((rest, coefficient) => coefficient + t * rest, 0);
  return t * exp(-x * x + sum);
}
