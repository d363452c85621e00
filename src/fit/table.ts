import { type CsvTable, isMissing, isNumber } from '../learning/csv.js';
import { DataError } from '../learning/data.js';
import type { Network } from '../network/model.js';
import { suggest } from '../network/nearest.js';
import type { Experiment } from './types.js';

/** What a column of a table of measurements is. */
type Meaning =
  | { kind: 'time' | 'experiment' }
  | { kind: 'value' | 'sigma' | 'initial' | 'parameter'; name: string };

/**
 * Reads measurements from a table: a column `time`, and one for each species or observable that was measured, whose cells
 * may be empty. A column `sigma:NAME` holds standard deviations; `experiment` names the experiment of a row; `init:SPECIES`
 * and `param:NAME` say how an experiment differs from the network, by one number in all of its rows.
 *
 * @param table as `parseCsv` of neural-crn/learning gives it
 * @param from where the runs start, before which nothing can be measured. Default 0
 * @returns the experiments in the order in which they first appear
 * @throws DataError naming line, column and value of what cannot be used
 */
export function experimentsOf(network: Network, table: CsvTable, from = 0): Experiment[] {
  const meanings = table.columns.map((column) => meaningOf(network, table, column));
  const place = (kind: Meaning['kind']) => meanings.findIndex((one) => one.kind === kind);
  const time = place('time');
  if (time < 0) {
    throw new DataError('unknownColumn', `there is no column "time"; there are ${table.columns.join(', ')}`, {
      column: 'time',
    });
  }
  if (place('value') < 0) {
    throw new DataError(
      'noFeatures',
      `there is no column of measurements: none of ${table.columns.join(', ')} is a species or observable of the network`,
    );
  }
  const cells = new Cells(table);
  const label = place('experiment');
  const groups = new Map<string, number[]>();
  table.rows.forEach((row, r) => {
    const name = label < 0 ? '' : row[label];
    if (label >= 0 && name === '') throw cells.error(r, label, 'the experiment is missing');
    const rows = groups.get(name);
    if (rows) rows.push(r);
    else groups.set(name, [r]);
  });
  return [...groups].map(([name, rows]) => experimentOf(name, rows, meanings, cells, { time, from }));
}

function experimentOf(
  name: string,
  rows: readonly number[],
  meanings: readonly Meaning[],
  cells: Cells,
  { time, from }: { time: number; from: number },
): Experiment {
  const values: Record<string, number[]> = {};
  const sigma: Record<string, number[]> = {};
  const initial: Record<string, number> = {};
  const parameters: Record<string, number> = {};
  meanings.forEach((meaning, column) => {
    switch (meaning.kind) {
      case 'value':
        values[meaning.name] = rows.map((r) => cells.number(r, column) ?? Number.NaN);
        break;
      case 'sigma':
        sigma[meaning.name] = rows.map((r) => cells.sigma(r, column, meaning.name));
        break;
      case 'initial':
      case 'parameter': {
        const value = cells.common(rows, column, meaning.kind === 'initial');
        if (value === undefined) break;
        if (meaning.kind === 'initial') initial[meaning.name] = value;
        else parameters[meaning.name] = value;
      }
    }
  });
  return {
    ...(name !== '' && { name }),
    times: rows.map((r) => cells.timeAt(r, time, from)),
    values,
    ...(Object.keys(sigma).length > 0 && { sigma }),
    ...(Object.keys(initial).length > 0 && { initial }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

/** The cells of a table as numbers. */
class Cells {
  constructor(private readonly table: CsvTable) {}

  error(row: number, column: number, what: string): DataError {
    const { lines, columns, rows } = this.table;
    const at = { line: lines[row], column: columns[column], value: rows[row][column] };
    return new DataError('notNumeric', `line ${at.line}, column "${at.column}": ${what}`, at);
  }

  /** Undefined where nothing is. */
  number(row: number, column: number): number | undefined {
    const cell = this.table.rows[row][column];
    if (isMissing(cell)) return undefined;
    const value = isNumber(cell) ? Number(cell) : Number.NaN;
    if (Number.isFinite(value)) return value;
    throw this.error(
      row,
      column,
      `"${cell}" is not a finite number; leave the cell empty where nothing was measured`,
    );
  }

  timeAt(row: number, column: number, from: number): number {
    const value = this.number(row, column);
    if (value === undefined) throw this.error(row, column, 'the time is missing');
    if (value < from) throw this.error(row, column, `${value} is before the run, which starts at ${from}`);
    return value;
  }

  /** A standard deviation, which a measurement beside it needs. */
  sigma(row: number, column: number, of: string): number {
    const value = this.number(row, column);
    if (value !== undefined && value > 0) return value;
    const { columns } = this.table;
    if (value === undefined && this.number(row, columns.indexOf(of)) === undefined) return 1;
    const what =
      value === undefined ? 'the standard deviation is missing' : `the standard deviation is ${value}`;
    throw this.error(row, column, `${what}; it must be greater than 0`);
  }

  /** The one number of a column in some rows; undefined where none has any. */
  common(rows: readonly number[], column: number, isConcentration: boolean): number | undefined {
    let found: number | undefined;
    for (const r of rows) {
      const value = this.number(r, column);
      if (value === undefined) continue;
      if (isConcentration && value < 0) {
        throw this.error(r, column, `${value} is no concentration: it must not be negative`);
      }
      if (found !== undefined && value !== found) {
        throw this.error(r, column, `${value} after ${found}: an experiment has one value in all its rows`);
      }
      found = value;
    }
    return found;
  }
}

function meaningOf(network: Network, { columns }: CsvTable, column: string): Meaning {
  const species = network.species.map(({ name }) => name);
  const measurable = [...species, ...(network.observables ?? []).map(({ name }) => name)];
  if (measurable.includes(column)) return { kind: 'value', name: column };
  if (column === 'time' || column === 'experiment') return { kind: column };
  const colon = column.indexOf(':');
  const [kind, name] = [column.slice(0, Math.max(0, colon)), column.slice(colon + 1)];
  const known: Record<string, { kind: 'sigma' | 'initial' | 'parameter'; names: string[]; what: string }> = {
    sigma: {
      kind: 'sigma',
      names: columns.filter((one) => measurable.includes(one)),
      what: 'measured column',
    },
    init: { kind: 'initial', names: species, what: 'species' },
    param: { kind: 'parameter', names: network.parameters.map((one) => one.name), what: 'parameter' },
  };
  const found = Object.hasOwn(known, kind) ? known[kind] : undefined;
  if (found === undefined) {
    const hint = suggest(column, measurable, `the network has ${listed(measurable)}`);
    throw new DataError(
      'unknownColumn',
      `column "${column}" is not time, experiment, a species or observable, sigma:NAME, init:SPECIES or param:NAME; ${hint}`,
      { column },
    );
  }
  if (found.names.includes(name)) return { kind: found.kind, name };
  throw new DataError(
    'unknownColumn',
    `column "${column}": there is no ${found.what} "${name}"; ${suggest(name, found.names, `there are ${listed(found.names)}`)}`,
    { column },
  );
}

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'none'
    : names.length > 12
      ? `${names.slice(0, 12).join(', ')}, … (${names.length})`
      : names.join(', ');
