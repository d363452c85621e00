import {
  type Circuit,
  clockedCircuit,
  type LearnerAbout,
  type NeuralCrnOptions,
  neuralCrn,
  neuralSettings,
} from '../../circuits/index.js';
import { createRandom } from '../random.js';
import type { LearnerSystem } from './learner.js';
import { type NeuralLearnerCircuit, NeuralPot, neuralTwin, neuralWeights } from './neural-pot.js';

const about: LearnerAbout = {
  system: 'neural',
  title: 'Neural CRN: a neural ODE and its gradient in two phases, after Nagipogu & Reif, our learning phase',
  origin: 'reconstruction',
  source: 'Nagipogu & Reif, arXiv 2409.00034',
};

/** Hidden nodes where nobody says how many. */
const HIDDEN = 8;

/**
 * Neural CRNs: see `neuralCrn`. By default of rectified nodes, whose labels gate the errors: inputs and labels are best
 * between −1 and 1.
 */
export const neuralSystem: LearnerSystem<NeuralCrnOptions, NeuralLearnerCircuit> = {
  about,
  choose: ({ inputs, labels }, { seed = 0, hidden: [hidden] = [HIDDEN] } = {}) => {
    if (inputs.length === 0) throw new RangeError('examples must have at least one row');
    // And a constant input.
    const width = inputs[0].length + 1;
    const options: NeuralCrnOptions = {
      ...{ dynamics: 'rectified', rate: 0.1, bias: 0.06 },
      ...{ inputs: width, hidden, outputs: labels[0].length },
    };
    return { ...options, theta: neuralStart(options, seed) };
  },
  build: (options) => described(neuralCrn(options)),
  drive: async ({ neural }, clock) => described(await clockedCircuit(neural, clock)),
  pot: NeuralPot.create,
  twin: neuralTwin,
};

/** Weights from N(0, 1/n), n the number of inputs, from the seed's stream `weights`. */
export function neuralStart(options: NeuralCrnOptions, seed: number): number[] {
  const random = createRandom(seed, 'weights');
  const { inputs, theta } = neuralSettings(options);
  return theta.map(() => random.normal(0, 1 / Math.sqrt(inputs)));
}

function described(neural: Circuit): NeuralLearnerCircuit {
  const { network, counts, clock, digital } = neural;
  return {
    ...about,
    network,
    counts,
    phases: network.phases.map(({ name }) => name),
    ...(clock && { clock }),
    weights: neuralWeights(neural),
    digital,
    neural,
  };
}
