import {
  bfcnn,
  clockedCircuit,
  compileCrnpp,
  hebbian,
  lakin,
  linearCrn,
  neuralCrn,
  onePot,
  parseCrnpp,
  perceptron,
  perceptronWithSample,
  perturbation,
  rateIndependent,
  rncrn,
  sequestration,
  smoothRelu,
  withSample,
} from '../../src/circuits/index.js';
import { design, designTarget, discover } from '../../src/discover/index.js';
import type { Network } from '../../src/index.js';
import {
  bfcnnSystem,
  gateExamples,
  hebbianTasks,
  poissonSpikes,
  withSpikes,
} from '../../src/learning/index.js';
import { type CrnppProgramName, crnppPrograms } from '../../src/validation/crnpp-programs.js';

/** A network of every system, as a user would export it: with its schedule where it has one. */
export interface SystemCase {
  network: () => Network | Promise<Network>;
  /** How far it is run, where the network does not say it itself. */
  to?: number;
  /**
   * As a jump process: molecules that a concentration of 1 stands for, and the signals whose means are to be those of the ODE at the
   * end (`[plus, minus]`, or one species). A reason where its mean is not that.
   */
  molecules: { volume: number; watch: readonly (readonly string[])[]; to?: number } | string;
}

const { xor } = gateExamples;
/** Of 2-2-1; no two alike, of either sign, none at a place where a neuron has a corner. */
const weights = [0.9, -1.2, 0.4, -0.7, 1.1, -0.3, 1.4, -0.8, 0.2];
/** A short phase leaves transients, which a comparison of courses ought to see. */
const layered = { sizes: [2, 2, 1], samples: xor, weights, phaseLength: 5 };
const steady = { sizes: [2, 2, 1], weights, x: [1, 0.3] };

const crnpp = (name: CrnppProgramName) => (): Network => {
  return compileCrnpp(parseCrnpp(crnppPrograms[name]).program!).network;
};

const reluNetwork = {
  layers: [
    {
      weights: [
        [1, -1],
        [-1, 1],
        [1, 1],
      ],
      biases: [0.25, -0.5, 0.75],
    },
    { weights: [[1, 0.5, -1]], biases: [0.25] },
  ],
};

/** One rest, which every start comes to. */
const rncrnNumbers = { beta: [0.5], alpha: [[-1, 0.5]], omega: [[1], [-1]], theta: [0.2, -0.3] };

const startingAt = (network: Network, values: Record<string, number>): Network => ({
  ...network,
  species: network.species.map((one) => ({
    ...one,
    initial: { kind: 'number', value: values[one.name] ?? 0 },
  })),
});

/** The rails of so many signals. */
const railsOf = (...names: string[]): string[][] => names.map((name) => [`${name}+`, `${name}-`]);
const alone = (...names: string[]): string[][] => names.map((name) => [name]);
const layeredWeights = railsOf('W[1,1,1]', 'W[1,2,0]', 'W[2,1,0]', 'W[2,1,1]', 'W[2,1,2]');

const CLOCK_BIAS =
  'the turns of its clock drift apart from run to run, so that means at a time are those of other phases';

