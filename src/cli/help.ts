import type { Command } from 'commander';
import { wrap } from './tables.js';

/** Columns of help, as many as Commander takes where it does not know better. */
const WIDTH = 80;

/** Adds commands to a command's help; what is too long is continued as a shell reads it, before a flag or a pipe. */
export const addExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText(
    'after',
    `\nExample${examples.length === 1 ? '' : 's'}:\n${examples.map((one) => continued(`neural-crn ${one}`)).join('\n')}`,
  );

function continued(example: string): string {
  const lines: string[] = [];
  let line = '  ';
  for (const piece of example.split(/ (?=--|\| )/)) {
    const longer = line.trim() === '' ? line + piece : `${line} ${piece}`;
    // Room is kept for the sign that the command goes on.
    if (longer.length <= WIDTH - ' \\'.length) line = longer;
    else {
      lines.push(`${line} \\\n`);
      line = `    ${piece}`;
    }
  }
  return `${lines.join('')}${line}`;
}

/** `  name: a, b, c`, in as many lines as that needs. */
export function namedList(name: string, values: readonly string[]): string {
  const lines = wrap(`${name}: ${values.join(', ')}`, WIDTH - '    '.length);
  return `  ${lines.join('\n    ')}`;
}
