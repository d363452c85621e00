import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnerTaskOfJob, learnJob } from '../../src/batch/learn-job.js';
import { createPool, type LearnJob, startWorker } from '../../src/batch/node.js';
import { type LearnerReport, learnerTasks } from '../../src/learning/index.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let script: URL;
beforeAll(async () => {
  script = await scripts.bundle('../../src/batch/worker.ts', 'package-worker.ts');
});
afterAll(() => scripts.remove());

const inputs: LearnJob[] = [
  { task: 'bfcnn-or', seed: 1, epochs: 2 },
  { task: learnerTasks['lakin-xor'].create({ recipe: '2-2-1', epochs: 1 }), options: { rtol: 1e-4 } },
];
const nothing = { signal: new AbortController().signal, progress: () => {} };

test('gives the same bytes in a worker as here, and tells how far it is', async () => {
  const pool = createPool({ size: 1, createWorker: () => startWorker(script) });
  const told: unknown[] = [];
  try {
    for (const input of inputs) {
      const there = await pool.run<LearnerReport>('learn', input, {
        onProgress: (value) => told.push(value),
      });
      expect(JSON.stringify(there)).toBe(JSON.stringify(await learnJob(input, nothing)));
    }
  } finally {
    await pool.dispose();
  }
  expect(told[0]).toEqual({ epoch: 1, step: 1, steps: 2 });
});

test('rejects when it is cancelled, and for a task that there is not', async () => {
  const signal = AbortSignal.abort(new Error('no more'));
  await expect(learnJob(inputs[0], { ...nothing, signal })).rejects.toThrow('no more');
  expect(() => learnerTaskOfJob({ task: 'hebb' })).toThrow(/there is no task "hebb"; there are bfcnn-xor, /);
});
