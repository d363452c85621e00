/** Learning with circuits: data, tasks, training, models, measurement. Runs in browsers as it does in Node. */
export {
  type BestEpoch,
  type Checkpoint,
  type EpochRecord,
  loadCheckpoint,
  type Progress,
  type SetPredictions,
  type TrainSettings,
} from './checkpoint.js';
export {
  type CsvData,
  type CsvOptions,
  type CsvTable,
  type Delimiter,
  numericColumns,
  parseCsv,
  type ReadCsvOptions,
  readCsv,
} from './csv.js';
export { type ClassCircuit, type ReadExamplesOptions, readExamples } from './csv-classes.js';
export { type CsvTaskOptions, csvTask, defaultRate } from './csv-task.js';
export { DataError, type DataErrorCode, type Dataset, type Samples, split, splitClasses } from './data.js';
export {
  datasets,
  type GeneratedDataset,
  type LinearRegressionOptions,
  type NonlinearRegressionOptions,
} from './datasets.js';
export {
  type Averaging,
  averaged,
  averagedDigits,
  type DigitImages,
  type DigitsOptions,
  type DigitsSource,
  digits,
  IMAGE_SIDE,
  momentNormalised,
  normalisedDigits,
  offerDigits,
  opticalDigits,
  type PreparedDigits,
  type TestedClassDataset,
} from './digits/index.js';
export { type Disturbance, type Spread, spreadFactor } from './disturbance.js';
export type { Stopped } from './early-stopping.js';
export { CircuitFailure, type CircuitFailureCode } from './failure.js';
export { type GradientCheck, type GradientCheckOptions, gradientCheck } from './gradient.js';
export * from './hebbian/index.js';
export { type IdealLearner, idealLinear } from './ideal.js';
export { idealLoss, idealNetwork } from './ideal-network.js';
export type { IdealNetwork, IdealOptions } from './ideal-twin.js';
export type { ClassDataset, IrisOptions } from './iris.js';
export {
  accuracy,
  confusionMatrix,
  decodeOutputs,
  encodeLabel,
  type LabelCode,
} from './labels.js';
export { createLearner, type Interruptible, type Learner, type LearnerOptions } from './learner.js';
export * from './learners/index.js';
export { type LeastSquares, leastSquares } from './leastsquares.js';
export { meanLoss, rSquared } from './metrics.js';
export { loadModel, MODEL_VERSION, type Model, modelCircuit, modelNetwork, saveModel } from './model.js';
export { namedTask, type TaskChoices } from './named-task.js';
export type { PlaneDataset, PlaneOptions, RingsOptions } from './plane.js';
export type { Concentrations } from './pot.js';
export { type Evaluation, evaluate, type PredictOptions, predict, predictOutputs } from './predict.js';
export {
  type QuantisedExamples,
  type QuantisedOptions,
  type QuantisedResult,
  trainQuantised,
} from './quantised.js';
export { createRandom, type Random, type RandomState, restoreRandom } from './random.js';
export {
  type Recipe,
  type RecipeChoices,
  type RecipeData,
  type RecipeSettings,
  taskOf,
} from './recipes/index.js';
export { type NamedTask, type NamedTaskOptions, tasks } from './registry.js';
export {
  type ClockReport,
  type DsdReport,
  type LabReport,
  type TrainReport,
  trainReport,
} from './report.js';
export {
  type FieldTask,
  type FieldTrainOptions,
  type FieldTrainResult,
  fieldTasks,
  trainRncrn,
} from './rncrn.js';
export {
  type AffineMap,
  type FitScalingOptions,
  fitColumn,
  fitScaling,
  identityScaling,
  type Scaling,
  type ScalingMethod,
  scaleInputs,
  scaleTarget,
  unscaleTarget,
} from './scaling.js';
export { type Seeds, withSeeds } from './seeds.js';
export type { SetUpOptions } from './set-up.js';
export type { PotOptions, StochasticChoice, StochasticSettings } from './stochastic.js';
export { taskCircuit } from './task-circuit.js';
export {
  type LinearRegressionTaskOptions,
  linearRegressionTask,
  type SampleOrder,
  type Task,
} from './tasks.js';
export { type ExampleTrace, type TraceOptions, traceExample } from './trace.js';
export { type TrainingRun, type TrainOptions, train } from './train.js';
export type { StepRecord } from './trainer.js';
export type { TrainingResult } from './training-result.js';
