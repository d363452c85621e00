import type { FilledPattern } from './order.js';

/** Neighbouring entries from which on a run is worth a loop of its own: two of them at a time, without their columns. */
const LEAST_RUN = 8;

/** The entries right of each diagonal, cut into stretches of single entries, each followed by a long run. */
export interface RowSegments {
  /** n+1 starts into both lists. */
  start: Int32Array;
  /** Where the single entries of a segment end, as places in `columns`. */
  singleEnd: Int32Array;
  /** Where its run of neighbouring columns ends; `singleEnd` when it has none. */
  runEnd: Int32Array;
}

/** Cuts the rows of U into segments where most of the elimination is in long runs; undefined elsewhere. */
export function rowSegments({ rowStart, columns, diagonal }: FilledPattern): RowSegments | undefined {
  const count = diagonal.length;
  const uses = new Int32Array(count);
  for (let i = 0; i < count; i++) for (let e = rowStart[i]; e < diagonal[i]; e++) uses[columns[e]]++;
  const start = new Int32Array(count + 1);
  const singleEnd: number[] = [];
  const runEnd: number[] = [];
  let inRuns = 0;
  let all = 0;
  for (let k = 0; k < count; k++) {
    const end = rowStart[k + 1];
    let cut = diagonal[k] + 1;
    all += uses[k] * (end - cut);
    for (let from = cut, to = cut; from < end; from = to) {
      do to++;
      while (to < end && columns[to] === columns[to - 1] + 1);
      if (to - from < LEAST_RUN) continue;
      singleEnd.push(from);
      runEnd.push(to);
      inRuns += uses[k] * (to - from);
      cut = to;
    }
    if (cut < end) {
      singleEnd.push(end);
      runEnd.push(end);
    }
    start[k + 1] = singleEnd.length;
  }
  if (2 * inRuns <= all) return undefined;
  return { start, singleEnd: Int32Array.from(singleEnd), runEnd: Int32Array.from(runEnd) };
}
