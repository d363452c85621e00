import { inlinedKernel } from '../engine/inlined.js';
import { inlinedFullKernel } from '../engine/inlined-full.js';
import type { PostedKernels } from './pool.js';

/** Jobs that simulate stochastically, or may differentiate, whatever they are given; the last is one of the command's worker. */
const fullJobs: readonly string[] = ['stochastic', 'stochasticDraws', 'validate'];

/** Whether a job asks for a finite number of molecules. */
function asksForMolecules(input: unknown): boolean {
  const { kind, stochastic, volume, options } = (input ?? {}) as {
    kind?: unknown;
    stochastic?: unknown;
    volume?: unknown;
    options?: { stochastic?: unknown };
  };
  return (
    // Cases of a sweep.
    kind === 'stochastic' ||
    stochastic !== undefined ||
    volume !== undefined ||
    options?.stochastic !== undefined
  );
}

/** The kernels of the package's own jobs. */
export const postedKernels: PostedKernels = {
  build: (job, input) => (fullJobs.includes(job) || asksForMolecules(input) ? 'full' : 'core'),
  post: (build) => (build === 'full' ? inlinedFullKernel() : inlinedKernel()),
};
