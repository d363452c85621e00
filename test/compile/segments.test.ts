import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilledPattern } from '../../src/compile/order.js';
import { rowSegments } from '../../src/compile/segments.js';

/** A pattern of these columns right of the diagonal, all below it full. */
function patternOf(right: readonly (readonly number[])[]): FilledPattern {
  const rows = right.map((columns, i) => [...Array(i + 1).keys(), ...columns]);
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i] + row.length;
  });
  return {
    sequence: Int32Array.from(rows.keys()),
    rowStart,
    columns: Int32Array.from(rows.flat()),
    diagonal: Int32Array.from(rows, (_, i) => rowStart[i] + i),
  };
}

/** What the kernel makes of the segments of a row: its entries, one by one or in runs. */
function readBack(pattern: FilledPattern, k: number): { singles: number[]; runs: number[][] } {
  const { start, singleEnd, runEnd } = rowSegments(pattern)!;
  const singles: number[] = [];
  const runs: number[][] = [];
  let u = pattern.diagonal[k] + 1;
  for (let s = start[k]; s < start[k + 1]; s++) {
    for (; u < singleEnd[s]; u++) singles.push(pattern.columns[u]);
    if (u === runEnd[s]) continue;
    runs.push(Array.from({ length: runEnd[s] - u }, (_, i) => pattern.columns[u] + i));
    u = runEnd[s];
  }
  return { singles, runs };
}

describe('segments of the rows of U', () => {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  it('are single entries and runs of eight or more', () => {
    const rows = [
      [2, ...range(4, 12), 14, ...range(20, 40)],
      range(2, 30),
      ...range(2, 40).map((k) => range(k + 1, 40)),
    ];
    const pattern = patternOf(rows);
    expect(readBack(pattern, 0)).toEqual({ singles: [2, 14], runs: [range(4, 12), range(20, 40)] });
    expect(readBack(pattern, 1)).toEqual({ singles: [], runs: [range(2, 30)] });
    expect(readBack(pattern, 35)).toEqual({ singles: [36, 37, 38, 39], runs: [] });
    expect(readBack(pattern, 39)).toEqual({ singles: [], runs: [] });
  });

  it('are not made where most of the elimination is in short runs', () => {
    expect(rowSegments(patternOf(range(0, 8).map((k) => range(k + 1, 8))))).toBeUndefined();
    expect(
      rowSegments(patternOf(range(0, 60).map((k) => range(k + 1, 60).filter((j) => j % 8 !== 0)))),
    ).toBeUndefined();
  });

  it('hold every entry once, in order within each kind', () => {
    const rows = fc
      .integer({ min: 20, max: 50 })
      .chain((n) =>
        fc.tuple(
          ...range(0, n).map((k) =>
            fc.subarray(range(k + 1, n), { minLength: Math.floor((n - k - 1) * 0.9) }),
          ),
        ),
      );
    let made = 0;
    fc.assert(
      fc.property(rows, (right) => {
        const pattern = patternOf(right);
        if (rowSegments(pattern) === undefined) return;
        made++;
        right.forEach((columns, k) => {
          const { singles, runs } = readBack(pattern, k);
          expect([...singles, ...runs.flat()].sort((a, b) => a - b)).toEqual(columns);
          for (const run of runs) expect(run.length).toBeGreaterThanOrEqual(8);
        });
      }),
      { seed: 1, numRuns: 100 },
    );
    expect(made).toBeGreaterThan(20);
  });
});
