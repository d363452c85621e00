import { expect, test } from 'vitest';
import { simulateStochasticOver } from '../../src/batch/node.js';
import { type StochasticEnsemble, type StochasticFailure, simulateStochasticMany } from '../../src/index.js';
import { networkOf } from '../tools/network.js';
import { testPools } from './pools.js';

const pool = testPools('./crashing-stochastic.ts');

const network = networkOf(
  'init A = 0.517; A <->{2}{1} B; 2 B ->{0.5} C; phase p 1: *; dose A += 0.333 at p; dose C = 0 when C rises 0.2',
);
const options = { volume: 61, to: 3, save: 7, seed: 5, first: 3 };

/** All that an ensemble says; numbers in JSON are exact. */
const told = (ensemble: StochasticEnsemble) =>
  JSON.stringify([
    ensemble.species.map((name) => [[...ensemble.mean(name)], [...ensemble.variance(name)]]),
    ensemble.solutions.map((solution) => [solution.toCSV(), solution.final, solution.stats, solution.run]),
    [...ensemble.times, ensemble.runs, ensemble.first, ensemble.stats, ensemble.rounded],
  ]);

test('the bits of one thread from one worker, two and three, by any method', async () => {
  for (const more of [
    {},
    { keep: true, method: 'next' as const },
    { method: 'tau' as const, volume: 6100 },
  ]) {
    const here = told(await simulateStochasticMany(network, 101, { ...options, ...more }));
    for (const size of [1, 2, 3]) {
      const progress: number[] = [];
      const there = await simulateStochasticOver(pool(size), network, 101, {
        ...options,
        ...more,
        onProgress: ({ done, total }) => progress.push(done / total),
      });
      expect(told(there), `${size} workers`).toBe(here);
      expect(progress.at(-1)).toBe(1);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
    }
  }
});

test('the first run that fails is thrown with what there is of it and of those before, whoever finds which first', async () => {
  const births = networkOf('->{1} A');
  const limited = { volume: 1, to: 6, save: 6, seed: 1, maxEvents: 14 };
  const wanted: StochasticFailure = await simulateStochasticMany(births, 3000, limited).catch((e) => e);
  for (const size of [1, 2]) {
    const error: StochasticFailure = await simulateStochasticOver(pool(size), births, 3000, limited).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ name: 'StochasticFailure', code: 'eventLimit', run: wanted.run });
    expect(error.message).toBe(wanted.message);
    expect(error.partial?.toCSV()).toBe(wanted.partial?.toCSV());
    expect(error.ensemble && told(error.ensemble)).toBe(told(wanted.ensemble!));
  }
  await expect(simulateStochasticOver(pool(1), births, 3, { to: 1 })).rejects.toThrow(/volume is missing/);
});

test('cancelling ends it at once with the parts that are whole, and the pool goes on', async () => {
  const workers = pool(2);
  const controller = new AbortController();
  const error: StochasticFailure = await simulateStochasticOver(workers, network, 100_000, {
    ...options,
    volume: 6100,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  }).catch((e) => e);
  expect(error).toMatchObject({ name: 'StochasticFailure', code: 'cancelled' });
  expect(error.ensemble?.runs).toBeLessThan(100_000);
  expect((await simulateStochasticOver(workers, network, 2, options)).runs).toBe(2);
});

test('a worker that dies: its runs are run once more, and those with which two die are named', async () => {
  const here = told(await simulateStochasticMany(network, 64, options));
  let started = 0;
  const lost: unknown[] = [];
  const once = pool(1, () => started++ === 0);
  const ensemble = await simulateStochasticOver(once, network, 64, {
    ...options,
    onRetry: ({ first, last, error }) => lost.push([first, last, error.code]),
  });
  expect(told(ensemble)).toBe(here);
  expect(lost).toEqual([[16, 31, 'workerDied']]);
  const always = pool(2, () => true);
  await expect(simulateStochasticOver(always, network, 64, options)).rejects.toMatchObject({
    name: 'PoolError',
    code: 'workerDied',
    message: expect.stringMatching(/^runs \d+ to \d+, twice: .*exited with code 9/),
  });
});
