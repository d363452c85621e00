import { expect, it } from 'vitest';
import { power } from '../../src/network/power.js';

it('whole powers are multiplied out', () => {
  for (let n = 0; n <= 22; n++) expect(power(10, n)).toBe(Number(`1e${n}`));
  for (let n = 1; n <= 22; n++) expect(power(10, -n)).toBe(Number(`1e-${n}`));
  expect([power(-3, 3), power(-2, -2), power(0, 0), power(0, -1)]).toEqual([-27, 0.25, 1, Infinity]);
});

it('others agree with the host to a few units in the last place', () => {
  for (const [base, exponent] of [
    [2, 0.5],
    [1e-7, 1.37],
    [12.5, -0.2],
    [1.0001, 100_000],
    [-1.0001, 100_001],
  ]) {
    expect(power(base, exponent) / base ** exponent).toBeCloseTo(1, 12);
  }
  expect(power(-2, 0.5)).toBeNaN();
});
