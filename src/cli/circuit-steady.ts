import type { Command } from 'commander';
import {
  type RncrnCircuit,
  rncrn,
  type SequestrationOptions,
  type SmoothReluOptions,
  type SteadyCircuit,
  type SteadyOptions,
  type SteadySettings,
  sequestration,
  smoothRelu,
} from '../circuits/index.js';
import { type FieldTrainOptions, fieldTasks, trainRncrn } from '../learning/index.js';
import { type CircuitTargets, circuitFiles, circuitTargets, deliverCircuit } from './circuit-output.js';
import { refuseEarlier } from './circuit-parent.js';
import { countsLine } from './describe.js';
import { refusing } from './failures.js';
import { sizesOption } from './layer-options.js';
import { readNumbers } from './numbers.js';
import { asFlags, choiceOption, defined, numberOption, parsedOption } from './options.js';
import { openTerminal } from './terminal.js';

/** Adds the circuits whose steady state, or whose slow dynamics, is their answer. */
export function addSteadyCircuits(circuit: Command): void {
  addSteady<SmoothReluOptions>(circuit, {
    name: 'smooth-relu',
    summary: 'a network of smooth rectifiers that computes at rest (after Anderson et al.)',
    build: smoothRelu,
    own: ['softness', 'speed'],
    options: (command) =>
      command
        .addOption(
          numberOption('--softness <H>', "softness of a rectifier's corner (default: 0.05)", { above: 0 }),
        )
        .addOption(numberOption('--speed <K>', 'rate constant of all reactions (default: 1)', { above: 0 })),
  });
  addSteady<SequestrationOptions>(circuit, {
    name: 'sequestration',
    summary: 'a network of sequestration perceptrons that computes at rest (after Moorman et al.)',
    build: sequestration,
    own: ['gamma', 'dilution'],
    options: (command) =>
      command
        .addOption(
          numberOption('--gamma <K>', 'rate constant of sequestration (default: 1000)', { above: 0 }),
        )
        .addOption(numberOption('--dilution <K>', 'rate constant of dilution (default: 1)', { above: 0 })),
  });
  addRncrn(circuit);
}

interface SteadyCommand<Options extends SteadyOptions> {
  name: string;
  summary: string;
  build: (options: Options) => SteadyCircuit<SteadySettings>;
  own: (keyof Options & string)[];
  options: (command: Command) => Command;
}

function addSteady<Options extends SteadyOptions>(
  circuit: Command,
  { name, summary, build, own, options }: SteadyCommand<Options>,
): void {
  const command = circuit
    .command(name)
    .summary(summary)
    .description(
      `Builds ${summary} (a reconstruction: the reactions are ours) with weights as rate constants, and prints it as a ` +
        'network that `simulate` runs. Its size goes to standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(sizesOption())
    .addOption(
      parsedOption('--weights <a,b,…>', "weights, a neuron's bias last (default: 0)", (flag, text) =>
        readNumbers(flag, text),
      ),
    )
    .addOption(parsedOption('--x <a,b,…>', 'inputs (default: 0)', (flag, text) => readNumbers(flag, text)));
  options(command);
  circuitTargets(command).action(async (flags: CircuitTargets & Options) => {
    refuseEarlier(circuit, name);
    const terminal = openTerminal(flags);
    const files = circuitFiles(flags);
    const names = ['sizes', 'weights', 'x', ...own] as (keyof Options)[];
    const built = await refusing(
      async () =>
        build(defined(Object.fromEntries(names.map((key) => [key, flags[key]]))) as unknown as Options),
      steadyFlags,
    );
    await deliverCircuit(files, terminal, built.network, (description) => [
      `${built.title}: ${countsLine(description)}.`,
      `${built.source}.`,
      `Outputs: ${built.outputs.join(', ')}.`,
      ...built.digital.map((act) => `Not chemistry: ${act}.`),
    ]);
  });
}

interface RncrnFlags extends CircuitTargets, Pick<FieldTrainOptions, 'neurons' | 'seed' | 'mu'> {
  field?: keyof typeof fieldTasks;
  start?: number[];
}

function addRncrn(circuit: Command): void {
  const fields = Object.keys(fieldTasks);
  const command = circuit
    .command('rncrn')
    .summary('a recurrent neural reaction network trained here to follow a vector field (Dack et al.)')
    .description(
      "Trains a recurrent neural reaction network (the authors' reactions; training is digital) to follow a vector field, and " +
        'prints it as a network that `simulate` runs. Its size and how far off the field is go to standard error.',
    )
    .optionsGroup('Circuit:')
    .addOption(choiceOption('--field <NAME>', fields, 'what is learned', 'bistable'))
    .addOption(
      numberOption('--neurons <N>', 'fast neurons (default: by field)', {
        atLeast: 1,
        below: 101,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--mu <M>', 'time of a neuron: the smaller the faster (default: 0.01)', { above: 0 }),
    )
    .addOption(
      numberOption('--seed <N>', 'of the starting weights (default: 0)', { atLeast: 0, whole: true }),
    )
    .addOption(
      parsedOption('--start <a,b,…>', 'where the visible species start (default: 0)', (flag, text) =>
        readNumbers(flag, text, { atLeast: 0 }),
      ),
    );
  circuitTargets(command).action(async (flags: RncrnFlags) => {
    refuseEarlier(circuit, 'rncrn');
    const terminal = openTerminal(flags);
    const files = circuitFiles(flags);
    const { field = 'bistable', neurons, seed, mu, start } = flags;
    const task = fieldTasks[field];
    const [built, fit] = await refusing(async (): Promise<[RncrnCircuit, string]> => {
      const given = defined({ neurons, seed, mu });
      // What is wrong with the flags is said before anything is trained.
      if (start !== undefined && start.length !== task.box.length) {
        throw new RangeError(`start needs ${task.box.length} values, got ${start.length}`);
      }
      const { settings, rmse, scale } = await trainRncrn(task, { ...task, ...given });
      const off = `trained to ${task.title}: off by ${rmse.toPrecision(2)} (rms) of ${scale.toPrecision(2)}`;
      return [rncrn({ ...settings, ...(start && { start }) }), off];
    }, steadyFlags);
    terminal.say(fit);
    await deliverCircuit(files, terminal, built.network, (description) => [
      `${built.title}: ${countsLine(description)}.`,
      `${built.source}; ${fit}.`,
      ...built.digital.map((act) => `Not chemistry: ${act}.`),
    ]);
  });
}

const steadyFlags = (message: string): string =>
  asFlags(message).replace(/^(sizes|weights|x|softness|speed|gamma|dilution|start)(?=[ :[])/, '--$1');
