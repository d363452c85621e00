/**
 * neural-crn/discover: digital trainers of chemistry. Reactions learned from measured concentrations, and rate constants
 * trained until a network does what it is asked to. Safe in browsers and in Node.
 * @packageDocumentation
 */
export { discoveryData } from './courses.js';
export { discover } from './discover.js';
export type * from './types.js';
