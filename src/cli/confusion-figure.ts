import type { Task } from '../learning/index.js';
import { confusionMatrix } from '../learning/index.js';
import { confusionFigure, type Figure } from '../plot/index.js';

/** What the rows and columns of a task's confusion matrix are called; `undefined` where it is no classification. */
export function decisionNames({ labels, target }: Pick<Task, 'labels' | 'target'>): string[] | undefined {
  if (labels?.kind === 'oneHot') return labels.classes;
  if (labels?.threshold === undefined) return undefined;
  return [`${target} < ${labels.threshold}`, `${target} ≥ ${labels.threshold}`];
}

/** Which class the examples of a test set were taken for; `undefined` where the task's grid is none, or was not predicted. */
export function testPicture(
  task: Task,
  predictions: readonly number[] | undefined,
  title: string,
): Figure | undefined {
  const names = decisionNames(task);
  const { grid, labels, features } = task;
  if (!names || !grid || !labels || !predictions || features.length === 2) return undefined;
  const counts = confusionMatrix(labels, predictions, grid.targets);
  return counts && confusionFigure({ counts, labels: names, title, what: 'test examples' });
}

/** Which class the validation examples were taken for; `undefined` where the task is no classification. */
export function confusionPicture(
  task: Task,
  predictions: readonly number[],
  title: string,
): Figure | undefined {
  const names = decisionNames(task);
  const counts = task.labels && confusionMatrix(task.labels, predictions, task.validation.targets);
  if (names === undefined || counts === undefined) return undefined;
  return confusionFigure({ counts, labels: names, title, what: 'validation examples' });
}
