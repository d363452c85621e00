import { type LayeredParts, layeredParts, type Neuron, place } from '../layered/parts.js';
import { dual, type Signal, single } from '../rails.js';
import type { PerturbationSettings } from './options.js';

/** A species that is always there, at 1. */
export const FIXED = single('Fix');
/** Σ (y − a)² over outputs and copies, of the pass that is run; and of the pass in which no weight is moved. */
export const LOSS = dual('L');
export const BASE = dual('L0');

/** The one molecule that tells whose turn it is: 0 nobody's, e the e-th weight's. */
export const turnOf = (e: number): Signal => single(`Turn[${e}]`);
/** The same on its way to the next. */
export const passedBy = (e: number): Signal => single(`Passed[${e}]`);

/** The signals of a network that perturbs its weights: those of every layered one, and what makes tanh. */
export interface PerturbationParts extends LayeredParts {
  /** What is left of a weighted sum while E moves: its integral is z. */
  M: (at: Neuron) => Signal;
  /** e^{2z}. */
  E: (at: Neuron) => Signal;
}

export function perturbationParts(settings: PerturbationSettings): PerturbationParts {
  return {
    // The two rails of a neuron are the parts of one: A+ + A− = 1, and a = A+ − A−.
    ...layeredParts(settings, { A: dual, D: dual }),
    M: (at) => dual(`M[${place(at).join(',')}]`),
    E: (at) => single(`E[${place(at).join(',')}]`),
  };
}
