/** A process that asks a queue for a job, waits for it, and takes what it comes to, unless it is killed before. */
import { createQueuePool } from '../../src/batch/queue/index.js';

const [, , url, name, input] = process.argv;
const pool = await createQueuePool({ url, name });
await pool.run('slow', JSON.parse(input));
await pool.dispose();
