/** `createWorkerSimulator` in a page; what it has in common with Node is in `test/web`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { itInBrowser, launch, reportOf, serve } from '../tools/browser.js';
import { bundled, consumer } from '../tools/installed.js';

itInBrowser('a simulator in a worker: solutions, progress, cancelling, death', async () => {
  const text = readFileSync(new URL('worker-page.js', import.meta.url), 'utf8');
  const folder = await consumer('worker-page', { 'main.js': text });
  await bundled(folder, { main: './main.js', worker: 'neural-crn/worker' });
  const html = '<!doctype html><script type="module" src="/worker-page/out/main.js"></script>';
  const server = await serve(join(folder, '..'), { '/': { html } });
  const browser = await launch();
  try {
    expect(await reportOf(browser, server.url)).toEqual({
      same: true,
      table: true,
      told: 1,
      cancelled: {
        name: 'SolveFailure',
        code: 'cancelled',
        message: expect.stringContaining('the run was cancelled'),
        partial: 1,
      },
      after: 'done',
      thrown: { name: 'PoolError', code: 'workerDied', message: expect.stringContaining('out of the blue') },
      missing: {
        name: 'PoolError',
        code: 'workerDied',
        message: expect.stringMatching(/its script could not be loaded; .*give createWorker/),
      },
    });
  } finally {
    await browser.close();
    server.close();
  }
});
