import { describe, expect, it } from 'vitest';
import { costAt, digitsReached, frontier } from '../../bench/work-precision.js';

describe('digits reached', () => {
  it('is that of the worst species', () => {
    expect(digitsReached([1.001, 2], [1, 2])).toBeCloseTo(3, 10);
    expect(digitsReached([1.001, 2.02], [1, 2])).toBeCloseTo(2, 10);
  });

  it('leaves out traces: below 1e-9 of the largest', () => {
    expect(digitsReached([1.001, 5e-10], [1, 4e-10])).toBeCloseTo(3, 10);
    expect(digitsReached([1.001, 5e-9], [1, 4e-9])).toBeCloseTo(0.602, 3);
  });

  it('is 17 for equal bits and never below 0', () => {
    expect(digitsReached([1, 0], [1, 0])).toBe(17);
    expect(digitsReached([50], [1])).toBe(0);
  });

  it('is 0 where something is not a number, or infinite', () => {
    expect(digitsReached([Number.NaN, 2], [1, 2])).toBe(0);
    expect(digitsReached([Number.POSITIVE_INFINITY, 2], [1, 2])).toBe(0);
  });
});

const points = [
  { digits: 2, micros: 10 },
  { digits: 4, micros: 100 },
  // Slower and worse than the one before.
  { digits: 3, micros: 200 },
  { digits: 6, micros: 10_000 },
];

describe('cost at equal digits', () => {
  it('the frontier drops what another beats in both', () => {
    expect(frontier(points).map(({ digits }) => digits)).toEqual([2, 4, 6]);
    expect(
      frontier([
        { digits: 3, micros: 5 },
        { digits: 4, micros: 5 },
      ]),
    ).toEqual([{ digits: 4, micros: 5 }]);
  });

  it('is exact at a point and logarithmic between two', () => {
    expect(costAt(points, 4)).toBeCloseTo(100, 9);
    expect(costAt(points, 3)).toBeCloseTo(Math.sqrt(10 * 100), 9);
    expect(costAt(points, 5)).toBeCloseTo(1000, 9);
  });

  it('fewer digits than the cheapest point has cost as much as that point', () => {
    expect(costAt(points, 1)).toBe(10);
  });

  it('more digits than any point reaches have no cost', () => {
    expect(costAt(points, 6.1)).toBeNull();
    expect(costAt([], 1)).toBeNull();
  });
});
