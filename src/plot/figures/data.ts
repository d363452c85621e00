import { checkFigure } from '../check.js';
import type { Axis, Chart, LegendEntry, PointsLayer } from '../figure.js';
import { INK, rampColor } from '../palette.js';
import {
  checkedClasses,
  checkedPoints,
  classLayers,
  equalAxes,
  type PlanePoint,
  pointSwatch,
} from './plane.js';
import { extent, subtitle } from './series.js';

export interface DataFigureData {
  points: readonly PlanePoint[];
  /** Classification: names of the classes, two to five. Left out for regression, where `label` is the target. */
  labels?: readonly string[];
  /** Regression: what the target is called. Default `'target'`. */
  targetLabel?: string;
  /** Regression: the target's unit. */
  unit?: string;
  /** Default `'Training data'`. */
  title?: string;
  /** Default `'x₁'`. */
  xLabel?: string;
  /** Default `'x₂'`. */
  yLabel?: string;
}

/** Room around the points, as a part of the axes' length. */
const ROOM = 0.04;
const WIDTH = 560;
const HEIGHT = 520;
/** About as many colours as a reader can look up in a legend. */
const COLORS = 6;
/** Longer numbers are written with a power of ten. */
const MOST_DIGITS = 5;

/**
 * Examples in the plane of two inputs. Classes have a colour and a symbol each; the target of a regression is coded
 * by colour from dark (small) to light (large), in ranges between round numbers.
 */
export function dataFigure(data: DataFigureData): Chart {
  const classes = data.labels && checkedClasses(data.labels);
  const points = checkedPoints(data.points, classes);
  const domains = { x: roomy(points.map((p) => p.x)), y: roomy(points.map((p) => p.y)) };
  const { equal, note, height } = equalAxes(domains.x, domains.y, { width: WIDTH, height: HEIGHT });
  const axis = (label: string, domain: [number, number]): Axis => ({ label, scale: 'linear', domain });
  const target = data.targetLabel ?? 'target';
  const { layers, entries } = classes ? ofClasses(points, classes) : ofTargets(points);
  const figure: Chart = {
    title: data.title ?? 'Training data',
    ...subtitle(
      `${points.length} ${points.length === 1 ? 'example' : 'examples'}.`,
      !classes && `Colour: ${target}${data.unit ? ` (${data.unit})` : ''}.`,
      note,
    ),
    width: WIDTH,
    height,
    x: axis(data.xLabel ?? 'x₁', domains.x),
    y: axis(data.yLabel ?? 'x₂', domains.y),
    layers,
    legend: { position: classes ? 'top' : 'right', entries },
    ...equal,
  };
  checkFigure(figure);
  return figure;
}

interface Drawn {
  layers: PointsLayer[];
  entries: LegendEntry[];
}

function ofClasses(points: PlanePoint[], classes: string[]): Drawn {
  const entries = classes.map((name, k): LegendEntry => {
    const count = points.filter((point) => point.label === k).length;
    return { label: `${name}: ${count}`, swatches: [pointSwatch(k)] };
  });
  return { layers: classLayers(points, classes), entries };
}

/** A layer for each range of targets, drawn from small to large and listed from large to small. */
function ofTargets(points: PlanePoint[]): Drawn {
  const ranges = targetRanges(points.map((point) => point.label));
  const layers: PointsLayer[] = [];
  const entries: LegendEntry[] = [];
  ranges.forEach((range, k) => {
    const color = rampColor(ranges.length === 1 ? 0.5 : k / (ranges.length - 1));
    entries.unshift({
      label: range.label,
      swatches: [{ kind: 'point', color, symbol: 'circle', outline: INK }],
    });
    const own = points.filter(({ label }) => label >= range.from && (label < range.to || range.last));
    if (own.length === 0) return;
    layers.push({
      kind: 'points',
      name: range.label,
      x: own.map((point) => point.x),
      y: own.map((point) => point.y),
      color,
      radius: 4.5,
      opacity: 1,
      outline: INK,
    });
  });
  return { layers, entries };
}

interface TargetRange {
  from: number;
  /** Excluded, but for the last. */
  to: number;
  last: boolean;
  label: string;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `−4×10⁻⁸`. */
function scientific(mantissa: number, power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${mantissa}×10${power < 0 ? '⁻' : ''}${digits}`;
}

/** Ranges of equal width between round numbers that cover all targets. */
function targetRanges(targets: number[]): TargetRange[] {
  const [low, high] = extent(targets);
  if (low === high) return [{ from: low, to: high, last: true, label: String(low).replace('-', '−') }];
  const rough = (high - low) / COLORS;
  const power = Math.floor(Math.log10(rough));
  const lead = [1, 2, 5, 10].find((l) => l * 10 ** power >= rough * (1 - 1e-9)) ?? 10;
  const at = (i: number) => (power < 0 ? (i * lead) / 10 ** -power : i * lead * 10 ** power);
  const step = at(1);
  const first = Math.floor(low / step + 1e-9);
  const end = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const digits = Math.max(0, -power - (lead === 10 ? 1 : 0));
  const plain = digits <= MOST_DIGITS && Math.max(Math.abs(low), Math.abs(high)) < 10 ** MOST_DIGITS;
  const text = (i: number) =>
    (plain || i === 0 ? (at(i) + 0).toFixed(plain ? digits : 0) : scientific(i * lead, power)).replaceAll(
      '-',
      '−',
    );
  return Array.from({ length: end - first }, (_, k) => ({
    // A target a rounding error outside the first or last range still belongs to it.
    from: k === 0 ? low : at(first + k),
    to: at(first + k + 1),
    last: first + k + 1 === end,
    label: `${text(first + k)} to ${text(first + k + 1)}`,
  }));
}

function roomy(values: number[]): [number, number] {
  const [low, high] = extent(values);
  const room = high > low ? (high - low) * ROOM : Math.max(1, Math.abs(low)) / 2;
  return [low - room, high + room];
}
