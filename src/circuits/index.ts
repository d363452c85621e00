/** Chemistry that computes: dual rail, reusable modules, and circuits that learn. */
export {
  type Circuit,
  type Counts,
  countsOf,
  doses,
  prediction,
  type SpeciesDose,
  weights,
  withSample,
} from './circuit.js';
export { type LinearCrnOptions, type LinearCrnSettings, linearCrn } from './linear.js';
export {
  annihilate,
  clear,
  copy,
  family,
  type ModuleLabel,
  product,
  transfer,
  update,
} from './modules.js';
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
export { type Clock, type CoopClockOptions, coopClock, type RingClockOptions, ringClock } from './clock.js';
export { type ClockMeasure, type MeasureClockOptions, measureClock } from './measure-clock.js';
export { type ClockedOptions, clocked, type GateStyle } from './clocked.js';
