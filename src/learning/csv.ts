import { DataError, type Samples } from './data.js';

/** A table of text cells as it stands in a file. */
export interface CsvTable {
  /** Column names: the file's header, or `column1`, `column2`, … when it has none. */
  columns: string[];
  /** Cells, row by row, trimmed. */
  rows: string[][];
  /** Line of the file (from 1) on which each row begins. */
  lines: number[];
  delimiter: Delimiter;
  hasHeader: boolean;
}

export type Delimiter = ',' | ';' | '\t';

export interface CsvOptions {
  /** Default `'auto'`: the most frequent of `,` `;` and tab in the first line, outside quotes. */
  delimiter?: Delimiter | 'auto';
  /** Whether the first line names the columns. Default `'auto'`: it does unless all its cells are numbers. */
  header?: boolean | 'auto';
}

export interface ReadCsvOptions extends CsvOptions {
  /** Name of the label's column (without a header: `column3`). */
  target: string;
  /** Columns to learn from. Default: all but the target. */
  features?: readonly string[];
}

/** Numbers read from a table, with the names they belong to. */
export interface CsvData extends Samples {
  features: string[];
  target: string;
  /** Names of the classes whose numbers the targets are; left out where targets are values. */
  classes?: string[];
  /** Line of the file (from 1) of each example. */
  lines: number[];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);

/**
 * Reads a table of text: RFC 4180 quotes, a byte order mark, any line end, blank lines skipped.
 *
 * @throws DataError `empty`, `binary`, `unterminatedQuote`, `ragged`, `duplicateColumn` or `noRows`
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (source.trim() === '') throw new DataError('empty', 'the file is empty');
  const odd = source.search(/[\0\ufffd]/);
  if (odd >= 0) {
    const line = source.slice(0, odd).split(/\r\n|\r|\n/).length;
    throw new DataError('binary', `line ${line}: not text (is this a CSV file in UTF-8?)`, { line });
  }
  const requested = options.delimiter ?? 'auto';
  const delimiter = requested === 'auto' ? guessDelimiter(source) : requested;
  const { records, lines } = splitRecords(source, delimiter);
  if (records.length === 0) throw new DataError('empty', 'the file is empty');

  const first = records[0];
  const header = options.header ?? 'auto';
  const hasHeader = header === 'auto' ? !first.every((cell) => NUMBER.test(cell)) : header;
  const columns = hasHeader ? first : first.map((_, i) => `column${i + 1}`);
  if (hasHeader) checkHeader(columns, lines[0]);
  const rows = hasHeader ? records.slice(1) : records;
  const rowLines = hasHeader ? lines.slice(1) : lines;
  if (rows.length === 0) throw new DataError('noRows', 'the file has a header but no rows');
  rows.forEach((row, i) => {
    if (row.length === columns.length) return;
    const line = rowLines[i];
    throw new DataError(
      'ragged',
      `line ${line}: ${row.length} cell${row.length === 1 ? '' : 's'}, but the table has ${columns.length} columns`,
      { line },
    );
  });
  return { columns, rows, lines: rowLines, delimiter, hasHeader };
}

/**
 * Reads examples from CSV text: one label column, the others features.
 *
 * @throws DataError with the line, column and value of what cannot be used
 */
export function readCsv(text: string, options: ReadCsvOptions): CsvData {
  const table = parseCsv(text, options);
  const { target } = options;
  const features = featureColumns(table, options);
  const numbers = numericColumns(table, [...features, target]);
  const inputs = numbers.map((row) => row.slice(0, -1));
  const targets = numbers.map((row) => row[features.length]);
  return { inputs, targets, features, target, lines: table.lines };
}

/** Names of the columns to learn from. @throws DataError `unknownColumn` or `noFeatures` */
export function featureColumns(
  table: CsvTable,
  { target, features = table.columns.filter((name) => name !== target) }: ReadCsvOptions,
): string[] {
  requireColumns(table, [target]);
  if (features.length > 0) return [...features];
  throw new DataError(
    'noFeatures',
    `there is no column to learn from beside the target "${target}" (delimiter ${show(table.delimiter)})`,
  );
}

/** Whether a cell is a number, and whether it stands for a value that is not there. */
export const isNumber = (cell: string): boolean => NUMBER.test(cell);
export const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());

/**
 * Numbers of the named columns, row by row.
 *
 * @throws DataError `unknownColumn`, `missingValue` or `notNumeric`, with line, column and value
 */
export function numericColumns(table: CsvTable, names: readonly string[]): number[][] {
  requireColumns(table, names);
  const places = names.map((name) => table.columns.indexOf(name));
  const findings: DataError[] = [];
  const numbers = table.rows.map((row, r) =>
    places.map((place, c) => {
      const read = readNumber(row[place], { line: table.lines[r], column: names[c] });
      if (!(read instanceof DataError)) return read;
      findings.push(read);
      return Number.NaN;
    }),
  );
  if (findings.length > 0) throw together(findings);
  return numbers;
}

