import { clockJob } from './clock-job.js';
import { compareJob } from './compare-job.js';
import { drawsJob } from './draws-job.js';
import { learnJob } from './learn-job.js';
import { runJob } from './run-job.js';
import type { Job } from './serve.js';
import { simulateJob } from './simulate-job.js';
import { stochasticDrawsJob } from './stochastic-draws-job.js';
import { stochasticJob } from './stochastic-job.js';
import { casesJob } from './sweep/case-job.js';
import { trainJob } from './train-job.js';

/** The jobs of the package's own worker, by name. */
export const jobs = {
  train: trainJob,
  simulate: simulateJob,
  run: runJob,
  cases: casesJob,
  learn: learnJob,
  compare: compareJob,
  draws: drawsJob,
  clock: clockJob,
  stochastic: stochasticJob,
  stochasticDraws: stochasticDrawsJob,
} as const satisfies Record<string, Job>;
