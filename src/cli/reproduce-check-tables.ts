import { grouped } from './grouped.js';
import { markdownPage, type PageTable } from './markdown.js';
import { short } from './numbers.js';
import { duration, NONE } from './reproduce-cells.js';
import type { CheckRow } from './reproduce-checks.js';
import { table, wrap } from './tables.js';
import type { Terminal } from './terminal.js';

/** Digits of a number in a table. */
const DIGITS = 3;
/** Of so small a number, one digit less: its power of ten says most. */
const SMALL = 1e-3;
const figure = (value: number): string => short(value, Math.abs(value) < SMALL ? DIGITS - 1 : DIGITS);

/** What is judged, with the range of the seeds where they differ. */
function measuredText({ measured, over }: CheckRow): string {
  if (measured === null) return NONE;
  const { least, most } = measured;
  const middle = figure(over === 'mean' ? measured.mean : measured.median);
  return least === most ? middle : `${middle} (${figure(least)}–${figure(most)})`;
}

const wantedText = ({ wanted }: Pick<CheckRow, 'wanted'>): string =>
  typeof wanted === 'number' ? figure(wanted) : wanted.map(figure).join('–');

/** How far from what is wanted the number may lie. */
function toleranceText({ tolerance, wanted, bounds }: CheckRow, digits = 2): string {
  if (tolerance.kind === 'atMost') return 'at most';
  if (tolerance.kind === 'atLeast') return 'at least';
  if (bounds.most === null) return 'two seeds at least';
  const room = bounds.most - (typeof wanted === 'number' ? wanted : wanted[1]);
  return room === 0 ? 'exactly' : `± ${short(room, digits)}`;
}

/** Both in one cell. */
function wantedWithin(row: CheckRow): string {
  const wanted = wantedText(row);
  const tolerance = toleranceText(row, 1);
  if (tolerance === 'at most') return `≤ ${wanted}`;
  if (tolerance === 'at least') return `≥ ${wanted}`;
  return tolerance.startsWith('±') ? `${wanted} ${tolerance}` : wanted;
}

const seedsText = ({ seeds, missing, runs }: CheckRow): string =>
  missing === 0 ? seeds : `${seeds}, ${runs.length} of ${runs.length + missing}`;

/** What the words of the table mean. */
export const checkExplanations: readonly string[] = [
  'Numbers that are known beforehand, measured anew. wanted: what the authors say, the independent simulation of our ' +
    'specification, or mathematics, and how far from it the number may be; what is wanted of random runs may be missed by ' +
    'three standard errors. measured: median over the seeds, or mean (range); of what either holds or does not, the part ' +
    'of the seeds in which it holds. Some numbers must be as wanted with every seed. verdict: within, out, or open where there ' +
    'are too few runs.',
];

/** What the recipes are. */
export const checkRemarks = (rows: readonly CheckRow[]): string[] => [
  ...new Set(rows.map(({ experiment, recipe, about }) => `${experiment} ${recipe}: ${about}`)),
];

/** One line for each number and group of seeds. */
export function checkPageTable(rows: readonly CheckRow[]): PageTable {
  return {
    columns: [
      ...['experiment', 'recipe', 'reactions of', 'seeds', 'number', 'by'],
      ...['wanted', 'tolerance', 'measured', 'of', 'verdict', 'time'],
    ],
    rows: rows.map((row) => [
      ...[row.experiment, row.recipe, row.origin, seedsText(row), row.number, row.by],
      ...[wantedText(row), toleranceText(row), measuredText(row), row.over, row.verdict, duration(row)],
    ]),
    names: 6,
  };
}

/** The table as Markdown. */
export const checkMarkdown = (rows: readonly CheckRow[]): string =>
  markdownPage([checkPageTable(rows)], checkExplanations, checkRemarks(rows));

/** The table for a terminal: at most 80 columns. */
export function checkTableText(terminal: Terminal, rows: readonly CheckRow[]): string {
  const { ink } = terminal;
  const coloured = ({ verdict }: CheckRow) =>
    verdict === 'out' ? ink.red(verdict) : verdict === 'open' ? ink.dim(verdict) : verdict;
  const parts = grouped(rows, ({ experiment, recipe, seeds }) => [experiment, recipe, seeds]).map(
    (section) => {
      const [first] = section;
      const { experiment, recipe, about, missing, runs } = first;
      return [
        ...wrap(`${ink.bold(`${experiment} ${recipe}`)}: ${about}`, 78),
        ink.dim(`seeds ${first.seeds}; ${duration(first)} each`),
        table(
          terminal,
          ['number', 'wanted', 'measured', 'verdict'],
          section.map((row) => [row.number, wantedWithin(row), measuredText(row), coloured(row)]),
        ),
        ...(missing > 0 ? [`  ${missing} of ${missing + runs.length} seeds are missing`] : []),
      ].join('\n');
    },
  );
  const notes = checkExplanations.flatMap((note) =>
    wrap(note, 78).map((text, i) => (i === 0 ? text : `  ${text}`)),
  );
  return `\n${parts.join('\n\n')}\n\n${ink.dim(notes.join('\n'))}\n`;
}

/** The table for a spreadsheet: plain numbers, an empty cell for what there is none of. */
export function checkCsvRows(rows: readonly CheckRow[]): string[][] {
  const text = (value: number | string | null | undefined) => (value == null ? '' : String(value));
  return [
    [
      ...['experiment', 'recipe', 'system', 'origin', 'seeds', 'number', 'by', 'wanted_least', 'wanted_most'],
      ...['over', 'median', 'mean', 'least', 'most', 'allowed_least', 'allowed_most', 'verdict'],
      ...['seconds', 'runs', 'failed', 'missing'],
    ],
    ...rows.map((row) => {
      const { wanted, measured, bounds, runs } = row;
      return [
        ...[row.experiment, row.recipe, row.system, row.origin, row.seeds, row.number, row.by],
        ...(typeof wanted === 'number' ? [wanted, wanted] : wanted),
        ...[row.over, measured?.median, measured?.mean, measured?.least, measured?.most],
        ...[bounds.least, bounds.most, row.verdict, row.seconds],
        ...[runs.length, runs.filter(({ failure }) => failure !== undefined).length, row.missing],
      ].map(text);
    }),
  ];
}
