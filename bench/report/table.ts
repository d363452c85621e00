/** What a suite shows: cells are text already. */
export interface Table {
  title: string;
  head: string[];
  rows: string[][];
}

/**
 * A Markdown table with its columns lined up, the first to the left and the others to the right.
 * @throws RangeError when a row is not as long as the head
 */
export function markdownTable({ head, rows }: Pick<Table, 'head' | 'rows'>): string {
  for (const row of rows) {
    if (row.length !== head.length) {
      throw new RangeError(
        `a row has ${row.length} cells where the head has ${head.length}: ${row.join(', ')}`,
      );
    }
  }
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, c) => Math.max(3, ...cells.map((row) => [...row[c]].length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, c) => (c === 0 ? cell + fill(cell, widths[c]) : fill(cell, widths[c]) + cell)).join(' | ')} |`;
  const rule = widths.map((width, c) => (c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(cells[0]), `| ${rule.join(' | ')} |`, ...cells.slice(1).map(line)].join('\n');
}

const fill = (cell: string, width: number): string => ' '.repeat(width - [...cell].length);
