/** The package's own worker, built as `dist/worker.js`: one script for Node and for pages. */
import { jobs } from './jobs.js';
import { workerPort } from './port.js';
import { serve } from './serve.js';

serve(workerPort(), jobs);
