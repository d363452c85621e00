/** A worker that does not live to run anything: bundled for a test. */
import { workerPort } from '../../src/batch/port.js';

workerPort().listen(() => {
  setTimeout(() => {
    throw new RangeError('out of memory, say');
  });
});
