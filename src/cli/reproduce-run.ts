import { startWorker } from '../batch/node.js';
import type { LearnerReport } from '../learning/index.js';
import type { ValidationResult } from '../validation/index.js';
import { validatedText } from './reproduce-checks.js';
import { learnedText } from './reproduce-learner-rows.js';
import { measured, measuredText } from './reproduce-rows.js';
import type { AnyRun, AnyStored, StoredRun, StoredRuns } from './reproduce-stored.js';
import { completeStored, loadStored, type RunBatch } from './stored-runs.js';
import type { Terminal } from './terminal.js';

/** Runs that are there, and what became of the others. */
export type Batch = RunBatch<AnyRun, AnyStored>;

/** The runs whose files are there already. */
export const loadRuns = (runs: readonly AnyRun[]): Promise<StoredRuns> => loadStored(runs);

/** Computes what is missing over the pool; every result is in its file as soon as it is there. */
export const completeRuns = (
  runs: readonly AnyRun[],
  stored: StoredRuns,
  jobs: number | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Batch> =>
  completeStored(runs, stored, {
    jobs,
    terminal,
    signal,
    told: toldText,
    // It lies beside the command.
    createWorker: () => startWorker(new URL('./validation-worker.js', import.meta.url)),
  });

function toldText({ job, setting }: AnyRun, { result }: AnyStored): string {
  if (job === 'validate') return validatedText(setting, result as ValidationResult);
  if (job === 'learn') return learnedText(result as LearnerReport);
  return measuredText(measured({ result } as StoredRun));
}
