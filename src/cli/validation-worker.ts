/**
 * The worker of `reproduce`, built as `dist/validation-worker.js`: the package's own jobs, and validations, whose code no page should
 * have to load.
 */
import { jobs } from '../batch/jobs.js';
import { workerPort } from '../batch/port.js';
import { type JobContext, serve } from '../batch/serve.js';
import type { TrainJobProgress } from '../batch/train-job.js';
import { runValidation, type ValidationJob, type ValidationResult } from '../validation/index.js';

/** Parts in which progress is told. */
const STEPS = 1000;

const validate = (input: ValidationJob, { signal, progress }: JobContext): Promise<ValidationResult> => {
  let told = -1;
  return runValidation(input, {
    signal,
    onProgress: (fraction) => {
      const step = Math.floor(STEPS * fraction);
      if (step <= told) return;
      told = step;
      progress({ epoch: 0, step, steps: STEPS } satisfies TrainJobProgress);
    },
  });
};

serve(workerPort(), { ...jobs, validate });
