import { TICK_FONT } from '../axes.js';
import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { INK, PALETTE } from '../palette.js';
import { shorten, textWidth } from '../text.js';
import { extent, quantile, subtitle } from './series.js';

export interface AccuracyRow {
  /** The experiment. */
  name: string;
  /** One for each seed. */
  values: ArrayLike<number>;
  /** The authors' figure. */
  reference?: number;
}

export interface AccuracyStripData {
  /** From top to bottom. */
  rows: readonly AccuracyRow[];
  /** `'%'` takes values from 0 to 100 and ends the axis there. Default `'%'`. */
  unit?: string;
  /** What is measured. Default `'accuracy'`. */
  label?: string;
  /** Default `'Accuracy of every seed'`. */
  title?: string;
}

const WIDTH = 720;
const ROW_HEIGHT = 32;
const HEADER_HEIGHT = 150;
/** Room for the axis' own label. */
const LEAST_ROWS = 3;
const MAX_NAME = 300;
const RADIUS = 4;
/** Half the length of a median's mark, in rows. */
const MEDIAN_REACH = 0.36;
/** Dots that would cover one another step aside by this much of a row, up and down in turn. */
const LANES = [0, 0.17, -0.17, 0.32, -0.32];

/** One dot for each seed in a row for each experiment, with the median and the authors' figure. */
export function accuracyStripFigure(data: AccuracyStripData): Chart {
  const unit = data.unit ?? '%';
  const rows = checkedRows(data.rows, unit);
  const names = rows.map((row) => shorten(row.name, MAX_NAME, TICK_FONT));
  const domain = stripDomain(
    rows.flatMap((row) => [...row.values, ...(row.reference === undefined ? [] : [row.reference])]),
    unit,
  );
  // The first row is at the top of an axis that grows upwards.
  const place = (row: number) => rows.length - 1 - row;
  const frame = WIDTH - 60 - Math.max(...names.map((name) => textWidth(name, TICK_FONT)));
  const apart = ((2 * RADIUS + 1) / frame) * (domain[1] - domain[0]);

  const dots = { x: [] as number[], y: [] as number[] };
  const medians = { x: [] as number[], y: [] as (number | null)[] };
  const authors = { x: [] as number[], y: [] as number[] };
  rows.forEach(({ values, reference }, r) => {
    for (const { value, lane } of spread(values, apart)) {
      dots.x.push(value);
      dots.y.push(place(r) + lane);
    }
    const median = quantile(values, 0.5);
    if (r > 0) {
      medians.x.push(median);
      medians.y.push(null);
    }
    medians.x.push(median, median);
    medians.y.push(place(r) - MEDIAN_REACH, place(r) + MEDIAN_REACH);
    if (reference !== undefined) {
      authors.x.push(reference);
      authors.y.push(place(r));
    }
  });
  const layers: Layer[] = [
    { kind: 'points', name: 'one seed', ...dots, color: PALETTE[0], radius: RADIUS },
    { kind: 'line', name: 'median', ...medians, color: INK, width: 2.5 },
  ];
  if (authors.x.length > 0) {
    layers.push({
      kind: 'points',
      name: 'authors’ figure',
      ...authors,
      color: PALETTE[1],
      symbol: 'diamond',
      radius: 5,
      opacity: 1,
      outline: '#ffffff',
    });
  }
  const figure: Chart = {
    title: data.title ?? 'Accuracy of every seed',
    ...subtitle(seedsNote(rows.map((row) => row.values.length))),
    width: WIDTH,
    height: HEADER_HEIGHT + ROW_HEIGHT * Math.max(rows.length, LEAST_ROWS),
    x: { label: data.label ?? 'accuracy', unit, scale: 'linear', domain },
    y: {
      label: 'experiment',
      scale: 'linear',
      domain: [-0.5, rows.length - 0.5],
      ticks: names.map((label, r) => ({ value: place(r), label })),
    },
    layers,
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return figure;
}

interface CheckedRow {
  name: string;
  values: number[];
  reference?: number;
}

function checkedRows(rows: readonly AccuracyRow[], unit: string): CheckedRow[] {
  if (!Array.isArray(rows) || rows.length === 0)
    throw new RangeError('rows is empty; there is nothing to draw');
  const seen = new Set<string>();
  return rows.map(({ name, values, reference }, r) => {
    if (typeof name !== 'string' || name.trim() === '') throw new TypeError(`rows[${r}] needs a name`);
    if (seen.has(name)) throw new RangeError(`row "${name}" is given twice`);
    seen.add(name);
    const kept = finiteValues(`row "${name}"`, values);
    if (reference !== undefined && !Number.isFinite(reference)) {
      throw new RangeError(`row "${name}": reference is ${reference}; it must be finite, or left out`);
    }
    if (unit === '%') {
      for (const value of [...kept, ...(reference === undefined ? [] : [reference])]) {
        if (value < 0 || value > 100) {
          throw new RangeError(`row "${name}": ${value} is not between 0 and 100 %`);
        }
      }
    }
    return { name, values: kept, ...(reference === undefined ? {} : { reference }) };
  });
}

/** Percentages end at 100 and begin at a multiple of ten; other units take the values' own range. */
function stripDomain(values: number[], unit: string): [number, number] {
  let [low, high] = extent(values);
  if (unit === '%') {
    low = Math.min(90, Math.floor(low / 10) * 10);
    high = 100;
  } else if (low === high) {
    const half = low === 0 ? 1 : Math.abs(low) / 4;
    [low, high] = [low - half, high + half];
  }
  const room = (high - low) * 0.02;
  return [low - room, high + room];
}

/** Gives each value the lane nearest to the middle where no dot is in its way; the middle again when all are taken. */
function spread(values: number[], apart: number): { value: number; lane: number }[] {
  const taken = LANES.map(() => Number.NEGATIVE_INFINITY);
  return [...values]
    .sort((a, b) => a - b)
    .map((value) => {
      const free = taken.findIndex((last) => value - last >= apart);
      const k = free < 0 ? taken.indexOf(Math.min(...taken)) : free;
      taken[k] = value;
      return { value, lane: LANES[k] };
    });
}

function seedsNote(counts: number[]): string {
  const [least, most] = extent(counts);
  if (least === most) return `${most} ${most === 1 ? 'seed' : 'seeds'} for each experiment.`;
  return `${least} to ${most} seeds for each experiment.`;
}
