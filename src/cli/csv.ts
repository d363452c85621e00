import type { Option } from 'commander';
import type { CsvOptions, Delimiter } from '../learning/index.js';
import { InvalidInput } from './failures.js';
import { parsedOption } from './options.js';

export type DelimiterFlag = Delimiter | 'auto';

const delimiters: Record<string, DelimiterFlag> = {
  ',': ',',
  ';': ';',
  '\t': '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  tab: '\t',
  auto: 'auto',
};

export const delimiterOption = (): Option =>
  parsedOption<DelimiterFlag>(
    '--delimiter <D>',
    'between cells of the CSV file: comma, semicolon, tab or auto (default: auto)',
    (flag, text) => {
      const found = Object.hasOwn(delimiters, text) ? delimiters[text] : undefined;
      if (found === undefined) {
        throw new InvalidInput(`${flag} must be comma, semicolon, tab or auto, not ${JSON.stringify(text)}`);
      }
      return found;
    },
  );

export const delimiterOf = (flag: DelimiterFlag | undefined): NonNullable<CsvOptions['delimiter']> =>
  flag ?? 'auto';

/** Lines of cells, quoted where they must be. */
export function writeCsv(rows: string[][], delimiter: Delimiter): string {
  const cell = (text: string) =>
    text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}
