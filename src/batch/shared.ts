/** What both hosts' entries export. */
export { PoolError, type PoolErrorCode } from './errors.js';
export type { FromWorker, PlainError, ToWorker, WorkerHandle, WorkerPort } from './messages.js';
export type { JobOptions, MapOptions, Pool } from './pool.js';
export { workerPort } from './port.js';
export { type Job, type JobContext, Moved, serve } from './serve.js';
export type { SimulateJob, SimulateJobResult } from './simulate-job.js';
export { type SimulateManyOverOptions, type SimulateOverOptions, simulateOver } from './simulate-many.js';
export * from './sweep/index.js';
export type { TrainJob, TrainJobProgress, TrainJobResult } from './train-job.js';
