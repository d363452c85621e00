import { describe, expect, it } from 'vitest';
import { coursesOf } from '../../src/discover/courses.js';
import { IntegralModel } from '../../src/discover/integrals.js';
import { RunModel } from '../../src/discover/runs.js';
import { roundedOff } from '../../src/discover/structure.js';
import { simulate } from '../../src/index.js';
import { createRandom } from '../../src/learning/index.js';
import { networkOf } from '../tools/network.js';

const times = Array.from({ length: 15 }, (_, i) => 0.4 * (i + 1));
const experiments = [
  {
    times,
    values: { A: times.map((t) => 2 / (1 + t)), B: times.map((t) => t / 6) },
    initial: { A: 2, B: 0.1 },
  },
  {
    times: times.slice(0, 9),
    values: {
      A: times.slice(0, 9).map((t, i) => (i === 4 ? Number.NaN : 1 / (1 + t))),
      B: times.slice(0, 9),
    },
    initial: { A: 1, B: 0.3 },
  },
];
const data = coursesOf(experiments, ['A', 'B']);
const random = createRandom(5, 'weights');
// Two reactions of two species: changes of A and B, then b.
const weights = Float64Array.from({ length: 6 }, (_, p) => random.normal() + (p % 3 === 2 ? 0 : 0.05));

describe('reactions that are not whole', () => {
  it.each([
    ['integrals', new IntegralModel(data, 2)],
    ['runs', new RunModel(data, 2)],
  ])('derivatives of the residuals of %s are those of their differences', (_, model) => {
    const columns = model.jacobian(weights) as Float64Array[];
    columns.forEach((column, p) => {
      const step = 1e-6;
      const [up, down] = [1, -1].map((sign) =>
        model.residuals(weights.map((value, q) => value + (p === q ? sign * step : 0))),
      ) as [Float64Array, Float64Array];
      column.forEach((slope, m) => {
        const difference = (up[m] - down[m]) / (2 * step);
        expect(Math.abs(slope - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
      });
    });
  });

  it('with whole weights run as the network does that they round to', async () => {
    // 2 A -> B and B -> nothing, in units of the data: concentrations of 2 or 6, times of 6.
    const whole = Float64Array.of(-2, 1, Math.log(0.7), 0, -1, Math.log(0.4));
    const reactions = roundedOff(data, whole);
    expect(reactions.map(({ change }) => change)).toEqual([
      [-2, 1],
      [0, -1],
    ]);
    const [k1, k2] = reactions.map(({ constant }) => constant);
    const network = networkOf(`init A = 2; init B = 0.1; 2 A ->{${k1}} B; B ->{${k2}} 0`);
    const solution = await simulate(network, { to: 6, saveAt: times, rtol: 1e-10, atol: 1e-12 });
    const residuals = new RunModel(data, 2).residuals(whole) as Float64Array;
    const highest = data.concentration;
    times.forEach((_, i) => {
      for (const [s, name] of (['A', 'B'] as const).entries()) {
        const range = data.ranges[s] * highest;
        const measured = experiments[0].values[name][i];
        expect(residuals[2 * i + s]).toBeCloseTo((solution.column(name)[i] - measured) / range, 6);
      }
    });
  });
});
