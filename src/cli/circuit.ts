import type { Command } from 'commander';
import { type LinearCrnOptions, linearCrn, type Rails, withSample } from '../circuits/index.js';
import { printNetwork } from '../network/index.js';
import { countsLine, describe } from './describe.js';
import { InvalidInput, refusing } from './failures.js';
import { readAssignments, readNumberOrNone, readNumbers, short } from './numbers.js';
import { asFlags, choiceOption, commonOptions, defined, numberOption, parsedOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

/** Flags for the circuit's builder, shared with `train`. */
export interface CircuitFlags {
  rails?: Rails;
  rate?: number;
  horizon?: number;
  learnTime?: number;
  drift?: number | 'none';
  theta?: number[];
  constants?: Map<string, number>;
}

/** Adds the flags of `CircuitFlags`. */
export function circuitOptions(
  command: Command,
  defaults: { rails: string; rate: string; drift: string },
): Command {
  return command
    .addOption(
      choiceOption(
        '--rails <KIND>',
        ['positive', 'dual'],
        'one rail a quantity, or two for either sign',
        defaults.rails,
      ),
    )
    .addOption(numberOption('--rate <LR>', `learning rate (default: ${defaults.rate})`, { above: 0 }))
    .addOption(numberOption('--horizon <T>', 'length of phase feed (default: 0.5)', { above: 0 }))
    .addOption(numberOption('--learn-time <T>', 'length of phase learn (default: 10)', { above: 0 }))
    .addOption(
      parsedOption(
        '--drift <H>',
        `drift that is never trained, or none (default: ${defaults.drift})`,
        (flag, text) => readNumberOrNone(flag, text),
      ),
    )
    .addOption(
      parsedOption('--theta <a,b,…>', 'starting weights, one per input', (flag, text) =>
        readNumbers(flag, text),
      ),
    )
    .addOption(
      parsedOption<Map<string, number>>(
        '--constants <kf=10,…>',
        'rate constants of phase learn: kf, kd, kg, kx, annihilation',
        (flag, text, before) => readAssignments(flag, text, { above: 0 }, before),
      ),
    );
}

/** The builder's options that the flags ask for; those not given are left out. */
export function circuitChoices(flags: CircuitFlags): Omit<LinearCrnOptions, 'inputs'> {
  const { rails, rate, horizon, learnTime, drift, theta, constants } = flags;
  return defined({
    rails,
    rate,
    horizon,
    learnTime,
    drift: drift === 'none' ? (false as const) : drift,
    theta,
    constants: constants === undefined ? undefined : Object.fromEntries(constants),
  });
}

interface Flags extends TerminalFlags, CircuitFlags {
  inputs: number;
  x?: number[];
  y?: number;
  crn?: string;
  json?: string;
}

export function addCircuit(program: Command): void {
  const command = program
    .command('circuit')
    .summary('build an untrained circuit and print it as a network')
    .description(
      'Builds a linear Neural CRN that predicts in phase feed and learns in phase learn, and prints it as a ' +
        'network that `simulate` runs. Its size goes to standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(
      numberOption('--inputs <N>', 'number of inputs', { atLeast: 1, below: 10_001, whole: true }).default(2),
    );
  circuitOptions(command, { rails: 'dual', rate: '0.1', drift: '0.1' })
    .optionsGroup('One example, dosed at the start of phase feed:')
    .addOption(parsedOption('--x <a,b,…>', 'inputs', (flag, text) => readNumbers(flag, text)))
    .addOption(numberOption('--y <LABEL>', 'label to learn'))
    .optionsGroup('Output:')
    .option('--crn <FILE>', 'the network as text; - for standard output (the default without --json -)')
    .option('--json <FILE>', 'counts, conserved sums and phases as JSON; - for standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  neural-crn circuit --inputs 3 --rails positive --crn three.crn\n' +
        '  neural-crn circuit --theta 0.3,0.4 --x 2,3 --y 7 | neural-crn simulate -\n',
    );
  commonOptions(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { inputs, json, x, y } = flags;
  const crn = flags.crn ?? (json === undefined ? '-' : undefined);
  prepareTargets({ '--crn': crn, '--json': json });
  if (y !== undefined && x === undefined) {
    throw new InvalidInput('--y needs the inputs it belongs to', 'add --x with one number per input');
  }
  const [circuit, network] = await refusing(() => {
    const made = linearCrn({ inputs, ...circuitChoices(flags) });
    return [made, x === undefined ? made.network : withSample(made, x, y)] as const;
  }, asFlags);
  const description = describe(network, []);
  const { horizon, learnTime, rate } = circuit.options;
  const head =
    `# A linear Neural CRN with ${inputs} ${circuit.rails === 'dual' ? 'dual-rail' : 'positive'} ` +
    `input${inputs === 1 ? '' : 's'}: ${countsLine(description)}.\n` +
    `# Phase feed (${short(horizon)}) predicts; phase learn (${short(learnTime)}) updates the weights with learning rate ${short(rate)}.\n`;
  await deliver(crn, terminal, () => head + printNetwork(network), countsLine(description));
  await deliver(json, terminal, () => JSON.stringify(description, null, 2), 'counts, sums, phases');
  if (crn === '-' || json === '-') terminal.say(countsLine(description));
}
