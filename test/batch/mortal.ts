/** A worker that dies of its second job. */
import { workerPort } from '../../src/batch/port.js';
import { serve } from '../../src/batch/serve.js';

let jobs = 0;
serve(workerPort(), {
  square: ({ value }: { value: number }) => {
    if (jobs++ > 0) process.exit(5);
    return value * value;
  },
});
