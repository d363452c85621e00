import { digits } from '../test/tools/network.js';

/** One solver at one tolerance: what it cost and what it was worth. */
export interface WorkPoint {
  /** Significant digits reached. */
  digits: number;
  /** Microseconds of a solve. */
  micros: number;
}

/** Species below this part of the largest concentration count as traces: their digits are not asked for. */
const TRACE = 1e-9;

/** Worst significant digits of an end state over the species that matter; 0 when something is not a number. */
export function digitsReached(found: ArrayLike<number>, reference: ArrayLike<number>): number {
  let largest = 0;
  for (let s = 0; s < reference.length; s++) largest = Math.max(largest, Math.abs(reference[s]));
  let worst = 17;
  for (let s = 0; s < reference.length; s++) {
    if (Math.abs(reference[s]) <= TRACE * largest) continue;
    const reached = digits(found[s], reference[s]);
    if (Number.isNaN(reached)) return 0;
    worst = Math.min(worst, reached);
  }
  return Math.max(0, worst);
}

/** The points that no other beats in both digits and time, by rising time. */
export function frontier(points: readonly WorkPoint[]): WorkPoint[] {
  const kept: WorkPoint[] = [];
  for (const point of [...points].sort((a, b) => a.micros - b.micros || b.digits - a.digits)) {
    if (kept.length === 0 || point.digits > kept[kept.length - 1].digits) kept.push(point);
  }
  return kept;
}

/**
 * Microseconds that so many digits cost: log time between neighbours of the frontier, linear in digits. Fewer digits than the
 * cheapest point has cost as much as that point. `null` where no point reaches them.
 */
export function costAt(points: readonly WorkPoint[], wanted: number): number | null {
  const best = frontier(points);
  const above = best.findIndex((point) => point.digits >= wanted);
  if (above < 0) return null;
  if (above === 0 || best[above].digits === wanted) return best[above].micros;
  const [low, high] = [best[above - 1], best[above]];
  const part = (wanted - low.digits) / (high.digits - low.digits);
  return Math.exp(Math.log(low.micros) + part * (Math.log(high.micros) - Math.log(low.micros)));
}
