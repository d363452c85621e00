import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FilledPattern,
  markowitzOrder,
  type OrderedPattern,
  type Pattern,
  placeOf,
} from '../../src/compile/order.js';
import { createRandom } from '../../src/learning/random.js';

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
const order = (rows: readonly (readonly number[])[]): OrderedPattern => markowitzOrder(patternOf(rows));

const arrow = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => (i === 0 ? Array.from({ length: n }, (_, j) => j) : [0, i]));

function randomRows(n: number, density: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () =>
    Array.from({ length: n }, (_, j) => j).filter(() => random.uniform() < density),
  );
}

/** Elimination as one would do it on paper: always the first unknown of least (r − 1)(c − 1), diagonal included. */
function eliminate(rows: readonly (readonly number[])[]): { sequence: number[]; rows: number[][] } {
  const n = rows.length;
  const entry = rows.map((columns, i) => Array.from({ length: n }, (_, j) => i === j || columns.includes(j)));
  let left = Array.from({ length: n }, (_, i) => i);
  const sequence: number[] = [];
  while (left.length > 0) {
    const count = (p: number) =>
      (left.filter((j) => entry[p][j]).length - 1) * (left.filter((i) => entry[i][p]).length - 1);
    const counts = left.map(count);
    const pivot = left[counts.indexOf(Math.min(...counts))];
    left = left.filter((i) => i !== pivot);
    for (const i of left) for (const j of left) if (entry[i][pivot] && entry[pivot][j]) entry[i][j] = true;
    sequence.push(pivot);
  }
  return {
    sequence,
    rows: sequence.map((i) => sequence.flatMap((j, k) => (entry[i][j] ? [k] : []))),
  };
}

const rowsOf = ({ rowStart, columns }: FilledPattern): number[][] =>
  Array.from({ length: rowStart.length - 1 }, (_, k) => [...columns.subarray(rowStart[k], rowStart[k + 1])]);

/** Multiplications of one factorisation, divisions by pivots aside. */
function operations({ rowStart, columns, diagonal }: FilledPattern): number {
  let total = 0;
  for (let k = 0; k < diagonal.length; k++) {
    for (let e = rowStart[k]; e < diagonal[k]; e++) {
      const pivot = columns[e];
      total += rowStart[pivot + 1] - diagonal[pivot] - 1;
    }
  }
  return total;
}

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

  it('takes the least Markowitz count each time, and fills as elimination of the chosen sequence does', () => {
    const larger = fc
      .tuple(fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 0.2, noNaN: true }), fc.nat())
      .map(([n, density, seed]) => randomRows(n, density, seed));
    fc.assert(
      fc.property(fc.oneof(pattern, larger), (rows) => {
        const filled = order(rows);
        const naive = eliminate(rows);
        expect([...filled.sequence]).toEqual(naive.sequence);
        expect(rowsOf(filled)).toEqual(naive.rows);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('repeated entries count once', () => {
    const once = [
      [0, 2],
      [1, 2],
      [0, 1],
    ];
    const filled = order(once.map((row) => [...row, ...row]));
    expect(filled).toEqual({ ...order(once), looks: filled.looks });
  });

  it('finds entries', () => {
    const filled = order(randomRows(40, 0.1, 1));
    for (let row = 0; row < 40; row++) {
      for (let e = filled.rowStart[row]; e < filled.rowStart[row + 1]; e++) {
        expect(placeOf(filled, row, filled.columns[e])).toBe(e);
      }
    }
  });

  it('an arrow matrix, full when taken as it stands, gets no fill', () => {
    expect(order(arrow(50)).columns.length).toBe(3 * 50 - 2);
  });

  it('a band of three gets no fill and n − 1 multiplications', () => {
    const n = 60;
    const filled = order(
      Array.from({ length: n }, (_, i) => [i - 1, i, i + 1].filter((j) => j >= 0 && j < n)),
    );
    expect(filled.columns.length).toBe(3 * n - 2);
    expect(operations(filled)).toBe(n - 1);
  });

  it('an arrow takes n − 1 multiplications, and a permuted triangle none', () => {
    const n = 40;
    expect(operations(order(arrow(n)))).toBe(n - 1);
    const scrambled = Array.from({ length: n }, (_, i) => (i * 7) % n);
    const rows: number[][] = Array.from({ length: n }, () => []);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) rows[scrambled[i]].push(scrambled[j]);
    const filled = order(rows);
    expect(filled.columns.length).toBe((n * (n + 1)) / 2);
    expect(operations(filled)).toBe(0);
  });

  it('blocks that do not touch are factorised as if alone', () => {
    const [blocks, size] = [12, 5];
    const n = blocks * size;
    // Members of a block are spread over all unknowns.
    const filled = order(
      Array.from({ length: n }, (_, i) => Array.from({ length: size }, (_, m) => (i % blocks) + m * blocks)),
    );
    expect(filled.columns.length).toBe(n * size);
    let alone = 0;
    for (let left = size - 1; left > 0; left--) alone += left * left;
    expect(operations(filled)).toBe(blocks * alone);
  });

  it('a full matrix is taken as it stands', () => {
    const n = 20;
    const rows = Array.from({ length: n }, () => Array.from({ length: n }, (_, j) => j));
    const filled = order(rows);
    expect(filled.columns.length).toBe(n * n);
    expect([...filled.sequence]).toEqual(rows.map((_, i) => i));
  });

  it('looks at no more than n/32 words and the fill for every entry of L', () => {
    for (const [n, density] of [
      [300, 0.01],
      [300, 0.05],
      [700, 0.02],
    ]) {
      const filled = order(randomRows(n, density, 11));
      const lower = filled.diagonal.reduce((sum, place, k) => sum + place - filled.rowStart[k], 0);
      const words = Math.ceil(n / 32);
      expect(filled.looks).toBeLessThan(2 * lower * words + 2 * filled.columns.length);
      // Less than what one factorisation takes, once there is something to take.
      if (operations(filled) > 1e6) expect(filled.looks).toBeLessThan(operations(filled) / 4);
    }
  });

  it('looks grow with the entries where nothing fills: leaves, chains, a hub for all', () => {
    const n = 20_000;
    const chain = Array.from({ length: n }, (_, i) => (i === 0 ? [0] : [i - 1, i]));
    const star = Array.from({ length: n }, (_, i) => (i === 0 ? [0] : [0, i]));
    for (const rows of [chain, star, arrow(n)]) {
      const filled = order(rows);
      expect(filled.columns.length).toBe(rows.reduce((sum, row) => sum + row.length, 0));
      expect(filled.looks).toBeLessThan(6 * filled.columns.length);
    }
  });

  it('an empty problem has an empty pattern', () => {
    expect(order([]).columns.length).toBe(0);
  });
});