/** Findings spelled out in one message; the others are counted. */
const LISTED = 8;

/** All unusable cells in one error, which is otherwise that of the first. */
function together(findings: readonly DataError[]): DataError {
  const [first] = findings;
  if (findings.length === 1) return first;
  const more = findings.length - LISTED;
  const listed = findings.slice(0, LISTED).map(({ message }) => message);
  const message = `${findings.length} cells cannot be used: ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  return new DataError(first.code, message, { line: first.line, column: first.column, value: first.value });
}

function requireColumns(table: CsvTable, names: readonly string[]): void {
  for (const column of names) {
    if (table.columns.includes(column)) continue;
    const more = table.columns.length > 30 ? `, … (${table.columns.length} in all)` : '';
    const known =
      table.columns
        .slice(0, 30)
        .map((name) => `"${clip(name)}"`)
        .join(', ') + more;
    const hint = table.hasHeader ? '' : ' (the first line is all numbers, so it was not taken as a header)';
    throw new DataError('unknownColumn', `there is no column "${column}"; the columns are ${known}${hint}`, {
      column,
    });
  }
}

function readNumber(cell: string, at: { line: number; column: string }): number | DataError {
  const where = `line ${at.line}, column "${at.column}"`;
  if (isMissing(cell)) {
    return new DataError(
      'missingValue',
      `${where}: the value is missing${cell === '' ? '' : ` ("${cell}")`}`,
      {
        ...at,
        value: cell,
      },
    );
  }
  const value = isNumber(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) {
    const hint = /^[+-]?\d+,\d+$/.test(cell) ? '; write decimals with a point' : '';
    return new DataError('notNumeric', `${where}: "${clip(cell)}" is not a finite number${hint}`, {
      ...at,
      value: cell,
    });
  }
  return value;
}

function checkHeader(columns: string[], line: number): void {
  const seen = new Set<string>();
  columns.forEach((name, i) => {
    if (name === '') {
      throw new DataError('missingValue', `line ${line}: column ${i + 1} has no name`, { line });
    }
    if (seen.has(name)) {
      throw new DataError('duplicateColumn', `line ${line}: there are two columns "${clip(name)}"`, {
        line,
        column: name,
      });
    }
    seen.add(name);
  });
}

function guessDelimiter(source: string): Delimiter {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const char of source.trimStart()) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) break;
    else if (!quoted && char in counts) counts[char as Delimiter]++;
  }
  let best: Delimiter = ',';
  for (const candidate of [';', '\t'] as const) if (counts[candidate] > counts[best]) best = candidate;
  return best;
}

function splitRecords(source: string, delimiter: Delimiter): { records: string[][]; lines: number[] } {
  const records: string[][] = [];
  const lines: number[] = [];
  let line = 1;
  let position = 0;
  while (position < source.length) {
    const startLine = line;
    const cells: string[] = [];
    for (;;) {
      const cell = readCell(source, position, delimiter, line);
      cells.push(cell.text);
      position = cell.end;
      line += cell.newlines;
      if (source[position] !== delimiter) break;
      position++;
    }
    if (source[position] === '\r' && source[position + 1] === '\n') position++;
    position++;
    line++;
    if (cells.length === 1 && cells[0] === '') continue;
    records.push(cells);
    lines.push(startLine);
  }
  return { records, lines };
}

/** One cell from `start` on; `end` is at the delimiter or line end after it. */
function readCell(
  source: string,
  start: number,
  delimiter: Delimiter,
  line: number,
): { text: string; end: number; newlines: number } {
  let position = start;
  while (source[position] === ' ') position++;
  if (source[position] !== '"') {
    while (position < source.length && !isEnd(source[position], delimiter)) position++;
    return { text: source.slice(start, position).trim(), end: position, newlines: 0 };
  }
  const pieces: string[] = [];
  let newlines = 0;
  position++;
  for (;;) {
    const close = source.indexOf('"', position);
    if (close < 0) {
      throw new DataError('unterminatedQuote', `line ${line}: a quoted cell is never closed`, { line });
    }
    const piece = source.slice(position, close);
    newlines += piece.match(/\r\n|\r|\n/g)?.length ?? 0;
    pieces.push(piece);
    position = close + 1;
    if (source[position] !== '"') break;
    pieces.push('"');
    position++;
  }
  // What follows a closing quote is kept as text, so that "1"2 is reported as not numeric instead of being read as 1.
  const rest = position;
  while (position < source.length && !isEnd(source[position], delimiter)) position++;
  return { text: (pieces.join('') + source.slice(rest, position)).trim(), end: position, newlines };
}

function isEnd(char: string, delimiter: Delimiter): boolean {
  return char === delimiter || char === '\n' || char === '\r';
}

function show(delimiter: Delimiter): string {
  return delimiter === '\t' ? 'tab' : `"${delimiter}"`;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
