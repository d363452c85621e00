import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StochasticFailure, simulateStochastic, simulateStochasticMany } from '../../src/index.js';
import { MomentTree } from '../../src/stochastic/moments.js';
import { networkOf } from '../tools/network.js';

const network = networkOf(
  'init A = 1; A <->{2}{1} B; 2 B ->{0.5} C; observable Bound = B + 2 C, Net = A - B',
);
const options = { volume: 40, to: 3, save: 6, seed: 12 };

describe('ensembles', () => {
  it.each(['auto', 'rejection', 'next', 'tau'] as const)(
    'are the runs that one by one gives, any of which can be made again: method %s',
    async (method) => {
      const { solutions, runs, first } = await simulateStochasticMany(network, 9, {
        ...options,
        method,
        keep: true,
        first: 100,
      });
      expect([runs, first]).toEqual([9, 100]);
      for (const k of [8, 0, 5]) {
        const alone = await simulateStochastic(network, { ...options, method, run: 100 + k });
        expect(solutions[k].toCSV()).toBe(alone.toCSV());
        expect(solutions[k].stats).toEqual(alone.stats);
        expect(solutions[k].run).toBe(100 + k);
      }
      expect(new Set(solutions.map((solution) => solution.toCSV())).size).toBe(9);
    },
  );

  it('have the mean and the variance of their runs', async () => {
    const ensemble = await simulateStochasticMany(network, 37, { ...options, keep: true });
    for (const name of ['A', 'B', 'C', 'Bound', 'Net']) {
      ensemble.times.forEach((_, i) => {
        const values = ensemble.solutions.map((solution) => solution.column(name)[i]);
        const mean = values.reduce((sum, x) => sum + x, 0) / 37;
        const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 36;
        expect(ensemble.mean(name)[i]).toBeCloseTo(mean, 13);
        expect(ensemble.variance(name)[i]).toBeCloseTo(variance, 13);
        expect(ensemble.sd(name)[i]).toBeCloseTo(Math.sqrt(variance), 13);
      });
    }
    const { events } = ensemble.stats;
    expect(events).toBe(ensemble.solutions.reduce((sum, { stats }) => sum + stats.events, 0));
  });

  it('have exact quantiles where the runs are kept', async () => {
    const ensemble = await simulateStochasticMany(network, 21, { ...options, keep: true });
    const values = ensemble.solutions.map((solution) => solution.column('A')[3]).sort((a, b) => a - b);
    expect(ensemble.quantile('A', 0)[3]).toBe(values[0]);
    expect(ensemble.quantile('A', 0.5)[3]).toBe(values[10]);
    expect(ensemble.quantile('A', 1)[3]).toBe(values[20]);
    expect(ensemble.quantile('A', 0.12)[3]).toBeCloseTo(values[2] + 0.4 * (values[3] - values[2]), 14);
    expect(() => ensemble.quantile('A', 1.2)).toThrow(/a quantile is from 0 to 1, not 1.2/);
    expect(() => ensemble.quantile('Q', 0.2)).toThrow(/has no species or observable "Q"/);
    const unkept = await simulateStochasticMany(network, 3, options);
    expect(() => unkept.quantile('A', 0.5)).toThrow(/which were not kept: give keep: true/);
    expect(unkept.solutions).toEqual([]);
  });

  it('write tables; a single run has no variance', async () => {
    const ensemble = await simulateStochasticMany(network, 1, { ...options, save: 1 });
    expect(ensemble.toCSV().split('\n')[0]).toBe(
      'time,A mean,A sd,B mean,B sd,C mean,C sd,Bound mean,Bound sd,Net mean,Net sd',
    );
    expect(ensemble.variance('A')[0]).toBeNaN();
    expect(ensemble.mean('A')[0]).toBe(1);
  });

  it('tell how many runs have ended, and stop when they are cancelled, with those that have', async () => {
    const told: number[] = [];
    const long = { ...options, volume: 2000, to: 20 };
    const progress = ({ done }: { done: number }) => told.push(done);
    await simulateStochasticMany(network, 40, { ...long, onProgress: progress });
    expect(told.at(-1)).toBe(40);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    const controller = new AbortController();
    const error: StochasticFailure = await simulateStochasticMany(network, 10_000, {
      ...long,
      signal: controller.signal,
      onProgress: ({ done }) => done > 5 && controller.abort(),
    }).catch((e) => e);
    expect(error.code).toBe('cancelled');
    expect(error.ensemble?.runs).toBe(error.run);
    expect(error.run).toBeGreaterThan(5);
    const whole = await simulateStochasticMany(network, error.run!, long);
    expect(error.ensemble?.toCSV()).toBe(whole.toCSV());
  });

  it('fail with their first run that fails, and have those before it', async () => {
    // A run fails when it reaches 12 events before its end.
    const text = networkOf('->{1} A');
    const limited = { volume: 1, to: 6, saveAt: [6], seed: 1, maxEvents: 12 };
    const error: StochasticFailure = await simulateStochasticMany(text, 500, limited).catch((e) => e);
    expect(error).toMatchObject({ name: 'StochasticFailure', code: 'eventLimit' });
    const k = error.run!;
    expect(k).toBeGreaterThan(0);
    expect(error.ensemble?.runs).toBe(k);
    await expect(simulateStochastic(text, { ...limited, run: k })).rejects.toThrow(/eventLimit/);
    expect((await simulateStochasticMany(text, k, limited)).runs).toBe(k);
  });
});

it('moments have the same bits however the runs are cut into parts of powers of two', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 70 }),
      fc.integer({ min: 0, max: 5 }),
      (numbers, level) => {
        const one = new MomentTree();
        for (const x of numbers) one.add(Float64Array.of(x));
        const all = new MomentTree();
        for (let at = 0; at < numbers.length; at += 2 ** level) {
          const part = new MomentTree();
          for (const x of numbers.slice(at, at + 2 ** level)) part.add(Float64Array.of(x));
          for (const node of part.take()) all.push(node);
        }
        expect(all.total()).toEqual(one.total());
      },
    ),
  );
});
