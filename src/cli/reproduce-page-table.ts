import { LEARNED } from '../validation/index.js';
import { grouped } from './grouped.js';
import { markdownPage, type PageTable } from './markdown.js';
import { authorsText, duration, marked, NONE, size, spread } from './reproduce-cells.js';
import type { Row } from './reproduce-rows.js';
import { remarks } from './reproduce-tables.js';

/** One line for each experiment and model, with a column for every group of seeds. */
export function pageTable(rows: readonly Row[]): PageTable {
  const groups = [...new Set(rows.map(({ seeds }) => seeds))];
  return {
    columns: [
      ...['experiment', 'model', 'settings'],
      ...['species', 'reactions', 'molecularity', 'epochs', 'measure', 'authors'],
      ...groups.map((group) => `seeds ${group}`),
      ...['twin', 'success', 'time'],
    ],
    rows: grouped(rows, ({ experiment, model }) => [experiment, model]).map((line) => cells(line, groups)),
    names: 3,
  };
}

function cells(line: readonly Row[], groups: readonly string[]): string[] {
  const [row] = line;
  const { twinRatio, settings, changed } = row;
  const reached = line.reduce((sum, { successRate, runs }) => sum + (successRate ?? 0) * runs.length, 0);
  const all = line.reduce((sum, { runs }) => sum + runs.length, 0);
  return [
    row.experiment,
    marked(row, row.model),
    changed ? `${settings}, changed` : settings,
    size(row.species),
    size(row.reactions),
    String(row.maxMolecularity),
    String(row.epochs),
    row.measure === 'validation loss' ? row.measure : `${row.measure}, %`,
    authorsText(row, 4),
    ...groups.map((group) => {
      const own = line.find(({ seeds }) => seeds === group);
      if (own === undefined) return NONE;
      const { missing, runs } = own;
      return missing === 0
        ? spread(own, 4)
        : `${spread(own, 4)}, ${runs.length} of ${runs.length + missing} seeds`;
    }),
    twinRatio === null ? NONE : `×${twinRatio.toPrecision(4)}`,
    row.successRate === null ? NONE : `${Math.round(reached)}/${all}`,
    duration(row),
  ];
}

/** What the page's words mean. */
export const explanations: readonly string[] = [
  'Losses are means of ½e² over the validation set; accuracies are parts of the points decided rightly, of a grid ' +
    'over the plane where the task has one, else of the validation set. All are read from simulated concentrations.',
  'authors: the figure that the authors’ own scripts report, from one run. seeds: median (range) over them; a run ' +
    'whose chemistry failed counts as the worst there can be.',
  'twin: median ratio of the validation loss to that of ideal gradient descent with the same adjoint, data and ' +
    `start, over the first group of seeds. success: seeds that decide at least ${100 * LEARNED} % of the points ` +
    'rightly. time: of one run, median, beside others. Marked (*): settings that are not the authors’.',
];

/** The table as Markdown. */
export const markdown = (rows: readonly Row[]): string =>
  markdownPage(
    [pageTable(rows)],
    explanations,
    remarks(rows).map((remark) => remark.replace(/^\* /, '\\* ')),
  );
