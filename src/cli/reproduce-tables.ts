import { seconds as span } from './numbers.js';
import { LEARNED, type Row } from './reproduce-rows.js';
import { wrap } from './tables.js';
import type { Terminal } from './terminal.js';

/** Columns between two cells of the printed table. */
const GAP = 2;
const NONE = '–';

/** A figure alone: losses to four decimals, or fewer digits for large ones; accuracies in per cent. */
function figure(row: Row, value: number | null, decimals = 3): string {
  if (value === null) return row.measure === 'validation loss' ? '∞' : '0.0';
  if (row.measure !== 'validation loss') return value >= 0.9995 ? '100' : (100 * value).toFixed(1);
  return value >= 1000 ? value.toExponential(1) : value >= 10 ? value.toFixed(1) : value.toFixed(decimals);
}

const authors = (row: Row, decimals?: number): string =>
  row.authors === null ? NONE : figure(row, row.authors, decimals);

const spread = (row: Row, decimals?: number): string => {
  const { median, best, worst } = row;
  const lossy = row.measure === 'validation loss';
  const [low, high] = lossy ? [best, worst] : [worst, best];
  return `${figure(row, median, decimals)} (${figure(row, low, decimals)}–${figure(row, high, decimals)})`;
};

const size = ([least, most]: [number, number]): string =>
  least === most ? String(least) : `${least}–${most}`;

/** Shorter than elsewhere: at most seven characters. */
function duration({ seconds }: Row): string {
  if (seconds < 60) return span(1000 * seconds);
  const minutes = seconds / 60;
  return minutes < 100 ? `${minutes.toPrecision(2)} min` : `${(minutes / 60).toPrecision(2)} h`;
}

const good = ({ successRate, runs }: Row): string =>
  successRate === null ? NONE : `${Math.round(successRate * runs.length)}/${runs.length}`;

/** Marked where the settings are not the authors'. */
const marked = ({ settings, changed }: Row, name: string): string =>
  settings === 'authors' && !changed ? name : `${name}*`;

const measureText = (row: Row): string =>
  row.measure === 'validation loss'
    ? 'validation loss, mean of ½e²'
    : `${row.measure}, % (good: seeds ≥ ${100 * LEARNED} %)`;

/** Rows by experiment and group of seeds. */
function sections(rows: readonly Row[]): Row[][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.experiment}\n${row.seeds}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

function clockRemark({ clock, seeds, scheduledRatio }: Row): string {
  if (clock === null) return '';
  if (scheduledRatio === null) return `; ${clock}`;
  return `; ${clock}; seeds ${seeds}: losses are ×${scheduledRatio.toPrecision(4)} those under a schedule (median)`;
}

/** What the models are; marked are those whose settings are not the authors'. */
export function remarks(rows: readonly Row[]): string[] {
  const models = new Set(
    rows.map(
      (row) => `${row.settings === 'authors' ? '' : '* '}${row.model}: ${row.about}${clockRemark(row)}`,
    ),
  );
  const asked = rows.find(({ changed }) => changed)?.epochs;
  return [
    ...models,
    ...(asked === undefined ? [] : [`* ${asked} epochs, as a flag asked for, in place of the recipes' own`]),
  ];
}

/** The table for a terminal: at most 80 columns. */
export function tableText(terminal: Terminal, rows: readonly Row[]): string {
  const { ink } = terminal;
  const head = ['model', 'size', 'epochs', 'authors', 'median (range)', 'good', 'time'];
  const parts = sections(rows).map((section) => {
    const [{ experiment, title, seeds, clock }] = section;
    const cells = section.map((row) => [
      marked(row, row.recipe),
      [size(row.species), size(row.reactions), row.maxMolecularity].join('·'),
      String(row.epochs),
      authors(row),
      spread(row),
      good(row),
      duration(row),
    ]);
    const widths = head.map((text, i) => Math.max(text.length, ...cells.map((line) => line[i].length)));
    const line = (texts: string[]) =>
      texts
        .map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
        .join(' '.repeat(GAP));
    return [
      `${ink.bold(experiment)}: ${title}`,
      ink.dim(`seeds ${seeds}; ${measureText(section[0])}`),
      ...(clock === null ? [] : [ink.dim(`driven by a ${clock}`)]),
      ink.dim(line(head)),
      ...cells.map(line),
      ...section.flatMap(missingText),
    ].join('\n');
  });
  const notes = [
    'size: species·reactions·molecules that react at once; authors: what their own script reports',
    ...remarks(rows),
  ].flatMap((note) => wrap(note, 78).map((text, i) => (i === 0 ? text : `  ${text}`)));
  return `\n${parts.join('\n\n')}\n\n${ink.dim(notes.join('\n'))}\n`;
}

