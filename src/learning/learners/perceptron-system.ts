import {
  type PerceptronCircuit,
  type PerceptronOptions,
  perceptron,
  perceptronAbout,
} from '../../circuits/index.js';
import { createRandom } from '../random.js';
import type { LearnerSystem } from './learner.js';
import { PerceptronPot, perceptronTwin } from './perceptron-pot.js';

const UNDRIVEN = 'examples are dosed in the middle of a step, which no edge of the clock marks';

/** The weight-loop perceptron after Banda, Teuscher & Lakin: see `perceptron`. Inputs and labels are bits. */
export const perceptronSystem: LearnerSystem<PerceptronOptions, PerceptronCircuit> = {
  about: perceptronAbout,
  choose: (examples, { seed = 0 } = {}) => {
    if (examples.inputs.length === 0) throw new RangeError('examples must have at least one row');
    const inputs = examples.inputs[0].length;
    return { inputs, samples: examples, weights: perceptronWeights(inputs, seed) };
  },
  build: perceptron,
  undriven: UNDRIVEN,
  drive: async () => {
    throw new RangeError(`clock: ${UNDRIVEN}`);
  },
  pot: PerceptronPot.create,
  twin: perceptronTwin,
};

/** Between −1 and 1, from the seed's stream `weights`: those of the inputs, then the bias. */
export function perceptronWeights(inputs: number, seed: number): number[] {
  const random = createRandom(seed, 'weights');
  return Array.from({ length: inputs + 1 }, () => random.uniform(-1, 1));
}
