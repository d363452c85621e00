import { LEARNED } from '../validation/index.js';
import { grouped } from './grouped.js';
import { authorsText, duration, good, marked, size, spread } from './reproduce-cells.js';
import type { Row } from './reproduce-rows.js';
import { wrap } from './tables.js';
import type { Terminal } from './terminal.js';

/** Columns between two cells of the printed table. */
const GAP = 2;

const measureText = (row: Row): string =>
  row.measure === 'validation loss'
    ? 'validation loss, mean of ½e²'
    : `${row.measure}, % (good: seeds ≥ ${100 * LEARNED} %)`;

/** Rows by experiment and group of seeds. */
const sections = (rows: readonly Row[]) => grouped(rows, ({ experiment, seeds }) => [experiment, seeds]);

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
      authorsText(row),
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
