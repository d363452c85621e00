import {
  type CompareRow,
  type Comparison,
  type Extent,
  problemNamed,
  type SuccessRate,
} from '../compare/index.js';
import { durationText } from '../lab/index.js';
import { markdownPage, type PageTable } from './markdown.js';
import { plural } from './numbers.js';
import { NONE } from './reproduce-cells.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

const number = (value: number, digits = 3): string =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5)
    ? String(Number(value.toPrecision(digits)))
    : value.toExponential(1);
const percent = (part: number): string => String(Math.round(100 * part));

const success = (rate: SuccessRate | null): string =>
  rate === null
    ? NONE
    : `${rate.reached}/${rate.runs} (${percent(rate.interval[0])}–${percent(rate.interval[1])} %)`;

const extent = (values: Extent | null, text: (value: number) => string = number): string =>
  values === null ? NONE : `${text(values.median)} (${text(values.least)}–${text(values.most)})`;

const middle = (values: Extent | null, text: (value: number) => string = number): string =>
  values === null ? NONE : text(values.median);

/** Reactions of zero, one, two and three molecules. */
const molecularity = ({ size }: CompareRow): string => String(size.molecularity.length - 1);

/** What is decided rightly, and what is left of the variance, but where the largest of several outputs decides. */
function quality(problem: string, left: Extent | null, right: Extent | null): string {
  if (right === null) return middle(left);
  const part = `${number(100 * right.median)} %`;
  return problemNamed(problem).train.labels[0].length === 1 ? `${part}, ${middle(left)}` : part;
}

const off = ({ mismatch }: CompareRow, sigma: number): string =>
  success(mismatch.find((one) => one.sigma === sigma) ?? null);

/** What the words mean. */
export const compareExplanations: readonly string[] = [
  'All systems have the same data, split, order of rows and stop rule: three epochs running in which the answers that the ' +
    'training pot gave, each before it learned from that row, meet the goal. success: starts that meet it, with Wilson’s ' +
    'interval of 95 %; ideal: the same starts by the algorithm on plain numbers. epochs, rows, lab time: until then, over ' +
    'the starts that meet it, median (range). right, left: asked afterwards, the part decided rightly, or of the labels’ ' +
    'variance that is left (of one output: of several the largest decides), median; test: of rows it never learned. step: largest difference of a weight after a step from ' +
    'the ideal step from the same weights, median over steps and starts (largest). constants: different ones, and largest ' +
    'over smallest. lab time: 1 unit is 100 nM, the largest constant of second order 1e6 /M/s. solver: steps for a row. ' +
    '±5 %: success where every rate constant has a log-normal factor of that size; 1000 molecules: where a concentration of 1 ' +
    'stands for so many, and reactions happen by chance.',
];

const volumesOf = (rows: readonly CompareRow[]): number[] =>
  [...new Set(rows.flatMap((row) => row.volumes.map(({ volume }) => volume)))].sort((a, b) => b - a);

const sigmasOf = (rows: readonly CompareRow[]): number[] =>
  [...new Set(rows.flatMap((row) => row.mismatch.map(({ sigma }) => sigma)))].sort((a, b) => a - b);

/** What each network is made of. */
export const sizeTable = (rows: readonly CompareRow[]): PageTable => ({
  columns: [
    ...['problem', 'system', 'network'],
    ...['species', 'reactions', 'order', 'phases', 'clock', 'constants', 'range'],
  ],
  rows: rows.map((row) => [
    ...[row.problem, row.title, row.size.network],
    ...[String(row.size.species), String(row.size.reactions), molecularity(row)],
    ...[String(row.size.phases), row.size.clock, String(row.size.constants), number(row.size.range)],
  ]),
  names: 3,
});

/** What came of its learning. */
export const learningTable = (rows: readonly CompareRow[]): PageTable => ({
  columns: [
    ...['problem', 'system', 'success', 'ideal', 'epochs', 'rows', 'lab time'],
    ...['right, left', 'test', 'step', 'solver'],
  ],
  rows: rows.map((row) => [
    ...[row.problem, row.title, success(row.success), success(row.idealSuccess)],
    ...[extent(row.epochs), middle(row.examples), extent(row.labSeconds, durationText)],
    ...[quality(row.problem, row.left, row.right), quality(row.problem, row.testLeft, row.testRight)],
    row.stepDifference === null
      ? NONE
      : `${number(row.stepDifference.median, 2)} (${number(row.stepDifference.most, 2)})`,
    row.solverSteps === null ? NONE : number(row.solverSteps),
  ]),
  names: 2,
});

