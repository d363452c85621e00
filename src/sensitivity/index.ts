/**
 * neural-crn/sensitivity: derivatives of a network's concentrations by its constants, parameters, starts and doses, forward
 * and by an adjoint. Safe in browsers and in Node.
 * @packageDocumentation
 */
export type {
  GradientOptions,
  GradientOverrides,
  GradientSimulator,
  Loss,
  LossGradient,
} from './gradients.js';
export { createGradientSimulator, lossGradient } from './loss-gradient.js';
export type { Observations } from './observations.js';
export type { ErrorControl } from './options.js';
export type { QuantityName } from './quantities.js';
export type { Overrides } from './runs.js';
export { createSensitivitySimulator, sensitivities } from './sensitivities.js';
export type { SensitivityOptions, SensitivitySimulator } from './simulator.js';
export { SensitivitySolution } from './solution.js';
