import { useInlinedKernel } from '../../engine/inlined.js';
import type { CsvData } from '../../learning/index.js';
import type { Network } from '../../network/model.js';
import type { JobContext } from '../serve.js';
import type { TrainJobProgress } from '../train-job.js';
import type { CaseOptions } from './nest.js';
import type { Outcome } from './outcome.js';
import type { Quantity } from './quantities.js';
import { simulateCases } from './simulate-cases.js';
import { stochasticCases } from './stochastic-cases.js';
import { trainCase } from './train-case.js';

/** What the job `cases` takes: some cases of a sweep. */
export type CasesJob = { take: readonly Quantity[]; cases: readonly CaseOptions[] } & (
  | { kind: 'simulate' | 'stochastic'; network: Network }
  | { kind: 'train'; task: string }
  | { kind: 'train'; data: CsvData; name: string }
);

/**
 * Runs cases: the job `cases` of the package's worker. Cases that fail or are refused are results. Tells how many cases
 * have ended, with the part of one that is done.
 */
export async function casesJob(job: CasesJob, { signal, progress }: JobContext): Promise<Outcome[]> {
  // Where none was posted.
  useInlinedKernel();
  if (job.kind !== 'train') {
    const run = job.kind === 'simulate' ? simulateCases : stochasticCases;
    return run(job.network, job.cases, job.take, signal, progress);
  }
  const source = 'task' in job ? { task: job.task } : { data: job.data, name: job.name };
  const outcomes: Outcome[] = [];
  for (const [k, options] of job.cases.entries()) {
    const told = ({ step, steps }: TrainJobProgress) => progress(k + step / steps);
    outcomes.push(await trainCase(source, options, job.take, signal, told));
  }
  return outcomes;
}
