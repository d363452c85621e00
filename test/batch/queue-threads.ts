/** Threads of a worker of a queue: the package's jobs, and some that take their time or go wrong. */
import { appendFileSync } from 'node:fs';
import { jobs } from '../../src/batch/jobs.js';
import { workerPort } from '../../src/batch/port.js';
import { type JobContext, serve } from '../../src/batch/serve.js';

serve(workerPort(), {
  ...jobs,
  /** Notes when it begins and when it ends, with who does it. */
  slow: async ({ log, wait, value }: { log: string; wait: number; value: unknown }, context: JobContext) => {
    appendFileSync(log, `begun ${process.pid}\n`);
    context.progress({ part: 0.5 });
    await new Promise((resolve, reject) => {
      setTimeout(resolve, wait);
      context.signal.addEventListener('abort', () => reject(new Error('told to stop')));
    });
    appendFileSync(log, `ended ${process.pid}\n`);
    return value;
  },
  wrong: () => {
    throw Object.assign(new RangeError('out of range'), { code: 'tooFar' });
  },
  dies: () => process.exit(7),
});
