import { expect, test } from 'vitest';
import { simulateOver } from '../../src/batch/node.js';
import { type Solution, type SolveFailure, simulateMany } from '../../src/index.js';
import { robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';
import { testPools } from './pools.js';

const pool = testPools('./crashing.ts');

const network = networkOf(robertson.text);
const options = { to: 1, atol: 1e-12, save: 20 };
const runs = Array.from({ length: 21 }, (_, k) => ({ to: 10 ** (1 + (k % 5)), rtol: 1e-6 / (1 + k) }));

/** All that a solution says; numbers in JSON are exact. */
const told = (solution: Solution) =>
  JSON.stringify([solution.toCSV(), solution.final, solution.status, solution.stats, solution.at(0.37)]);

test('the bits of one thread from one worker, two and three', async () => {
  const here = (await simulateMany(network, runs, options)).map(told);
  for (const size of [1, 2, 3]) {
    const progress: number[] = [];
    const solutions = await simulateOver(pool(size), network, runs, {
      ...options,
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(solutions.map(told), `${size} workers`).toEqual(here);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  }
});

test('the first run that fails is thrown with what there is of it, whoever finds which first', async () => {
  const failing = runs.map((run, k) => (k === 7 || k === 15 ? { ...run, maxSteps: 5 + k } : run));
  const wanted: SolveFailure = await simulateMany(network, failing, options).catch((error) => error);
  for (const size of [1, 2]) {
    const error: SolveFailure = await simulateOver(pool(size), network, failing, options).catch((e) => e);
    expect(error).toMatchObject({
      name: 'SolveFailure',
      code: 'stepLimit',
      step: wanted.step,
      time: wanted.time,
    });
    expect(error.message).toBe(wanted.message);
    expect(error.partial?.toCSV()).toBe(wanted.partial?.toCSV());
  }
  const bad = runs.map((run, k) => (k === 3 ? { ...run, rtol: -1 } : run));
  await expect(simulateOver(pool(2), network, bad, options)).rejects.toThrow(RangeError);
  await expect(simulateOver(pool(1), network, [], options)).resolves.toEqual([]);
});

test('cancelling ends it at once, and the pool goes on', async () => {
  const workers = pool(2);
  const controller = new AbortController();
  const long = Array.from({ length: 400 }, () => ({ to: 1e5, rtol: 1e-13 }));
  const cancelled = simulateOver(workers, network, long, {
    ...options,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ name: 'SolveFailure', code: 'cancelled' });
  expect(await simulateOver(workers, network, runs.slice(0, 2), options)).toHaveLength(2);
});

test('a worker that dies: its runs are run once more, and one that kills two is named', async () => {
  const here = (await simulateMany(network, runs, options)).map(told);
  let started = 0;
  const lost: unknown[] = [];
  // The first worker dies of run 6, the others do not.
  const once = pool(1, () => started++ === 0);
  const solutions = await simulateOver(once, network, runs, {
    ...options,
    onRetry: ({ first, last, error }) => lost.push([first, last, error.code]),
  });
  expect(solutions.map(told)).toEqual(here);
  expect(lost).toEqual([[6, 11, 'workerDied']]);
  const always = pool(2, () => true);
  await expect(simulateOver(always, network, runs, options)).rejects.toMatchObject({
    name: 'PoolError',
    code: 'workerDied',
    index: 6,
    message: expect.stringMatching(/^run 6, twice: .*exited with code 9/),
  });
});
