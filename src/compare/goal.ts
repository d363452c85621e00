import { decidedRightly, type LearnerExamples } from '../learning/index.js';
import type { Goal } from './problems.js';

/** How good answers are. */
export interface Score {
  /** Part decided rightly; `null` where labels are values. */
  right: number | null;
  /** Squared error over that of the mean label: 0 without an error, 1 for an answer that knows nothing. */
  left: number;
}

/**
 * @param threshold of a single output
 * @param goal says whether labels are classes
 */
export function scoreOf(
  outputs: readonly (readonly number[])[],
  { labels }: Pick<LearnerExamples, 'labels'>,
  threshold: number,
  goal: Goal,
): Score {
  const means = labels[0].map((_, o) => labels.reduce((sum, row) => sum + row[o], 0) / labels.length);
  let [error, spread] = [0, 0];
  labels.forEach((row, k) => {
    row.forEach((label, o) => {
      error += (outputs[k][o] - label) ** 2;
      spread += (label - means[o]) ** 2;
    });
  });
  const right = 'right' in goal ? decidedRightly(outputs, { labels }, threshold) : null;
  return { right, left: error / spread };
}

/** Epochs in a row that must meet the goal: while weights move, one epoch may be right by chance. */
const RUNNING = 3;

/** Whether the last epochs meet the goal. */
export const isLearned = (epochs: readonly Score[], goal: Goal): boolean =>
  epochs.length >= RUNNING && epochs.slice(-RUNNING).every((score) => isReached(score, goal));

export const isReached = ({ right, left }: Score, goal: Goal): boolean =>
  'right' in goal ? (right ?? 0) >= goal.right : left <= goal.left;
