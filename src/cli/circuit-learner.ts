import type { Command } from 'commander';
import type {
  BfcnnOptions,
  LakinOptions,
  LayeredCircuit,
  LayeredOptions,
  PerturbationOptions,
} from '../circuits/index.js';
import {
  bfcnnSystem,
  type LearnerSystem,
  lakinSystem,
  narrowNormal,
  perturbationSystem,
  signedExamples,
  startingWeights,
  unitUniform,
  wideNormal,
} from '../learning/index.js';
import { addHebbian } from './circuit-hebbian.js';
import { addOnePot } from './circuit-one-pot.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { addPerceptron } from './circuit-perceptron.js';
import { addRateIndependent } from './circuit-rate-independent.js';
import { addSteadyCircuits } from './circuit-steady.js';
import { type ClockFlags, clockChoice, clockOptions, turnLine } from './clock.js';
import { countsLine } from './describe.js';
import { type ExampleFlags, exampleOptions, readExamplesFlag } from './examples.js';
import { InvalidInput, refusing } from './failures.js';
import { sizesOption, startOption, startSeedOption } from './layer-options.js';
import { asFlags, choiceOption, defined, numberOption } from './options.js';
import { openTerminal } from './terminal.js';

/** Flags of every layered network. */
interface LayeredFlags extends CircuitTargets, ClockFlags, ExampleFlags, Omit<LayeredOptions, 'samples'> {
  seed?: number;
}

/** A system as `circuit NAME` builds it. */
interface CircuitCommand<Options extends LayeredOptions> {
  system: LearnerSystem<Options, LayeredCircuit>;
  summary: string;
  description: string;
  rate: string;
  /** Starting weights of a seed. */
  draw: Parameters<typeof startingWeights>[2];
  /** Whether a step learns from all examples at once where no size of a batch is given. */
  whole: boolean;
  /** How a gate's bits are stored. Default: as they are. */
  gates?: typeof signedExamples;
  /** The system's own flags, which have the names of its options. */
  own: (keyof Options & string)[];
  options: (command: Command) => Command;
}

const bfcnnCommand: CircuitCommand<BfcnnOptions> = {
  system: bfcnnSystem,
  summary: 'a sigmoid network that learns by backpropagation and stops itself (after Fan et al.)',
  description:
    'Builds a BFCNN after Fan, Zhang, Gao and Dochain (a reconstruction: the reactions are ours) and prints it as a ' +
    'network that `simulate` runs, one step through all its phases.',
  rate: '4',
  draw: wideNormal,
  whole: true,
  own: ['tolerance', 'latch', 'inputRails'],
  options: (command) =>
    command
      .addOption(
        numberOption('--tolerance <E>', 'Σ|y − a| below which it stops (default: 0.1 an output)', {
          atLeast: 0,
        }),
      )
      .addOption(choiceOption('--latch <HOW>', ['soft', 'majority'], 'how it decides to stop', 'soft'))
      .addOption(choiceOption('--input-rails <R>', ['single', 'dual'], 'rails of inputs', 'by examples')),
};

const lakinCommand: CircuitCommand<LakinOptions> = {
  system: lakinSystem,
  summary: 'a leaky-ReLU network that learns by backpropagation (after Lakin)',
  description:
    'Builds a network of leaky rectifiers after Lakin (a reconstruction: the reactions are ours) and prints it as a ' +
    'network that `simulate` runs, one step through all its phases.',
  rate: '0.1',
  draw: unitUniform,
  whole: false,
  own: ['slope'],
  options: (command) =>
    command.addOption(
      numberOption('--slope <A>', 'slope of a neuron below zero, at most 1 (default: 0.1)', { above: 0 }),
    ),
};

const perturbationCommand: CircuitCommand<PerturbationOptions> = {
  system: perturbationSystem,
  summary: 'a tanh network that learns by perturbing its weights (after Arredondo and Lakin)',
  description:
    'Builds a network of tanh neurons that learns by weight perturbation after Arredondo and Lakin (a reconstruction: the ' +
    'reactions are ours) and prints it as a network that `simulate` runs, one pass of those that a step has. Bits of named ' +
    'gates are stored as −1 and 1, their labels as −0.9 and 0.9.',
  rate: '0.2',
  draw: narrowNormal,
  whole: true,
  gates: signedExamples,
  own: ['perturbation'],
  options: (command) =>
    command.addOption(
      numberOption('--perturbation <D>', 'by how much a weight is moved for a look (default: 0.05)', {
        above: 0,
      }),
    ),
};

