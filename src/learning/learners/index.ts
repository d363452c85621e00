/** Systems beside Neural CRNs in which chemistry learns, behind one interface. */
export { gateExamples, gateNames, separableGates, signedExamples } from './examples.js';
export type { HebbianLearnerCircuit } from './hebbian-pot.js';
export { type HebbianLearnerOptions, hebbianSystem } from './hebbian-system.js';
export { quantisedClassifier, rateIndependentSystem, withRandomRates } from './inference-system.js';
export {
  bfcnnSystem,
  lakinSystem,
  narrowNormal,
  perturbationSystem,
  startingWeights,
  unitUniform,
  wideNormal,
} from './layered-systems.js';
export type {
  LearnerChoices,
  LearnerExamples,
  LearnerPot,
  LearnerStep,
  LearnerSystem,
  LearnerTwin,
} from './learner.js';
export type { NeuralLearnerCircuit } from './neural-pot.js';
export { neuralStart, neuralSystem } from './neural-system.js';
export { onePotSystem, unitNormal } from './one-pot-system.js';
export { perceptronSystem, perceptronWeights } from './perceptron-system.js';
export { decidedRightly, type LearnerRecord, type LearnerReport } from './report.js';
export { failureOf, type LearnerRunOptions, runLearner } from './run.js';
export { learnerSystems, type SystemName, systemNamed } from './systems.js';
export type { LearnerMeasure, LearnerTask } from './task.js';
export { type LearnerTaskOptions, learnerTasks, type NamedLearnerTask } from './tasks.js';
