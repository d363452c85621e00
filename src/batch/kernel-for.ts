import { inlinedKernel } from '../engine/inlined.js';
import { inlinedFullKernel } from '../engine/inlined-full.js';
import type { PostedKernel } from '../engine/posted.js';

/** The package's own jobs that simulate stochastically. */
const fullJobs: readonly string[] = ['stochastic', 'stochasticDraws'];

/** The kernel that is posted with a job: workers of the package have none of their own. */
export const kernelFor = (job: string): Promise<PostedKernel> =>
  fullJobs.includes(job) ? inlinedFullKernel() : inlinedKernel();
