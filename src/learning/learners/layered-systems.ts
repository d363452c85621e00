import {
  type BfcnnCircuit,
  type BfcnnOptions,
  bfcnn,
  bfcnnAbout,
  clockedLayered,
  type LakinCircuit,
  type LakinOptions,
  type LayeredSettings,
  lakin,
  lakinAbout,
  type PerturbationCircuit,
  type PerturbationOptions,
  perturbation,
  perturbationAbout,
  weightCount,
} from '../../circuits/index.js';
import { createRandom, type Random } from '../random.js';
import { LayeredPot } from './layered-pot.js';
import { layeredTwin, leakyRectifier, sigmoid } from './layered-twin.js';
import type { LearnerChoices, LearnerExamples, LearnerSystem } from './learner.js';
import { perturbationTwin } from './perturbation-twin.js';

/** Sizes, batch, samples and random starting weights. */
function layeredChoice(
  examples: LearnerExamples,
  { seed = 0, hidden = [4], batch = 1 }: LearnerChoices,
  draw: (random: Random) => number,
) {
  const { inputs, labels } = examples;
  if (inputs.length === 0) throw new RangeError('examples must have at least one row');
  const sizes = [inputs[0].length, ...hidden, labels[0].length];
  return { sizes, batch, samples: examples, weights: startingWeights(sizes, seed, draw) };
}

/** Weights of a layered network drawn one after the other from the seed's stream `weights`. */
export function startingWeights(
  sizes: readonly number[],
  seed: number,
  draw: (random: Random) => number,
): number[] {
  const random = createRandom(seed, 'weights');
  return Array.from({ length: weightCount(sizes) }, () => draw(random));
}

/** N(0, 1.5²), as BFCNN are started. */
export const wideNormal = (random: Random): number => random.normal(0, 1.5);
/** Between −1 and 1, as leaky-ReLU networks are started. */
export const unitUniform = (random: Random): number => random.uniform(-1, 1);

/** N(0, 0.3²), as networks that perturb their weights are started. */
export const narrowNormal = (random: Random): number => random.normal(0, 0.3);

/** The BFCNN after Fan, Zhang, Gao & Dochain: see `bfcnn`. Labels lie between 0 and 1. */
export const bfcnnSystem: LearnerSystem<BfcnnOptions, BfcnnCircuit> = {
  about: bfcnnAbout,
  // The whole set at once, as its stop asks for.
  choose: (examples, choices = {}) =>
    layeredChoice(examples, { batch: examples.inputs.length, ...choices }, wideNormal),
  build: bfcnn,
  drive: clockedLayered,
  pot: (circuit, solver, examples) =>
    LayeredPot.create(circuit, bfcnn(forOne(circuit.settings)), solver, examples),
  twin: (circuit, examples) => layeredTwin(circuit.settings, sigmoid, examples, circuit.settings.tolerance),
};

/** The leaky-ReLU network after Lakin: see `lakin`. */
export const lakinSystem: LearnerSystem<LakinOptions, LakinCircuit> = {
  about: lakinAbout,
  choose: (examples, choices = {}) => layeredChoice(examples, choices, unitUniform),
  build: lakin,
  drive: clockedLayered,
  pot: (circuit, solver, examples) =>
    LayeredPot.create(circuit, lakin(forOne(circuit.settings)), solver, examples),
  twin: (circuit, examples) =>
    layeredTwin(circuit.settings, leakyRectifier(circuit.settings.slope), examples),
};

/** The tanh network after Arredondo & Lakin: see `perturbation`. Labels lie between −1 and 1; bits are best −0.9 and 0.9. */
export const perturbationSystem: LearnerSystem<PerturbationOptions, PerturbationCircuit> = {
  about: perturbationAbout,
  // A step learns from all examples.
  choose: (examples, choices = {}) =>
    layeredChoice(examples, { hidden: [3], ...choices, batch: examples.inputs.length }, narrowNormal),
  build: perturbation,
  drive: clockedLayered,
  pot: (circuit, solver, examples) =>
    LayeredPot.create(
      circuit,
      perturbation({ ...forOne(circuit.settings), cursor: false }),
      solver,
      examples,
    ),
  twin: (circuit, examples) => perturbationTwin(circuit.settings, examples),
};

/** The same network with one copy, to which examples are added. */
const forOne = <S extends LayeredSettings>(settings: S) => ({
  ...settings,
  batch: 1,
  samples: null,
  data: 'dosed' as const,
  cursor: false,
});