/** Adds the circuits of other systems to the command that builds Neural CRNs. */
export function addLearnerCircuits(circuit: Command): void {
  addLayered(circuit, bfcnnCommand);
  addLayered(circuit, lakinCommand);
  addLayered(circuit, perturbationCommand);
  addPerceptron(circuit);
  addRateIndependent(circuit);
  addOnePot(circuit);
  addHebbian(circuit);
  addSteadyCircuits(circuit);
}

function addLayered<Options extends LayeredOptions>(circuit: Command, kind: CircuitCommand<Options>): void {
  const { system, summary, description, rate, options } = kind;
  const command = circuit
    .command(system.about.system)
    .summary(summary)
    .description(`${description} Its size goes to standard error.`)
    .optionsGroup('Circuit:')
    .addOption(sizesOption())
    .addOption(
      numberOption('--batch <B>', 'copies that each see one example (default: all examples, or 1)', {
        atLeast: 1,
        below: 10_001,
        whole: true,
      }),
    )
    .addOption(numberOption('--rate <LR>', `learning rate (default: ${rate})`, { above: 0 }))
    .addOption(numberOption('--phase-length <T>', 'length of every phase (default: 20)', { above: 0 }))
    .addOption(
      numberOption('--annihilation <K>', 'rate constant between two rails (default: 50)', { above: 0 }),
    )
    .addOption(startOption())
    .addOption(startSeedOption())
    .addOption(
      choiceOption(
        '--data <FORM>',
        ['parameters', 'constants', 'dosed'],
        'values of examples: parameters, plain constants, or not stored',
        'parameters',
      ),
    )
    .option('--cursor', 'a cursor also for a single batch');
  options(command);
  exampleOptions(command).optionsGroup('Clock:');
  circuitTargets(clockOptions(command)).action((flags: LayeredFlags) => {
    refuseEarlier(circuit, system.about.system);
    return run(kind, flags);
  });
}

async function run<Options extends LayeredOptions>(
  { system, draw, whole, gates, own }: CircuitCommand<Options>,
  flags: LayeredFlags,
): Promise<void> {
  const terminal = openTerminal(flags);
  const files = circuitFiles(flags);
  const { sizes, seed, rate, phaseLength, annihilation, data, cursor } = flags;
  if (seed !== undefined && flags.weights !== undefined) {
    throw new InvalidInput('--seed and --weights exclude each other');
  }
  const clock = clockChoice(flags);
  const samples = await readExamplesFlag(flags, sizes[0], sizes[sizes.length - 1], gates);
  const batch = flags.batch ?? (whole ? samples?.inputs.length : undefined);
  const circuit = await refusing(async () => {
    const weights = seed === undefined ? flags.weights : startingWeights(sizes, seed, draw);
    const shared = { sizes, batch, samples, weights, rate, phaseLength, annihilation, data, cursor };
    const also = Object.fromEntries(own.map((name) => [name, flags[name as keyof LayeredFlags]]));
    const built = system.build(defined({ ...shared, ...also }) as unknown as Options);
    return clock === undefined ? built : system.drive(built, clock);
  }, layeredFlags);
  await deliverCircuit(files, terminal, circuit.network, (description) => [
    `${circuit.title}: ${countsLine(description)}.`,
    `${circuit.source}.`,
    circuit.clock === undefined
      ? `A step: ${circuit.rounds === undefined ? '' : `${circuit.rounds} times the `}phases ${circuit.phases.join(', ')}.`
      : turnLine(circuit.clock),
    ...circuit.digital.map((act) => `Not chemistry: ${act}.`),
  ]);
}

/** The library's words for these options, as flags. */
const layeredFlags = (message: string): string =>
  asFlags(message)
    .replace(/^samples(?=[ .])/, '--examples')
    .replace(/^phaseLength /, '--phase-length ')
    .replace(/^inputRails /, '--input-rails ')
    .replace(
      /^(sizes|batch|weights|annihilation|data|cursor|tolerance|slope|latch|perturbation)(?=[ :[])/,
      '--$1',
    );
