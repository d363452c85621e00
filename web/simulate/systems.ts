/**
 * Published ways in which chemistry computes or learns, built by the package's own builders when they are asked for: their
 * texts are long, and few readers want all of them.
 */
import { type Network, parseNetwork, printNetwork } from 'neural-crn';
import {
  bfcnn,
  compileCrnpp,
  hebbian,
  onePot,
  parseCrnpp,
  perceptron,
  perceptronWithSample,
  perturbation,
  rateIndependent,
  sequestration,
  smoothRelu,
} from 'neural-crn/circuits';
import {
  gateExamples,
  hebbianTasks,
  onePotSystem,
  perceptronWeights,
  perturbationSystem,
  signedExamples,
  taskSpikes,
  withSpikes,
} from 'neural-crn/learning';
import bfcnnOr from '../../examples/bfcnn-or.crn?raw';
import gcd from '../../examples/crnpp/gcd.crnpp?raw';
import leakyRelu from '../../examples/leaky-relu.crn?raw';
import rncrnHopf from '../../examples/rncrn-hopf.crn?raw';
import type { LazyName, Preset } from './presets';

/** What a builder gives to the page. */
interface Built {
  /** What it is and what to look at: the comment that the text begins with. */
  says: string;
  network: Network | string;
  /** Until when, and how many rows; left out where the network says so. */
  to?: number;
  save?: number;
  /** Species that are drawn to begin with; the others are hidden. */
  show: readonly string[];
}

const XOR = gateExamples.xor;

/** A rectifier network that decides XOR: h₁ = max(0, x₁ + x₂), h₂ = max(0, x₁ + x₂ − 1), y = h₁ − 2·h₂. */
const RELU_XOR = {
  layers: [
    {
      weights: [
        [1, 1],
        [1, 1],
      ],
      biases: [0, -1],
    },
    { weights: [[1, -2]] },
  ],
};

/** Steps of weight perturbation that are run. */
const STEPS = 8;

const OSCILLATOR = `# An oscillator that was designed: three sines were asked for, a third of a period apart, and 36 reactions offered
# (neural-crn design oscillator; after Mordvintsev et al., our candidates). Three were left: rock, paper, scissors.
# Watch it swing on long after the two periods that it was trained for.

X + Y ->{1.1323733507766107} 2 Y
X + Z ->{1.1122929288942383} 2 X
Y + Z ->{1.1379253538954686} 2 Z
init X = 0.3333333333333333
init Y = 0.18899576603592685
init Z = 0.47767090063073975

simulate to 60 save 900
`;

const DISCOVERED = `# Four reactions that were found in a table of concentrations with 5 % noise, examples/data/courses.csv
# (neural-crn discover; after Ji & Deng). The table was made with the constants 0.1, 0.2, 0.13 and 0.3.
# Watch D: it comes of C and goes again with B.
init A = 1, B = 0.6

2 A ->{0.0999773} B
A ->{0.200384} C
C ->{0.130067} D
B + D ->{0.30043} E

simulate to 20 save 500
`;

const DESIGNED_XOR = `# A gate that was designed: Y = XOR(X1, X2) at times 8 and 10 (neural-crn design xor; after Mordvintsev et al.,
# our candidates). Watch Y: set X1 and X2 to 0 or 1. Where both are 1 they make W, which turns Y back into X2.
init X1 = 1, X2 = 1

X2 ->{0.548} Y
2 X1 ->{3.1} 2 Y
X1 + X2 ->{10} 2 W
Y + W ->{10} X2 + W

simulate to 10 save 500
`;

const DESIGNED_ADDER = `# An adder that was designed: Y = X1 + X2 was asked for, 36 reactions offered, and two were left (neural-crn design
# adder; after Mordvintsev et al., our candidates). Watch Y: move X1 and X2.
init X1 = 0.8, X2 = 0.5

X1 ->{2.0316} Y
X2 ->{2.02467} Y

simulate to 10 save 500
`;

