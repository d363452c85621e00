import { describe, expect, it } from 'vitest';
import { initialConcentrations, parameterValues, rateConstants, simulate } from '../../src/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { naiveDerivative } from '../tools/naive.js';
import { digits, networkOf } from '../tools/network.js';

const cases = referenceProblems.flatMap(({ name, text, ends }) =>
  ends.map((end) => ({ name, text, ...end })),
);

describe('reference end states at rtol 1e-8', () => {
  it.each(cases)('$name to $to', async ({ text, to, state, atol = 1e-12, digits: wanted = 6 }) => {
    const solution = await simulate(networkOf(text), { to, rtol: 1e-8, atol, save: 1 });
    const largest = Math.max(...Object.values(state));
    for (const [species, reference] of Object.entries(state)) {
      if (reference <= 1e-12 * largest) continue;
      expect(digits(solution.final[species], reference), species).toBeGreaterThanOrEqual(wanted);
    }
  });
});

/** Classical Runge–Kutta with steps far below the fastest time of the network: shares nothing with the package. */
function rungeKutta(text: string, to: number, steps: number): Record<string, number> {
  const network = networkOf(text);
  const values = parameterValues(network);
  const k = [...rateConstants(network, values)];
  let y = [...initialConcentrations(network, values)];
  const h = to / steps;
  const slope = (x: number[]) => naiveDerivative(network, k, x).value;
  const ahead = (dy: number[], by: number) => y.map((value, i) => value + by * dy[i]);
  for (let step = 0; step < steps; step++) {
    const a = slope(y);
    const b = slope(ahead(a, h / 2));
    const c = slope(ahead(b, h / 2));
    const d = slope(ahead(c, h));
    y = y.map((value, i) => value + (h / 6) * (a[i] + 2 * b[i] + 2 * c[i] + d[i]));
  }
  return Object.fromEntries(network.species.map(({ name }, i) => [name, y[i]]));
}

describe('forward phases of neural networks against classical Runge–Kutta', () => {
  it.each([
    [3, 8000],
    [10, 8000],
  ])('%d inputs', async (n, steps) => {
    const { text } = neuralForward(n);
    const wanted = rungeKutta(text, 1, steps);
    const { final } = await simulate(networkOf(text), { to: 1, rtol: 1e-8, atol: 1e-12, save: 1 });
    for (const [species, value] of Object.entries(wanted)) {
      expect(digits(final[species], value), species).toBeGreaterThanOrEqual(6);
    }
  });
});
