/**
 * neural-crn/discover: digital trainers of chemistry. Reactions learned from measured concentrations, and rate constants
 * trained until a network does what it is asked to. Safe in browsers and in Node.
 * @packageDocumentation
 */
export { type CandidateOptions, candidateReactions } from './candidates.js';
export { discoveryData } from './courses.js';
export { design } from './design.js';
export type * from './design-types.js';
export { discover } from './discover.js';
export { type DesignTarget, designTarget, designTargets } from './targets.js';
export type * from './types.js';
