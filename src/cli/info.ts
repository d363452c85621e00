import type { Command } from 'commander';
import { describe, describeText } from './describe.js';
import { InvalidFile, InvalidInput, refusing } from './failures.js';
import { readNetwork } from './input.js';
import { plural } from './numbers.js';
import { commonOptions, fromOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

interface InfoFlags extends TerminalFlags {
  from?: string;
  compile?: boolean;
  reactor?: boolean;
  json?: string;
}

export function addInfo(program: Command): void {
  const command = program
    .command('info')
    .summary('say what is in a network, and what is wrong with it')
    .description('Describes a network without running it: counts, conserved sums, phases, issues.')
    .argument('<file>', 'a network as text (.crn) or in another format, or - for standard input')
    .option(...fromOption)
    .option('--compile', 'also what the compiler makes of it')
    .option('--reactor', 'with --compile: as for a pot that learns, whose phases are run by name')
    .option('--json <FILE>', 'as JSON; - for standard output');
  commonOptions(command).action(run);
}

async function run(file: string, flags: InfoFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, compile, reactor, from } = flags;
  if (reactor && !compile) throw new InvalidInput('--reactor goes with --compile');
  prepareTargets({ '--json': json });
  try {
    const { network, issues } = await readNetwork(file, terminal, from);
    const description = await refusing(() =>
      describe(network, issues, compile && (reactor ? 'reactor' : 'run')),
    );
    if (json === undefined) terminal.print(describeText(terminal, network, description));
    else
      await deliver(
        json,
        terminal,
        () => JSON.stringify(description, null, 2),
        'counts, sums, phases, issues',
      );
  } catch (error) {
    if (error instanceof InvalidFile) {
      const { issues } = error;
      await deliver(
        json,
        terminal,
        () => JSON.stringify({ issues }, null, 2),
        plural(issues.length, 'issue'),
      );
    }
    throw error;
  }
}
