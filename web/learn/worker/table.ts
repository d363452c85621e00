import { type CsvTable, DataError, parseCsv } from 'neural-crn/learning';
import type { TableSource } from './protocol';

/** A file of more bytes is not even read. */
const MOST_BYTES = 150e6;
/** Rows that a run uses at most: the chemistry learns some hundred a second. */
export const MOST_ROWS = 5000;
/** Longest text that the page keeps for links and exports, in characters. */
const MOST_KEPT = 2_000_000;

/** A table as a run uses it. */
export interface ReadTable {
  columns: string[];
  /** Rows in the file, and how many of them are used. */
  rows: number;
  used: number;
  text: string;
}

/**
 * Reads a table. Of one with too many rows evenly spaced ones are kept.
 * @throws (rejects) DataError for what is no table
 */
export async function readTable(source: TableSource): Promise<ReadTable> {
  if (typeof source !== 'string' && source.size > MOST_BYTES) {
    const size = Math.round(source.size / 1e6);
    throw new DataError('tooLarge' as DataError['code'], `the file has ${size} MB; up to 150 MB are read`);
  }
  const text = typeof source === 'string' ? source : await source.text();
  const table = parseCsv(text);
  const { columns, rows } = table;
  if (rows.length <= MOST_ROWS && text.length <= MOST_KEPT)
    return { columns, rows: rows.length, used: rows.length, text };
  const step = Math.max(1, rows.length / MOST_ROWS);
  const kept = Array.from({ length: Math.min(rows.length, MOST_ROWS) }, (_, k) => rows[Math.floor(k * step)]);
  return { columns, rows: rows.length, used: kept.length, text: printTable(table, kept) };
}

function printTable({ columns }: CsvTable, rows: readonly string[][]): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
  return `${[columns, ...rows].map(line).join('\n')}\n`;
}
