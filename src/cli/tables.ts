import Table from 'cli-table3';
import type { Terminal } from './terminal.js';

const none = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: ' ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** Rows under a head, without lines: the first column to the left, the others to the right. */
export function table(terminal: Terminal, head: string[], rows: string[][]): string {
  const { ink } = terminal;
  const made = new Table({
    head: head.map((text) => ink.dim(text)),
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    chars: none,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
  });
  made.push(...rows);
  return trimLines(made.toString());
}

const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

/** Breaks text into lines of at most `width` characters, at white space only. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** Label and value on a line, the values in one column and wrapped within it. */
export function facts(terminal: Terminal, entries: [string, string | string[]][]): string {
  const column = Math.max(...entries.map(([label]) => label.length)) + 4;
  const hanging = 2;
  return entries
    .map(([label, value]) => {
      const lines = (Array.isArray(value) ? value : [value]).flatMap((one) =>
        wrap(one, terminal.width - column - hanging).map((line, i) =>
          i === 0 ? line : ' '.repeat(hanging) + line,
        ),
      );
      return `  ${terminal.ink.dim(label)}${' '.repeat(column - 2 - label.length)}${lines.join(`\n${' '.repeat(column)}`)}`;
    })
    .join('\n');
}