export const systemCases: Readonly<Record<string, SystemCase>> = {
  'linear Neural CRN': {
    network: () => withSample(linearCrn({ inputs: 2, theta: [0.3, -0.4], drift: 0.1 }), [2, -3], 1.5),
    molecules: { volume: 1000, watch: railsOf('P[1]', 'P[2]') },
  },
  'Neural CRN on positive rails': {
    network: () =>
      withSample(linearCrn({ inputs: 2, rails: 'positive', theta: [0.3, 0.4], drift: 0.1 }), [2, 3], 9.5),
    molecules: { volume: 1000, watch: alone('P[1]', 'P[2]') },
  },
  'linear Neural CRN with a cooperative ring inside': {
    network: async () => {
      const circuit = linearCrn({ inputs: 2, theta: [0.3, -0.4], drift: 0.1 });
      return (await clockedCircuit(circuit, { kind: 'coop' })).network;
    },
    to: 40,
    molecules: CLOCK_BIAS,
  },
  'rectified Neural CRN': {
    network: () => withSample(neuralCrn({ inputs: 3, dynamics: 'rectified', hidden: 3 }), [1, -0.5], 1),
    molecules: { volume: 300, watch: railsOf('P[1,1]', 'P[2,2]', 'P[3,3]') },
  },
  'Neural CRN of smooth rectifiers': {
    network: () => withSample(neuralCrn({ inputs: 2, dynamics: 'relu', hidden: 2 }), [1, 0.5], 1),
    molecules: { volume: 1000, watch: railsOf('P[1,1]', 'P[2,2]') },
  },
  BFCNN: {
    network: () => bfcnn(layered).network,
    molecules: { volume: 1000, watch: [...layeredWeights, ...alone('A[1,1,1]', 'A[2,1,1]', 'Go')] },
  },
  'BFCNN, four copies, a hard latch': {
    network: () => bfcnn({ ...layered, batch: 4, latch: 'majority' }).network,
    molecules: { volume: 300, watch: [...layeredWeights, ...alone('A[2,1,1]', 'A[2,1,4]')] },
  },
  'BFCNN with a ring inside': {
    network: async () =>
      (await bfcnnSystem.drive(bfcnn({ ...layered, data: 'constants' }), { kind: 'ring', gate: 'proxy' }))
        .network,
    to: 60,
    molecules: 'less than one molecule of the idle species of an autocatalytic ring means its death',
  },
  'leaky ReLU': {
    network: () => lakin(layered).network,
    molecules: { volume: 1000, watch: [...layeredWeights, ...railsOf('A[2,1,1]')] },
  },
  'weight-loop perceptron': {
    network: () => perceptronWithSample(perceptron({ weights: [0.4, -0.7, 0.2] }), [1, 0], 0),
    molecules: { volume: 1000, watch: railsOf('W[0]', 'W[1]', 'W[2]') },
  },
  'weight perturbation': {
    network: () => perturbation(layered).network,
    molecules: { volume: 300, watch: railsOf('A[1,1,1]', 'A[2,1,1]', 'L0') },
  },
  'one pot': {
    network: () => onePot({ sizes: [2, 2, 1], samples: xor, weights }).network,
    to: 50,
    molecules: { volume: 100, to: 2, watch: alone('A[2,1,1]', 'A[2,1,4]') },
  },
  'rate-independent ReLU': {
    network: () => rateIndependent({ network: reluNetwork, x: [0.5, -1.5] }).network,
    molecules: { volume: 4, watch: railsOf('Y[2,1]') },
  },
  'rate-independent ReLU, quarters in pairs': {
    network: () =>
      rateIndependent({ network: reluNetwork, x: [0.5, -1.5], fractions: 'divide', reduce: 'none' }).network,
    molecules: { volume: 1000, watch: railsOf('Y[2,1]') },
  },
  'CRN++ with its clock: gcd': {
    network: crnpp('gcd'),
    to: 150,
    molecules: 'less than one molecule of the idle species of an autocatalytic ring means its death',
  },
  'CRN++ without a clock: sqrt': {
    network: crnpp('sqrt'),
    to: 40,
    molecules: { volume: 1000, watch: alone('root') },
  },
  'Hebbian neuron': {
    network: () => {
      const [{ rates }] = hebbianTasks.bias.patterns;
      return withSpikes(hebbian(), poissonSpikes([{ rates, to: 100 }], 1), 100);
    },
    molecules: { volume: 1000, watch: alone('H[1]', 'H[2]', 'H[3]', 'B') },
  },
  'Hebbian neuron, reversible': {
    network: () => hebbian({ reversible: true, weights: [0.5, 0.2, 0.1] }).network,
    to: 100,
    molecules: { volume: 1000, watch: alone('H[1]', 'H[2]', 'H[3]') },
  },
  'smooth ReLU at rest': {
    network: () => smoothRelu(steady).network,
    to: 20,
    molecules: { volume: 1000, watch: alone('Y[1,1]', 'Y[1,2]', 'Y[2,1]') },
  },
  'sequestration perceptron': {
    network: () => sequestration(steady).network,
    to: 20,
    molecules: { volume: 1000, watch: alone('Y[1,1]', 'Y[2,1]') },
  },
  'recurrent network (RNCRN)': {
    network: () => rncrn({ ...rncrnNumbers, start: [2] }).network,
    to: 20,
    molecules: { volume: 300, to: 2, watch: alone('X_1', 'Y_1', 'Y_2') },
  },
  'designed network': {
    network: async () => {
      const { candidates, wanted } = designTarget('adder');
      return startingAt((await design(candidates, wanted, { starts: 1, steps: 5 })).network, {
        X1: 1,
        X2: 0.5,
      });
    },
    to: 10,
    molecules: { volume: 1000, watch: alone('Y') },
  },
  'network found in data': {
    network: async () => {
      const times = [0.5, 1, 1.5, 2, 3, 4];
      const A = times.map((t) => Math.exp(-t / 2));
      const values = { A, B: A.map((a) => 1 - a) };
      const { network } = await discover([{ initial: { A: 1, B: 0 }, times, values }], {
        reactions: 1,
        starts: 1,
      });
      return startingAt(network, { A: 1 });
    },
    to: 5,
    molecules: { volume: 1000, watch: alone('A', 'B') },
  },
};
