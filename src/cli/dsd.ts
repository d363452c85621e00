import type { Command } from 'commander';
import {
  concentrationText,
  type DsdTranslation,
  dsdParts,
  durationText,
  rateText,
  translateToDsd,
} from '../lab/index.js';
import { taskCircuit } from '../learning/index.js';
import { printNetwork } from '../network/index.js';
import { type DsdFlags, dsdChoices, dsdOptions } from './dsd-flags.js';
import { InvalidFile, refusing } from './failures.js';
import { addExamples } from './help.js';
import { plural, short } from './numbers.js';
import { asFlags, commonOptions } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { readSubject, type Subject, type TaskFlags, taskOptions } from './subject.js';
import { wrap } from './tables.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

interface Flags extends TerminalFlags, TaskFlags, DsdFlags {
  crn?: string;
  json?: string;
}

export function addDsd(program: Command): void {
  const command = program
    .command('dsd')
    .summary('make a network of DNA strand displacement reactions')
    .description(
      "Translates a network, or a task's circuit, into DNA strand displacement (Soloveichik, Seelig & Winfree 2010, " +
        'buffered) and prints it as a network: signals keep their names, fuels are named in the comments. ' +
        'To train such a circuit use `train --dsd`.',
    )
    .argument('<what>', 'a network as text (.crn), a task, or - for standard input')
    .optionsGroup('Strands:');
  dsdOptions(command).optionsGroup('Task:');
  taskOptions(command)
    .optionsGroup('Output:')
    .option('--crn <FILE>', 'the network as text; - for standard output (the default without --json -)')
    .option('--json <FILE>', 'signals, fuels and counts as JSON; - for standard output');
  addExamples(
    command,
    "dsd ring.crn --rate '5e5 /M/s' --crn strands.crn",
    'dsd ring.crn --no-buffered | neural-crn simulate - --to 80',
  );
  commonOptions(command).action(run);
}

async function run(what: string, flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json } = flags;
  const crn = flags.crn ?? (json === '-' ? undefined : '-');
  prepareTargets({ '--crn': crn, '--json': json });
  const subject = await readSubject(what, flags, terminal);
  if (subject.kind === 'network' && subject.network.species.length === 0) {
    throw InvalidFile.of(subject.name, 'the network is empty: it has no species');
  }
  const made = await refusing(() => translated(subject, flags), asFlags);
  const { counts } = made;
  const size = `${plural(counts.species, 'species', 'species')}, ${plural(counts.reactions, 'reaction')}`;
  await deliver(crn, terminal, () => heading(subject, made) + printNetwork(made.network), size);
  await deliver(
    json,
    terminal,
    () => JSON.stringify({ ...made, network: undefined, crn: printNetwork(made.network) }, null, 2),
    'signals, fuels, counts',
  );
  if (crn === '-' || json === '-') terminal.say(size);
}

async function translated(subject: Subject, flags: Flags): Promise<DsdTranslation> {
  const options = dsdChoices(flags);
  if (subject.kind === 'network') return translateToDsd(subject.network, options);
  return dsdParts(await taskCircuit(subject.task), { fuels: 'finite', ...options }).translation;
}

/** What was made of what, as comment lines. */
function heading(subject: Subject, { counts, gain, fuels, settings, notes }: DsdTranslation): string {
  const { concentration, one, second, cMax, qMax } = settings;
  const lines = [
    `${subject.name} in DNA strand displacement (Soloveichik, Seelig & Winfree 2010): ` +
      `${plural(counts.formal.species, 'species', 'species')} and ${plural(counts.formal.reactions, 'reaction')} made of ` +
      `${plural(counts.species, 'species', 'species')}, of which ${counts.fuels} are fuels, and ` +
      `${plural(counts.reactions, 'reaction')}; ${plural(counts.buffers, 'buffering module')}.`,
    `A concentration of 1 is ${concentrationText(concentration)}, a time of 1 is ${durationText(second)}, k = 1 of the second ` +
      `order is ${rateText(one, 2)}. Fuels begin at ${short(cMax, 4)} (${concentrationText(cMax * concentration)}); ` +
      `nothing is faster than ${short(qMax, 4)} (${rateText(qMax * one, 2)}); gain ${short(gain, 4)}.`,
    ...notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
    `Fuels: ${fuels.join(', ')}.`,
  ];
  return `${lines.flatMap((line) => wrap(line, 100).map((part, i) => `# ${i === 0 ? '' : '  '}${part}`)).join('\n')}\n\n`;
}
