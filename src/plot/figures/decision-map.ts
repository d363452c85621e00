import { cellBorders, cellEdges } from '../cells.js';
import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer, LegendEntry } from '../figure.js';
import { INK } from '../palette.js';
import {
  CLASS_STYLES,
  checkedClasses,
  checkedGrid,
  checkedPoints,
  classLayers,
  equalAxes,
  type PlanePoint,
  percentText,
  pointSwatch,
} from './plane.js';
import { extent, subtitle } from './series.js';

export interface DecisionMapData {
  /** Values of the first input at the columns of the grid, increasing. */
  x: ArrayLike<number>;
  /** Values of the second input at the rows of the grid, increasing. */
  y: ArrayLike<number>;
  /**
   * Predicted class of each cell, a place in `labels`, row-major: that of (x[i], y[j]) in place j · x.length + i.
   * `null` leaves a cell blank. Either this or `scores`.
   */
  classes?: ArrayLike<number | null>;
  /**
   * Instead of `classes`. One grid for two classes: the second is predicted where the score is at least `threshold`.
   * Or a grid for each class: the largest score wins, the first of equals.
   */
  scores?: ArrayLike<number> | readonly ArrayLike<number>[];
  /** Of a single grid of scores. Default 0.5. */
  threshold?: number;
  /** True class of each cell; `null` where there is none, and then the cell does not count. */
  truth?: ArrayLike<number | null>;
  /** Examples drawn on top, such as the training data. */
  points?: readonly PlanePoint[];
  /** Names of the classes, two to five. */
  labels: readonly string[];
  /** Default `'Predicted class over the plane'`. */
  title?: string;
  xLabel: string;
  yLabel: string;
}

const WIDTH = 560;
const HEIGHT = 560;

/**
 * The plane coloured by the predicted class. With the truth, cells predicted wrongly are dark, a line follows the
 * border between the true classes, and the subtitle states the grid's accuracy. Examples have a symbol for each class.
 */
export function decisionMapFigure(data: DecisionMapData): Chart {
  const x = finiteValues('x', data.x);
  const y = finiteValues('y', data.y);
  const names = checkedClasses(data.labels);
  const predicted = predictions(data, x.length, y.length, names);
  const truth = data.truth && checkedGrid('truth', data.truth, x.length, y.length, names);
  const points = data.points && data.points.length > 0 ? checkedPoints(data.points, names) : [];

  const wrong = predicted.map((cell, i) => cell !== null && truth?.[i] != null && truth[i] !== cell);
  const layers: Layer[] = [
    {
      kind: 'cells',
      name: 'predicted class',
      x,
      y,
      // The fills of all classes, then their dark twins.
      cells: predicted.map((cell, i) => (cell !== null && wrong[i] ? cell + names.length : cell)),
      colors: [...names.map((_, k) => CLASS_STYLES[k].fill), ...names.map((_, k) => CLASS_STYLES[k].wrong)],
    },
  ];
  const border = truth && cellBorders(x, y, truth);
  if (border && border.x.length > 0) {
    layers.push({ kind: 'line', name: 'true border', ...border, color: INK, width: 1.25 });
  }
  layers.push(...classLayers(points, names));

  const domain = (side: 'x' | 'y', centres: number[]): [number, number] =>
    extent([...cellEdges(centres), ...points.map((point) => point[side])]);
  const domains = { x: domain('x', x), y: domain('y', y) };
  const { equal, note, height } = equalAxes(domains.x, domains.y, { width: WIDTH, height: HEIGHT });
  const figure: Chart = {
    title: data.title ?? 'Predicted class over the plane',
    ...subtitle(truth && accuracyNote(predicted, truth, x.length, y.length), note),
    width: WIDTH,
    height,
    x: { label: data.xLabel, scale: 'linear', domain: domains.x },
    y: { label: data.yLabel, scale: 'linear', domain: domains.y },
    layers,
    legend: { position: 'top', entries: legend(names, predicted, wrong, points, layers) },
    ...equal,
  };
  checkFigure(figure);
  return figure;
}

function predictions(
  data: DecisionMapData,
  columns: number,
  rows: number,
  names: string[],
): (number | null)[] {
  const { classes, scores } = data;
  if ((classes === undefined) === (scores === undefined)) {
    throw new TypeError('give either classes or scores');
  }
  if (classes !== undefined) return checkedGrid('classes', classes, columns, rows, names);
  const cells = columns * rows;
  if (typeof scores![0] === 'number') {
    if (names.length !== 2) {
      throw new RangeError(
        `scores is one grid, but there are ${names.length} classes; give one grid for each class`,
      );
    }
    const threshold = data.threshold ?? 0.5;
    if (!Number.isFinite(threshold)) throw new RangeError(`threshold is ${threshold}; it must be finite`);
    return finiteValues('scores', scores as ArrayLike<number>, cells).map((s) => (s >= threshold ? 1 : 0));
  }
  if (data.threshold !== undefined) {
    throw new TypeError('threshold belongs to a single grid of scores; of several, the largest score wins');
  }
  const grids = Array.from(scores as readonly ArrayLike<number>[], (grid, k) =>
    finiteValues(`scores[${k}]`, grid, cells),
  );
  if (grids.length !== names.length) {
    throw new RangeError(`scores has ${grids.length} grids for ${names.length} classes`);
  }
  return grids[0].map((_, i) => grids.reduce((best, grid, k) => (grid[i] > grids[best][i] ? k : best), 0));
}

function accuracyNote(
  predicted: (number | null)[],
  truth: (number | null)[],
  columns: number,
  rows: number,
): string {
  const counted = predicted.filter((cell, i) => cell !== null && truth[i] !== null).length;
  if (counted === 0) throw new RangeError('truth: no cell has both a prediction and a true class');
  const right = predicted.filter((cell, i) => cell !== null && truth[i] === cell).length;
  return (
    `Accuracy on the ${columns} × ${rows} grid: ${percentText(right, counted)} (${right} of ${counted}` +
    `${counted < columns * rows ? ' cells that have a class' : ''}).`
  );
}

function legend(
  names: string[],
  predicted: (number | null)[],
  wrong: boolean[],
  points: PlanePoint[],
  layers: Layer[],
): LegendEntry[] {
  const entries: LegendEntry[] = names.map((label, k) => ({
    label,
    swatches: [
      { kind: 'box', color: CLASS_STYLES[k].fill },
      ...(points.some((point) => point.label === k) ? [pointSwatch(k)] : []),
    ],
  }));
  const mistaken = names.flatMap((_, k) => (predicted.some((c, i) => c === k && wrong[i]) ? [k] : []));
  if (mistaken.length > 0) {
    entries.push({
      label: 'wrong prediction',
      swatches: mistaken.map((k) => ({ kind: 'box', color: CLASS_STYLES[k].wrong })),
    });
  }
  if (layers.some((layer) => layer.kind === 'line')) {
    entries.push({ label: 'true border', swatches: [{ kind: 'line', color: INK }] });
  }
  return entries;
}
