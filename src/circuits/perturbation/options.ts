import type { LayeredOptions, LayeredSettings } from '../layered/options.js';

/** Options of {@link perturbation}. Only `sizes` must be given. */
export interface PerturbationOptions extends Omit<LayeredOptions, 'batch' | 'cursor'> {
  /** Copies of the network, one for each stored example: a step learns from all of them. Default: as many as samples. */
  batch?: number;
  /** There is one batch, and no cursor. */
  cursor?: false;
  /** Learning rate η of Δw = −η·(L₁ − L₀)/δ. Default 0.2. */
  rate?: number;
  /** By how much δ a weight is moved for a look, in concentration units. Default 0.05. */
  perturbation?: number;
}

/** Every option of a network that perturbs its weights, with its value. */
export interface PerturbationSettings extends LayeredSettings {
  cursor: false;
  perturbation: number;
}
