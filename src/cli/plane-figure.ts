import { type Model, predict, type Task } from '../learning/index.js';
import { classOf } from '../learning/labels.js';
import { decisionMapFigure, type Figure } from '../plot/index.js';

/** Points on each side of a decision map for a task that has no grid of its own. */
const SIDE = 41;

/** The classes of a classification, by what its labels say. */
export function classNames({ labels, train, target }: Task): string[] | undefined {
  if (labels === undefined) return undefined;
  if (labels.kind === 'oneHot') return labels.classes;
  if (labels.threshold === undefined) return undefined;
  return [...new Set(train.targets)].sort((a, b) => a - b).map((value) => `${target} ${value}`);
}

/** Most classes whose colours can be told apart in a map. */
const MOST_CLASSES = 5;

/** Whether a classification can be shown as a map of the plane. */
export const hasPlane = (task: Task): boolean =>
  task.features.length === 2 && (classNames(task)?.length ?? 0) <= MOST_CLASSES;

export const pointsOf = (task: Task) =>
  task.train.inputs.map(([x, y], k) => ({ x, y, label: classNumber(task, task.train.targets[k]) }));

const classNumber = ({ labels }: Task, value: number): number => (labels && classOf(labels, value)) ?? value;

/**
 * The class that a trained circuit predicts for every point of the plane, by simulated feed-forward phases.
 * @param known predictions for the task's own grid, where the run made them
 */
export async function planeFigure(
  task: Task,
  model: Model,
  known: readonly number[] | undefined,
  title: string,
): Promise<Figure> {
  const { grid } = task;
  const [first, second] = [0, 1].map((i) => axisOf(grid?.inputs ?? task.train.inputs, i, grid === undefined));
  const cells = second.flatMap((y) => first.map((x) => [x, y]));
  const place = new Map(grid?.inputs.map((row, k) => [row.join(), k]));
  // Without predictions from the run the model is asked now.
  const values = known
    ? cells.map((cell) => known[place.get(cell.join()) ?? Number.NaN])
    : await predict(model, cells);
  const truth = grid && cells.map((cell) => place.get(cell.join()));
  return decisionMapFigure({
    x: first,
    y: second,
    classes: values.map((value) => (value === undefined ? null : classNumber(task, value))),
    ...(grid &&
      truth && { truth: truth.map((k) => (k === undefined ? null : classNumber(task, grid.targets[k]))) }),
    points: pointsOf(task),
    labels: classNames(task) ?? [],
    title,
    xLabel: task.features[0],
    yLabel: task.features[1],
  });
}

/** The values of one coordinate: those that occur, or evenly spaced ones over their range. */
function axisOf(rows: readonly (readonly number[])[], column: number, even: boolean): number[] {
  const values = [...new Set(rows.map((row) => row[column]))].sort((a, b) => a - b);
  if (!even) return values;
  const [low, high] = [values[0], values[values.length - 1]];
  return Array.from({ length: SIDE }, (_, k) => low + ((high - low) * k) / (SIDE - 1));
}
