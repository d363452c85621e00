import type { Command } from 'commander';
import type { StoredSamples } from '../circuits/index.js';
import { gateExamples, numericColumns, parseCsv } from '../learning/index.js';
import { suggest } from '../network/nearest.js';
import { InvalidFile, InvalidInput } from './failures.js';
import { nameOf, reading, readText } from './input.js';
import { plural, readNumbers } from './numbers.js';
import { parsedOption } from './options.js';

/** Flags for the examples that a circuit stores. */
export interface ExampleFlags {
  examples?: string;
  x?: number[];
  y?: number[];
}

const gates = Object.keys(gateExamples);

/** Adds the flags of `ExampleFlags`. */
export function exampleOptions(command: Command): Command {
  return command
    .optionsGroup('Examples (default: one batch of zeros):')
    .option('--examples <WHAT>', `${gates.join(', ')}, or a CSV file: columns of inputs, then of labels`)
    .addOption(parsedOption('--x <a,b,…>', 'inputs of a single one', (flag, text) => readNumbers(flag, text)))
    .addOption(
      parsedOption('--y <a,b,…>', 'label of a single one, one per output', (flag, text) =>
        readNumbers(flag, text),
      ),
    );
}

/**
 * The examples that the flags ask for, if any, for a network with so many inputs and outputs.
 * @param stored how a gate's bits are
 * @throws (rejects) InvalidInput for flags that do not go together; InvalidFile for a table that cannot be used
 */
export async function readExamplesFlag(
  { examples, x, y }: ExampleFlags,
  inputs: number,
  outputs: number,
  stored: (examples: StoredSamples) => StoredSamples = (examples) => examples,
): Promise<StoredSamples | undefined> {
  if (examples !== undefined && (x ?? y) !== undefined) {
    throw new InvalidInput('--examples and --x exclude each other');
  }
  if ((x === undefined) !== (y === undefined)) {
    throw new InvalidInput(
      x === undefined ? '--y needs the inputs it belongs to' : '--x needs the label it belongs to',
      'add --x with one number per input and --y with one per output',
    );
  }
  if (x !== undefined && y !== undefined) {
    requireCount('--x', x, inputs);
    requireCount('--y', y, outputs);
    return { inputs: [x], labels: [y] };
  }
  if (examples === undefined) return undefined;
  if (Object.hasOwn(gateExamples, examples)) {
    return stored(gateExamples[examples as keyof typeof gateExamples]);
  }
  if (!/[./\\]|^-$/.test(examples)) {
    throw new InvalidInput(
      `--examples: there is no gate ${JSON.stringify(examples)}`,
      suggest(examples, gates, `there are ${gates.join(', ')}; the name of a CSV file has a dot`),
    );
  }
  return readTable(examples, inputs, outputs);
}

/** @throws InvalidInput unless a flag has so many numbers */
export function requireCount(flag: string, values: readonly number[], count: number): void {
  if (values.length === count) return;
  throw new InvalidInput(`${flag} must have ${plural(count, 'value')}, got ${values.length}`);
}

async function readTable(file: string, inputs: number, outputs: number): Promise<StoredSamples> {
  const text = await readText(file);
  const table = reading(file, () => parseCsv(text));
  const { columns } = table;
  if (columns.length !== inputs + outputs) {
    throw InvalidFile.of(
      nameOf(file),
      `has ${plural(columns.length, 'column')}; ${plural(inputs, 'input')} and ${plural(outputs, 'label')} need ${inputs + outputs}`,
    );
  }
  const rows = reading(file, () => numericColumns(table, columns));
  return { inputs: rows.map((row) => row.slice(0, inputs)), labels: rows.map((row) => row.slice(inputs)) };
}
