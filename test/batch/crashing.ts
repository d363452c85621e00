/** The package's jobs in a worker that dies of the run of `robertson` to 100 with rtol 1e-6/7, and of any draws. */
import { jobs } from '../../src/batch/jobs.js';
import { workerPort } from '../../src/batch/port.js';
import { serve } from '../../src/batch/serve.js';
import type { SimulateJob } from '../../src/batch/simulate-job.js';

serve(workerPort(), {
  simulate: (job: SimulateJob, context) => {
    if (job.runs.some(({ rtol }) => rtol === 1e-6 / 7)) process.exit(9);
    return jobs.simulate(job, context);
  },
  draws: () => process.exit(9),
});
