import { distribution } from '../robustness/index.js';

/** Who says what a number ought to be: the authors, our specification's independent simulation, mathematics, or we of our own search. */
export type ClaimSource = 'authors' | 'specification' | 'mathematics' | 'ours';

/** How far from what is wanted a number may be. */
export type Tolerance =
  | { kind: 'atMost' }
  | { kind: 'atLeast' }
  /** In the number's own unit, or as a part of what is wanted. */
  | { kind: 'within'; by: number; relative?: boolean }
  /** What is wanted is itself a mean of so many random runs: three standard errors of the difference of two such means. */
  | { kind: 'sampled'; runs: number };

/** A number that an experiment must come to. Plain data. */
export interface Claim {
  /** What it is; the values of a run have the same name. */
  name: string;
  by: ClaimSource;
  /** A number, or a range that is as good throughout. */
  wanted: number | readonly [least: number, most: number];
  tolerance: Tolerance;
  /**
   * What of the seeds is judged: their median, each of them, or their mean, which of values 0 and 1 is the part of the seeds in
   * which something holds. Default `'median'`.
   */
  over?: 'median' | 'every' | 'mean';
}

/** `'open'`: there are too few runs to say. */
export type Verdict = 'within' | 'out' | 'open';

/** A claim beside what was measured. */
export interface Judgement {
  verdict: Verdict;
  /** Over the seeds that have a value; `null` where none has. */
  measured: { median: number; mean: number; least: number; most: number } | null;
  /** How far from what is wanted it may be, up and down; `null` where that is not known, or has no bound. */
  bounds: { least: number | null; most: number | null };
}

/** Standard errors that chance may put between two means. */
const CHANCE = 3;

/** Judges a claim by the values of its seeds; a run without a value (`null`) is outside of everything. */
export function judge(claim: Claim, values: readonly (number | null)[]): Judgement {
  const { wanted, tolerance, over = 'median' } = claim;
  const [low, high] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  const { count, median, mean, deviation, least, most } = distribution(values);
  if (median === null || mean === null || least === null || most === null) {
    return {
      verdict: values.length === 0 ? 'open' : 'out',
      measured: null,
      bounds: { least: null, most: null },
    };
  }
  const measured = { median, mean, least, most };
  const bounds = boundsOf(tolerance, low, high, deviation, count);
  if (bounds === null) return { verdict: 'open', measured, bounds: { least: null, most: null } };
  const judged = over === 'every' ? [least, most] : [over === 'mean' ? mean : median];
  const isWithin = judged.every(
    (value) => value >= (bounds.least ?? -Infinity) && value <= (bounds.most ?? Infinity),
  );
  return { verdict: isWithin && count === values.length ? 'within' : 'out', measured, bounds };
}

function boundsOf(
  tolerance: Tolerance,
  low: number,
  high: number,
  deviation: number | null,
  count: number,
): Judgement['bounds'] | null {
  switch (tolerance.kind) {
    case 'atMost':
      return { least: null, most: high };
    case 'atLeast':
      return { least: low, most: null };
    case 'within': {
      const { by, relative = false } = tolerance;
      const room = (value: number) => (relative ? by * Math.abs(value) : by);
      return { least: low - room(low), most: high + room(high) };
    }
    case 'sampled': {
      if (deviation === null) return null;
      const room = CHANCE * deviation * Math.sqrt(1 / tolerance.runs + 1 / count);
      return { least: low - room, most: high + room };
    }
  }
}