/** Examples of a gate one after the other, each in phases of its own. */
function gateAfterGate(rounds: number): Network {
  const circuit = perceptron({ weights: perceptronWeights(2, 1) });
  const { inputs, labels } = gateExamples.nand;
  const parts = Array.from({ length: rounds * inputs.length }, (_, k) =>
    perceptronWithSample(circuit, inputs[k % inputs.length], labels[k % inputs.length][0]),
  );
  return {
    ...circuit.network,
    phases: parts.flatMap(({ phases }, k) =>
      phases.map((phase) => ({ ...phase, name: `${phase.name}${k + 1}` })),
    ),
    doses: parts.flatMap(({ doses }, k) =>
      doses.map((dose) => ({
        ...dose,
        at: dose.at.kind === 'phase' ? { ...dose.at, phase: `${dose.at.phase}${k + 1}` } : dose.at,
      })),
    ),
  };
}

const systems: Readonly<Record<LazyName, () => Built>> = {
  'rate-independent': () => ({
    says: `XOR by a rectifier network that needs no rates: deep molecular programming after Vasić et al. Inputs are 1 and 0.
Watch the output Y: plus rail less minus rail comes to 1. Change any rate constant, or the inputs, and run again.`,
    network: rateIndependent({ network: RELU_XOR, x: [1, 0], duration: 60 }).network,
    to: 60,
    save: 600,
    show: ['Y[2,1]+', 'Y[2,1]-'],
  }),
  'crnpp-gcd': () => {
    const { program } = parseCrnpp(gcd);
    if (!program) throw new Error('the program cannot be read');
    return {
      says: `Euclid's algorithm as chemistry: a CRN++ program (Vasić, Soloveichik & Khurshid 2018), with its clock inside.
Watch a = 32 and b = 12: the larger loses the smaller until both are 4.`,
      network: compileCrnpp(program).network,
      to: 600,
      save: 1800,
      show: ['a', 'b'],
    };
  },
  bfcnn: () => ({
    says: '',
    network: bfcnnOr,
    show: [
      'Go',
      'W[1,1,1]+',
      'W[1,1,2]+',
      'W[1,1,0]-',
      ...[1, 2, 3, 4].map((example) => `A[1,1,${example}]`),
    ],
  }),
  'bfcnn-xor': () => ({
    says: `A sigmoid network of two layers learns XOR and stops itself: a BFCNN (after Fan et al.; our reactions).
Watch the outputs for 00, 01, 10 and 11 part, and Go, which falls when all are right. Each step runs nine phases.`,
    network: bfcnn({
      ...{ sizes: [2, 2, 1], batch: 4, samples: XOR, data: 'constants' },
      weights: [-1.81, 0.197, -0.346, -0.786, 0.437, 1.393, -0.016, -1.771, 0.614],
    }).network,
    to: 100 * 9 * 20,
    save: 1000,
    show: ['Go', ...[1, 2, 3, 4].map((example) => `A[2,1,${example}]`)],
  }),
  lakin: () => ({
    says: '',
    network: leakyRelu,
    show: ['W[1,1,1]+', 'W[1,1,2]+', 'W[1,1,0]+', 'W[1,1,0]-'],
  }),
  hebbian: () => {
    const circuit = hebbian({ cooperativity: 3 });
    const task = { ...hebbianTasks.bias, patterns: [{ ...hebbianTasks.bias.patterns[0], to: 1200 }] };
    const { spikes, to } = taskSpikes(circuit, task, 0);
    return {
      says: `A spiking neuron that learns by itself which channel spikes most (after Fil, Dalchau & Chu; our reactions).
Watch the weights: channel 1 spikes twice as often as the others. Every phase begins with a spike.`,
      network: withSpikes(circuit, spikes, to),
      show: circuit.weights,
    };
  },
  'one-pot': () => ({
    says: `A network that learns XOR in one pot: no phases, no clock, no doses (after Kang & Kim; our reactions).
Watch its outputs for 00, 01, 10 and 11 part: two stay at one half until the weights have grown.`,
    network: onePot(onePotSystem.choose(XOR, { seed: 0, hidden: [3] })).network,
    to: 4000,
    save: 1000,
    show: [1, 2, 3, 4].map((example) => `A[2,1,${example}]`),
  }),
  perceptron: () => ({
    says: `A weight-loop perceptron learns NAND, example by example (after Banda, Teuscher & Lakin; our reactions).
Watch the weights W: each example is answered, decided, learned and looped, and wrong answers change them.`,
    network: gateAfterGate(7),
    show: [0, 1, 2].flatMap((i) => [`W[${i}]+`, `W[${i}]-`]),
  }),
  perturbation: () => {
    const circuit = perturbation({
      ...perturbationSystem.choose(signedExamples(gateExamples.and), { seed: 1, hidden: [] }),
      data: 'constants',
    });
    const step = (circuit.rounds ?? 1) * circuit.phases.length * circuit.settings.phaseLength;
    return {
      says: `A tanh network that learns by trying: weight perturbation (after Arredondo & Lakin; our reactions).
Watch the weights W: each is moved a little, the error is looked at again, and what helped is kept.`,
      network: circuit.network,
      to: STEPS * step,
      save: 60 * STEPS,
      show: [0, 1, 2].flatMap((i) => [`W[1,1,${i}]+`, `W[1,1,${i}]-`]),
    };
  },
  'smooth-relu': () => ({
    says: `Two layers of smooth rectifiers, at rest XOR: one species a neuron (after Anderson, Joshi & Deshpande; our reactions).
Watch Y[2,1] come to the answer for the inputs 1 and 0. Move the inputs X.`,
    network: smoothRelu({
      sizes: [2, 2, 1],
      weights: [1, 1, 0, 1, 1, -1, 1, -2, 0],
      x: [1, 0],
      softness: 0.005,
    }).network,
    to: 20,
    save: 600,
    show: ['Y[1,1]', 'Y[1,2]', 'Y[2,1]'],
  }),
  sequestration: () => ({
    says: `Perceptrons by molecular sequestration: XOR at rest (after Moorman et al.; our reactions).
Watch Y[2,1] for the inputs 1 and 0: the two species of a neuron take each other away, which is the rectifier.`,
    network: sequestration({ sizes: [2, 2, 1], weights: [1, 1, 0, 1, 1, -1, 1, -2, 0], x: [1, 0] }).network,
    to: 12,
    save: 600,
    show: ['Y[1,1]', 'Y[1,2]', 'Y[2,1]'],
  }),
  rncrn: () => ({
    says: '',
    network: `# Watch X_1 and X_2, the visible species, find the cycle; six fast neurons Y drive them.\n${rncrnHopf}`,
    show: ['X_1', 'X_2'],
  }),
  'designed-oscillator': () => ({ says: '', network: OSCILLATOR, show: ['X', 'Y', 'Z'] }),
  'discovered-four': () => ({ says: '', network: DISCOVERED, show: ['A', 'B', 'C', 'D', 'E'] }),
  'designed-xor': () => ({ says: '', network: DESIGNED_XOR, show: ['X1', 'X2', 'W', 'Y'] }),
  'designed-adder': () => ({ says: '', network: DESIGNED_ADDER, show: ['X1', 'X2', 'Y'] }),
};

/** A system's text, with what to look at in its first lines. */
export function buildSystem(name: LazyName): Pick<Preset, 'text' | 'hidden' | 'wanted'> {
  const { says, network, to, save, show } = systems[name]();
  const shown = new Set(show);
  const hiddenOf = (of: Network | null) =>
    of?.species.map((species) => species.name).filter((species) => !shown.has(species)) ?? [];
  if (typeof network === 'string') {
    return { text: `${network.trim()}\n`, hidden: hiddenOf(parseNetwork(network).network), wanted: show };
  }
  const comment = says.split('\n').map((line) => `# ${line}\n`);
  const end = to === undefined ? '' : `\nsimulate to ${to} save ${save}\n`;
  return {
    text: `${comment.join('')}${printNetwork(network).trim()}\n${end}`,
    hidden: hiddenOf(network),
    wanted: show,
  };
}
