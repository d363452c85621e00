import { checkFigure, finiteValues } from '../check.js';
import type { Chart } from '../figure.js';
import {
  type CheckedSeries,
  checkedSeries,
  hasRails,
  leftOutNote,
  lineLayer,
  MAX_LINES,
  MODEL_UNITS,
  mostChanging,
  RAIL_NOTE,
  railLegend,
  railStyles,
  subtitle,
} from './series.js';

export interface TimeCourseData {
  species: readonly string[];
  times: ArrayLike<number>;
  /** One column of concentrations for each of `species`, in that order. */
  columns: readonly ArrayLike<number>[];
  /** Logarithmic time axis. Default: when the saved times themselves are spaced logarithmically. */
  logTime?: boolean;
  /**
   * Of the concentration axis. `'auto'` is logarithmic when the positive values span more than four decades.
   * Default `'linear'`.
   */
  yScale?: 'linear' | 'log' | 'auto';
  /** Default 12; the species that change most are drawn and the subtitle counts the others. */
  maxLines?: number;
  /** What `species` are names of, in the plural. Default `'species'`. */
  noun?: string;
  /** Concentration unit. Default `'model units'`. */
  unit?: string;
  /** Default `'model units'`. */
  timeUnit?: string;
  /** Default `'Concentrations over time'`. */
  title?: string;
}

const LOG_ABOVE_DECADES = 4;
/** A logarithmic axis reaches this many decades below its largest value; rounding errors live below. */
const MOST_DECADES = 16;
/** Times are called logarithmic when they span this factor in steps of equal ratio, give or take. */
const LOG_GRID_SPAN = 100;
const LOG_GRID_TOLERANCE = 0.02;

/**
 * All species of a run over time. What an axis cannot show is said in the subtitle: a time ≤ 0 on logarithmic time,
 * values ≤ 0 (drawn as gaps) or more than 16 decades below the largest on logarithmic concentration.
 */
export function timeCourseFigure(data: TimeCourseData): Chart {
  const times = finiteValues('times', data.times);
  if (data.species.length !== data.columns.length) {
    throw new RangeError(`there are ${data.species.length} species but ${data.columns.length} columns`);
  }
  const maxLines = data.maxLines ?? MAX_LINES;
  if (!Number.isInteger(maxLines) || maxLines < 1) {
    throw new RangeError(`maxLines is ${maxLines}; it must be a whole number ≥ 1`);
  }
  const all = checkedSeries(
    data.species.map((name, i) => ({ name, values: data.columns[i] })),
    times.length,
  );
  const logTime = data.logTime ?? isLogGrid(times);
  const kept = times.map((_, i) => i).filter((i) => !logTime || times[i] > 0);
  if (kept.length === 0)
    throw new RangeError('times: none is > 0, so there is nothing to draw on a logarithmic axis');
  const x = kept.map((i) => times[i]);
  const candidates = all.map((one) => ({ name: one.name, values: kept.map((i) => one.values[i]) }));
  const logY =
    data.yScale === 'log' ||
    (data.yScale === 'auto' && decades(mostChanging(candidates, maxLines).shown) > LOG_ABOVE_DECADES);
  const possible = logY ? everPositive(candidates) : candidates;
  const { shown: series, left } = mostChanging(possible, maxLines);
  const log = logY ? onLogAxis(series) : undefined;
  const names = series.map((one) => one.name);
  const styles = railStyles(names);
  const dropped = times.length - kept.length;
  const figure: Chart = {
    title: data.title ?? 'Concentrations over time',
    ...subtitle(
      hasRails(names) && RAIL_NOTE,
      leftOutNote(left, possible.length, data.noun ?? 'species'),
      possible.length < all.length && neverPositiveNote(candidates, possible),
      dropped > 0 && droppedTimesNote(times, dropped),
      log?.note,
    ),
    width: 640,
    height: 420,
    x: { label: 'time', unit: data.timeUnit ?? MODEL_UNITS, scale: logTime ? 'log' : 'linear' },
    y: {
      label: 'concentration',
      unit: data.unit ?? MODEL_UNITS,
      scale: log ? 'log' : 'linear',
      ...(log?.domain ? { domain: log.domain } : {}),
    },
    layers: series
      .filter((one) => names.includes(one.name))
      .map((one) =>
        lineLayer(
          one.name,
          x,
          log ? one.values.map((v) => (v > 0 ? v : null)) : one.values,
          styles.get(one.name)!,
        ),
      ),
    legend: { position: 'right', entries: railLegend(names, styles) },
  };
  checkFigure(figure);
  return figure;
}

function droppedTimesNote(times: number[], dropped: number): string {
  const what = dropped > 1 ? `${dropped} times ≤ 0 are` : times[0] === 0 ? 'Time 0 is' : 'One time ≤ 0 is';
  return `${what} not on the logarithmic time axis.`;
}

/** Equal ratios from one saved time to the next; a leading zero, as every logarithmic grid from t = 0 has, is allowed. */
function isLogGrid(times: number[]): boolean {
  const positive = times[0] === 0 ? times.slice(1) : times;
  if (positive.length < 4 || positive[0] <= 0) return false;
  const last = positive.length - 1;
  if (positive[last] / positive[0] < LOG_GRID_SPAN) return false;
  const step = Math.log(positive[last] / positive[0]) / last;
  return positive.every(
    (t, i) => i === 0 || Math.abs(Math.log(t / positive[i - 1]) - step) <= LOG_GRID_TOLERANCE * step,
  );
}

function positiveExtent(series: CheckedSeries[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const { values } of series) {
    for (const value of values) {
      if (value > 0 && value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function decades(series: CheckedSeries[]): number {
  const [low, high] = positiveExtent(series);
  return high > 0 ? Math.log10(high / low) : 0;
}

function everPositive(series: CheckedSeries[]): CheckedSeries[] {
  const kept = series.filter((one) => one.values.some((v) => v > 0));
  if (kept.length > 0) return kept;
  throw new RangeError(
    `no value of ${series.map((one) => `"${one.name}"`).join(', ')} is > 0, so there is nothing to draw on a ` +
      'logarithmic axis; use yScale "linear"',
  );
}

/** Names up to this many; a longer list would push the picture down. */
const NAMES_IN_NOTE = 6;

function neverPositiveNote(all: CheckedSeries[], kept: CheckedSeries[]): string {
  const names = all.filter((one) => !kept.includes(one)).map((one) => one.name);
  const named = names.slice(0, NAMES_IN_NOTE).join(', ');
  const more = names.length > NAMES_IN_NOTE ? ` and ${names.length - NAMES_IN_NOTE} more` : '';
  return `Never above 0, so not on the logarithmic axis: ${named}${more}.`;
}

function onLogAxis(series: CheckedSeries[]): { domain?: [number, number]; note?: string } {
  const [low, high] = positiveExtent(series);
  const floor = high / 10 ** MOST_DECADES;
  const notes = [
    series.some((one) => one.values.some((v) => v <= 0)) && 'Values ≤ 0 are gaps.',
    low < floor && `Values more than ${MOST_DECADES} decades below the largest are cut off.`,
  ].filter(Boolean);
  return {
    ...(low < floor ? { domain: [floor, high * 3] as [number, number] } : {}),
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}
