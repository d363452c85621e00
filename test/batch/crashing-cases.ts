/** The package's worker, but for cases with a parameter of 13, of which it dies. */
import { workerPort } from '../../src/batch/port.js';
import { serve } from '../../src/batch/serve.js';
import { type CasesJob, casesJob } from '../../src/batch/sweep/case-job.js';

serve(workerPort(), {
  cases: (job: CasesJob, context: Parameters<typeof casesJob>[1]) => {
    if (job.cases.some((one) => Object.values(one).includes(13))) process.exit(5);
    return casesJob(job, context);
  },
});
