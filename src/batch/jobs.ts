import { runJob } from './run-job.js';
import type { Job } from './serve.js';
import { simulateJob } from './simulate-job.js';
import { casesJob } from './sweep/case-job.js';
import { trainJob } from './train-job.js';

/** The jobs of the package's own worker, by name. */
export const jobs = {
  train: trainJob,
  simulate: simulateJob,
  run: runJob,
  cases: casesJob,
} as const satisfies Record<string, Job>;
