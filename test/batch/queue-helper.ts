/** A worker process of a queue, whose threads know some jobs for tests: `node queue-helper.mjs URL NAME THREADS`. */
import { pathToFileURL } from 'node:url';
import { createPool, startWorker } from '../../src/batch/node.js';
import { startQueueWorker } from '../../src/batch/queue/index.js';

const [, , url, name, script, size, lostAfter] = process.argv;
const worker = await startQueueWorker({
  url,
  name,
  pool: createPool({ size: Number(size), createWorker: () => startWorker(pathToFileURL(script)) }),
  lostAfter: Number(lostAfter),
  onEvent: (event, job) => process.send?.({ event, job }),
});
process.send?.({ event: 'ready' });
process.on('message', (how: 'finish' | 'return') => void worker.stop(how));
await worker.ended.catch((error) =>
  process.send?.({ event: 'refused', message: error.message, code: error.code }),
);
process.disconnect();
