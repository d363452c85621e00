/** A worker that begins a run and hears nothing more: bundled for a test. */
import { workerPort } from '../../src/batch/port.js';
import { serve } from '../../src/batch/serve.js';

serve(workerPort(), {
  run: (_: unknown, { progress }) => {
    progress({ time: 3, fraction: 0.3, steps: 7 });
    for (const end = Date.now() + 60_000; Date.now() < end; );
  },
});
