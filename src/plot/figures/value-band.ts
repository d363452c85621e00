import { checkFigure, finiteValues } from '../check.js';
import type { AreaLayer, Chart, Layer, LegendEntry } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';
import { MAX_LINES, quantile, subtitle, unitOf } from './series.js';

/** One line: a quantity over `x`, perhaps several times. */
export interface BandSeries {
  name: string;
  /** Of each repetition, a value at every `x`; `null` where there is none. */
  runs: readonly (readonly (number | null)[])[];
}

export interface ValueBandData {
  /** Increasing. */
  x: ArrayLike<number>;
  series: readonly BandSeries[];
  xLabel: string;
  /** What the values are. */
  label: string;
  unit?: string;
  xScale?: 'linear' | 'log';
  /** `'auto'` (default) is logarithmic where all values are > 0 and span more than three decades. */
  yScale?: 'linear' | 'log' | 'auto';
  title?: string;
}

const LOG_ABOVE = 1e3;
/** With fewer repetitions, quartiles say nothing that the range does not. */
const QUARTILES_FROM = 4;

/** A quantity over another: the median of the repetitions as a line, their range and their middle half as bands. */
export function valueBandFigure(data: ValueBandData): Chart {
  const x = finiteValues('x', data.x);
  const back = x.findIndex((value, i) => i > 0 && value <= x[i - 1]);
  if (back > 0) throw new RangeError(`x: ${x[back]} is not above the value before, ${x[back - 1]}`);
  if (data.series.length === 0) throw new RangeError('series is empty; there is nothing to draw');
  const columns = data.series.map(({ name, runs }) => columnsOf(name, runs, x.length));
  const all = columns.flat(2);
  if (all.length === 0) throw new RangeError('series: there is no value; there is nothing to draw');
  const shown = Math.min(MAX_LINES, data.series.length);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const isLog = data.yScale === 'log' || (data.yScale !== 'linear' && low > 0 && high / low > LOG_ABOVE);
  const most = Math.max(...data.series.map(({ runs }) => runs.length));
  const areas: Layer[] = [];
  const lines: Layer[] = [];
  const entries: LegendEntry[] = [];
  for (let k = 0; k < shown; k++) {
    const { name } = data.series[k];
    const color = colorAt(k);
    if (most > 1) areas.push(...bands(name, x, columns[k], color, 0, 1, 0.16));
    if (most >= QUARTILES_FROM) areas.push(...bands(name, x, columns[k], color, 0.25, 0.75, 0.28));
    const y = columns[k].map((values) => (values.length === 0 ? null : quantile(values, 0.5)));
    if (y.every((value) => value === null)) continue;
    lines.push({ kind: 'line', name, x, y, color, dash: dashAt(k), markers: x.length <= 25 });
    entries.push({ label: name, swatches: [{ kind: 'line', color, dash: dashAt(k) }] });
  }
  const figure: Chart = {
    title: data.title ?? data.label,
    ...subtitle(
      bandNote(most),
      shown < data.series.length && `${shown} of ${data.series.length} lines drawn.`,
    ),
    width: 640,
    height: 420,
    x: { label: data.xLabel, scale: data.xScale ?? 'linear' },
    y: { label: data.label, ...unitOf(data.unit), scale: isLog ? 'log' : 'linear' },
    layers: [...areas, ...lines],
    legend: entries.length > 1 ? { position: 'right', entries } : 'none',
  };
  checkFigure(figure);
  return figure;
}

/** By place of `x`, the values that there are. */
function columnsOf(name: string, runs: BandSeries['runs'], length: number): number[][] {
  for (const run of runs) {
    if (run.length === length) continue;
    throw new RangeError(`series "${name}": a run has ${run.length} values for ${length} of x`);
  }
  return Array.from({ length }, (_, i) => {
    const values = runs.map((run) => run[i]).filter((value) => value !== null);
    return values.length === 0 ? [] : finiteValues(`series "${name}"`, values);
  });
}

/** An area for each stretch without a gap. */
function bands(
  name: string,
  x: number[],
  columns: number[][],
  color: string,
  from: number,
  to: number,
  opacity: number,
): AreaLayer[] {
  const areas: AreaLayer[] = [];
  let open: AreaLayer | undefined;
  for (const [i, values] of columns.entries()) {
    if (values.length === 0) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { kind: 'area', name, x: [], low: [], high: [], color, opacity };
      areas.push(open);
    }
    open.x.push(x[i]);
    open.low.push(quantile(values, from));
    open.high.push(quantile(values, to));
  }
  return areas.filter((area) => area.x.length > 1);
}

function bandNote(most: number): string | undefined {
  if (most < 2) return undefined;
  return most < QUARTILES_FROM ? `Median and range of ${most}.` : `Median, middle half and range of ${most}.`;
}