function missingText({ model, missing, runs }: Row): string[] {
  const failed = runs.filter(({ failure }) => failure !== undefined).length;
  return [
    ...(missing > 0 ? [`  ${model}: ${missing} of ${missing + runs.length} seeds are missing`] : []),
    ...(failed > 0 ? [`  ${model}: the chemistry failed on ${failed} of ${runs.length} seeds`] : []),
  ];
}

const columns = [
  'experiment',
  'model',
  'settings',
  'seeds',
  'species',
  'reactions',
  'molecularity',
  'epochs',
  'measure',
  'authors',
  'median (range)',
  'twin',
  'success',
  'time',
];

/** The cells of a row, as the pages show them. */
export function pageCells(row: Row): string[] {
  const { twinRatio, successRate, settings, changed } = row;
  return [
    row.experiment,
    marked(row, row.model),
    changed ? `${settings}, changed` : settings,
    row.seeds,
    size(row.species),
    size(row.reactions),
    String(row.maxMolecularity),
    String(row.epochs),
    row.measure === 'validation loss' ? row.measure : `${row.measure}, %`,
    authors(row, 4),
    spread(row, 4),
    twinRatio === null ? NONE : `×${twinRatio.toPrecision(4)}`,
    successRate === null ? NONE : good(row),
    duration(row),
  ];
}

export const pageColumns: readonly string[] = columns;

/** What the page's words mean. */
export const explanations: readonly string[] = [
  'Losses are means of ½e² over the validation set; accuracies are parts of the points decided rightly, of a grid ' +
    'over the plane where the task has one, else of the validation set. All are read from simulated concentrations.',
  'authors: the figure that the authors’ own scripts report, from one run. median (range): over the seeds; a run ' +
    'whose chemistry failed counts as the worst there can be.',
  'twin: median ratio of the validation loss to that of ideal gradient descent with the same adjoint, data and ' +
    `start. success: seeds that decide at least ${100 * LEARNED} % of the points rightly.`,
];

/** The table as Markdown. */
export function markdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\*$/, '\\*')).join(' | ')} |`;
  return [
    line(columns),
    `|${columns.map((_, i) => (i < 4 ? ' --- |' : ' ---: |')).join('')}`,
    ...rows.map((row) => line(pageCells(row))),
    '',
    ...explanations.map((text) => `${text}\n`),
    ...remarks(rows).map((remark) => `- ${remark.replace(/^\* /, '\\* ')}`),
    '',
  ].join('\n');
}

/** The table for a spreadsheet: plain numbers, an empty cell for what there is none of. */
export function csvRows(rows: readonly Row[]): string[][] {
  const text = (value: number | string | null) => (value === null ? '' : String(value));
  const head = [
    ...['experiment', 'model', 'settings', 'changed', 'seeds'],
    ...['species_least', 'species_most', 'reactions_least', 'reactions_most', 'molecularity', 'epochs'],
    ...['measure', 'authors', 'median', 'best', 'worst', 'twin_loss', 'twin_ratio', 'success_rate'],
    ...['clock', 'scheduled_ratio'],
    ...['seconds', 'runs', 'failed', 'missing'],
  ];
  return [
    head,
    ...rows.map((row) =>
      [
        ...[row.experiment, row.model, row.settings, row.changed ? 'yes' : 'no', row.seeds],
        ...[...row.species, ...row.reactions, row.maxMolecularity, row.epochs, row.measure, row.authors],
        ...[row.median, row.best, row.worst, row.twinLoss, row.twinRatio, row.successRate],
        ...[row.clock, row.scheduledRatio, row.seconds],
        row.runs.length,
        row.runs.filter(({ failure }) => failure !== undefined).length,
        row.missing,
      ].map(text),
    ),
  ];
}
