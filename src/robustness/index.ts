/** What becomes of networks, clocks and learners that are not quite as they were designed; who runs them is not its business. */
export {
  type Bound,
  type Bounds,
  boundsText,
  type Criterion,
  checkCriteria,
  meets,
  parseCriteria,
} from './criteria.js';
export { drawDisturbance, drawFactors, drawTask } from './draws.js';
export { clockMeasures, namedMeasure, reportMeasures, solutionMeasure } from './measures.js';
export { chanceOf, type Distribution, distribution, rankCorrelation, wilson } from './statistics.js';
export {
  criteriaText,
  type Draw,
  type DrawFailure,
  type Influence,
  type RawDraw,
  type Study,
  studyOf,
} from './study.js';
export {
  checkSigma,
  checkVolumes,
  type SubjectKind,
  type Variation,
  type VariationSettings,
  type Varied,
  variationSettings,
} from './variation.js';
export { type Factor, type VariedNetwork, variedNetwork, withFactors } from './varied-network.js';
