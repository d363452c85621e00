import { race } from '../race/race-job';
import { checkJob, exportJob, runJob, writeJob } from './jobs';
import type { FromWorker, Job, ToWorker } from './protocol';

/** The worker of the Simulate and Race views: one job at a time, each of which can be cancelled between slices. */
const running = new Map<number, AbortController>();

const post = (message: FromWorker, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(message, transfer);

function resultOf(job: Job, signal: AbortSignal, progress: (progress: unknown) => void): unknown {
  switch (job.kind) {
    case 'check':
      return checkJob(job.text);
    case 'write':
      return writeJob(job.text, job.changes);
    case 'run':
      return runJob(job.request, signal, progress);
    case 'export':
      return exportJob(job.request, job.format, signal);
    case 'race':
      return race(job.request, signal, progress);
  }
}

async function done(id: number, job: Job, signal: AbortSignal): Promise<void> {
  const result = await resultOf(job, signal, (progress) => post({ type: 'progress', id, progress }));
  const curves = (result as { curves?: { times: Float64Array; columns: Float64Array[] } }).curves;
  const transfer = curves ? [curves.times, ...curves.columns].map(({ buffer }) => buffer) : [];
  post({ type: 'done', id, result }, transfer as Transferable[]);
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'cancel') {
    running.get(data.id)?.abort();
    return;
  }
  const { id, job } = data;
  const controller = new AbortController();
  running.set(id, controller);
  done(id, job, controller.signal)
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      post({ type: 'failed', id, message });
    })
    .finally(() => running.delete(id));
};
