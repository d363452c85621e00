import type { Command } from 'commander';
import { type Network, printNetwork } from '../network/index.js';
import { countsLine, type Description, describe } from './describe.js';
import { commonOptions } from './options.js';
import { deliver, prepareTargets } from './output.js';
import type { Terminal, TerminalFlags } from './terminal.js';

/** Where a built circuit goes. */
export interface CircuitTargets extends TerminalFlags {
  crn?: string;
  json?: string;
}

/** Adds the flags of `CircuitTargets`. */
export function circuitTargets(command: Command): Command {
  return commonOptions(
    command
      .optionsGroup('Output:')
      .option('--crn <FILE>', 'the network as text; - for standard output (the default without --json -)')
      .option('--json <FILE>', 'counts, conserved sums and phases as JSON; - for standard output'),
  );
}

/** The files asked for: the text goes to standard output unless a flag says otherwise. @throws InvalidInput */
export function circuitFiles({ crn, json }: CircuitTargets): {
  crn: string | undefined;
  json: string | undefined;
} {
  const files = { crn: crn ?? (json === undefined ? '-' : undefined), json };
  prepareTargets({ '--crn': files.crn, '--json': files.json });
  return files;
}

/** Writes a circuit's network under comments that say what it is. */
export async function deliverCircuit(
  { crn, json }: ReturnType<typeof circuitFiles>,
  terminal: Terminal,
  network: Network,
  comments: (description: Description) => readonly string[],
): Promise<void> {
  const description = describe(network, []);
  const counts = countsLine(description);
  const text = () =>
    `${comments(description)
      .map((line) => `# ${line}\n`)
      .join('')}${printNetwork(network)}`;
  await deliver(crn, terminal, text, counts);
  await deliver(json, terminal, () => JSON.stringify(description, null, 2), 'counts, sums, phases');
  if (crn === '-' || json === '-') terminal.say(counts);
}
