import { afterAll, afterEach, beforeAll } from 'vitest';
import { createPool, type Pool, startWorker } from '../../src/batch/node.js';
import { Scripts } from './bundled.js';

/** Pools of the package's worker, and of one that dies on its way; disposed of after each test. */
export function testPools(crashingSource?: string): (size: number, dies?: () => boolean) => Pool {
  const scripts = new Scripts();
  let script: URL;
  let crashing: URL;
  const open: Pool[] = [];
  beforeAll(async () => {
    script = await scripts.bundle('../../src/batch/worker.ts', 'package-worker.ts');
    if (crashingSource !== undefined) crashing = await scripts.bundle(crashingSource);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((pool) => pool.dispose()));
  });
  afterAll(() => scripts.remove());
  // `dies` is asked for every worker that is started.
  return (size, dies = () => false) => {
    const made = createPool({ size, createWorker: () => startWorker(dies() ? crashing : script) });
    open.push(made);
    return made;
  };
}