/** What becomes of it with rate constants that are off, and by molecules. */
export const robustnessTable = (rows: readonly CompareRow[]): PageTable => {
  const [sigmas, volumes] = [sigmasOf(rows), volumesOf(rows)];
  return {
    columns: [
      ...['problem', 'system', 'as designed', ...sigmas.map((sigma) => `±${number(100 * sigma)} %`)],
      ...volumes.map((volume) => `${plural(volume, 'molecule')}`),
    ],
    rows: rows
      .filter(({ mismatch, volumes: own }) => mismatch.length + own.length > 0)
      .map((row) => [
        ...[row.problem, row.title, success(row.success)],
        ...sigmas.map((sigma) => off(row, sigma)),
        ...volumes.map((volume) => success(row.volumes.find((one) => one.volume === volume) ?? null)),
      ]),
    names: 2,
  };
};

/** What is chemical and what digital: a system once. */
function acts(rows: readonly CompareRow[]): string[] {
  const first = rows.filter((row, k) => rows.findIndex(({ system }) => system === row.system) === k);
  return first.map(
    ({ title, size: { chemical, digital, trainedElsewhere } }) =>
      `**${title}.** Chemical: ${chemical}. Digital: ${[
        ...(trainedElsewhere === null ? [] : [trainedElsewhere]),
        ...digital,
      ].join('; ')}.`,
  );
}

/** The comparison as Markdown. */
export function compareMarkdown({ rows, without }: Comparison): string {
  const isVaried = sigmasOf(rows).length + volumesOf(rows).length > 0;
  return markdownPage(
    [sizeTable(rows), learningTable(rows), ...(isVaried ? [robustnessTable(rows)] : [])],
    compareExplanations,
    [
      ...acts(rows),
      ...without.map(({ title, problem, reason }) => `${title} has no answer to ${problem}: ${reason}.`),
    ],
  );
}

/** One line for each answer, all numbers. */
export function compareCsvRows({ rows }: Comparison): string[][] {
  const [sigmas, volumes] = [sigmasOf(rows), volumesOf(rows)];
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(value);
  const rate = (value: SuccessRate | null | undefined) => [
    ...[text(value?.reached), text(value?.runs), text(value?.interval[0]), text(value?.interval[1])],
  ];
  const rateNames = (name: string) => [name, `${name}_runs`, `${name}_low`, `${name}_high`];
  const extents = (value: Extent | null) => [text(value?.median), text(value?.least), text(value?.most)];
  const extentNames = (name: string) => [name, `${name}_least`, `${name}_most`];
  return [
    [
      ...['problem', 'system', 'network', 'origin', 'species', 'reactions', 'order', 'phases', 'clock'],
      ...['constants', 'range', 'time_unit_s', ...rateNames('reached'), ...rateNames('ideal_reached')],
      ...['epochs', 'rows', 'time', 'lab_s', 'left', 'right', 'test_left', 'test_right'].flatMap(extentNames),
      ...['step_difference', 'step_difference_most', 'solver_steps', 'ms_per_row'],
      ...sigmas.flatMap((sigma) => rateNames(`reached_at_${sigma}`)),
      ...volumes.flatMap((volume) => rateNames(`reached_by_${volume}`)),
    ],
    ...rows.map((row) => [
      ...[row.problem, row.system, row.size.network, row.size.origin],
      ...[row.size.species, row.size.reactions].map(String),
      ...[molecularity(row), String(row.size.phases), row.size.clock],
      ...[row.size.constants, row.size.range, row.size.timeUnit].map(String),
      ...[...rate(row.success), ...rate(row.idealSuccess)],
      ...[row.epochs, row.examples, row.time, row.labSeconds].flatMap(extents),
      ...[row.left, row.right, row.testLeft, row.testRight].flatMap(extents),
      ...[row.stepDifference?.median, row.stepDifference?.most, row.solverSteps, row.milliseconds].map(text),
      ...sigmas.flatMap((sigma) => rate(row.mismatch.find((one) => one.sigma === sigma))),
      ...volumes.flatMap((volume) => rate(row.volumes.find((one) => one.volume === volume))),
    ]),
  ];
}

/** The comparison for a terminal. */
export function compareText(terminal: Terminal, { rows, without }: Comparison): string {
  const problems = [...new Set(rows.map(({ problem }) => problem))];
  const tables = problems.map((problem) => {
    const own = rows.filter((row) => row.problem === problem);
    const head = [problem, 'size', 'phases', 'success', 'epochs', 'lab time'];
    return table(
      terminal,
      head,
      own.map((row) => [
        row.title,
        `${row.size.species}·${row.size.reactions}`,
        // Without brackets a line of ten starts has 79 characters.
        ...[String(row.size.phases), success(row.success).replace(/[()]/g, ''), middle(row.epochs)],
        middle(row.labSeconds, durationText),
      ]),
    );
  });
  const notes = without.map(({ title, problem, reason }) => `${title}, ${problem}: ${reason}`);
  return [...tables, ...notes].join('\n');
}
