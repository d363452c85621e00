import { csvText } from '../../simulate/csv.js';
import type { Outcome } from './outcome.js';
import type { SweepPlan } from './plan.js';
import { isCommon, isWhole } from './quantities.js';

/** What the cells of a column are; an empty one is `null`. */
export type ColumnKind = 'number' | 'whole' | 'flag' | 'text';

export interface TableColumn {
  name: string;
  kind: ColumnKind;
  /** An option that the design varies, what was kept, or what became of the case. */
  role: 'factor' | 'quantity' | 'case';
}

export type Cell = number | string | boolean | null;

/** One row for each case, in the order of the design. The same whoever ran them, and in which order. */
export interface SweepTable {
  columns: TableColumn[];
  rows: Cell[][];
}

/** @param outcomes by case; a case without one has the status `missing` */
export function sweepTable(plan: SweepPlan, outcomes: readonly (Outcome | undefined)[]): SweepTable {
  const { factors, cases } = plan;
  const valuesOf = (outcome: Outcome | undefined) =>
    outcome?.status === 'done' ? outcome.values : undefined;
  // Which metrics there are depends on the task: those that no case has get no column.
  const take = plan.take.filter(
    (quantity) =>
      isCommon(quantity) || outcomes.some((outcome) => valuesOf(outcome)?.[quantity.column] != null),
  );
  const optionsOf = (path: string) => cases.map((options) => options[path]);
  const kinds = factors.map(({ path, kind }): ColumnKind => {
    if (kind.type === 'word') return 'text';
    if (kind.type !== 'any') return kind.type;
    const given = optionsOf(path).filter((value) => value !== undefined);
    if (given.every((value) => typeof value === 'number')) return 'number';
    return given.every((value) => typeof value === 'boolean') ? 'flag' : 'text';
  });
  const columns = distinct([
    { name: 'case', kind: 'whole', role: 'case' },
    ...factors.map(({ name }, i): TableColumn => ({ name, kind: kinds[i], role: 'factor' })),
    { name: 'status', kind: 'text', role: 'case' },
    { name: 'error', kind: 'text', role: 'case' },
    ...take.map(
      (quantity): TableColumn => ({
        name: quantity.column,
        kind: isWhole(quantity) ? 'whole' : 'number',
        role: 'quantity',
      }),
    ),
  ]);
  const rows = cases.map((options, k): Cell[] => {
    const outcome = outcomes[k];
    const values = valuesOf(outcome);
    return [
      k + 1,
      ...factors.map(({ path }, i) => optionCell(options[path], kinds[i])),
      outcome?.status ?? 'missing',
      outcome === undefined || outcome.status === 'done' ? null : outcome.error,
      ...take.map(({ column }) => values?.[column] ?? null),
    ];
  });
  return { columns, rows };
}

function optionCell(value: unknown, kind: ColumnKind): Cell {
  if (value === undefined || value === null) return null;
  if (kind === 'text' && typeof value !== 'string') return JSON.stringify(value);
  return value as Cell;
}

/** Names of columns must differ: of two that are alike the later one is told by what it is. */
function distinct(columns: TableColumn[]): TableColumn[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let k = 2; seen.has(name); k++) name = `${column.name} (${column.role}${k > 2 ? ` ${k}` : ''})`;
    seen.add(name);
    return { ...column, name };
  });
}

/** A table as comma-separated values, in pieces; numbers to the last bit. */
export function* tableCsv({ columns, rows }: SweepTable): Generator<string> {
  yield csvText([columns.map(({ name }) => name)]);
  for (let first = 0; first < rows.length; first += ROWS) {
    yield csvText(
      rows.slice(first, first + ROWS).map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    );
  }
}

const ROWS = 2000;
