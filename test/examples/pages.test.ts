import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeInBrowser, type FileServer } from '../tools/browser.js';
import { closeBrowser, type OpenedPage, openPage, serveSite } from '../tools/playground.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The component of React in a page: what a bundler makes of it. */
async function reactPage(): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createElement } from 'react';
        import { createRoot } from 'react-dom/client';
        import { Simulation } from './examples/react/simulation';
        const text = 'param k = 1\\ninit A = 1\\nA ->{k} B\\nsimulate to 5';
        createRoot(document.getElementById('root')).render(createElement(Simulation, { text, parameter: 'k', from: 1 }));`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    alias: { 'neural-crn': './src/index.ts', 'neural-crn/plot': './src/plot/index.ts' },
    absWorkingDir: root,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return {
    '/react.js': outputFiles[0].text,
    '/react.html':
      '<!doctype html><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/react.js"></script>',
  };
}

describeInBrowser('pages of examples', () => {
  let site: FileServer;
  let opened: OpenedPage;
  beforeAll(async () => {
    expect(existsSync(`${root}dist/index.js`)).toBe(true);
    site = await serveSite(root, await reactPage());
  });
  afterEach(async () => {
    expect(opened.errors).toEqual([]);
    await opened.close();
  });
  afterAll(async () => {
    await closeBrowser();
    await site?.close();
  });

  test('a page without a bundler', async () => {
    opened = await openPage('/examples/page/', { site });
    const { page } = opened;
    await page.locator('#said', { hasText: 'steps' }).waitFor();
    await page.locator('#birth').fill('2');
    await page.locator('#picture svg[aria-label="Birth rate 2"]').waitFor();
  });

  test('a run in a worker, stopped and run to its end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'neural-crn-'));
    await buildPage({
      root: join(root, 'examples/worker'),
      configFile: false,
      logLevel: 'silent',
      resolve: { alias: { 'neural-crn': join(root, 'src/index.ts') } },
      worker: { format: 'es' },
      build: { outDir: folder },
    });
    const own = await serveSite(folder);
    opened = await openPage('/', { site: own });
    const { page } = opened;
    // Within the page, at the first news: a click from here may come after the end of the run on a busy machine.
    await page.evaluate(() => {
      const press = (id: string) => (document.getElementById(id) as HTMLButtonElement).click();
      const progress = document.getElementById('progress') as HTMLProgressElement;
      new MutationObserver((_, observer) => {
        observer.disconnect();
        press('stop');
      }).observe(progress, { attributes: true });
      press('start');
    });
    await page.locator('#said', { hasText: 'stopped at' }).waitFor();
    await page.locator('#start').click();
    await page.locator('#said', { hasText: 'steps' }).waitFor({ timeout: 60_000 });
    await own.close();
    rmSync(folder, { recursive: true });
  });

  test('a component of React', async () => {
    opened = await openPage('/react.html', { site });
    const { page } = opened;
    await page.locator('figcaption', { hasText: 'steps' }).waitFor();
    await page.locator('input').fill('0.5');
    await page.locator('label', { hasText: 'k = 0.5' }).waitFor();
    expect(await page.locator('svg').count()).toBe(1);
  });

  test('a notebook', async () => {
    opened = await openPage('/examples/notebook/', { site });
    const { page } = opened;
    await page.waitForFunction(() => 'ready' in document.body.dataset);
    expect(await page.locator('.cell p').innerText()).toMatch(/from B = (2|2\.125) on/);
    await page.getByLabel('B', { exact: true }).fill('2.5');
    await page.locator('svg[aria-label="B = 2.5"]').waitFor();
  });

  test('the element in an article', async () => {
    opened = await openPage('/examples/embedding/', { site });
    await opened.page.locator('#said', { hasText: '4 species' }).waitFor();
  });
});
