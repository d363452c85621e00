/** What the main entry and `/slim` have in common: all but the ways into simulation. */
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
export type { SimulateManyOptions } from './simulate/many.js';
export type { RunOverrides } from './simulate/network-runs.js';
export type { Simulator } from './simulate/simulator.js';
export { Solution } from './simulate/solution.js';
export type * from './simulate/types.js';
export { StochasticEnsemble } from './stochastic/ensemble.js';
export { StochasticFailure } from './stochastic/failure.js';
export { StochasticSolution } from './stochastic/solution.js';
export type * from './stochastic/types.js';
