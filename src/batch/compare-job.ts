import { type CompareOptions, type CompareRun, compareRun } from '../compare/index.js';
import type { JobContext } from './serve.js';
import type { TrainJobProgress } from './train-job.js';

/** What the job `compare` takes. */
export interface CompareJob extends Omit<CompareOptions, 'signal' | 'onStep'> {
  system: string;
  problem: string;
}

/** Milliseconds between two words of progress. */
const SPACING = 100;

/** One start of one system on one problem: the job `compare` of the package's worker. */
export function compareJob(
  { system, problem, ...options }: CompareJob,
  { signal, progress }: JobContext,
): Promise<CompareRun> {
  let told = Number.NEGATIVE_INFINITY;
  return compareRun(system, problem, {
    ...options,
    signal,
    onStep: (step, steps) => {
      const now = performance.now();
      if (now - told < SPACING) return;
      told = now;
      progress({ epoch: 0, step, steps } satisfies TrainJobProgress);
    },
  });
}
