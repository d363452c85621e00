import { checkFigure, finiteValues } from '../check.js';
import type { Axis, Layer, Panel, Panels, ScaleKind } from '../figure.js';
import { BAND_TINTS } from '../palette.js';
import {
  type CheckedSeries,
  checkedSeries,
  extent,
  hasRails,
  leftOutNote,
  lineLayer,
  MAX_LINES,
  MODEL_UNITS,
  mostChanging,
  RAIL_NOTE,
  railLegend,
  railStyles,
  type Series,
  type Style,
  subtitle,
} from './series.js';

export interface PhaseSpan {
  name: string;
  from: number;
  to: number;
}

export interface ConcentrationsData {
  /** Never decreasing. A time where two phases meet may occur twice: before and after the doses. */
  times: ArrayLike<number>;
  series: readonly Series[];
  /** In order of time. */
  phases: readonly PhaseSpan[];
  /** Concentration unit. Default `'model units'`. */
  unit?: string;
  /** Default `'model units'`. */
  timeUnit?: string;
  /** Default `'Concentrations through one example'`. */
  title?: string;
  /** Of the concentration axes; `'symlog'` is logarithmic over four decades. Default `'linear'`. */
  yScale?: 'linear' | 'symlog';
}

/**
 * Species roles by the letters of neural circuits, one row of frames each. A role with too many lines for one frame
 * is split into its parts.
 */
const ROLES: readonly (readonly { letters: RegExp; word: string }[])[][] = [
  [
    [
      { letters: /^X0?$/, word: 'inputs' },
      { letters: /^Y$/, word: 'label' },
    ],
    [
      { letters: /^Z$/, word: 'hidden states' },
      { letters: /^O$/, word: 'output' },
    ],
  ],
  [
    [
      { letters: /^E$/, word: 'error' },
      { letters: /^A$/, word: 'adjoint' },
      { letters: /^F$/, word: 'sensitivity' },
    ],
    [{ letters: /^[GVMN]$/, word: 'gradient' }],
  ],
  [
    [
      { letters: /^P$/, word: 'weights' },
      { letters: /^H$/, word: 'drift' },
      { letters: /^B$/, word: 'biases' },
    ],
    [{ letters: /^W$/, word: 'read-out weights' }],
  ],
  [[{ letters: /^(C\d*|K)$/, word: 'clock' }]],
];
const OTHERS = 'Other species';
/** Fewer named roles than this part of the species, and the letters mean something else in this network. */
const ROLES_APPLY = 0.5;

const SYMLOG_DECADES = 4;
const WIDTH = 640;
const ROW_HEIGHT = 165;
const HEADER_HEIGHT = 120;
/** More phases than this share one time axis. */
const MAX_COLUMNS = 6;
/** Up to so many share the usual width; each further one adds its own. */
const COLUMNS_IN_WIDTH = 4;
const COLUMN_WIDTH = 140;

/**
 * Concentrations through one example. Every phase has its own frame and time axis, because phases differ in length by
 * orders of magnitude; frames of a row share their concentration axis. Species of neural circuits are split by role.
 */
export function concentrationsFigure(data: ConcentrationsData): Panels {
  const times = finiteValues('times', data.times);
  const series = checkedSeries(data.series, times.length);
  const phases = checkedPhases(data.phases, times);
  const own = phases.length <= MAX_COLUMNS;
  const spans = own ? phases.map((phase) => [phase]) : [phases];
  const rows = byRole(series).map((row) => ({ ...row, ...mostChanging(row.series) }));
  const scale = data.yScale ?? 'linear';
  const panels: Panel[] = [];
  rows.forEach((row, r) => {
    const names = row.shown.map((one) => one.name);
    const styles = railStyles(names);
    const axis = sharedAxis(row.shown, scale);
    spans.forEach((span, c) => {
      const first = r === 0;
      const last = r === rows.length - 1;
      panels.push({
        ...(row.title && c === 0 ? { title: row.title } : {}),
        x: {
          label: last ? 'time' : '',
          ...(last ? { unit: data.timeUnit ?? MODEL_UNITS } : {}),
          scale: 'linear',
        },
        y: {
          label: c === 0 ? 'concentration' : '',
          ...(c === 0 ? { unit: data.unit ?? MODEL_UNITS } : {}),
          ...axis,
        },
        layers: [
          ...span.map((phase, i) => bandOf(phase, first, own ? c : i)),
          ...linesWithin(row.shown, times, span, styles),
        ],
        legend: c === spans.length - 1 ? { position: 'right', entries: railLegend(names, styles) } : 'none',
      });
    });
  });
  const left = rows.reduce((count, row) => count + row.left, 0);
  const figure: Panels = {
    title: data.title ?? 'Concentrations through one example',
    ...subtitle(
      own && phases.length > 1 && 'Each phase has its own time axis.',
      hasRails(rows.flatMap((row) => row.shown.map((one) => one.name))) && RAIL_NOTE,
      leftOutNote(left, series.length, 'species'),
    ),
    width: WIDTH + COLUMN_WIDTH * Math.max(0, spans.length - COLUMNS_IN_WIDTH),
    height: HEADER_HEIGHT + ROW_HEIGHT * Math.max(rows.length, 1.4),
    columns: spans.length,
    panels,
  };
  checkFigure(figure);
  return figure;
}

