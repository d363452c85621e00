/** A program with a pool, that must end by itself: `dispose`, or an idle pool that nobody disposed of. */
import { createPool, startWorker } from '../../src/batch/node.js';

const [script, how] = process.argv.slice(2);
const pool = createPool({ size: 2, createWorker: () => startWorker(new URL(script)) });
const squares = await pool.map<number>(
  'square',
  [1, 2, 3].map((value) => ({ value })),
);
process.stdout.write(squares.join(' '));
if (how === 'dispose') {
  pool.run('endless', undefined).catch((error) => process.stdout.write(` ${error.code}`));
  await pool.dispose();
}
