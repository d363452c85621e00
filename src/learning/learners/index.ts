/** Systems beside Neural CRNs in which chemistry learns, behind one interface. */
export { gateExamples } from './examples.js';
export { bfcnnSystem, lakinSystem, startingWeights, unitUniform, wideNormal } from './layered-systems.js';
export type {
  LearnerChoices,
  LearnerExamples,
  LearnerPot,
  LearnerStep,
  LearnerSystem,
  LearnerTwin,
} from './learner.js';
export { onePotSystem, unitNormal } from './one-pot-system.js';
export type { LearnerRecord, LearnerReport } from './report.js';
export { type LearnerRunOptions, runLearner } from './run.js';
export { learnerSystems, type SystemName, systemNamed } from './systems.js';
export type { LearnerMeasure, LearnerTask } from './task.js';
export { type LearnerTaskOptions, learnerTasks, type NamedLearnerTask } from './tasks.js';
