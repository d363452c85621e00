import { describe, expect, it } from 'vitest';
import { type Experiment, type FitOptions, fit as fitNetwork } from '../../src/fit/index.js';
import { simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const sharp = { rtol: 1e-9, atol: 1e-12 } as const;
const decay = networkOf('param k = 0.3, j = 0.2; init A = 1; A ->{k} B; B ->{j} C; observable sum = A + 2 B');
const times = [0.5, 1, 2, 3, 5, 8];

/** What the network gives with other numbers. */
async function measured(
  text: Parameters<typeof simulate>[0],
  columns: readonly string[],
  options: Parameters<typeof simulate>[1],
): Promise<Experiment> {
  const solution = await simulate(text, { to: times[times.length - 1], saveAt: times, ...sharp, ...options });
  return { times, values: Object.fromEntries(columns.map((name) => [name, solution.column(name)])) };
}

describe('what is found', () => {
  it('the constants and the start behind exact measurements, of species and of an observable', async () => {
    const truth = { parameters: { k: 0.9, j: 0.05 }, initial: { A: 1.4 } };
    const data = await measured(decay, ['A', 'sum'], truth);
    const found = await fitNetwork(decay, data, { vary: { k: {}, j: {}, 'init:A': {} }, ...sharp });
    expect(found.converged).toBe(true);
    expect(found.measurements).toBe(12);
    expect(found.estimates.map(({ value }) => value)).toEqual([
      expect.closeTo(0.9, 7),
      expect.closeTo(0.05, 7),
      expect.closeTo(1.4, 7),
    ]);
    const again = await measured(found.network, ['A'], {});
    expect(again.values.A[5]).toBeCloseTo(data.values.A[5] as number, 7);
  });

  it('of several experiments, each with its own start and parameter', async () => {
    const one = await measured(decay, ['A'], { parameters: { k: 0.9, j: 0.5 } });
    const two = await measured(decay, ['B'], { parameters: { k: 0.9, j: 0.1 }, initial: { B: 2 } });
    const experiments: Experiment[] = [
      { ...one, name: 'first', parameters: { j: 0.5 } },
      { ...two, name: 'second', parameters: { j: 0.1 }, initial: { B: 2 } },
    ];
    const found = await fitNetwork(decay, experiments, { vary: { k: {} }, ...sharp });
    expect(found.estimates[0].value).toBeCloseTo(0.9, 7);
    await expect(fitNetwork(decay, experiments, { vary: { j: {} } })).rejects.toThrow(
      'vary: j is set by experiment first, so it cannot be varied',
    );
  });

  it('on a logarithmic scale, from starts spread over the bounds, the same for a seed', async () => {
    const data = await measured(decay, ['A', 'B'], { parameters: { k: 2, j: 0.01 } });
    const options: FitOptions = {
      vary: { k: { lower: 1e-3, upper: 1e3 }, j: { lower: 1e-3, upper: 1e3 } },
      scale: 'log',
      starts: 4,
      seed: 3,
      ...sharp,
    };
    const found = await fitNetwork(decay, data, options);
    expect(found.starts).toHaveLength(4);
    expect(found.estimates.map(({ value }) => value)).toEqual([
      expect.closeTo(2, 5),
      expect.closeTo(0.01, 7),
    ]);
    expect(await fitNetwork(decay, data, options)).toEqual(found);
    await expect(fitNetwork(decay, data, { ...options, vary: { k: {} } })).rejects.toThrow(
      'finite lower above 0 and upper',
    );
  });
});

describe('bounds', () => {
  it.each(['linear', 'log'] as const)(
    'press the estimate, which is then at the right one, %s',
    async (scale) => {
      const data = await measured(decay, ['A'], { parameters: { k: 0.04 } });
      // e^ln 0.1 is not 0.1.
      const low = await fitNetwork(decay, data, { vary: { k: { lower: 0.1, upper: 5 } }, scale, ...sharp });
      expect(low.estimates[0]).toEqual(
        expect.objectContaining({ value: 0.1, atBound: 'lower', identifiable: true }),
      );
      expect(low.estimates[0].standardError).toBeUndefined();
      const high = await fitNetwork(decay, data, {
        vary: { k: { start: 0.01, upper: 0.03 } },
        scale,
        ...sharp,
      });
      expect(high.estimates[0]).toEqual(expect.objectContaining({ value: 0.03, atBound: 'upper' }));
    },
  );
});

describe('how well it is known', () => {
  it('standard errors and intervals of a line are those of linear regression', async () => {
    // x = a + b t, exactly: the covariance of linear regression by hand.
    const line = networkOf('param a = 1, b = 1; init X = a; -> X [rate b]');
    const at = [0, 1, 2, 3, 4];
    const y = [1.1, 2.9, 5.2, 6.8, 9.1];
    const found = await fitNetwork(
      line,
      { times: at, values: { X: y } },
      { vary: { a: {}, b: {} }, ...sharp },
    );
    const mean = 2;
    const sxx = at.reduce((sum, t) => sum + (t - mean) ** 2, 0);
    const ymean = y.reduce((sum, v) => sum + v, 0) / 5;
    const b = at.reduce((sum, t, i) => sum + (t - mean) * (y[i] - ymean), 0) / sxx;
    const a = ymean - b * mean;
    const variance = at.reduce((sum, t, i) => sum + (y[i] - a - b * t) ** 2, 0) / 3;
    const errors = [Math.sqrt(variance * (1 / 5 + mean ** 2 / sxx)), Math.sqrt(variance / sxx)];
    expect(found.degreesOfFreedom).toBe(3);
    expect(found.reducedChiSquare).toBeCloseTo(variance, 8);
    [a, b].forEach((value, j) => {
      const { value: estimate, standardError, interval } = found.estimates[j];
      expect(estimate).toBeCloseTo(value, 7);
      expect(standardError).toBeCloseTo(errors[j], 7);
      // t of 0.975 with 3 degrees of freedom (Abramowitz & Stegun, table 26.10).
      expect(interval?.[1]).toBeCloseTo(value + 3.182446 * errors[j], 5);
    });
    expect(found.correlations[0][1]).toBeCloseTo(
      (-mean / sxx) * Math.sqrt(sxx / (1 / 5 + mean ** 2 / sxx)),
      6,
    );
    // Known standard deviations decide alone.
    const known = await fitNetwork(
      line,
      { times: at, values: { X: y }, sigma: 0.5 },
      { vary: { a: {}, b: {} }, ...sharp },
    );
    expect(known.estimates[1].standardError).toBeCloseTo(0.5 / Math.sqrt(sxx), 7);
  });

  it('what the measurements do not tell is said, and the rest is told', async () => {
    const network = networkOf('param k = 0.3, s = 2, u = 1; init A = 1; A ->{k*s} B; C ->{u} D');
    const data = await measured(network, ['A'], { parameters: { k: 0.5 } });
    const found = await fitNetwork(network, data, { vary: { k: {}, s: {}, u: {}, 'init:A': {} }, ...sharp });
    const told = Object.fromEntries(found.estimates.map(({ name, identifiable }) => [name, identifiable]));
    expect(told).toEqual({ k: false, s: false, u: false, 'init:A': true });
    const directions = found.unidentifiable.map((one) => Object.keys(one).sort().join());
    expect(directions.sort()).toEqual(['k,s', 'u']);
    const [product] = found.unidentifiable.filter((one) => 'k' in one);
    const [k, s] = found.estimates.map(({ value }) => value);
    // Along it k·s stays as it is.
    expect(product.k / k + product.s / s).toBeCloseTo(0, 6);
  });

  it('a standard deviation for some measurements and none for others is refused', async () => {
    const data = await measured(decay, ['A', 'B'], {});
    await expect(fitNetwork(decay, { ...data, sigma: { A: 0.1 } }, { vary: { k: {} } })).rejects.toThrow(
      'sigma is given for A and not for B: give it for all measurements, or for none',
    );
  });
});

describe('cancelled', () => {
  it('it keeps the best so far, and claims nothing of what it had no time for', async () => {
    const data = await measured(decay, ['A', 'B'], { parameters: { k: 2, j: 0.01 } });
    const abort = new AbortController();
    const losses: number[] = [];
    const found = await fitNetwork(decay, data, {
      vary: { k: {}, j: {} },
      signal: abort.signal,
      onProgress: ({ loss }) => {
        losses.push(loss);
        abort.abort();
      },
    });
    expect(found).toMatchObject({
      reason: 'cancelled',
      converged: false,
      loss: losses[0],
      unidentifiable: [],
    });
    for (const estimate of found.estimates) {
      expect(estimate.identifiable).toBeUndefined();
      expect(estimate.standardError).toBeUndefined();
    }
  });

  it('before the first run it rejects', async () => {
    const data = await measured(decay, ['A'], {});
    const run = fitNetwork(decay, data, { vary: { k: {} }, signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('what cannot be used is refused', () => {
  const data: Experiment = { times: [1, 2], values: { A: [1, 0.5] } };
  it.each<[string, Experiment, FitOptions]>([
    ['vary.k.lower (2) must be below', data, { vary: { k: { lower: 2, upper: 1 } } }],
    ['vary.k: the start 0.3 must lie between 1 and Infinity', data, { vary: { k: { lower: 1 } } }],
    ['vary: "kk" is not a parameter', data, { vary: { kk: {} } }],
    [
      "the scale 'log' needs numbers above 0 as a start, which is 0",
      data,
      { vary: { 'init:B': {} }, scale: 'log' },
    ],
    [
      'data.times[1] is -2, before the run starts at 0',
      { times: [1, -2], values: { A: [1, 1] } },
      { vary: { k: {} } },
    ],
    ['data.values: "X" is no species', { times: [1], values: { X: [1] } }, { vary: { k: {} } }],
    ['data holds no measurement', { times: [1], values: { A: [Number.NaN] } }, { vary: { k: {} } }],
  ])('%s', async (message, experiment, options) => {
    await expect(fitNetwork(decay, experiment, options)).rejects.toThrow(
      message.replace('vary.k.lower (2)', 'vary.k: lower (2)'),
    );
  });
});
