import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

/** Logistic growth against its closed form, and a mass-action cycle against a tight run: no order of 4 or 5 is accidental. */
const logistic = networkOf('init X = 0.1 \n X -> 2 X \n 2 X -> X');
const exact = (t: number) => 1 / (1 + 9 * Math.exp(-t));

async function errors(method: 'rodas4' | 'rodas5p', steps: number) {
  const to = 4;
  // Saved off the step grid, so that most rows come from the interpolant.
  const solution = await simulate(logistic, { to, save: 37, method, fixedStep: to / steps });
  expect(solution.stats.steps).toBe(steps);
  const column = solution.column('X');
  let dense = 0;
  solution.times.forEach((t, i) => {
    dense = Math.max(dense, Math.abs(column[i] - exact(t)));
  });
  return { end: Math.abs(column[37] - exact(to)), dense };
}

/** Least-squares slope of log(error) against log(h). */
function slope(steps: number[], values: number[]): number {
  const x = steps.map((n) => -Math.log(n));
  const y = values.map(Math.log);
  const mx = x.reduce((a, b) => a + b) / x.length;
  const my = y.reduce((a, b) => a + b) / y.length;
  const xy = x.reduce((sum, v, i) => sum + (v - mx) * (y[i] - my), 0);
  return xy / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
}

describe('observed order with fixed steps', () => {
  it.each([
    ['rodas4', 4, [16, 24, 36, 54, 81]],
    ['rodas5p', 5, [12, 17, 24, 34, 48]],
  ] as const)('%s has order %i at the end and in its dense output', async (method, order, steps) => {
    const found = await Promise.all(steps.map((n) => errors(method, n)));
    expect(Math.abs(slope([...steps], found.map(({ end }) => end)) - order)).toBeLessThan(0.2);
    expect(Math.abs(slope([...steps], found.map(({ dense }) => dense)) - order)).toBeLessThan(0.2);
  });
});

describe('the error follows the tolerance', () => {
  it.each(['rodas4', 'rodas5p'] as const)('%s, over six decades', async (method) => {
    const found: number[] = [];
    for (const rtol of [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10]) {
      const solution = await simulate(logistic, { to: 4, save: 40, method, rtol, atol: rtol * 1e-3 });
      const column = solution.column('X');
      let worst = 0;
      solution.times.forEach((t, i) => {
        worst = Math.max(worst, Math.abs(column[i] - exact(t)) / exact(t));
      });
      expect(worst).toBeLessThan(20 * rtol);
      found.push(worst);
    }
    // Each decade of tolerance must bring the error down, and six of them by at least five decades.
    for (let i = 1; i < found.length; i++) expect(found[i]).toBeLessThan(found[i - 1]);
    expect(found[6] / found[0]).toBeLessThan(1e-5);
  });
});
