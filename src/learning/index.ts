/** Learning with circuits: data, tasks, training, models, measurement. Runs in browsers as it does in Node. */
export {
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
export { type CsvTaskOptions, csvTask, defaultRate } from './csv-task.js';
export { DataError, type DataErrorCode, type Dataset, type Samples, split } from './data.js';
export {
  datasets,
  type GeneratedDataset,
  type LinearRegressionOptions,
  type NonlinearRegressionOptions,
} from './datasets.js';
export { CircuitFailure, type CircuitFailureCode } from './failure.js';
export { type GradientCheck, type GradientCheckOptions, gradientCheck } from './gradient.js';
export { type IdealLearner, idealLinear } from './ideal.js';
export { type IdealNetwork, type IdealOptions, idealLoss, idealNetwork } from './ideal-network.js';
export {
  accuracy,
  confusionMatrix,
  decodeOutputs,
  encodeLabel,
  type LabelCode,
} from './labels.js';
export { type LeastSquares, leastSquares } from './leastsquares.js';
export { meanLoss, rSquared } from './metrics.js';
export { loadModel, MODEL_VERSION, type Model, modelCircuit, modelNetwork, saveModel } from './model.js';
export type { PlaneDataset, PlaneOptions, RingsOptions } from './plane.js';
export type { Concentrations } from './pot.js';
export { type Evaluation, evaluate, type PredictOptions, predict, predictOutputs } from './predict.js';
export { createRandom, type Random, type RandomState, restoreRandom } from './random.js';
export { type Recipe, type RecipeChoices, type RecipeData, taskOf } from './recipes.js';
export { type NamedTask, type NamedTaskOptions, tasks } from './registry.js';
export { type TrainReport, trainReport } from './report.js';
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
export {
  type LinearRegressionTaskOptions,
  linearRegressionTask,
  type SampleOrder,
  type Task,
} from './tasks.js';
export { type ExampleTrace, type TraceOptions, traceExample } from './trace.js';
export { type TrainingResult, type TrainingRun, type TrainOptions, train } from './train.js';
export type { StepRecord } from './trainer.js';
