import type { Command } from 'commander';
import { perceptron, perceptronWithSample } from '../circuits/index.js';
import { perceptronWeights } from '../learning/index.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { countsLine } from './describe.js';
import { InvalidInput, refusing } from './failures.js';
import { readNumbers } from './numbers.js';
import { asFlags, defined, numberOption, parsedOption } from './options.js';
import { openTerminal } from './terminal.js';

interface Flags extends CircuitTargets {
  inputs: number;
  rate?: number;
  phaseLength?: number;
  annihilation?: number;
  weights?: number[];
  seed?: number;
  x?: number[];
  y?: number;
}

/** Adds `circuit perceptron`. */
export function addPerceptron(circuit: Command): void {
  const command = circuit
    .command('perceptron')
    .summary('a binary perceptron that learns online (after Banda et al.)')
    .description(
      'Builds a weight-loop perceptron after Banda, Teuscher and Lakin (a reconstruction in mass action: the reactions ' +
        'are ours) and prints it as a network that `simulate` runs, one step through all its phases. Its size goes to ' +
        'standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(
      numberOption('--inputs <N>', 'inputs, besides the bias', {
        atLeast: 1,
        below: 10_001,
        whole: true,
      }).default(2),
    )
    .addOption(
      numberOption('--rate <LR>', 'concentration of an answer that is shown (default: 0.5)', { above: 0 }),
    )
    .addOption(numberOption('--phase-length <T>', 'length of every phase (default: 20)', { above: 0 }))
    .addOption(
      numberOption('--annihilation <K>', 'rate constant between two rails (default: 50)', { above: 0 }),
    )
    .addOption(
      parsedOption(
        '--weights <a,b,…>',
        'starting weights, that of the bias last (default: 0)',
        (flag, text) => readNumbers(flag, text),
      ),
    )
    .addOption(
      numberOption('--seed <N>', 'random starting weights, in place of --weights', {
        atLeast: 0,
        whole: true,
      }),
    )
    .optionsGroup('One example, dosed in its phases:')
    .addOption(parsedOption('--x <a,b,…>', 'inputs, of 0 and 1', (flag, text) => readNumbers(flag, text)))
    .addOption(numberOption('--y <L>', 'label to learn, 0 or 1', { atLeast: 0 }));
  circuitTargets(command).action((flags: Flags) => {
    refuseEarlier(circuit, 'perceptron');
    return run(flags);
  });
}

async function run(flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const files = circuitFiles(flags);
  const { inputs, rate, phaseLength, annihilation, seed, x, y } = flags;
  if (seed !== undefined && flags.weights !== undefined) {
    throw new InvalidInput('--seed and --weights exclude each other');
  }
  if (y !== undefined && x === undefined) {
    throw new InvalidInput('--y needs the inputs it belongs to', 'add --x with one number per input');
  }
  const [built, network] = await refusing(() => {
    const weights = seed === undefined ? flags.weights : perceptronWeights(inputs, seed);
    const made = perceptron({ inputs, ...defined({ rate, phaseLength, annihilation, weights }) });
    return [made, x === undefined ? made.network : perceptronWithSample(made, x, y)] as const;
  }, perceptronFlags);
  await deliverCircuit(files, terminal, network, (description) => [
    `${built.title}: ${countsLine(description)}.`,
    `${built.source}.`,
    `A step: phases ${built.phases.join(', ')}.`,
    ...built.digital.map((act) => `Not chemistry: ${act}.`),
  ]);
}

/** The library's words for these options, as flags. */
const perceptronFlags = (message: string): string =>
  asFlags(message)
    .replace(/^example\.inputs\[1\]/, '--x')
    .replace(/^example\.labels\[1\]/, '--y')
    .replace(/^(weights|annihilation)(?=[ :[])/, '--$1')
    .replace(/^phaseLength /, '--phase-length ');
