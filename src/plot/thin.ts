import { fraction, type ResolvedScale } from './scale.js';

/** Buckets per pixel; finer than what antialiasing can show. */
const BUCKETS_PER_PIXEL = 2;
/** Shorter series are drawn whole. */
const KEEP_WHOLE_BELOW_PER_PIXEL = 8;

/**
 * The places in a series that a picture of this width can show: of all values that fall on the same sliver of a
 * pixel, the first, last, smallest and largest (the "M4" aggregation, Jugel et al. 2014, which leaves the drawn line
 * unchanged). `null` gaps are kept. Series whose x goes backwards are drawn whole.
 */
export function visiblePlaces(
  x: number[],
  y: (number | null)[],
  scale: ResolvedScale,
  width: number,
): number[] | undefined {
  const n = x.length;
  if (n <= width * KEEP_WHOLE_BELOW_PER_PIXEL) return undefined;
  for (let i = 1; i < n; i++) if (x[i] < x[i - 1]) return undefined;
  const kept: number[] = [];
  let bucket = Number.NaN;
  let first = -1;
  let last = -1;
  let least = -1;
  let most = -1;
  const flush = () => {
    if (first < 0) return;
    const inOrder = [...new Set([first, Math.min(least, most), Math.max(least, most), last])];
    for (const i of inOrder) kept.push(i);
    first = -1;
  };
  for (let i = 0; i < n; i++) {
    const value = y[i];
    if (value === null) {
      flush();
      if (kept.length === 0 || y[kept[kept.length - 1]] !== null) kept.push(i);
      continue;
    }
    const b = Math.floor(fraction(scale, x[i]) * width * BUCKETS_PER_PIXEL);
    if (first < 0 || b !== bucket) {
      flush();
      bucket = b;
      first = least = most = i;
    }
    last = i;
    if (value < (y[least] as number)) least = i;
    if (value > (y[most] as number)) most = i;
  }
  flush();
  return kept;
}
