/**
 * neural-crn: chemical reaction networks and their simulation. Safe in browsers and in Node.
 * @packageDocumentation
 */
export type { EngineKind } from './engine/types.js';
export * from './network/index.js';
export {
  type CompileExplanation,
  type DroppedReaction,
  type ExplainOptions,
  explainCompile,
  type KeptSum,
  type PhaseExplanation,
} from './simulate/explain.js';
export type { Choice } from './simulate/explain-choices.js';
export { type FailureCode, SolveFailure } from './simulate/failure.js';
export { createReactor, createSimulator, simulate, simulateMany } from './simulate/inlined.js';
export type { SimulateManyOptions } from './simulate/many.js';
export type { RunOverrides, Simulator } from './simulate/simulator.js';
export { Solution } from './simulate/solution.js';
export type * from './simulate/types.js';
