import { describe, expect, it } from 'vitest';
import { createRandom, leastSquares } from '../../src/learning/index.js';

describe('least squares', () => {
  it('finds exact coefficients of very different sizes', () => {
    const random = createRandom(1);
    const truth = [3, -2e-6, 5e7, 0.25];
    const rows = Array.from({ length: 30 }, () => [
      random.normal(),
      1e6 * random.normal(),
      1e-8 * random.normal(),
      1,
    ]);
    const targets = rows.map((row) => row.reduce((sum, value, j) => sum + value * truth[j], 0));
    const { coefficients, dependent } = leastSquares(rows, targets);
    for (const [j, value] of coefficients.entries()) expect(value / truth[j]).toBeCloseTo(1, 10);
    expect(dependent).toEqual([]);
  });

  it('leaves residuals orthogonal to every column', () => {
    const random = createRandom(2);
    const rows = Array.from({ length: 50 }, () => [random.normal(), random.uniform(), 1]);
    const targets = rows.map(() => random.normal());
    const { coefficients } = leastSquares(rows, targets);
    for (let j = 0; j < 3; j++) {
      const inner = rows.reduce(
        (sum, row, i) =>
          sum + row[j] * (targets[i] - row.reduce((s, value, l) => s + value * coefficients[l], 0)),
        0,
      );
      expect(Math.abs(inner)).toBeLessThan(1e-12);
    }
  });

  it('names columns that depend on others', () => {
    const rows = [1, 2, 3, 4].map((x) => [x, 2 * x, 1]);
    const { coefficients, dependent } = leastSquares(rows, [3, 5, 7, 9]);
    expect(dependent).toHaveLength(1);
    const fitted = rows.map((row) => row.reduce((sum, value, j) => sum + value * coefficients[j], 0));
    for (const [i, value] of fitted.entries()) expect(value).toBeCloseTo([3, 5, 7, 9][i], 12);
    const empty = leastSquares(
      [
        [0, 1],
        [0, 1],
      ],
      [1, 1],
    );
    expect(empty.dependent).toEqual([0]);
    expect(empty.coefficients[0]).toBe(0);
    expect(empty.coefficients[1]).toBeCloseTo(1, 14);
    expect(leastSquares([[1, 2, 3]], [6]).dependent).toHaveLength(2);
  });

  it('refuses nothing to solve', () => {
    expect(() => leastSquares([], [])).toThrow(RangeError);
    expect(() => leastSquares([[1]], [1, 2])).toThrow('1 rows, but 2 targets');
  });
});
