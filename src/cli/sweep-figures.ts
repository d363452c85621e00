import type { Cell, SweepTable } from '../batch/node.js';
import { type Figure, heatMapFigure, scatterFigure, valueBandFigure } from '../plot/index.js';
import { InvalidInput } from './failures.js';
import { median } from './reproduce-rows.js';

/** Which options the axes are; `undefined` for the first that fit. */
export interface AxisFlags {
  x?: string;
  y?: string;
}

/** An option that varies, with its values row by row. */
interface Axis {
  name: string;
  cells: Cell[];
  /** Different values, numbers in their order. */
  values: Cell[];
  isNumeric: boolean;
}

/** Figures are drawn of so many quantities; the table has them all. */
const MOST_FIGURES = 24;
/** Panels of a figure without a grid. */
const MOST_PANELS = 6;
/** Values that span more than this are on a logarithmic axis, and those of equal ratios. */
const LOG_ABOVE = 50;
/** Replicates: never an axis. */
const SEED = 'seed';

/**
 * A figure for every quantity, by the name of its file: over a plane of two options as a heat map, over one as lines with
 * bands over the replicates, and of a design without a grid as points over each option.
 * @throws InvalidInput for an axis that cannot be one
 */
export function sweepFigures(table: SweepTable, flags: AxisFlags): Map<string, () => Figure> {
  const axes = axesOf(table);
  for (const [flag, name] of Object.entries(flags)) {
    const axis = axes.find((one) => one.name === name);
    if (name === undefined || axis?.isNumeric) continue;
    const known = axes.filter(({ isNumeric }) => isNumeric).map((one) => one.name);
    throw new InvalidInput(
      `--${flag} must be an option with several numbers, not ${JSON.stringify(name)}`,
      known.length === 0 ? 'this sweep has none' : `there are ${known.join(', ')}`,
    );
  }
  const make = drawer(axes, flags);
  const figures = new Map<string, () => Figure>();
  if (make === undefined) return figures;
  for (const [c, { name, role }] of table.columns.entries()) {
    if (role !== 'quantity' || figures.size >= MOST_FIGURES) continue;
    const values = table.rows.map((row) => row[c] as number | null);
    if (values.every((value) => value === null)) continue;
    let file = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'quantity';
    while (figures.has(file)) file += '-';
    figures.set(file, () => make(name, values));
  }
  return figures;
}

function axesOf({ columns, rows }: SweepTable): Axis[] {
  return columns.flatMap(({ name, kind, role }, c): Axis[] => {
    if (role !== 'factor' || name === SEED) return [];
    const cells = rows.map((row) => row[c]);
    const values = [...new Set(cells)];
    const isNumeric = (kind === 'number' || kind === 'whole') && !values.includes(null);
    if (isNumeric) values.sort((a, b) => (a as number) - (b as number));
    return values.length < 2 ? [] : [{ name, cells, values, isNumeric }];
  });
}

type Make = (name: string, values: (number | null)[]) => Figure;

function drawer(axes: readonly Axis[], flags: AxisFlags): Make | undefined {
  const numeric = axes.filter(({ isNumeric }) => isNumeric);
  if (numeric.length === 0) return undefined;
  const chosen = (name: string | undefined) => numeric.find((axis) => axis.name === name);
  const rows = axes[0].cells.length;
  const groups = new Set(Array.from({ length: rows }, (_, i) => keyOf(axes, i))).size;
  const isGrid = axes.reduce((product, { values }) => product * values.length, 1) === groups;
  if (!isGrid && flags.x === undefined) {
    return (label, values) =>
      scatterFigure({
        over: numeric.slice(0, MOST_PANELS).map((axis) => ({
          label: axis.name,
          x: axis.cells as number[],
          scale: scaleOf(axis),
        })),
        values,
        label,
      });
  }
  const x =
    chosen(flags.x) ?? (numeric.find(({ name }) => name !== flags.y) as Axis | undefined) ?? numeric[0];
  const second = numeric.find((axis) => axis !== x);
  const y = chosen(flags.y) ?? (flags.x === undefined && axes.length === 2 ? second : undefined);
  return y === undefined || y === x ? lines(axes, x) : plane(x, y);
}

const scaleOf = ({ values }: Axis): 'linear' | 'log' => {
  const numbers = values as number[];
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  if (low <= 0) return 'linear';
  const ratio = numbers[1] / low;
  const isEven = numbers.every((value, i) => i === 0 || Math.abs(value / numbers[i - 1] / ratio - 1) < 1e-6);
  return high / low > LOG_ABOVE || (numbers.length > 2 && isEven) ? 'log' : 'linear';
};

const keyOf = (axes: readonly Axis[], row: number): string =>
  JSON.stringify(axes.map(({ cells }) => cells[row]));

/** Medians over replicates, and whatever else varies. */
function plane(x: Axis, y: Axis): Make {
  return (label, values) => {
    const found = new Map<string, number[]>();
    values.forEach((value, i) => {
      const key = keyOf([x, y], i);
      if (value !== null) found.set(key, [...(found.get(key) ?? []), value]);
    });
    const cells = y.values.flatMap((b) =>
      x.values.map((a) => {
        const all = found.get(JSON.stringify([a, b]));
        return all === undefined ? null : median(all);
      }),
    );
    const most = Math.max(...[...found.values()].map(({ length }) => length));
    return heatMapFigure({
      x: x.values as number[],
      y: y.values as number[],
      values: cells,
      xLabel: x.name,
      yLabel: y.name,
      xScale: scaleOf(x),
      yScale: scaleOf(y),
      label,
      title: most > 1 ? `${label}: median of ${most}` : label,
    });
  };
}

/** A line for each combination of the other options; what has the same options and another seed is a repetition. */
function lines(axes: readonly Axis[], x: Axis): Make {
  const others = axes.filter((axis) => axis !== x);
  return (label, values) => {
    const series = new Map<string, { name: string; at: Map<Cell, (number | null)[]> }>();
    values.forEach((value, i) => {
      const key = keyOf(others, i);
      const name = others.map((axis) => `${axis.name} ${axis.cells[i]}`).join(', ') || label;
      const one = series.get(key) ?? { name, at: new Map() };
      series.set(key, one);
      one.at.set(x.cells[i], [...(one.at.get(x.cells[i]) ?? []), value]);
    });
    return valueBandFigure({
      x: x.values as number[],
      series: [...series.values()].map(({ name, at }) => {
        const most = Math.max(...[...at.values()].map(({ length }) => length));
        return {
          name,
          runs: Array.from({ length: most }, (_, k) => x.values.map((value) => at.get(value)?.[k] ?? null)),
        };
      }),
      xLabel: x.name,
      xScale: scaleOf(x),
      label,
    });
  };
}
