/** Sweeps: designs, cases, outcomes and tables. The same in Node and in pages. */
export type { CasesJob } from './case-job.js';
export type { Values } from './measure.js';
export type { CaseOptions } from './nest.js';
export type { OptionKind } from './option-kinds.js';
export type { Outcome } from './outcome.js';
export { tableParquet } from './parquet.js';
export { planSweep, type SweepPlan } from './plan.js';
export type { Quantity, SimulationQuantity, Span, TrainingQuantity } from './quantities.js';
export type { Factor } from './ranges.js';
export {
  type RunSweepOptions,
  runSweep,
  type SweepProgress,
  type SweepResult,
  type SweepStore,
} from './run.js';
export {
  type LatinDesign,
  type NumberRange,
  type OptionValue,
  type OptionValues,
  type Replicates,
  type SimulateTarget,
  type StochasticTarget,
  type Sweep,
  SweepError,
  type SweepIssue,
  type TrainTarget,
} from './settings.js';
export {
  type Cell,
  type ColumnKind,
  type SweepTable,
  sweepTable,
  type TableColumn,
  tableCsv,
} from './table.js';
