import { stripVTControlCharacters } from 'node:util';
import type { TrainingResult } from '../learning/index.js';
import { decisionNames } from './confusion-figure.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

/** The confusion matrix of the validation examples as a table; empty where it is none or too wide to be read. */
export function confusionTable(terminal: Terminal, { metrics, task }: TrainingResult): string {
  const names = decisionNames(task);
  const { confusion } = metrics;
  if (names === undefined || confusion === undefined) return '';
  const text = table(
    terminal,
    ['validation, taken for', ...names],
    confusion.map((row, k) => [names[k], ...row.map(String)]),
  );
  const lines = stripVTControlCharacters(text).split('\n');
  return lines.every((line) => line.length <= terminal.width) ? `\n\n${text}` : '';
}
