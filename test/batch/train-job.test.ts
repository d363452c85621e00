import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, startWorker, type TrainJob, type TrainJobResult } from '../../src/batch/node.js';
import { trainJob } from '../../src/batch/train-job.js';
import { linearRegressionTask } from '../../src/learning/index.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let script: URL;
beforeAll(async () => {
  script = await scripts.bundle('../../src/batch/worker.ts', 'package-worker.ts');
});
afterAll(() => scripts.remove());

const pool = (size: number) => createPool({ size, createWorker: () => startWorker(script) });
const inputs: TrainJob[] = [
  ...[0, 1, 2, 3].map((seed) => ({ task: 'linear-regression', seed, recipe: 'authors', epochs: 1 })),
  { task: linearRegressionTask({ seed: 4, epochs: 1, rails: 'dual' }), options: { ideal: true } },
];

test('the same bytes from one worker, from three, and without any', async () => {
  const bytes = async (size: number) => {
    const workers = pool(size);
    try {
      return JSON.stringify(await workers.map<TrainJobResult>('train', inputs));
    } finally {
      await workers.dispose();
    }
  };
  const here = [];
  for (const input of inputs) {
    here.push(await trainJob(input, { signal: new AbortController().signal, progress: () => {} }));
  }
  const one = await bytes(1);
  expect(await bytes(3)).toBe(one);
  expect(JSON.stringify(here)).toBe(one);
});

test('gives the report and what figures need', async () => {
  const workers = pool(1);
  const told: unknown[] = [];
  const result = await workers.run<TrainJobResult>(
    'train',
    { task: 'linear-regression', epochs: 3, weightRows: 10, options: { ideal: true } },
    { onProgress: (value) => told.push(value) },
  );
  expect(result.report).toMatchObject({ experiment: 'linear-regression', seed: 0, status: 'done' });
  expect(result.report.history).toHaveLength(4);
  expect(result.report.metrics.idealFinalLoss).toBeTypeOf('number');
  expect(result.model.format).toBe('neural-crn-model');
  expect(result.predictions.after?.validation).toHaveLength(101);
  expect(result.weights.steps).toHaveLength(10);
  expect([result.weights.steps[0], result.weights.steps[9]]).toEqual([0, 123]);
  expect(result.weights.rows[9]).toEqual(result.report.parameters.theta);
  expect(told[0]).toMatchObject({ epoch: 0, step: 1, steps: 123 });
  await workers.dispose();
});

test('chemistry that cannot go on is a result; a task that does not exist is refused', async () => {
  const workers = pool(1);
  const task = linearRegressionTask({ rate: 0.6, rails: 'positive', epochs: 2 });
  const result = await workers.run<TrainJobResult>('train', { task });
  expect(result.report.status).toBe('failed');
  expect(result.report.history).toHaveLength(1);
  expect(result.failure).toMatchObject({ code: 'negativeWeight', epoch: 1, hint: expect.any(String) });
  await expect(workers.run('train', { task: 'nor' })).rejects.toThrow(
    /^there is no task "nor"; there are linear/,
  );
  await workers.dispose();
});

test('a run is cancelled between examples', async () => {
  const workers = pool(1);
  const controller = new AbortController();
  const run = workers.run(
    'train',
    { task: 'linear-regression', epochs: 100_000 },
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  // The worker is free again long before the pool would end it.
  const next = await workers.run<TrainJobResult>('train', { task: 'linear-regression', epochs: 0 });
  expect(next.report.history).toHaveLength(1);
  await workers.dispose();
});
