import { positive } from '../../network/limits.js';
import { PhasedDraft } from '../draft.js';
import { selfDecay, source } from '../flows.js';
import type { LearnerAbout } from '../learner.js';
import { type Names, refuseUnknown } from '../names.js';
import { single } from '../rails.js';
import { addReaction } from '../reactions.js';
import {
  type SteadyCircuit,
  type SteadyOptions,
  type SteadySettings,
  steadyCircuit,
  steadyNeurons,
  steadySettings,
  steadySpecies,
  steadyTerms,
} from './circuit.js';

/** Options of {@link smoothRelu}. Only `sizes` must be given. */
export interface SmoothReluOptions extends SteadyOptions {
  /** Softness h of a neuron, in concentration²: a = √h at a sum of 0. Default 0.05. */
  softness?: number;
  /** Rate constant k of all reactions, beside weights and softness. Default 1. */
  speed?: number;
}

export interface SmoothReluSettings extends SteadySettings {
  softness: number;
  speed: number;
}

/** A network of smooth rectifiers: see {@link smoothRelu}. */
export type SmoothReluCircuit = SteadyCircuit<SmoothReluSettings>;

const about: LearnerAbout = {
  system: 'smooth-relu',
  title: 'Smooth-ReLU network at rest, after Anderson et al., our reactions',
  origin: 'reconstruction',
  source: 'Anderson, Joshi & Deshpande, J. R. Soc. Interface 18, 2021',
};

const NAMES: Names<SmoothReluOptions> = {
  sizes: true,
  weights: true,
  x: true,
  softness: true,
  speed: true,
};

/**
 * A feedforward network of smooth rectifiers, one species a neuron, that computes at rest: after Anderson, Joshi &
 * Deshpande, "On reaction network implementations of neural networks" (J. R. Soc. Interface 18, 2021). A reconstruction: the
 * law of a neuron is theirs, the list of reactions ours.
 * ```
 * X + Y -> X + 2 Y  (k·w, w > 0)      X + Y -> X  (k·|w|, w < 0)      Y -> 2 Y or Y -> ∅  (k·|bias|)
 * ∅ -> Y  (k·h)      2 Y -> Y  (k)                                     dy/dt = k(h + z·y − y²)
 * ```
 * Whatever the start, it comes to the only rest y = (z + √(z² + 4h))/2 exponentially, at k√(z² + 4h) or faster, all layers at
 * once. At most two molecules react; a species and two reactions a neuron, one a weight that is not 0.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function smoothRelu(options: SmoothReluOptions): SmoothReluCircuit {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { softness = 0.05, speed = 1 } = options;
  positive({ softness, speed });
  const settings = { ...steadySettings(options), softness, speed };
  const draft = new PhasedDraft();
  draft.params({ k: speed, h: softness });
  for (const own of steadyNeurons(settings)) {
    const { layer, neuron } = own;
    const y = steadySpecies(layer, neuron);
    for (const { label, value, catalysts } of steadyTerms(own)) {
      const products = value > 0 ? [...catalysts, y, y] : catalysts;
      addReaction(draft.always, label, [...catalysts, y], products, `k*${Math.abs(value)}`);
    }
    const index = [layer, neuron];
    source(draft.always, { name: 'seep', index }, single(y), 'k*h');
    selfDecay(draft.always, { name: 'crowd', index }, single(y), 2, 'k');
  }
  return steadyCircuit(draft, about, settings);
}
