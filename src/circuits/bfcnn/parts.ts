import { type LayeredParts, layeredParts, type Neuron, place } from '../layered/parts.js';
import { dual, type Signal, single } from '../rails.js';
import type { BfcnnSettings } from './options.js';

/** A species that is always there, at 1. */
export const FIXED = single('Fix');

/** The signals of a BFCNN: those of every layered network, and what makes a sigmoid. */
export interface BfcnnParts extends LayeredParts {
  /** What is left of a weighted sum while E moves: its integral is z. */
  M: (at: Neuron) => Signal;
  /** e^z. */
  E: (at: Neuron) => Signal;
  /** 1 − a. */
  Q: (at: Neuron) => Signal;
  /** The slope a(1 − a). */
  G: (at: Neuron) => Signal;
}

export function bfcnnParts(settings: BfcnnSettings): BfcnnParts {
  const one = (letter: string) => (at: Neuron) => single(`${letter}[${place(at).join(',')}]`);
  return {
    ...layeredParts(settings, {
      A: (name, layer) => (layer === 0 && settings.inputRails === 'dual' ? dual(name) : single(name)),
      D: single,
    }),
    M: (at) => dual(`M[${place(at).join(',')}]`),
    E: one('E'),
    Q: one('Q'),
    G: one('G'),
  };
}
