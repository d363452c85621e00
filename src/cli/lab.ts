import type { Command } from 'commander';
import {
  concentrationText,
  durationText,
  type Lab,
  type LabTraining,
  lab,
  labLines,
  labTraining,
  rateText,
} from '../lab/index.js';
import { taskCircuit } from '../learning/index.js';
import { refusing } from './failures.js';
import { addExamples } from './help.js';
import { plural, short } from './numbers.js';
import { asFlags, commonOptions, defined, numberOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { readSubject, type Subject, type TaskFlags, taskOptions } from './subject.js';
import { facts, table } from './tables.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface LabFlags extends TerminalFlags, TaskFlags {
  concentration?: string;
  rate?: string;
  to?: number;
  json?: string;
}

export function addLab(program: Command): void {
  const command = program
    .command('lab')
    .summary('a network or a training run in the units of a laboratory')
    .description(
      'Says how long a network or the training of a task would take in a laboratory, what its rate constants are there, ' +
        'and which of them DNA strand displacement cannot be given. The largest constant of the second order stands for --rate.',
    )
    .argument('<what>', 'a task, a network as text (.crn), or - for standard input')
    .optionsGroup('Units:')
    .option('--concentration <C>', 'what a concentration of 1 stands for (default: 100 nM)')
    .option('--rate <K>', 'what the largest constant of the second order stands for (default: 1e6 /M/s)')
    .addOption(
      numberOption('--to <T>', 'length of a run in model units (default: what the network says)', {
        above: 0,
      }),
    )
    .optionsGroup('Task:');
  taskOptions(command)
    .optionsGroup('Output:')
    .option('--json <FILE>', 'all of it as JSON; - for standard output');
  addExamples(
    command,
    'lab xor --recipe rectified',
    "lab clock.crn --concentration '10 nM' --rate '5e5 /M/s' --to 80",
  );
  commonOptions(command).action(run);
}

async function run(what: string, flags: LabFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json } = flags;
  prepareTargets({ '--json': json });
  const subject = await readSubject(what, flags, terminal);
  const found = await labOf(subject, flags);
  if (json !== '-') terminal.print(labText(terminal, subject, found));
  await deliver(json, terminal, () => JSON.stringify(found, null, 2), 'units, constants, times');
}

function labOf(subject: Subject, { concentration, rate, to }: LabFlags): Promise<Lab | LabTraining> {
  const options = defined({ concentration, rate, to });
  return refusing(async () => {
    if (subject.kind === 'network') return lab(subject.network, options);
    const { task } = subject;
    const examples = task.train.targets.length;
    return labTraining(await taskCircuit(task), { examples, epochs: task.epochs }, options);
  }, asFlags);
}

function labText(terminal: Terminal, subject: Subject, found: Lab | LabTraining): string {
  const { orders, largest, run: length, remarks } = found;
  const entries: [string, string | string[]][] = [
    ['units', labLines(found)],
    ...(largest === null
      ? []
      : [
          [
            'highest',
            `${largest.species}: ${concentrationText(largest.value)}` +
              (largest.outside ? ', more than signals (100 nM), or held fuels (10 µM), are given' : ''),
          ] as [string, string],
        ]),
    ...('training' in found
      ? trainingEntries(subject, found)
      : [
          [
            'a run',
            length === null
              ? 'the network does not say how long it runs: give --to'
              : `${short(length.model)} time units: ${durationText(length.seconds)}`,
          ] as [string, string],
        ]),
    ...(remarks.length === 0 ? [] : [['remarks', remarks] as [string, string[]]]),
  ];
  const rows = orders.map(({ order, count, least, most, feasible, outside }) => [
    short(order, 3),
    String(count),
    rateText(least, order),
    rateText(most, order),
    feasible === undefined ? '' : `${rateText(feasible[0], order)} to ${rateText(feasible[1], order)}`,
    feasible === undefined ? '' : String(outside),
  ]);
  const head = ['order', 'constants', 'least', 'largest', 'feasible', 'outside'];
  return `\n${table(terminal, head, rows)}\n\n${facts(terminal, entries)}\n`;
}

function trainingEntries(subject: Subject, { training }: LabTraining): [string, string][] {
  const { example, epoch, run: whole } = training;
  const { epochs, train } = (subject as Subject & { kind: 'task' }).task;
  return [
    ['an example', `${short(example.model, 4)} time units: ${durationText(example.seconds)}`],
    ['an epoch', `${plural(train.targets.length, 'example')}: ${durationText(epoch)}`],
    ['the training', `${plural(epochs, 'epoch')}: ${durationText(whole)}`],
  ];
}
