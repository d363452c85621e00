import { finiteValues } from '../check.js';
import type { LegendEntry, PointSymbol, PointsLayer } from '../figure.js';

/** An example in the plane of two inputs. */
export interface PlanePoint {
  x: number;
  y: number;
  /** Classification: the class, a place in the class names. Regression: the target. */
  label: number;
}

export interface ClassStyle {
  /** A cell predicted as this class. */
  fill: string;
  /** The same where the prediction is wrong. */
  wrong: string;
  /** An example of this class. */
  strong: string;
  symbol: PointSymbol;
}

/**
 * Colours and symbols of classes. Fills differ from one another, and wrong cells from right ones, also in lightness,
 * so that they stay apart under every common colour blindness and in grey.
 */
export const CLASS_STYLES: readonly ClassStyle[] = [
  { fill: '#8fd3f5', wrong: '#0f73a4', strong: '#00568a', symbol: 'circle' },
  { fill: '#fec36e', wrong: '#a86214', strong: '#8f4500', symbol: 'triangle' },
  { fill: '#95bfa0', wrong: '#264b30', strong: '#0e4a24', symbol: 'square' },
  { fill: '#eff5b5', wrong: '#746a35', strong: '#5a5410', symbol: 'diamond' },
  { fill: '#b591b5', wrong: '#682661', strong: '#4d0261', symbol: 'star' },
];

/** Around symbols of examples, so that they stand out from cells of any colour. */
export const OUTLINE = '#ffffff';

/** Names of the classes, or an error that says what is wrong with them. */
export function checkedClasses(labels: readonly string[]): string[] {
  if (!Array.isArray(labels)) throw new TypeError('labels must be an array with the names of the classes');
  if (labels.length < 2 || labels.length > CLASS_STYLES.length) {
    throw new RangeError(
      `labels names ${labels.length} classes; 2 to ${CLASS_STYLES.length} can be told apart in one plane`,
    );
  }
  labels.forEach((label, i) => {
    if (typeof label !== 'string' || label.trim() === '') throw new TypeError(`labels[${i}] must be a name`);
    if (labels.indexOf(label) !== i) throw new RangeError(`labels: "${label}" is given twice`);
  });
  return [...labels];
}

/** Copies the examples, refusing by place what cannot be drawn. `classes` is absent for regression. */
export function checkedPoints(points: readonly PlanePoint[], classes?: readonly string[]): PlanePoint[] {
  if (!Array.isArray(points)) throw new TypeError('points must be an array of { x, y, label }');
  if (points.length === 0) throw new RangeError('points is empty; there is nothing to draw');
  return points.map((point, i) => {
    const { x, y, label } = point;
    for (const [name, value] of Object.entries({ x, y, label })) {
      if (!Number.isFinite(value)) {
        throw new RangeError(`points[${i}].${name} is ${value}; only finite numbers can be drawn`);
      }
    }
    if (classes) checkClass(`points[${i}].label`, label, classes);
    return { x, y, label };
  });
}

/** A grid of classes; `null` is a place without one. */
export function checkedGrid(
  name: string,
  grid: ArrayLike<number | null>,
  columns: number,
  rows: number,
  classes: readonly string[],
): (number | null)[] {
  if (grid === null || typeof grid !== 'object' || typeof grid.length !== 'number') {
    throw new TypeError(`${name} must be an array of class numbers`);
  }
  if (grid.length !== columns * rows) {
    throw new RangeError(
      `${name} has ${grid.length} values where ${columns} × ${rows} = ${columns * rows} are needed`,
    );
  }
  return Array.from(grid, (value, i) => {
    if (value !== null) checkClass(`${name}[${i}]`, value, classes);
    return value;
  });
}

function checkClass(name: string, value: number, classes: readonly string[]): void {
  if (!Number.isInteger(value) || value < 0 || value >= classes.length) {
    throw new RangeError(
      `${name} is ${value}; it must be the place of a class, a whole number from 0 to ${classes.length - 1}`,
    );
  }
}

