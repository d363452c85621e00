import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/learning/index.js';
import { chanceOf, distribution, rankCorrelation, wilson } from '../../src/robustness/index.js';

describe('intervals of success rates', () => {
  it.each([
    // Newcombe (1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (successes, draws, low, high) => {
    const [from, to] = wilson(successes, draws);
    expect(from).toBeCloseTo(low, 4);
    expect(to).toBeCloseTo(high, 4);
  });

  it('ends at 0 and 1 to the last digit, and says nothing without draws', () => {
    expect(wilson(0, 7)[0]).toBe(0);
    expect(wilson(7, 7)[1]).toBe(1);
    expect(wilson(0, 0)).toEqual([0, 1]);
    const [low, high] = wilson(3, 9);
    expect(wilson(6, 9)[0]).toBeCloseTo(1 - high, 12);
    expect(wilson(6, 9)[1]).toBeCloseTo(1 - low, 12);
  });
});

describe('distributions', () => {
  it('of values, with those that are missing apart', () => {
    expect(distribution([3, null, 1, 2, 5, 4])).toEqual({
      count: 5,
      missing: 1,
      mean: 3,
      deviation: Math.sqrt(2.5),
      least: 1,
      q05: 1.2,
      q25: 2,
      median: 3,
      q75: 4,
      q95: 4.8,
      most: 5,
    });
    expect(distribution([null])).toMatchObject({
      count: 0,
      missing: 1,
      mean: null,
      median: null,
      most: null,
    });
    expect(distribution([7])).toMatchObject({ count: 1, deviation: null, median: 7 });
  });
});

describe('rank correlations', () => {
  it('are 1 for whatever rises, and share ranks of what is equal', () => {
    expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1e6])).toBe(1);
    expect(rankCorrelation([1, 2, 3, 4], [9, 3, 2, -5])).toBe(-1);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBe(0);
    // Ranks 1, 2½, 2½, 4 against 1, 2, 3, 4: 4.5/√(4.5·5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(0.9), 12);
  });

  it('are rarely significant where there is nothing', () => {
    expect(chanceOf(1.959964 / Math.sqrt(99), 100)).toBeCloseTo(0.05, 6);
    expect(chanceOf(-3.290527 / Math.sqrt(99), 100)).toBeCloseTo(0.001, 7);
    const random = createRandom(3, 'nothing');
    const values = () => Array.from({ length: 40 }, () => random.normal());
    const false_ = Array.from(
      { length: 400 },
      () => chanceOf(rankCorrelation(values(), values()), 40) < 0.05,
    );
    const part = false_.filter(Boolean).length / 400;
    expect(part).toBeGreaterThan(0.025);
    expect(part).toBeLessThan(0.08);
  });
});
