import { expect, test } from 'vitest';
import { Cancelled, WorkerClient } from '../../web/simulate/client';

/** A worker that answers as it is told, or not at all. */
class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  ended = false;
  readonly heard: { type: string; id: number }[] = [];

  constructor(private readonly answer: (worker: FakeWorker, message: { type: string; id: number }) => void) {}

  postMessage(message: { type: string; id: number }): void {
    this.heard.push(message);
    setTimeout(() => !this.ended && this.answer(this, message), 0);
  }

  tell(data: object): void {
    this.onmessage?.({ data });
  }

  terminate(): void {
    this.ended = true;
  }
}

function client(answer: ConstructorParameters<typeof FakeWorker>[0]) {
  const made: FakeWorker[] = [];
  const client = new WorkerClient(() => {
    const worker = new FakeWorker(answer);
    made.push(worker);
    return worker as unknown as Worker;
  });
  return { client, made };
}

test('jobs are done one after the other, with progress', async () => {
  const { client: one, made } = client((worker, { type, id }) => {
    if (type !== 'start') return;
    worker.tell({ type: 'progress', id, progress: id / 10 });
    worker.tell({ type: 'done', id, result: id });
  });
  const progress: number[] = [];
  const onProgress = (at: number) => progress.push(at);
  expect(await Promise.all([one.run<number>({}, { onProgress }), one.run<number>({})])).toEqual([1, 2]);
  expect(progress).toEqual([0.1]);
  expect(made).toHaveLength(1);
});

test('a worker that does not hear a cancel is replaced', async () => {
  const { client: one, made } = client((worker, { type, id }) => {
    if (type === 'start' && made.length > 1) worker.tell({ type: 'done', id, result: 'done' });
  });
  const stop = new AbortController();
  const running = one.run({}, { signal: stop.signal });
  await new Promise((resolve) => setTimeout(resolve, 10));
  const began = performance.now();
  stop.abort();
  await expect(running).rejects.toBeInstanceOf(Cancelled);
  expect(performance.now() - began).toBeLessThan(190);
  expect(made[0].ended).toBe(true);
  expect(await one.run({})).toBe('done');
  await expect(one.run({}, { signal: stop.signal })).rejects.toBeInstanceOf(Cancelled);
});

test('what a job gives when it is cancelled is not lost', async () => {
  const { client: one, made } = client((worker, { type, id }) => {
    if (type === 'cancel') worker.tell({ type: 'done', id, result: 'partial' });
  });
  const stop = new AbortController();
  const running = one.run({}, { signal: stop.signal });
  await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  expect(await running).toBe('partial');
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(made[0].ended).toBe(false);
});

test('a worker that dies fails its job alone', async () => {
  const { client: one, made } = client((worker, { type, id }) => {
    if (type !== 'start') return;
    if (made.length === 1) worker.onerror?.({ message: 'out of memory' });
    else worker.tell({ type: 'failed', id, message: 'no such job' });
  });
  await expect(one.run({})).rejects.toThrow('out of memory');
  await expect(one.run({})).rejects.toThrow('no such job');
  expect(made).toHaveLength(2);
});