/** One layer for each class that occurs, with its symbol. */
export function classLayers(points: readonly PlanePoint[], classes: readonly string[]): PointsLayer[] {
  return classes.flatMap((name, label): PointsLayer[] => {
    const own = points.filter((point) => point.label === label);
    if (own.length === 0) return [];
    return [
      {
        kind: 'points',
        name,
        x: own.map((point) => point.x),
        y: own.map((point) => point.y),
        color: CLASS_STYLES[label].strong,
        symbol: CLASS_STYLES[label].symbol,
        radius: 4,
        opacity: 1,
        outline: OUTLINE,
      },
    ];
  });
}

export function pointSwatch(label: number): LegendEntry['swatches'][number] {
  const { strong, symbol } = CLASS_STYLES[label];
  return { kind: 'point', color: strong, symbol, outline: OUTLINE };
}

/** More than this times as long as the other, and an axis to the same scale would leave no room for the other. */
const MOST_UNEQUAL = 3;

/** What stands around a frame, roughly: axis and margins beside it; titles, legend and axis above and below. */
const AROUND = { width: 80, height: 165 };

/**
 * Both axes to one scale where that leaves a readable frame, else a note that they are not; and the figure's height,
 * no more than `most.height`, without empty space under a wide frame.
 */
export function equalAxes(
  x: [number, number],
  y: [number, number],
  most: { width: number; height: number },
): { height: number; equal: { equal?: true }; note: string | undefined } {
  const ratio = (y[1] - y[0]) / (x[1] - x[0]);
  return ratio <= MOST_UNEQUAL && ratio >= 1 / MOST_UNEQUAL
    ? {
        equal: { equal: true },
        note: undefined,
        height: Math.min(most.height, Math.round(AROUND.height + ratio * (most.width - AROUND.width))),
      }
    : { equal: {}, note: 'The axes are not to the same scale.', height: most.height };
}

/** `97.3 %`; only a whole is 100 % and only nothing is 0 %. */
export function percentText(part: number, whole: number): string {
  const tenths = Math.round((1000 * part) / whole);
  const kept = part < whole ? Math.min(tenths, 999) : tenths;
  return `${((part > 0 ? Math.max(kept, 1) : kept) / 10).toFixed(1)} %`;
}

export interface SampledGrid {
  x: number[];
  y: number[];
  /** Row-major: the value at (x[i], y[j]) is in place j · x.length + i; `null` where no sample lies. */
  values: (number | null)[];
}

/**
 * Puts values that belong to points of a uniform grid, in any order and with holes, in the order that
 * `decisionMapFigure` takes.
 * @throws RangeError when a place occurs twice, or when the points are no grid: more than half of the places empty.
 */
export function gridFromSamples(
  inputs: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
): SampledGrid {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new RangeError('inputs is empty; there is no grid');
  const kept = finiteValues('values', values, inputs.length);
  const pairs = inputs.map((input, i) => finiteValues(`inputs[${i}]`, input, 2));
  const [x, y] = [0, 1].map((side) => [...new Set(pairs.map((p) => p[side]))].sort((a, b) => a - b));
  const grid: (number | null)[] = new Array(x.length * y.length).fill(null);
  if (grid.length > 2 * inputs.length) {
    throw new RangeError(
      `inputs: ${inputs.length} points have ${x.length} different x and ${y.length} different y; they are no grid`,
    );
  }
  const [columns, rows] = [x, y].map((side) => new Map(side.map((value, i) => [value, i])));
  pairs.forEach(([px, py], i) => {
    const place = rows.get(py)! * x.length + columns.get(px)!;
    if (grid[place] !== null) throw new RangeError(`inputs[${i}]: (${px}, ${py}) occurs twice`);
    grid[place] = kept[i];
  });
  return { x, y, values: grid };
}