interface Span extends PhaseSpan {
  /** First and last place in `times`, both included. */
  first: number;
  last: number;
}

/** Finds each phase's stretch of the times; a time that belongs to no phase is an error, not a loss. */
function checkedPhases(phases: readonly PhaseSpan[], times: number[]): Span[] {
  if (!Array.isArray(phases) || phases.length === 0)
    throw new RangeError('phases is empty; name at least one phase');
  for (let i = 1; i < times.length; i++) {
    if (times[i] < times[i - 1]) {
      throw new RangeError(`times: value ${i} is ${times[i]}, earlier than the one before (${times[i - 1]})`);
    }
  }
  const slack = 1e-9 * Math.max(Math.abs(times[0]), Math.abs(times[times.length - 1]), Number.MIN_VALUE);
  let next = 0;
  const spans = phases.map((phase, p): Span => {
    const { name, from, to } = phase;
    if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) {
      throw new RangeError(`phase "${name}" goes from ${from} to ${to}; it must be finite and end later`);
    }
    if (p > 0 && from < phases[p - 1].to - slack) {
      throw new RangeError(`phase "${name}" starts at ${from}, before the end of "${phases[p - 1].name}"`);
    }
    if (next < times.length && times[next] < from - slack) {
      throw new RangeError(`times: ${times[next]} lies in no phase; phase "${name}" starts at ${from}`);
    }
    const first = next;
    while (next < times.length && times[next] < to - slack) next++;
    // Where phases meet: the first value at that time still belongs to the phase that ends.
    if (next < times.length && times[next] <= to + slack) next++;
    const last = next - 1;
    if (last < first) throw new RangeError(`phase "${name}" (${from} to ${to}) contains none of the times`);
    const meets = p + 1 < phases.length && Math.abs(phases[p + 1].from - to) <= slack;
    // A single value at the meeting point begins the next phase too.
    if (meets && Math.abs(times[last] - to) <= slack && !(next < times.length && times[next] <= to + slack)) {
      next = last;
    }
    return { name, from, to, first, last };
  });
  if (next < times.length) {
    throw new RangeError(`times: ${times[next]} lies after the end of the last phase`);
  }
  return spans;
}

interface Row {
  title?: string;
  series: CheckedSeries[];
}

function byRole(series: CheckedSeries[]): Row[] {
  const rows = ROLES.flatMap((parts) => {
    const whole = roleRow(series, parts.flat());
    return whole.series.length > MAX_LINES ? parts.map((part) => roleRow(series, part)) : [whole];
  }).filter((row) => row.series.length > 0);
  const placed = new Set(rows.flatMap((row) => row.series));
  const others = series.filter((one) => !placed.has(one));
  if (placed.size < ROLES_APPLY * series.length || rows.length + Math.sign(others.length) < 2)
    return [{ series }];
  return others.length > 0 ? [...rows, { title: OTHERS, series: others }] : rows;
}

/** The species of some letters, under a title made of the words that apply. */
function roleRow(series: CheckedSeries[], kinds: readonly { letters: RegExp; word: string }[]): Row {
  const letters = (one: CheckedSeries) => one.name.replace(/[+-]$/, '').replace(/\[.*\]$/, '');
  const present = kinds.filter((kind) => series.some((one) => kind.letters.test(letters(one))));
  const words = [...new Set(present.map((kind) => kind.word))].join(', ');
  return {
    title: words.charAt(0).toUpperCase() + words.slice(1),
    series: series.filter((one) => present.some((kind) => kind.letters.test(letters(one)))),
  };
}

/** One concentration axis for a row, from zero when nothing is negative. */
function sharedAxis(shown: CheckedSeries[], scale: ScaleKind): Pick<Axis, 'scale' | 'domain' | 'constant'> {
  const [low, high] = extent(shown.flatMap((one) => extent(one.values)));
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (scale === 'symlog') {
    const constant = most === 0 ? 1 : 10 ** (Math.floor(Math.log10(most)) - SYMLOG_DECADES);
    return { scale, constant, domain: [low < 0 ? -most * 1.5 : 0, most === 0 ? 1 : most * 1.5] };
  }
  if (most === 0) return { scale, domain: [0, 1] };
  if (low === high) return { scale, domain: [Math.min(0, low * 1.2), Math.max(0, high * 1.2)] };
  const room = (high - Math.min(0, low)) * 0.05;
  return { scale, domain: [low < -room ? low - room : Math.min(0, low), Math.max(0, high) + room] };
}

function bandOf(phase: Span, labelled: boolean, place: number): Layer {
  return {
    kind: 'band',
    from: phase.from,
    to: phase.to,
    ...(labelled ? { label: phase.name } : {}),
    color: BAND_TINTS[place % BAND_TINTS.length],
  };
}

function linesWithin(
  shown: CheckedSeries[],
  times: number[],
  span: Span[],
  styles: Map<string, Style>,
): Layer[] {
  const first = span[0].first;
  const last = span[span.length - 1].last + 1;
  const x = times.slice(first, last);
  return shown.map((one) => lineLayer(one.name, x, one.values.slice(first, last), styles.get(one.name)!));
}
