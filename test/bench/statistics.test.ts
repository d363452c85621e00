import { describe, expect, it } from 'vitest';
import { fittedExponent, geometricMean, median, medianDeviation, spreadOf } from '../../bench/statistics.js';

describe('statistics', () => {
  it('median of odd and even numbers of values, in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('a single slow round moves neither median nor deviation', () => {
    expect(medianDeviation([10, 11, 12])).toBe(1);
    expect(medianDeviation([10, 11, 1200])).toBe(1);
  });

  it('geometric mean: a ratio and its inverse cancel', () => {
    expect(geometricMean([4, 0.25])).toBeCloseTo(1, 14);
    expect(geometricMean([])).toBeNaN();
  });

  it('spread over processes', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  });
});

describe('fitted exponent', () => {
  it('finds the power of an exact law, whatever its factor', () => {
    const sizes = [10, 30, 100, 300];
    for (const power of [0, 1, 1.5, 3]) {
      expect(
        fittedExponent(
          sizes,
          sizes.map((n) => 7 * n ** power),
        ),
      ).toBeCloseTo(power, 12);
    }
  });

  it('lies between the slopes of its parts', () => {
    const exponent = fittedExponent([1, 10, 100], [1, 10, 1000]);
    expect(exponent).toBeCloseTo(1.5, 12);
  });

  it('needs two sizes', () => {
    expect(() => fittedExponent([10], [1])).toThrow(RangeError);
  });
});
