import type { TrainJobResult } from '../batch/node.js';
import type { LearnerReport } from '../learning/index.js';
import type { ValidationResult } from '../validation/index.js';
import type { PlannedLearnerRun } from './reproduce-learner-plan.js';
import type { PlannedRun } from './reproduce-plan.js';
import type { PlannedValidationRun } from './reproduce-validation-plan.js';
import type { KeptRun } from './stored-runs.js';

/** A run as it is kept in its file. */
export type StoredRun<Result = TrainJobResult> = KeptRun<Result>;

/** A run of a Neural CRN, of another system, or a seed of a validation. */
export type AnyRun = PlannedRun | PlannedLearnerRun | PlannedValidationRun;
export type AnyStored = StoredRun | StoredRun<LearnerReport> | StoredRun<ValidationResult>;

/** Runs that are there, each with what its job gives. */
export type StoredRuns = Map<AnyRun, AnyStored>;

/** Those of Neural CRNs. */
export const trainingRuns = (stored: StoredRuns) => runsOf<PlannedRun, StoredRun>(stored, 'train');

/** Those of other systems. */
export const learnerRuns = (stored: StoredRuns) =>
  runsOf<PlannedLearnerRun, StoredRun<LearnerReport>>(stored, 'learn');

/** Those of validations. */
export const validationRuns = (stored: StoredRuns) =>
  runsOf<PlannedValidationRun, StoredRun<ValidationResult>>(stored, 'validate');

const runsOf = <Run extends AnyRun, Kept extends AnyStored>(
  stored: StoredRuns,
  own: Run['job'],
): Map<Run, Kept> => new Map([...stored].filter(([{ job }]) => job === own)) as Map<Run, Kept>;
