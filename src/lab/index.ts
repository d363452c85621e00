/** Networks in the units of a laboratory, and as DNA strands. */
export { dsdCircuit, dsdParts, dsdUnits } from './dsd/circuit.js';
export { type FuelReport, fuelReport } from './dsd/fuels.js';
export type { DsdOptions, DsdSettings } from './dsd/options.js';
export { type DsdTranslation, type SignalStrand, translateToDsd } from './dsd/translate.js';
export {
  LAB_DEFAULTS,
  type Lab,
  type LabConstant,
  type LabOptions,
  type LabOrder,
  type LabSummary,
  lab,
  labLines,
  labSummary,
} from './lab.js';
export {
  dynamicRange,
  FEASIBLE,
  FUELS,
  inLabUnits,
  type LabScale,
  type LabUnits,
  labScale,
  type PlainConstant,
  SIGNALS,
} from './scale.js';
export { exampleLength, type LabTraining, labTraining } from './training.js';
export {
  concentrationText,
  durationText,
  parseConcentration,
  parseRate,
  parseTime,
  rateText,
  rateUnit,
} from './units.js';
