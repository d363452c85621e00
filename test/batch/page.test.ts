import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePool } from '../../src/batch/pool.js';
import { trainJob } from '../../src/batch/train-job.js';
import { webWorker } from '../../src/batch/web.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let text: string;
beforeAll(async () => {
  text = readFileSync(await scripts.bundle('../../src/batch/worker.ts', 'page-worker.ts', 'iife'), 'utf8');
});
afterAll(() => scripts.remove());

/** A page's worker: the script in a global scope with nothing of Node, and messages that are cloned and come later. */
class PageWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  ended = false;
  private readonly scope: { onmessage?: (event: { data: unknown }) => void };

  constructor() {
    const later = (act: () => void) => setTimeout(() => !this.ended && act(), 0);
    this.scope = {
      postMessage: (data: unknown) => {
        const copy = structuredClone(data);
        later(() => this.onmessage?.({ data: copy }));
      },
      ...{ AbortController, WebAssembly, atob, performance, setTimeout, clearTimeout, structuredClone },
      ...{ MessageChannel, queueMicrotask, TextDecoder, TextEncoder },
    } as object;
    runInNewContext(text, this.scope);
  }

  postMessage(data: unknown): void {
    const copy = structuredClone(data);
    setTimeout(() => this.scope.onmessage?.({ data: copy }), 0);
  }

  terminate(): void {
    this.ended = true;
  }
}

test('the worker script runs where there is no Node, to the same bytes', async () => {
  const pool = makePool({ size: 1, createWorker: () => webWorker(new PageWorker() as unknown as Worker) });
  const input = { task: 'linear-regression', epochs: 1, options: { ideal: true } };
  const there = await pool.run('train', input);
  const here = await trainJob(input, { signal: new AbortController().signal, progress: () => {} });
  expect(JSON.stringify(there)).toBe(JSON.stringify(here));
  await expect(pool.run('paint', {})).rejects.toMatchObject({ code: 'unknownJob' });
  await pool.dispose();
});

test('a script that does not load fails the job and is replaced', async () => {
  const made: PageWorker[] = [];
  const pool = makePool({
    size: 1,
    createWorker: () => {
      const worker = new PageWorker();
      made.push(worker);
      if (made.length === 1) worker.postMessage = () => worker.onerror?.({ message: '' });
      return webWorker(worker as unknown as Worker);
    },
  });
  await expect(pool.run('train', {})).rejects.toMatchObject({
    code: 'workerDied',
    message: expect.stringContaining('its script could not be loaded'),
  });
  expect(made[0].ended).toBe(true);
  await pool.run('train', { task: 'linear-regression', epochs: 0 });
  expect(made).toHaveLength(2);
  await pool.dispose();
  expect(made[1].ended).toBe(true);
});
