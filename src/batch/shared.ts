/** What both hosts' entries export. */

export type {
  Bound,
  Bounds,
  Criterion,
  Distribution,
  Draw,
  DrawFailure,
  Influence,
  Study,
  Variation,
  VariationSettings,
  Varied,
} from '../robustness/index.js';
export type { CompareJob } from './compare-job.js';
export { PoolError, type PoolErrorCode } from './errors.js';
export type { LearnJob } from './learn-job.js';
export type { FromWorker, PlainError, ToWorker, WorkerHandle, WorkerPort } from './messages.js';
export type { JobOptions, MapOptions, Pool } from './pool.js';
export { workerPort } from './port.js';
export {
  NominalFailure,
  type Robustness,
  type RobustnessMeasure,
  type RobustnessOptions,
  type RobustnessOverOptions,
  robustnessOver,
} from './robustness.js';
export type { OutcomeOf, RobustnessRunOptions, RobustnessSubject } from './robustness-subject.js';
export { type Job, type JobContext, Moved, serve } from './serve.js';
export type { SimulateJob, SimulateJobResult } from './simulate-job.js';
export { type SimulateManyOverOptions, type SimulateOverOptions, simulateOver } from './simulate-many.js';
export type { StochasticJob, StochasticJobResult } from './stochastic-job.js';
export {
  type StochasticManyOverOptions,
  type StochasticOverOptions,
  simulateStochasticOver,
} from './stochastic-many.js';
export * from './sweep/index.js';
export type { TrainJob, TrainJobProgress, TrainJobResult } from './train-job.js';
