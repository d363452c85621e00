/**
 * neural-crn: chemical reaction networks and their simulation. Safe in browsers and in Node.
 * @packageDocumentation
 */
export * from './common.js';
export { createReactor, createSimulator, simulate, simulateMany } from './simulate/inlined.js';
export { simulateStochastic, simulateStochasticMany } from './stochastic/inlined.js';
