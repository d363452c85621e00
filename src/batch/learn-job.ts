import {
  type LearnerReport,
  type LearnerRunOptions,
  type LearnerTask,
  type LearnerTaskOptions,
  learnerTasks,
  type NamedLearnerTask,
  runLearner,
} from '../learning/index.js';
import type { JobContext } from './serve.js';
import type { TrainJobProgress } from './train-job.js';

/** What the job `learn` takes. */
export interface LearnJob extends LearnerTaskOptions {
  /** A task, or the name of one in `learnerTasks`. */
  task: LearnerTask | string;
  options?: Omit<LearnerRunOptions, 'signal' | 'onStep' | 'enough'>;
}

/** Milliseconds between two words of progress. */
const SPACING = 100;

/** The task that a job names or brings. @throws RangeError for a name that does not exist */
export function learnerTaskOfJob({ task, options: _, ...choices }: LearnJob): LearnerTask {
  if (typeof task !== 'string') return task;
  if (!Object.hasOwn(learnerTasks, task)) {
    throw new RangeError(`there is no task "${task}"; there are ${Object.keys(learnerTasks).join(', ')}`);
  }
  return (learnerTasks as Readonly<Record<string, NamedLearnerTask>>)[task].create(choices);
}

/** Runs a learner's task: the job `learn` of the package's worker. Chemistry that cannot go on is a result, not an error. */
export async function learnJob(input: LearnJob, { signal, progress }: JobContext): Promise<LearnerReport> {
  const task = learnerTaskOfJob(input);
  let told = Number.NEGATIVE_INFINITY;
  const report = await runLearner(task, {
    ...input.options,
    signal,
    onStep: ({ step }, steps) => {
      const now = performance.now();
      if (now - told < SPACING) return;
      told = now;
      progress({ epoch: Math.floor((step * task.epochs) / steps), step, steps } satisfies TrainJobProgress);
    },
  });
  signal.throwIfAborted();
  return report;
}
