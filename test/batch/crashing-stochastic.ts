/** The package's jobs in a worker that dies of the part of an ensemble in which run 25 is. */
import { jobs } from '../../src/batch/jobs.js';
import { workerPort } from '../../src/batch/port.js';
import { serve } from '../../src/batch/serve.js';
import type { StochasticJob } from '../../src/batch/stochastic-job.js';

serve(workerPort(), {
  stochastic: (job: StochasticJob, context) => {
    if (job.first <= 25 && 25 < job.first + job.count) process.exit(9);
    return jobs.stochastic(job, context);
  },
});
