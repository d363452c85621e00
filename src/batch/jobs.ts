import type { Job } from './serve.js';
import { trainJob } from './train-job.js';

/** The jobs of the package's own worker, by name. */
export const jobs = { train: trainJob } as const satisfies Record<string, Job>;
