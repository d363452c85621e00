import { usePosted } from '../engine/posted.js';
import { PoolError, toPlainError } from './errors.js';
import type { WorkerPort } from './messages.js';

/** A job's result of which large parts are moved to the caller, not copied; the worker has them no longer. */
export class Moved {
  constructor(
    readonly value: unknown,
    readonly buffers: ArrayBuffer[],
  ) {}
}

/** What a job may use while it runs. */
export interface JobContext {
  /** Aborted when the caller no longer wants the result; the job should end soon, however it likes. */
  signal: AbortSignal;
  /** Tells the caller how far it is. */
  progress: (value: unknown) => void;
}

/**
 * A piece of work by name: takes plain data and gives plain data, or {@link Moved}. What it remembers between calls may
 * save work, but must not change what it gives: its worker may be replaced.
 */
export type Job = (input: never, context: JobContext) => unknown;

/**
 * Runs the jobs that a pool sends: the whole of a worker's script.
 *
 * ```ts
 * serve(workerPort(), { square: (value: number) => value * value });
 * ```
 */
export function serve(port: WorkerPort, jobs: Readonly<Record<string, Job>>): void {
  const running = new Map<number, AbortController>();

  const run = async (id: number, name: string, input: unknown) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(jobs, name)) {
        const known = Object.keys(jobs).join(', ');
        throw new PoolError('unknownJob', `the worker has no job "${name}"; it has ${known}`);
      }
      const value = await jobs[name](input as never, {
        signal: controller.signal,
        progress: (progress) => port.post({ type: 'progress', id, value: progress }),
      });
      if (value instanceof Moved) port.post({ type: 'result', id, value: value.value }, value.buffers);
      else port.post({ type: 'result', id, value });
    } catch (error) {
      // Also for a result that cannot be cloned.
      port.post({ type: 'error', id, error: toPlainError(error) });
    } finally {
      running.delete(id);
    }
  };

  port.listen((message) => {
    if (message.type === 'run') {
      if (message.kernel !== undefined) usePosted(message.kernel);
      void run(message.id, message.job, message.input);
    } else running.get(message.id)?.abort(new Error('cancelled'));
  });
}
