import type { FromWorker } from './protocol';

/** Milliseconds that a worker has to answer a cancel before it is replaced. */
const PATIENCE = 100;

export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('the run was stopped');
  }
}

interface Waiting {
  id: number;
  progress: ((progress: unknown) => void) | undefined;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A worker that does one job after the other. A cancelled job ends within {@link PATIENCE}: by itself, or with the worker,
 * which is then replaced.
 */
export class WorkerClient {
  private worker: Worker | undefined;
  private waiting: Waiting | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private lastId = 0;

  constructor(private readonly start: () => Worker) {}

  /**
   * @throws Cancelled when the signal comes and the job gives nothing; Error when the job fails or the worker dies
   */
  run<Result>(
    job: object,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: never) => void } = {},
  ): Promise<Result> {
    const turn = this.tail.then(() => this.now(job, signal, onProgress as Waiting['progress']));
    this.tail = turn.catch(() => {});
    return turn as Promise<Result>;
  }

  /** Ends the worker and what it is doing. The next job starts another. */
  dispose(): void {
    this.end(new Cancelled());
  }

  private now(job: object, signal: AbortSignal | undefined, progress: Waiting['progress']): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(new Cancelled());
    this.worker ??= this.started();
    const { worker } = this;
    const id = ++this.lastId;
    return new Promise<unknown>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const cancel = () => {
        worker.postMessage({ type: 'cancel', id });
        timer = setTimeout(() => this.end(new Cancelled()), PATIENCE);
      };
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        this.waiting = undefined;
      };
      this.waiting = {
        id,
        progress,
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(signal?.aborted ? new Cancelled() : error);
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      worker.postMessage({ type: 'start', id, job });
    });
  }

  private started(): Worker {
    const worker = this.start();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const { waiting } = this;
      if (waiting?.id !== data.id) return;
      if (data.type === 'progress') waiting.progress?.(data.progress);
      else if (data.type === 'done') waiting.resolve(data.result);
      else waiting.reject(new Error(data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.end(new Error(event.message || "the simulator's script could not be loaded"));
    };
    worker.onmessageerror = () => this.end(new Error('a message of the simulator could not be read'));
    return worker;
  }

  private end(error: Error): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.waiting?.reject(error);
  }
}
