import type { Command } from 'commander';
import {
  type Circuit,
  clockedCircuit,
  type LinearCrnOptions,
  linearCrn,
  type NeuralCrnOptions,
  neuralCrn,
  type Rails,
  withSample,
} from '../circuits/index.js';
import { suggest } from '../network/nearest.js';
import { type KindFlags, kindChoices, kindOptions } from './circuit-kind.js';
import { addLearnerCircuits } from './circuit-learner.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { type ClockFlags, clockChoice, clockLine, clockOptions } from './clock.js';
import { countsLine } from './describe.js';
import { InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { readAssignments, readNumberOrNone, readNumbers } from './numbers.js';
import { asFlags, choiceOption, defined, numberOption, parsedOption } from './options.js';
import { phasesText } from './phases-text.js';
import { openTerminal } from './terminal.js';

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

function build(inputs: number, flags: Flags): Circuit {
  const choices = circuitChoices(flags);
  const kind = kindChoices(flags);
  return Object.keys(kind).length === 0
    ? linearCrn({ inputs, ...choices })
    : neuralCrn({ inputs, ...choices, ...kind });
}

/** What the circuit is, in a line. */
function titleOf({ family, options, rails }: Circuit, inputs: number): string {
  const count = `${inputs} ${rails === 'dual' ? 'dual-rail' : 'positive'} input${inputs === 1 ? '' : 's'}`;
  const how = options.pipeline === 'staged' ? 'staged ' : '';
  if (family === 'linear') return `A ${how}linear Neural CRN with ${count}`;
  const { dynamics, wiring, adjoint, readout, error, hidden, outputs } = options as NeuralCrnOptions;
  return (
    `A ${how}Neural CRN with ${count}, ${hidden} ${dynamics} nodes (${wiring}), ${adjoint} adjoint, ${readout} read-out, ` +
    `${error} error, ${outputs} output${outputs === 1 ? '' : 's'}`
  );
}

interface Flags extends CircuitTargets, CircuitFlags, KindFlags, ClockFlags {
  inputs: number;
  x?: number[];
  y?: number[];
}

export function addCircuit(program: Command): void {
  const command = program
    .command('circuit')
    .summary('build an untrained circuit and print it as a network')
    .description(
      'Builds a Neural CRN that predicts in phase feed and learns in phase learn, and prints it as a ' +
        'network that `simulate` runs: the linear one, or with the flags under Kind another. Its size goes to ' +
        'standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(
      numberOption('--inputs <N>', 'number of inputs, a constant one included', {
        atLeast: 1,
        below: 10_001,
        whole: true,
      }).default(2),
    );
  circuitOptions(command, { rails: 'dual', rate: '0.1', drift: '0.1, none for other kinds' }).optionsGroup(
    'Kind:',
  );
  kindOptions(command).optionsGroup('Clock:');
  clockOptions(command)
    .optionsGroup('One example, dosed at the start of phase feed:')
    .addOption(parsedOption('--x <a,b,…>', 'inputs', (flag, text) => readNumbers(flag, text)))
    .addOption(
      parsedOption('--y <a,b,…>', 'label to learn, or one per output', (flag, text) =>
        readNumbers(flag, text),
      ),
    );
  addExamples(
    command,
    'circuit --inputs 3 --rails positive --crn three.crn',
    'circuit --theta 0.3,0.4 --x 2,3 --y 7 | neural-crn simulate -',
  );
  // What follows the name of another circuit is that one's own.
  circuitTargets(command).enablePositionalOptions().allowExcessArguments().action(run);
  addLearnerCircuits(command);
}

async function run(flags: Flags, command: Command): Promise<void> {
  refuseKind(command);
  const terminal = openTerminal(flags);
  const { inputs, x, y } = flags;
  const files = circuitFiles(flags);
  if (y !== undefined && x === undefined) {
    throw new InvalidInput('--y needs the inputs it belongs to', 'add --x with one number per input');
  }
  const clock = clockChoice(flags);
  const [circuit, network] = await refusing(async () => {
    const scheduled = build(inputs, flags);
    const made = clock === undefined ? scheduled : await clockedCircuit(scheduled, clock);
    return [made, x === undefined ? made.network : withSample(made, x, y)] as const;
  }, asFlags);
  await deliverCircuit(files, terminal, network, (description) => [
    `${titleOf(circuit, inputs)}: ${countsLine(description)}.`,
    ...phasesText(circuit),
    ...(circuit.clock === undefined ? [] : [clockLine(circuit.clock)]),
  ]);
}

/** @throws InvalidInput for a word that is no kind of circuit */
function refuseKind({ args, commands }: Command): void {
  if (args.length === 0) return;
  const known = commands.map((one) => one.name());
  throw new InvalidInput(
    `there is no circuit ${JSON.stringify(args[0])}`,
    suggest(args[0], known, `without a name it is a Neural CRN; there are also ${known.join(', ')}`),
  );
}
