import type { SweepTable } from '../batch/node.js';
import { short } from './numbers.js';
import { median } from './reproduce-rows.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

/** Quantities that are summed up; the table has them all. */
const MOST = 16;

/** Each quantity's extent over the cases that were run to their end. */
export function summaryText(terminal: Terminal, { columns, rows }: SweepTable): string {
  const quantities = columns.flatMap(({ name, role }, c) => (role === 'quantity' ? [{ name, c }] : []));
  const lines = quantities.slice(0, MOST).map(({ name, c }) => {
    const values = rows.flatMap((row) => (typeof row[c] === 'number' ? [row[c]] : [])).sort((a, b) => a - b);
    if (values.length === 0) return [name, '–', '–', '–'];
    return [name, short(values[0]), short(median(values)), short(values[values.length - 1])];
  });
  const more = quantities.length - lines.length;
  return (
    table(terminal, ['', 'smallest', 'median', 'largest'], lines) +
    (more > 0 ? `\n ${terminal.ink.dim(`and ${more} more in the table`)}` : '')
  );
}
