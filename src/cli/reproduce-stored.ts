import type { TrainJobResult } from '../batch/node.js';
import type { LearnerReport } from '../learning/index.js';
import type { PlannedLearnerRun } from './reproduce-learner-plan.js';
import type { PlannedRun } from './reproduce-plan.js';
import type { KeptRun } from './stored-runs.js';

/** A run as it is kept in its file. */
export type StoredRun<Result = TrainJobResult> = KeptRun<Result>;

/** A run of a Neural CRN, or of another system. */
export type AnyRun = PlannedRun | PlannedLearnerRun;
export type AnyStored = StoredRun | StoredRun<LearnerReport>;

/** Runs that are there, each with what its job gives. */
export type StoredRuns = Map<AnyRun, AnyStored>;

/** Those of Neural CRNs. */
export function trainingRuns(stored: StoredRuns): Map<PlannedRun, StoredRun> {
  return new Map([...stored].filter(([{ job }]) => job === 'train')) as Map<PlannedRun, StoredRun>;
}

/** Those of other systems. */
export function learnerRuns(stored: StoredRuns): Map<PlannedLearnerRun, StoredRun<LearnerReport>> {
  return new Map([...stored].filter(([{ job }]) => job === 'learn')) as Map<
    PlannedLearnerRun,
    StoredRun<LearnerReport>
  >;
}
