/** Chemistry that computes: dual rail, reusable modules, and circuits that learn. */
export { bfcnnAbout } from './bfcnn/about.js';
export { type BfcnnCircuit, bfcnn } from './bfcnn/bfcnn.js';
export type { BfcnnOptions, BfcnnSettings, Latch } from './bfcnn/options.js';
export { bfcnnSettings } from './bfcnn/settings.js';
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
  type SignalBinding,
  type SpeciesDose,
  type WeightGroup,
  type WeightValues,
  weights,
  withSample,
} from './circuit.js';
export {
  type CircuitClock,
  type CircuitClockOptions,
  clockSettings,
  measuredClock,
  type PulseGains,
} from './circuit-clock.js';
export { type Clock, type CoopClockOptions, coopClock, type RingClockOptions, ringClock } from './clock.js';
export { clockOfCourse } from './clock-course.js';
export { type ClockMeasure, NoOscillation } from './clock-measure.js';
export { clockedCircuit, clockFor } from './clock-pulse.js';
export { type ClockedOptions, clocked, type GateStyle } from './clocked.js';
export { clockedCounts, drivenCounts, withClock } from './clocked-circuit.js';
export { constantInput } from './constant-input.js';
export {
  type ClockedPhase,
  type Command,
  type Condition,
  type CrnppCircuit,
  type CrnppClockOptions,
  type CrnppOptions,
  type CrnppProgram,
  compileCrnpp,
  crnppPeaks,
  type ModuleName,
  type ParsedProgram,
  parseCrnpp,
} from './crnpp/index.js';
export {
  type Branch,
  catalyticDecay,
  contradict,
  crossDecay,
  crossGrowth,
  crossLoss,
  fanOut,
  gatedTransfer,
  growth,
  selfDecay,
  selfGrowth,
  source,
} from './flows.js';
export { balancedSigns } from './given.js';
export {
  type HebbianCircuit,
  hebbian,
  hebbianAbout,
  hebbianSettings,
  spikeEnergy,
} from './hebbian/hebbian.js';
export type { HebbianConstants, HebbianOptions, HebbianSettings } from './hebbian/options.js';
export { lakinAbout } from './lakin/about.js';
export { type LakinCircuit, lakin } from './lakin/lakin.js';
export type { LakinOptions, LakinSettings } from './lakin/options.js';
export { lakinSettings } from './lakin/settings.js';
export type { LayeredCircuit } from './layered/circuit.js';
export { clockedLayered } from './layered/clocked.js';
export type { DataForm, LayeredOptions, LayeredSettings, StoredSamples } from './layered/options.js';
export { weightCount } from './layered/settings.js';
export type { LearnedWeight, LearnerAbout, LearnerCircuit, Origin } from './learner.js';
export { type LinearCrnOptions, type LinearCrnSettings, linearCrn } from './linear.js';
export { type MeasureClockOptions, measureClock } from './measure-clock.js';
export {
  annihilate,
  clear,
  copy,
  family,
  type ModuleLabel,
  product,
  type ReactionSink,
  transfer,
  tripleProduct,
  update,
} from './modules.js';
export { neuralCrn } from './neural.js';
export { onePotAbout } from './one-pot/about.js';
export { type OnePotCircuit, onePot } from './one-pot/one-pot.js';
export type { OnePotOptions, OnePotSettings } from './one-pot/options.js';
export { onePotSettings } from './one-pot/settings.js';
export type {
  Adjoint,
  Dynamics,
  ErrorKind,
  NeuralCrnOptions,
  NeuralCrnSettings,
  Pipeline,
  Readout,
  Wiring,
} from './options.js';
export { perceptronAbout } from './perceptron/about.js';
export type { BitSamples, PerceptronOptions, PerceptronSettings } from './perceptron/options.js';
export {
  bitDoses,
  type PerceptronCircuit,
  perceptron,
  perceptronWithSample,
} from './perceptron/perceptron.js';
export { perceptronSettings } from './perceptron/settings.js';
export { perturbationAbout } from './perturbation/about.js';
export type { PerturbationOptions, PerturbationSettings } from './perturbation/options.js';
export { type PerturbationCircuit, perturbation } from './perturbation/perturbation.js';
export { perturbationSettings } from './perturbation/settings.js';
export { phaseCounts } from './phase-counts.js';
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
  turned,
} from './rails.js';
export {
  DEFAULT_CONSTANTS,
  gradientGain,
  type LearningConstants,
  largestRate,
  updateConstants,
  updateGain,
} from './rate.js';
export { rateIndependentAbout } from './rate-independent/about.js';
export type {
  FractionForm,
  RateIndependentOptions,
  RateIndependentSettings,
  Reduction,
} from './rate-independent/options.js';
export {
  type EncodedInput,
  type RateIndependentCircuit,
  rateIndependent,
} from './rate-independent/rate-independent.js';
export {
  type CheckedReluNetwork,
  checkedReluNetwork,
  type ReluLayer,
  type ReluNetwork,
  reluOutputs,
  scaledInputs,
} from './rate-independent/relu-network.js';
export { rateIndependentSettings } from './rate-independent/settings.js';
export {
  type RncrnCircuit,
  type RncrnOptions,
  type RncrnParameters,
  type RncrnSettings,
  rncrn,
  rncrnAbout,
  rncrnField,
  rncrnSettings,
} from './rncrn/rncrn.js';
export { neuralSettings } from './settings.js';
export type { DigitalAct, Stage } from './stage.js';
export type { StagedOptions, StagedSettings, StageTimes } from './staged/options.js';
export type { SteadyCircuit, SteadyOptions, SteadySettings } from './steady/circuit.js';
export {
  type SequestrationCircuit,
  type SequestrationOptions,
  type SequestrationSettings,
  sequestration,
} from './steady/sequestration.js';
export {
  type SmoothReluCircuit,
  type SmoothReluOptions,
  type SmoothReluSettings,
  smoothRelu,
} from './steady/smooth-relu.js';
