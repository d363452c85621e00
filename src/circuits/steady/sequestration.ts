import { positive } from '../../network/limits.js';
import { PhasedDraft } from '../draft.js';
import type { LearnerAbout } from '../learner.js';
import { annihilate, clear } from '../modules.js';
import { type Names, refuseUnknown } from '../names.js';
import { railOf, type Signal } from '../rails.js';
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

/** Options of {@link sequestration}. Only `sizes` must be given. */
export interface SequestrationOptions extends SteadyOptions {
  /** Rate constant γ at which the two species of a neuron take each other away. Default 1000. */
  gamma?: number;
  /** Rate constant φ of dilution: a neuron rests at max(0, z)/φ for γ ≫ φ²/z. Default 1. */
  dilution?: number;
}

export interface SequestrationSettings extends SteadySettings {
  gamma: number;
  dilution: number;
}

/** A network of sequestration perceptrons: see {@link sequestration}. */
export type SequestrationCircuit = SteadyCircuit<SequestrationSettings>;

const about: LearnerAbout = {
  system: 'sequestration',
  title: 'Sequestration perceptrons at rest, after Moorman et al., our reactions',
  origin: 'reconstruction',
  source: 'Moorman, Samaniego, Maley & Weiss, IEEE CDC 2019',
};

const NAMES: Names<SequestrationOptions> = {
  sizes: true,
  weights: true,
  x: true,
  gamma: true,
  dilution: true,
};

/**
 * A feedforward network of perceptrons by molecular sequestration, two species a neuron, that computes at rest: after Moorman,
 * Samaniego, Maley & Weiss, "A dynamical biomolecular neural network" (IEEE CDC 2019). A reconstruction from memory of the
 * law; the reactions are ours.
 * ```
 * U -> U + Y (w, w > 0)      U -> U + Y′ (|w|, w < 0)      ∅ -> Y or Y′ (|bias|)      Y + Y′ -> ∅ (γ)      Y, Y′ -> ∅ (φ)
 * ```
 * Y goes on to the next layer. It rests where φy + γ·y·(y − z/φ) is the part of z with positive weights, for γ → ∞ at
 * max(0, z)/φ. At most two molecules react; two species and three reactions a neuron, one a weight that is not 0.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function sequestration(options: SequestrationOptions): SequestrationCircuit {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { gamma = 1000, dilution = 1 } = options;
  positive({ gamma, dilution });
  const settings = { ...steadySettings(options), gamma, dilution };
  const draft = new PhasedDraft();
  draft.params({ gamma, phi: dilution });
  for (const own of steadyNeurons(settings)) {
    const { layer, neuron } = own;
    const y = steadySpecies(layer, neuron);
    const pair: Signal = { plus: y, minus: `Y'[${layer},${neuron}]` };
    for (const { label, value, catalysts } of steadyTerms(own)) {
      const into = railOf(pair, value < 0 ? -1 : 1);
      addReaction(draft.always, label, catalysts, [...catalysts, into], Math.abs(value));
    }
    const index = [layer, neuron];
    annihilate(draft.always, { name: 'sequester', index }, pair, 'gamma');
    clear(draft.always, { name: 'dilute', index }, pair, 'phi');
  }
  return steadyCircuit(draft, about, settings);
}
