import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FilledPattern, markowitzOrder, type Pattern } from '../../src/compile/order.js';

/** A random square pattern: the columns of each row. */
const pattern = fc
  .integer({ min: 1, max: 14 })
  .chain((n) => fc.array(fc.uniqueArray(fc.integer({ min: 0, max: n - 1 })), { minLength: n, maxLength: n }));

const patternOf = (rows: readonly (readonly number[])[]): Pattern => {
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i] + row.length;
  });
  return { rowStart, columns: Int32Array.from(rows.flat()) };
};
const order = (rows: readonly (readonly number[])[]): FilledPattern => markowitzOrder(patternOf(rows));

const has = (filled: FilledPattern, row: number, column: number): boolean =>
  filled.columns.subarray(filled.rowStart[row], filled.rowStart[row + 1]).includes(column);

describe('fill-reducing order', () => {
  it('gives a pattern that elimination never leaves, rows ascending, diagonals placed', () => {
    fc.assert(
      fc.property(pattern, (rows) => {
        const n = rows.length;
        const filled = order(rows);
        expect([...filled.sequence].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
        const rank = new Int32Array(n);
        filled.sequence.forEach((i, k) => {
          rank[i] = k;
        });
        for (let k = 0; k < n; k++) {
          const columns = [...filled.columns.subarray(filled.rowStart[k], filled.rowStart[k + 1])];
          expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b));
          expect(filled.columns[filled.diagonal[k]]).toBe(k);
        }
        rows.forEach((columns, i) => {
          for (const j of columns) expect(has(filled, rank[i], rank[j])).toBe(true);
        });
        // Eliminating k puts an entry at (i, j) wherever (i, k) and (k, j) are.
        for (let k = 0; k < n; k++) {
          for (let i = k + 1; i < n; i++) {
            if (!has(filled, i, k)) continue;
            for (let j = k + 1; j < n; j++) if (has(filled, k, j)) expect(has(filled, i, j)).toBe(true);
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('an arrow matrix, full when taken as it stands, gets no fill', () => {
    const n = 50;
    const rows = Array.from({ length: n }, (_, i) =>
      i === 0 ? Array.from({ length: n }, (_, j) => j) : [0, i],
    );
    expect(order(rows).columns.length).toBe(3 * n - 2);
  });

  it('a full matrix is taken as it stands', () => {
    const n = 20;
    const rows = Array.from({ length: n }, () => Array.from({ length: n }, (_, j) => j));
    const filled = order(rows);
    expect(filled.columns.length).toBe(n * n);
    expect([...filled.sequence]).toEqual(rows.map((_, i) => i));
  });

  it('an empty problem has an empty pattern', () => {
    expect(order([]).columns.length).toBe(0);
  });
});
