import { LEARNED } from '../validation/index.js';
import { grouped } from './grouped.js';
import { markdownPage, type PageTable } from './markdown.js';
import { duration, NONE, size } from './reproduce-cells.js';
import type { LearnerRow, Spread } from './reproduce-learner-rows.js';
import { table, wrap } from './tables.js';
import type { Terminal } from './terminal.js';

const spread = (values: Spread | null, text: (value: number) => string): string =>
  values === null ? NONE : `${text(values.median)} (${text(values.least)}–${text(values.most)})`;

const small = (value: number): string => value.toExponential(1);

const seedsIn = (part: number | null, { runs }: LearnerRow): string =>
  part === null ? NONE : `${Math.round(part * runs.length)}/${runs.length}`;

const stops = ({ measure, stopped, runs }: LearnerRow): string =>
  measure !== 'accuracy' ? NONE : `${stopped}/${runs.length}`;

const failed = ({ runs }: LearnerRow): number => runs.filter(({ failure }) => failure !== undefined).length;

/** What the words of both tables mean. */
export const learnerExplanations: readonly string[] = [
  'Systems beside Neural CRNs, by reconstructions where it says so. All is read from simulated concentrations. success: ' +
    `seeds (of the starting weights) that decide at least ${100 * LEARNED} % of the examples rightly, and of their ideal ` +
    'twins. stopped: seeds in which the chemistry stopped itself; after: steps until then, median (range). off by: the ' +
    'largest |w − w_twin| after any step before one of the two slows down to stop, median (range). step: simulated time. ' +
    'Where nothing is learned (rate-independent): success is all examples decided as by the digital network, off by the ' +
    'largest difference of an output. ' +
    'time: of one run, median, beside others.',
];

/** What the recipes are. */
export const learnerRemarks = (rows: readonly LearnerRow[]): string[] => [
  ...new Set(
    rows.map(
      ({ experiment, recipe, about, clock }) =>
        `${experiment} ${recipe}: ${about}${clock === null ? '' : `; ${clock}`}`,
    ),
  ),
];

/** One line for each setting and group of seeds. */
export function learnerPageTable(rows: readonly LearnerRow[]): PageTable {
  return {
    columns: [
      ...['experiment', 'recipe', 'reactions of', 'seeds'],
      ...['species', 'reactions', 'molecularity', 'phases', 'epochs'],
      ...['success', "twins'", 'stopped', 'after', 'off by', 'step', 'time'],
    ],
    rows: rows.map((row) => [
      ...[row.experiment, row.recipe, row.origin, seedsText(row)],
      ...[size(row.species), size(row.reactions), String(row.maxMolecularity)],
      ...[String(row.phases), `${row.epochs}${row.changed ? ', changed' : ''}`],
      ...[seedsIn(row.successRate, row), seedsIn(row.twinSuccessRate, row), stops(row)],
      ...[spread(row.stoppedAfter, String), spread(row.difference, small)],
      ...[String(Math.round(row.stepTime)), duration(row)],
    ]),
    names: 4,
  };
}

function seedsText(row: LearnerRow): string {
  const { seeds, missing, runs } = row;
  const bad = failed(row);
  return [
    seeds,
    ...(missing > 0 ? [`${runs.length} of ${runs.length + missing}`] : []),
    ...(bad > 0 ? [`${bad} failed`] : []),
  ].join(', ');
}

/** The table as Markdown. */
export const learnerMarkdown = (rows: readonly LearnerRow[]): string =>
  markdownPage([learnerPageTable(rows)], learnerExplanations, learnerRemarks(rows));

/** The table for a terminal: at most 80 columns. */
export function learnerTableText(terminal: Terminal, rows: readonly LearnerRow[]): string {
  const { ink } = terminal;
  const parts = grouped(rows, ({ experiment, seeds }) => [experiment, seeds]).map((section) => {
    const [{ experiment, title, seeds }] = section;
    const cells = section.map((row) => [
      row.recipe,
      [size(row.species), size(row.reactions), row.maxMolecularity].join('·'),
      seedsIn(row.successRate, row),
      row.stoppedAfter === null ? stops(row) : `${stops(row)}, ${Math.round(row.stoppedAfter.median)} steps`,
      row.difference === null ? NONE : small(row.difference.median),
      duration(row),
    ]);
    return [
      ...wrap(`${ink.bold(experiment)}: ${title}`, 78),
      ink.dim(`seeds ${seeds}`),
      table(terminal, ['recipe', 'size', 'success', 'stopped', 'off by', 'time'], cells),
      ...section.flatMap((row) => [
        ...(row.missing > 0
          ? [`  ${row.recipe}: ${row.missing} of ${row.missing + row.runs.length} seeds are missing`]
          : []),
        ...(failed(row) > 0
          ? [`  ${row.recipe}: the chemistry failed on ${failed(row)} of ${row.runs.length} seeds`]
          : []),
      ]),
    ].join('\n');
  });
  const notes = [...learnerRemarks(rows), ...learnerExplanations].flatMap((note) =>
    wrap(note, 78).map((text, i) => (i === 0 ? text : `  ${text}`)),
  );
  return `\n${parts.join('\n\n')}\n\n${ink.dim(notes.join('\n'))}\n`;
}

/** The table for a spreadsheet: plain numbers, an empty cell for what there is none of. */
export function learnerCsvRows(rows: readonly LearnerRow[]): string[][] {
  const text = (value: number | string | null) => (value === null ? '' : String(value));
  const of = (values: Spread | null) => [values?.median ?? null, values?.least ?? null, values?.most ?? null];
  return [
    [
      ...['experiment', 'recipe', 'system', 'origin', 'clock', 'changed', 'seeds'],
      ...['species_least', 'species_most', 'reactions_least', 'reactions_most', 'molecularity', 'phases'],
      ...['epochs', 'measure', 'success_rate', 'twin_success_rate', 'stopped', 'stopped_as_twin'],
      ...['after_median', 'after_least', 'after_most', 'off_median', 'off_least', 'off_most'],
      ...['step_time', 'seconds', 'runs', 'failed', 'missing'],
    ],
    ...rows.map((row) =>
      [
        ...[row.experiment, row.recipe, row.system, row.origin, row.clock],
        ...[row.changed ? 'yes' : 'no', row.seeds],
        ...[...row.species, ...row.reactions, row.maxMolecularity, row.phases, row.epochs, row.measure],
        ...[row.successRate, row.twinSuccessRate, row.stopped, row.stoppedAsTwin],
        ...[...of(row.stoppedAfter), ...of(row.difference), row.stepTime, row.seconds],
        ...[row.runs.length, failed(row), row.missing],
      ].map(text),
    ),
  ];
}
