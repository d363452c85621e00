import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { cycle, errorsOf, save, to } from '../tools/cycle.js';
import { networkOf } from '../tools/network.js';
import { slope } from '../tools/slope.js';

async function errors(method: 'rodas4' | 'rodas5p' | 'tsit5', steps: number) {
  const solution = await simulate(cycle, { to, save, method, fixedStep: to / steps });
  expect(solution.stats.steps).toBe(steps);
  return errorsOf(solution);
}

describe('observed order with fixed steps', () => {
  it.each([
    ['rodas4', 4, [48, 64, 96, 128, 192]],
    ['rodas5p', 5, [24, 32, 48, 64, 96]],
    ['tsit5', 5, [48, 56, 64, 80, 96]],
  ] as const)('%s has order %i at the end and in its dense output', async (method, order, steps) => {
    const found = await Promise.all(steps.map((n) => errors(method, n)));
    const sizes = steps.map((n) => 1 / n);
    expect(
      Math.abs(
        slope(
          sizes,
          found.map(({ end }) => end),
        ) - order,
      ),
    ).toBeLessThan(0.2);
    expect(
      Math.abs(
        slope(
          sizes,
          found.map(({ dense }) => dense),
        ) - order,
      ),
    ).toBeLessThan(0.2);
  });
});

/** Logistic growth, whose solution is known in closed form. */
const logistic = networkOf('init X = 0.1 \n X -> 2 X \n 2 X -> X');
const exact = (t: number) => 1 / (1 + 9 * Math.exp(-t));

describe('the error follows the tolerance', () => {
  it.each(['rodas4', 'rodas5p', 'tsit5', 'auto'] as const)('%s, over six decades', async (method) => {
    const found: number[] = [];
    const tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
    for (const rtol of tolerances) {
      const solution = await simulate(logistic, { to: 4, save: 40, method, rtol, atol: rtol * 1e-3 });
      const column = solution.column('X');
      let worst = 0;
      solution.times.forEach((t, i) => {
        worst = Math.max(worst, Math.abs(column[i] - exact(t)) / exact(t));
      });
      expect(worst).toBeLessThan(20 * rtol);
      found.push(worst);
    }
    for (let i = 1; i < found.length; i++) expect(found[i]).toBeLessThan(found[i - 1]);
    // A step size chosen from an error of order p gives a global error in proportion to the tolerance.
    expect(slope(tolerances, found)).toBeGreaterThan(0.8);
    expect(slope(tolerances, found)).toBeLessThan(1.2);
  });
});
