import type { Circuit } from './circuit.js';
import { type Names, refuseUnknown } from './names.js';
import { neuralCrn } from './neural.js';
import type { NeuralCrnSettings } from './options.js';
import type { Rails } from './rails.js';
import type { LearningConstants } from './rate.js';

/** Options of {@link linearCrn}. */
export interface LinearCrnOptions {
  /** Number of inputs n, a constant input (`augment`, or one of your own) included. At least 1. */
  inputs: number;
  /**
   * `'dual'` (default): inputs, weights and label of either sign. `'positive'`: about half the species, valid while
   * inputs, weights and label stay ≥ 0.
   */
  rails?: Rails;
  /**
   * Concentration > 0 of the n-th input, which the circuit then doses itself with every example: as in `neuralCrn`.
   * Default `false`: the example gives all n values.
   */
  augment?: number | false;
  /**
   * Concentration h of the drift species H, which is never trained: it adds n·h·T to the prediction. `false` leaves H
   * and its reactions out. Default 0.1.
   */
  drift?: number | false;
  /** Length T of phase 1 in time units, > 0. The weight of input i is 1 + θᵢ·T. Default 0.5. */
  horizon?: number;
  /** Length of phase 2, > 0. Everything in it relaxes, so longer only means nearer to the exact update. Default 10. */
  learnTime?: number;
  /** Learning rate LR in Δθ = −LR·∂L/∂θ, > 0. Default 0.1. */
  rate?: number;
  /** Rate constants, > 0 each; those not given keep their defaults. */
  constants?: Partial<LearningConstants>;
  /** Starting weights θ, one per input, signed (≥ 0 with positive rails). Default: all 0. */
  theta?: readonly number[];
}

const NAMES: Names<LinearCrnOptions> = {
  inputs: true,
  rails: true,
  augment: true,
  drift: true,
  horizon: true,
  learnTime: true,
  rate: true,
  constants: true,
  theta: true,
};

/** {@link LinearCrnOptions} with every value filled in, and the choices that make the circuit linear. */
export type LinearCrnSettings = NeuralCrnSettings;

/**
 * A linear Neural CRN that predicts and learns in two phases.
 *
 * The neural ODE dzᵢ/dt = θᵢ·xᵢ + h, z(0) = x, runs for time T; the prediction is ŷ = Σᵢ zᵢ(T), that is
 * Σᵢ xᵢ·(1 + θᵢ·T) + n·h·T, and the loss of an example is ½e² with e = ŷ − y. Its Jacobian in z is zero, so the
 * adjoint is constant and the gradient e·xᵢ·T exact.
 *
 *  - phase `feed`, length T: P·X (and H) are produced into Z, or straight into O in the positive form;
 *  - phase `learn`: Z (O) and Y turn into the error E, E·X makes the gradient G, G updates P, and E, G, X die out;
 *  - always: opposite rails annihilate.
 *
 * One example changes the weights by Δθᵢ = −Γ·e·xᵢ with Γ = rate·T.
 *
 * Size: 20n+5 reactions and 8n+6 species with dual rails, 9n+6 and 5n+5 with positive ones (n = 2: 45/22 and 24/15);
 * no reaction has more than two reactants. Without drift 2n reactions and 2 species fewer (positive: 1 and 1).
 *
 * Sources: the model and its forward chemistry are those of Nagipogu & Reif, "Neural CRNs: A Natural Implementation
 * of Learning in Chemical Reaction Networks" (arXiv 2409.00034, 2024) and its public simulation code; the two-phase
 * schedule and the relaxing learning phase are a reconstruction, since the paper's own reaction lists were not at
 * hand.
 *
 * @throws RangeError naming the option that there is not, or whose value cannot be used; for `rate`, which constant to raise
 */
export function linearCrn(options: LinearCrnOptions): Circuit {
  refuseUnknown('option', options, Object.keys(NAMES));
  return neuralCrn({
    ...options,
    dynamics: 'linear',
    wiring: 'diagonal',
    adjoint: 'constant',
    readout: 'sum',
  });
}
