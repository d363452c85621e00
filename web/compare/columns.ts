import type { CompareRow, Extent, SuccessRate } from 'neural-crn/compare';
import { durationText } from 'neural-crn/lab';

/** A row as it is stored: of an older or a newer version it may have other parts. */
export type StoredRow = Pick<CompareRow, 'system' | 'title' | 'problem' | 'size'> &
  Partial<CompareRow> & { volumes?: ({ volume: number } & SuccessRate)[] };

/** The stored table, as `neural-crn compare` writes it. */
export interface StoredComparison {
  seeds: number[];
  rows: StoredRow[];
  without: { title: string; problem: string; reason: string }[];
}

/** A column: what stands in a cell, and by what rows are sorted. */
export interface Column {
  name: string;
  title: string;
  /** Said by the pointer, and read out with the title. */
  about?: string;
  text: (row: StoredRow) => string;
  value: (row: StoredRow) => number | string | null;
}

export type TableName = 'made' | 'came' | 'off';

const NONE = '–';
const number = (value: number, digits = 3): string =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5)
    ? Number(value.toPrecision(digits)).toLocaleString('en')
    : value.toExponential(1);
const percent = (part: number) => `${Math.round(100 * part)}`;
const rate = (success: SuccessRate | null | undefined): string =>
  success ? `${success.reached}/${success.runs} (${success.interval.map(percent).join('–')} %)` : NONE;
const middle = (extent: Extent | null | undefined, text: (value: number) => string = number): string =>
  extent ? text(extent.median) : NONE;

const count = (
  name: string,
  title: string,
  about: string,
  of: (row: StoredRow) => number | undefined,
): Column => ({
  name,
  title,
  about,
  text: (row) => {
    const value = of(row);
    return value === undefined ? NONE : number(value);
  },
  value: (row) => of(row) ?? null,
});

const success = (
  name: string,
  title: string,
  about: string,
  of: (row: StoredRow) => SuccessRate | null | undefined,
): Column => ({
  name,
  title,
  about,
  text: (row) => rate(of(row)),
  value: (row) => of(row)?.rate ?? null,
});

const extent = (
  name: string,
  title: string,
  about: string,
  of: (row: StoredRow) => Extent | null | undefined,
  text?: (value: number) => string,
): Column => ({
  name,
  title,
  about,
  text: (row) => middle(of(row), text),
  value: (row) => of(row)?.median ?? null,
});

const MADE: readonly Column[] = [
  { name: 'network', title: 'Network', text: ({ size }) => size.network, value: ({ size }) => size.network },
  count('species', 'Species', 'how many there are', ({ size }) => size.species),
  count('reactions', 'Reactions', 'how many there are', ({ size }) => size.reactions),
  count('order', 'Order', 'most molecules of one reaction', ({ size }) => size.molecularity.length - 1),
  count('phases', 'Phases', 'of one step', ({ size }) => size.phases),
  { name: 'clock', title: 'Clock', text: ({ size }) => size.clock, value: ({ size }) => size.clock },
  count('constants', 'Constants', 'different rate constants', ({ size }) => size.constants),
  count('range', 'Range', 'largest constant over smallest', ({ size }) => size.range),
];

const CAME: readonly Column[] = [
  success('success', 'Success', 'starts that meet the goal, with an interval of 95 %', (row) => row.success),
  success('ideal', 'Ideal', 'the same starts by the algorithm on plain numbers', (row) => row.idealSuccess),
  extent('epochs', 'Epochs', 'until the goal is met, median', (row) => row.epochs),
  extent(
    'lab',
    'Lab time',
    '1 is 100 nM, the largest constant 1e6 /M/s',
    (row) => row.labSeconds,
    durationText,
  ),
  {
    name: 'right',
    title: 'Right, left',
    about: 'part decided rightly, or part of the variance that is left',
    text: ({ right, left }) => (right ? `${number(100 * right.median)} %` : middle(left)),
    value: ({ right, left }) => right?.median ?? (left ? -left.median : null),
  },
  {
    name: 'step',
    title: 'Step',
    about: 'difference from the ideal step, median and largest',
    text: ({ stepDifference: step }) => (step ? `${number(step.median, 2)} (${number(step.most, 2)})` : NONE),
    value: ({ stepDifference }) => stepDifference?.median ?? null,
  },
  count('solver', 'Solver', 'integration steps for a row', ({ solverSteps }) => solverSteps ?? undefined),
];

/** Columns of one of the three tables; how far constants were off, and how few molecules there were, is the rows' to say. */
export function columnsOf(table: TableName, rows: readonly StoredRow[]): readonly Column[] {
  if (table === 'made') return MADE;
  if (table === 'came') return CAME;
  const sigmas = distinct(rows.flatMap(({ mismatch = [] }) => mismatch.map(({ sigma }) => sigma)));
  const volumes = distinct(rows.flatMap(({ volumes = [] }) => volumes.map(({ volume }) => volume))).reverse();
  return [
    success('designed', 'As designed', 'all rate constants as they should be', (row) => row.success),
    ...sigmas.map((sigma) =>
      success(
        `off-${sigma}`,
        `±${number(100 * sigma)} %`,
        'every rate constant has a log-normal factor of that size',
        ({ mismatch = [] }) => mismatch.find((one) => one.sigma === sigma),
      ),
    ),
    ...volumes.map((volume) =>
      success(
        `molecules-${volume}`,
        `${number(volume)} molecules`,
        'whole molecules, so many to a concentration of 1',
        ({ volumes = [] }) => volumes.find((one) => one.volume === volume),
      ),
    ),
  ];
}

const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Rows in the order of a column; what it does not say comes last, whichever way. */
export function sorted(rows: readonly StoredRow[], column: Column | undefined, isDown: boolean): StoredRow[] {
  if (column === undefined) return [...rows];
  return [...rows].sort((a, b) => {
    const [first, second] = [column.value(a), column.value(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    const order =
      typeof first === 'number' && typeof second === 'number'
        ? first - second
        : String(first).localeCompare(String(second), 'en');
    return isDown ? -order : order;
  });
}

const LEARNED: Readonly<Record<string, string>> = {
  xor: 'xor',
  or: 'or',
  linear: 'linear-regression',
  iris: 'iris',
};
const SIMULATED = ['bfcnn', 'lakin', 'perceptron', 'perturbation', 'one-pot', 'rate-independent', 'hebbian'];

/** Where a system runs in the page; undefined for one that does not. */
export function placeOf({ system, problem }: StoredRow): string | undefined {
  if (system === 'neural') return LEARNED[problem] && `#learn?task=${LEARNED[problem]}`;
  return SIMULATED.includes(system) ? `#simulate?preset=${system}` : undefined;
}
