/** Batches on several machines: a queue on Redis, by the optional packages `bullmq` and `ioredis`. For Node. */

export type { QueueAddress } from './address.js';
export { QueueError, type QueueErrorCode } from './errors.js';
export { createQueuePool, type QueuePool, type QueuePoolOptions } from './queue-pool.js';
export {
  type QueueWorker,
  type QueueWorkerOptions,
  startQueueWorker,
  type WorkerEvent,
} from './queue-worker.js';
