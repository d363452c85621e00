/** Chemistry that computes: dual rail, reusable modules, and circuits that learn. */
export {
  type Circuit,
  type Counts,
  countsOf,
  doses,
  learnedSpecies,
  outputs,
  parameters,
  prediction,
  type Reading,
  type SpeciesDose,
  type WeightGroup,
  weights,
  withSample,
} from './circuit.js';
export { type Clock, type CoopClockOptions, coopClock, type RingClockOptions, ringClock } from './clock.js';
export { type ClockedOptions, clocked, type GateStyle } from './clocked.js';
export {
  type Branch,
  catalyticDecay,
  contradict,
  crossDecay,
  crossGrowth,
  fanOut,
  gatedTransfer,
  growth,
  selfDecay,
  source,
} from './flows.js';
export { type LinearCrnOptions, type LinearCrnSettings, linearCrn } from './linear.js';
export { type ClockMeasure, type MeasureClockOptions, measureClock } from './measure-clock.js';
export {
  annihilate,
  clear,
  copy,
  family,
  type ModuleLabel,
  product,
  type ReactionSink,
  transfer,
  update,
} from './modules.js';
export { neuralCrn } from './neural.js';
export {
  dual,
  type Rail,
  type Rails,
  railOf,
  rails,
  type Sign,
  type Signal,
  signedValue,
  signProduct,
  single,
} from './rails.js';
export {
  DEFAULT_CONSTANTS,
  gradientGain,
  type LearningConstants,
  largestRate,
  updateConstants,
  updateGain,
} from './rate.js';
export {
  type Adjoint,
  balancedSigns,
  type Dynamics,
  type ErrorKind,
  type NeuralCrnOptions,
  type NeuralCrnSettings,
  neuralSettings,
  type Readout,
  type Wiring,
} from './settings.js';
