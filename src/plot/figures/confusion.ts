import { TICK_FONT } from '../axes.js';
import { checkFigure } from '../check.js';
import type { AxisTick, Chart, TextLayer } from '../figure.js';
import { mixColors } from '../palette.js';
import { shorten, textWidth } from '../text.js';
import { CLASS_STYLES, percentText } from './plane.js';
import { subtitle } from './series.js';

export interface ConfusionData {
  /** Examples by true class (row) and predicted class (column): whole numbers ≥ 0. */
  counts: readonly ArrayLike<number>[];
  /** Names of the classes, at least two. */
  labels: readonly string[];
  /** Default `'True and predicted classes'`. */
  title?: string;
  /** What the examples are, for the subtitle. Default `'examples'`. */
  what?: string;
}

/** Pixels of a cell with a count in it: as large as the figure allows, in this range. */
const CELL = { least: 44, most: 90, all: 420 };
/** Beyond so many classes cells have no counts, and columns have numbers in place of names. */
const MOST_WRITTEN = 12;
const SMALL_CELL = 22;
const MAX_NAME = 160;
/** What stands beside and above the frame, roughly. */
const AROUND = { width: 70, height: 150 };
const LEAST_WIDTH = 420;
/** A cell that holds all of its row has the full colour. */
const RIGHT = CLASS_STYLES[0].fill;
const WRONG = CLASS_STYLES[1].fill;

/**
 * How often each class was taken for which: the count in each cell, its colour by its part of the row. The diagonal
 * holds the right decisions, the subtitle their number.
 */
export function confusionFigure(data: ConfusionData): Chart {
  const names = checkedNames(data.labels);
  const n = names.length;
  const counts = checkedCounts(data.counts, n);
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const total = rows.reduce((a, b) => a + b, 0);
  if (total === 0) throw new RangeError('counts are all 0; there is nothing to draw');
  const right = counts.reduce((sum, row, k) => sum + row[k], 0);

  // The first class is at the top of an axis that grows upwards.
  const place = (row: number) => n - 1 - row;
  const places = names.map((_, k) => k);
  const written = n <= MOST_WRITTEN;
  const cell = written ? Math.min(CELL.most, Math.max(CELL.least, CELL.all / n)) : SMALL_CELL;
  const cells = places.flatMap((y) => places.map((x) => ({ x, row: place(y), count: counts[place(y)][x] })));
  const figure: Chart = {
    title: data.title ?? 'True and predicted classes',
    ...subtitle(`${right} of ${total} ${data.what ?? 'examples'} right: ${percentText(right, total)}.`),
    ...sizeOf(names, cell),
    x: {
      label: 'predicted class',
      scale: 'linear',
      domain: [-0.5, n - 0.5],
      ticks: ticks(names.map((name, k) => (written ? shorten(name, cell - 4, TICK_FONT) : `${k + 1}`))),
    },
    y: {
      label: 'true class',
      scale: 'linear',
      domain: [-0.5, n - 0.5],
      ticks: ticks(rowNames(names, written), place),
    },
    layers: [
      {
        kind: 'cells',
        name: 'decisions',
        x: places,
        y: places,
        cells: cells.map((_, k) => k),
        colors: cells.map(({ x, row, count }) =>
          mixColors('#ffffff', x === row ? RIGHT : WRONG, rows[row] === 0 ? 0 : count / rows[row]),
        ),
      },
      ...(written ? [countsLayer(cells, place)] : []),
    ],
    legend: {
      position: 'top',
      entries: [
        { label: 'right', swatches: [{ kind: 'box', color: RIGHT }] },
        { label: 'wrong', swatches: [{ kind: 'box', color: WRONG }] },
      ],
    },
    square: true,
  };
  checkFigure(figure);
  return figure;
}

function countsLayer(
  cells: { x: number; row: number; count: number }[],
  place: (row: number) => number,
): TextLayer {
  return {
    kind: 'text',
    name: 'counts',
    x: cells.map(({ x }) => x),
    y: cells.map(({ row }) => place(row)),
    text: cells.map(({ count }) => String(count)),
  };
}

const ticks = (labels: string[], place = (k: number) => k): AxisTick[] =>
  labels.map((label, k) => ({ value: place(k), label }));

/** Names at the rows, with the numbers that stand at the columns where there is no room for names. */
const rowNames = (names: string[], written: boolean): string[] =>
  names.map((name, k) => shorten(written ? name : `${name} ${k + 1}`, MAX_NAME, TICK_FONT));

function sizeOf(names: string[], cell: number): { width: number; height: number } {
  const beside = Math.min(MAX_NAME, Math.max(...names.map((name) => textWidth(name, TICK_FONT))));
  const frame = names.length * cell;
  return {
    width: Math.max(LEAST_WIDTH, Math.round(AROUND.width + beside + frame)),
    height: Math.round(AROUND.height + frame),
  };
}

function checkedNames(labels: readonly string[]): string[] {
  if (!Array.isArray(labels) || labels.length < 2) {
    throw new RangeError('labels must be the names of at least two classes');
  }
  labels.forEach((label, i) => {
    if (typeof label !== 'string' || label.trim() === '') throw new TypeError(`labels[${i}] must be a name`);
    if (labels.indexOf(label) !== i) throw new RangeError(`labels: "${label}" is given twice`);
  });
  return [...labels];
}

function checkedCounts(counts: readonly ArrayLike<number>[], n: number): number[][] {
  if (!Array.isArray(counts) || counts.length !== n) {
    throw new RangeError(`counts has ${counts?.length} rows for ${n} classes`);
  }
  return counts.map((row: ArrayLike<number>, r) => {
    if (row.length !== n) throw new RangeError(`counts[${r}] has ${row.length} values for ${n} classes`);
    return Array.from(row, (value, c) => {
      if (Number.isInteger(value) && value >= 0) return value;
      throw new RangeError(`counts[${r}][${c}] is ${value}; it must be a whole number ≥ 0`);
    });
  });
}
