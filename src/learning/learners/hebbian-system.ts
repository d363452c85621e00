import { type HebbianOptions, hebbian, hebbianAbout, single } from '../../circuits/index.js';
import { positive } from '../../network/limits.js';
import { createRandom } from '../random.js';
import { type HebbianLearnerCircuit, HebbianPot } from './hebbian-pot.js';
import type { LearnerSystem } from './learner.js';

/** Options of a Hebbian neuron, and of what it lives through. */
export interface HebbianLearnerOptions {
  neuron: HebbianOptions;
  /** Of the spike trains. Default 0. */
  seed?: number;
  /** Length of a row, in units of time. Default 1000: weights fade in half of it. */
  stretch?: number;
}

const STRETCH = 1000;

/** Largest starting weight: about as large as what is learned. */
const LARGEST = 0.5;

/**
 * Hebbian neurons: see `hebbian`. A row of examples is a stretch of time with so many spikes per unit in each channel, its label
 * says which channel's weight ought to be the largest at its end; nobody tells the neuron. There is no twin, for there is no
 * algorithm that the reactions follow step by step. Starting weights are uniform from 0 to 0.5, from the seed's stream `weights`.
 */
export const hebbianSystem: Omit<
  LearnerSystem<HebbianLearnerOptions, HebbianLearnerCircuit>,
  'twin' | 'drive'
> = {
  about: hebbianAbout,
  choose: ({ inputs }, { seed = 0 } = {}) => {
    if (inputs.length === 0) throw new RangeError('examples must have at least one row');
    const random = createRandom(seed, 'weights');
    const channels = inputs[0].length;
    return { neuron: { channels, weights: inputs[0].map(() => random.uniform(0, LARGEST)) }, seed };
  },
  build: ({ neuron, seed = 0, stretch = STRETCH }) => {
    positive({ stretch });
    const circuit = hebbian(neuron);
    const { network, counts, digital, system, title, origin, source } = circuit;
    return {
      ...{ system, title, origin, source, network, counts, digital },
      phases: [],
      weights: circuit.weights.map((name) => ({ name, signal: single(name) })),
      ...{ hebbian: circuit, seed, stretch },
    };
  },
  pot: HebbianPot.create,
};
