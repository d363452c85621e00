import { type LayeredParts, layeredParts, type Neuron, place } from '../layered/parts.js';
import { dual, type Signal, single } from '../rails.js';
import type { OnePotSettings } from './options.js';

/** The signals of a one-pot learner: those of every layered network, and what makes a neuron's slope. */
export interface OnePotParts extends LayeredParts {
  /** a². */
  S: (at: Neuron) => Signal;
  /** The slope a²/(a² + h), and what is left of it to 1. */
  G: (at: Neuron) => Signal;
  Q: (at: Neuron) => Signal;
}

export function onePotParts(settings: OnePotSettings): OnePotParts {
  const one = (letter: string) => (at: Neuron) => single(`${letter}[${place(at).join(',')}]`);
  return {
    ...layeredParts(settings, {
      A: (name, layer) => (layer === 0 && settings.inputRails === 'dual' ? dual(name) : single(name)),
      D: single,
    }),
    S: one('S'),
    G: one('G'),
    Q: one('Q'),
  };
}
