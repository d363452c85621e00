import { cellEdges } from '../cells.js';
import { checkFigure, finiteValues } from '../check.js';
import type { Axis, AxisTick, Chart, LegendEntry } from '../figure.js';
import { rampColor } from '../palette.js';
import type { ResolvedScale } from '../scale.js';
import { ticksFor } from '../ticks.js';
import { extent, subtitle } from './series.js';

export interface HeatMapData {
  /** Values of the columns and of the rows, increasing, at least two of each. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** The value at (x[i], y[j]) in place j · x.length + i; `null` leaves a cell blank. At least one number. */
  values: readonly (number | null)[];
  xLabel: string;
  yLabel: string;
  /** What the values are. */
  label: string;
  xScale?: 'linear' | 'log';
  yScale?: 'linear' | 'log';
  /** Of the colours. `'auto'` (default) is logarithmic where all values are > 0 and span more than three decades. */
  valueScale?: 'linear' | 'log' | 'auto';
  title?: string;
  unit?: string;
}

const COLOURS = 64;
const LOG_ABOVE = 1e3;
const TICKS = 6;
/** Colours of the scale that are named. */
const SHOWN = 7;

/** A quantity over two others, as a plane of colours with its scale beside it. */
export function heatMapFigure(data: HeatMapData): Chart {
  const x = finiteValues('x', data.x);
  const y = finiteValues('y', data.y);
  const cells = x.length * y.length;
  if (data.values.length !== cells) {
    throw new RangeError(
      `values has ${data.values.length} entries for ${x.length} columns and ${y.length} rows`,
    );
  }
  const given = data.values.filter((value) => value !== null);
  if (given.length === 0) throw new RangeError('values are all null; there is nothing to draw');
  const numbers = finiteValues('values', given);
  const [low, high] = extent(numbers);
  const isLog =
    data.valueScale === 'log' || (data.valueScale !== 'linear' && low > 0 && high / low > LOG_ABOVE);
  if (isLog && low <= 0) throw new RangeError(`values: ${low} has no place on a log scale`);
  const place = (value: number) =>
    high === low ? 0.5 : isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const at = (part: number) => (isLog ? low * (high / low) ** part : low + (high - low) * part);
  const blank = cells - numbers.length;
  const [across, up] = [axisOf(x, data.xLabel, data.xScale), axisOf(y, data.yLabel, data.yScale)];
  const figure: Chart = {
    title: data.title ?? data.label,
    ...subtitle(blank > 0 && `${blank} of ${cells} cells have no value.`),
    width: 640,
    height: 460,
    x: across.axis,
    y: up.axis,
    layers: [
      {
        kind: 'cells',
        name: data.label,
        x: across.centres,
        y: up.centres,
        cells: data.values.map((value) => (value === null ? null : Math.round(place(value) * (COLOURS - 1)))),
        colors: Array.from({ length: COLOURS }, (_, k) => rampColor(k / (COLOURS - 1))),
      },
    ],
    legend: {
      position: 'right',
      entries: scaleEntries(low, high, at, data.unit),
    },
  };
  checkFigure(figure);
  return figure;
}

/** Cells meet halfway between their centres: on a log axis, halfway between their logarithms. */
function axisOf(values: number[], label: string, scale: 'linear' | 'log' = 'linear') {
  const back = values.findIndex((value, i) => i > 0 && value <= values[i - 1]);
  if (back > 0)
    throw new RangeError(`${label}: ${values[back]} is not above the value before, ${values[back - 1]}`);
  // The frame ends where the cells do.
  const framed = (centres: number[], more: Partial<Axis> = {}) => ({
    centres,
    axis: { label, scale: 'linear', domain: extent(cellEdges(centres)), ...more } satisfies Axis,
  });
  if (scale === 'linear') return framed(values);
  if (values[0] <= 0) throw new RangeError(`${label}: ${values[0]} has no place on a log scale`);
  const resolved = { kind: 'log', low: values[0], high: values[values.length - 1] } as ResolvedScale;
  const { values: at, labels } = ticksFor(resolved, TICKS);
  const ticks: AxisTick[] = at.map((value, i) => ({ value: Math.log10(value), label: labels[i] }));
  return framed(values.map(Math.log10), { ticks });
}

/** The colours' scale, from the largest value down. */
function scaleEntries(
  low: number,
  high: number,
  at: (part: number) => number,
  unit: string | undefined,
): LegendEntry[] {
  const parts = high === low ? [0.5] : Array.from({ length: SHOWN }, (_, k) => 1 - k / (SHOWN - 1));
  return parts.map((part) => ({
    label: `${Number(at(part).toPrecision(3))}${unit === undefined ? '' : ` ${unit}`}`,
    swatches: [{ kind: 'box', color: rampColor(part) }],
  }));
}
