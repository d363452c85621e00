import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { colorAt, dashAt, INK } from '../palette.js';
import { extent, subtitle, unitOf } from './series.js';

/** One line: runs sorted by what was measured. */
export interface CumulativeSeries {
  name: string;
  /** Measured numbers, in any order. */
  values: ArrayLike<number>;
  /** Runs without a number: the line ends that much below 100 %. Default 0. */
  missing?: number;
}

export interface CumulativeData {
  series: readonly CumulativeSeries[];
  /** What was measured. */
  label: string;
  unit?: string;
  /** A number to compare with, such as that of the undisturbed run. */
  reference?: { label: string; value: number };
  /** Default `'Distribution over the runs'`. */
  title?: string;
}

/** Further apart than this, and above 0, numbers are drawn on a logarithmic axis. */
const WIDE = 30;

/** The part of the runs that have at most so much: every run is a step, none is hidden by bins. */
export function cumulativeFigure(data: CumulativeData): Chart {
  const { label, unit, reference } = data;
  if (!Array.isArray(data.series) || data.series.length === 0) {
    throw new RangeError('series is empty; there is nothing to draw');
  }
  const sorted = data.series.map(({ name, values, missing = 0 }) => {
    if (!(Number.isInteger(missing) && missing >= 0)) {
      throw new RangeError(`${name}: missing must be a whole number ≥ 0, got ${missing}`);
    }
    // A series of runs without any number has no line.
    const checked = values.length === 0 ? [] : finiteValues(name, values);
    return { name, values: checked.sort((a, b) => a - b), missing };
  });
  const lines = sorted.flatMap(({ name, values, missing }, s): Layer[] => {
    if (values.length === 0) return [];
    const all = values.length + missing;
    const x = values.flatMap((value) => [value, value]);
    const y = values.flatMap((_, k) => [(100 * k) / all, (100 * (k + 1)) / all]);
    return [{ kind: 'line', name, x, y, color: colorAt(s), dash: dashAt(s), width: 2 }];
  });
  if (lines.length === 0) throw new RangeError('no run has a number; there is nothing to draw');
  const [low, high] = extent(sorted.flatMap(({ values }) => values));
  const gone = sorted.filter(({ missing }) => missing > 0);
  const figure: Chart = {
    title: data.title ?? 'Distribution over the runs',
    ...subtitle(gone.length > 0 && 'Lines that end below 100 %: the other runs failed and have no number.'),
    width: 640,
    height: 400,
    x: { label, ...unitOf(unit), scale: low > 0 && high > WIDE * low ? 'log' : 'linear' },
    y: { label: 'runs with at most that', unit: '%', scale: 'linear', domain: [0, 100] },
    layers: [
      ...(reference === undefined
        ? []
        : [{ kind: 'rule', at: { x: reference.value }, name: reference.label, color: INK } as const]),
      ...lines,
    ],
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return figure;
}
