/** What a pool and its workers say to each other. Plain data, cloned on the way. */
import type { PostedKernel } from '../engine/posted.js';

/** From the pool to a worker: a job to run, with the kernel that it needs, or the wish that it ends early. */
export type ToWorker =
  | { type: 'run'; id: number; job: string; input: unknown; kernel?: PostedKernel }
  | { type: 'cancel'; id: number };

/** From a worker to the pool. A job ends with one `result` or one `error`. */
export type FromWorker =
  | { type: 'progress'; id: number; value: unknown }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; error: PlainError };

/** An error without its class and with nothing that could not be cloned. */
export interface PlainError {
  name: string;
  message: string;
  stack?: string;
  /** Its own properties that are text, numbers or truth values: `code`, `hint`, … */
  details: Record<string, string | number | boolean>;
  cause?: PlainError;
}

/** A worker as the pool sees it, whatever the host: see `webWorker` and the Node half. */
export interface WorkerHandle {
  /** @throws when the message cannot be cloned */
  post(message: ToWorker): void;
  /** Called once by the pool. `end` is to be called when the worker has ended or can no longer be used, with why. */
  listen(listeners: { message: (message: FromWorker) => void; end: (reason: string) => void }): void;
  /** While true the worker keeps its process alive; an idle one must not. Nothing to do in a page. */
  hold(busy: boolean): void;
  terminate(): void | Promise<void>;
}

/** The pool as a worker sees it. */
export interface WorkerPort {
  /**
   * @param moved buffers of the message that are moved, not copied
   * @throws when the message cannot be cloned
   */
  post(message: FromWorker, moved?: ArrayBuffer[]): void;
  listen(listener: (message: ToWorker) => void): void;
}
