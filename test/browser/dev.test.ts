/** `npm run web`: the playground from its sources, workers and all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, openPage } from '../tools/playground.js';

describeInBrowser('the server of sources', () => {
  let server: ViteDevServer;
  let cache: string;
  beforeAll(async () => {
    // Prepared packages of its own: a server that somebody works with is left alone.
    cache = mkdtempSync(join(tmpdir(), 'neural-crn-dev-'));
    server = await createServer({
      configFile: fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url)),
      cacheDir: cache,
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    });
    await server.listen();
  });
  afterAll(async () => {
    await closeBrowser();
    await server.close();
    rmSync(cache, { recursive: true, force: true });
  });

  test('every view has its worker', async () => {
    const [url] = server.resolvedUrls?.local ?? [];
    const opened = await openPage('/#learn', { site: { url, close: () => {} } });
    const { page } = opened;
    await page.getByText('Ready').waitFor();
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.getByText('Paused').waitFor();
    await page.getByRole('link', { name: 'Simulate' }).click();
    await page.locator('.state', { hasText: /steps/ }).waitFor();
    await page.getByRole('link', { name: 'Race' }).click();
    await page.getByRole('button', { name: 'Start the race' }).click();
    await page.locator('.bars .done, .bars .racing').first().waitFor();
    await page.goto(`${url}embed/index.html`);
    await page.locator('#robertson').getByText(/steps/).first().waitFor();
    expect(opened.errors).toEqual([]);
    await opened.close();
  });
});
