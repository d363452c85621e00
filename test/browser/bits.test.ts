/** The same bits everywhere: the installed package in Node and in Chromium, page and worker, by both engines. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInBrowser, evaluate, type FileServer, launch, noBrowser, serve } from '../tools/browser.js';
import { bundled, consumer } from '../tools/installed.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const engines = ['wasm', 'js'] as const;
type Hashes = Record<string, string>;

describe('the same bits', () => {
  let folder: string;
  let wanted: Hashes;
  let browser: Browser | undefined;
  let server: FileServer;

  beforeAll(async () => {
    folder = await consumer('bits', {});
    // In Node by the package's own modules, as Node resolves them.
    const external = { 'node/suite': here('suite.ts') };
    await bundled(folder, external, { platform: 'node', external: ['neural-crn', 'neural-crn/*'] });
    await bundled(folder, { page: here('suite-page.js') });
    const worker = 'node_modules/neural-crn/dist/worker.js';
    copyFileSync(join(folder, '..', worker), join(folder, 'out/worker.js'));
    wanted = await inNode('wasm');
    server = await serve(folder, {
      '/page': { html: '<!doctype html><script type="module" src="/out/page.js"></script>' },
    });
    if (!noBrowser) browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const inNode = async (engine: string): Promise<Hashes> => {
    const { hashes } = await import(pathToFileURL(join(folder, 'out/node/suite.js')).href);
    return hashes(engine, true);
  };

  it('there are many, and each is another', () => {
    const all = Object.values(wanted);
    expect(all.length).toBeGreaterThan(35);
    // An ensemble is the same by whoever runs it, and 'auto' may be what 'rodas5p' or 'rodas4' is.
    expect(wanted.ensemble).toBe(wanted['ensemble over workers']);
    const distinct = Object.entries(wanted).filter(([name]) => !/, auto$|over workers$/.test(name));
    expect(new Set(distinct.map(([, value]) => value)).size).toBe(distinct.length);
  });

  it('in Node, by the JavaScript engine', async () => {
    expect(await inNode('js')).toEqual(wanted);
  });

  describeInBrowser('in Chromium', () => {
    const inChromium = async (expression: string): Promise<Hashes> => {
      const page = await (browser as Browser).newPage();
      try {
        await page.goto(`${server.url}page`);
        await page.waitForFunction('globalThis.report !== undefined');
        return (await evaluate(page, expression)) as Hashes;
      } finally {
        await page.close();
      }
    };

    it.each(engines)('in a page, by engine %s', async (engine) => {
      expect(await inChromium(`inPage('${engine}')`)).toEqual(wanted);
    });

    it.each(engines)('in a worker, by engine %s', async (engine) => {
      const { 'ensemble over workers': _, ...own } = wanted;
      expect(await inChromium(`inWorker('${engine}')`)).toEqual(own);
    });
  });
});
