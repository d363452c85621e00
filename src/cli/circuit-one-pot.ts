import type { Command } from 'commander';
import type { OnePotCircuit, OnePotOptions } from '../circuits/index.js';
import { onePotSystem, startingWeights, unitNormal } from '../learning/index.js';
import type { Network } from '../network/model.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { countsLine } from './describe.js';
import { type ExampleFlags, exampleOptions, readExamplesFlag, requireCount } from './examples.js';
import { InvalidInput, refusing } from './failures.js';
import { sizesOption, startOption, startSeedOption } from './layer-options.js';
import { asFlags, choiceOption, defined, numberOption } from './options.js';
import { openTerminal } from './terminal.js';

interface OnePotFlags extends CircuitTargets, ExampleFlags, Omit<OnePotOptions, 'samples' | 'learns'> {
  seed?: number;
  forward?: boolean;
}

/** Adds `circuit one-pot`. */
export function addOnePot(circuit: Command): void {
  const { system } = onePotSystem.about;
  const command = circuit
    .command(system)
    .summary('a smooth-ReLU network that learns without phases (after Kang & Kim)')
    .description(
      'Builds a one-pot learner after Kang & Kim (a reconstruction: the reactions are ours) and prints it as a network that ' +
        '`simulate` runs: all reactions all the time, no clock, no schedule. Its size goes to standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(sizesOption())
    .addOption(numberOption('--rate <LR>', 'rate at which weights learn (default: 0.02)', { above: 0 }))
    .addOption(numberOption('--speed <K>', 'rate constant of everything else (default: 20)', { above: 0 }))
    .addOption(
      numberOption('--softness <H>', "softness of a rectifier's corner (default: 0.05)", { above: 0 }),
    )
    .addOption(
      numberOption('--annihilation <K>', 'rate constant between two rails (default: 200)', { above: 0 }),
    )
    .addOption(choiceOption('--input-rails <R>', ['single', 'dual'], 'rails of inputs', 'by examples'))
    .addOption(startOption())
    .addOption(startSeedOption())
    .addOption(
      choiceOption(
        '--data <FORM>',
        ['parameters', 'constants'],
        'values of examples: parameters, or plain constants',
        'parameters',
      ),
    )
    .option('--forward', 'the forward pass alone, without learning: inputs are amounts');
  circuitTargets(exampleOptions(command)).action((flags: OnePotFlags) => {
    refuseEarlier(circuit, system);
    return run(flags);
  });
}

async function run(flags: OnePotFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const files = circuitFiles(flags);
  const { sizes, seed, rate, speed, softness, annihilation, inputRails, data } = flags;
  if (seed !== undefined && flags.weights !== undefined) {
    throw new InvalidInput('--seed and --weights exclude each other');
  }
  if (flags.forward && (flags.examples !== undefined || flags.y !== undefined)) {
    throw new InvalidInput(
      `--forward learns nothing, so ${flags.y ? '--y' : '--examples'} has no use`,
      'give the inputs by --x alone',
    );
  }
  const samples = flags.forward
    ? undefined
    : await readExamplesFlag(flags, sizes[0], sizes[sizes.length - 1]);
  const circuit = await refusing(async () => {
    const weights = seed === undefined ? flags.weights : startingWeights(sizes, seed, unitNormal);
    const options = { sizes, samples, weights, rate, speed, softness, annihilation, inputRails, data };
    return onePotSystem.build(
      defined({ ...options, learns: flags.forward ? false : undefined }) as OnePotOptions,
    );
  }, onePotFlags);
  const network = flags.forward && flags.x ? withInputs(circuit, flags.x) : circuit.network;
  await deliverCircuit(files, terminal, network, (description) => [
    `${circuit.title}: ${countsLine(description)}.`,
    `${circuit.source}.`,
    'No phases: simulate it to any time with --to.',
    ...circuit.digital.map((act) => `Not chemistry: ${act}.`),
  ]);
}

/** The network with amounts of its inputs to begin with. */
function withInputs({ network, inputs: [inputs] }: OnePotCircuit, x: readonly number[]): Network {
  requireCount('--x', x, inputs.length);
  const amounts = new Map(
    inputs.map(({ plus, minus }, i) => {
      if (x[i] >= 0) return [plus, x[i]];
      if (minus !== null) return [minus, -x[i]];
      throw new InvalidInput(`--x has ${x[i]}, and inputs have one rail`, 'add --input-rails dual');
    }),
  );
  return {
    ...network,
    species: network.species.map((species) => {
      const value = amounts.get(species.name);
      return value === undefined ? species : { ...species, initial: { kind: 'number', value } };
    }),
  };
}

/** The library's words for these options, as flags. */
const onePotFlags = (message: string): string =>
  asFlags(message)
    .replace(/^samples(?=[ .])/, '--examples')
    .replace(/^inputRails /, '--input-rails ')
    .replace('(learns false)', '(--forward)')
    .replace(/^(sizes|weights|annihilation|data|speed|softness)(?=[ :[])/, '--$1');
