/** Pages whose Content-Security-Policy forbids WebAssembly, and such as allow it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, evaluate, type FileServer, launch, reportOf, serve } from '../tools/browser.js';
import { bundled, consumer } from '../tools/installed.js';

const html = '<!doctype html><script type="module" src="/policy/out/main.js"></script>';
const kernel = '/node_modules/neural-crn/dist/kernel.wasm';

describeInBrowser("a page's policy", () => {
  let browser: Browser;
  let server: FileServer;
  beforeAll(async () => {
    const text = readFileSync(new URL('policy.js', import.meta.url), 'utf8');
    const folder = await consumer('policy', { 'main.js': text });
    await bundled(folder, { main: './main.js', worker: 'neural-crn/worker' }, { splitting: true });
    server = await serve(join(folder, '..'), {
      '/forbids': { html, policy: "default-src 'self'" },
      '/allows': { html, policy: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
      '/framed': { html: `<iframe src="/free"></iframe>${html}`, policy: "default-src 'self'" },
      '/late': { html: `<head></head>${html}` },
      '/free': { html: `<script>compiled = WebAssembly.compileStreaming(fetch('${kernel}'))</script>` },
    });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('that forbids WebAssembly gets an error that says what to allow, and engine js works', async () => {
    const found = (await reportOf(browser, `${server.url}forbids`)) as Record<string, unknown>;
    const refused = expect.stringMatching(
      /^Error: .*could not be compiled.*'wasm-unsafe-eval'.*engine: 'js'/,
    );
    expect(found).toEqual({
      wasm: refused,
      js: expect.closeTo(Math.exp(-1), 5),
      generated: expect.stringMatching(/could not be compiled.*'wasm-unsafe-eval'/),
      bytes: refused,
      workerWasm: refused,
      workerJs: found.js,
    });
  });

  it("that has 'wasm-unsafe-eval' is all that is needed", async () => {
    const found = (await reportOf(browser, `${server.url}allows`)) as Record<string, unknown>;
    const { js } = found;
    expect(js).toBeCloseTo(Math.exp(-1), 5);
    expect(found).toEqual({ wasm: js, js, generated: js, bytes: undefined, workerWasm: js, workerJs: js });
  });

  /** What an expression gives in a page of its own. */
  const inPage = async (path: string, expression: string) => {
    const page = await browser.newPage();
    try {
      await page.goto(server.url + path);
      await page.waitForFunction('globalThis.withModule !== undefined');
      return await evaluate(page, expression);
    } finally {
      await page.close();
    }
  };

  it('that forbids WebAssembly forbids a kernel that another page has compiled as well', async () => {
    expect(await inPage('framed', 'withModule()')).toMatch(/could not be compiled.*'wasm-unsafe-eval'/);
  });

  it('that comes later keeps kernels to their interpreted form, which says why', async () => {
    expect(await inPage('late', 'withLatePolicy()')).toEqual({
      final: expect.closeTo(Math.exp(-1), 5),
      kernels: { kind: 'interpreted', note: expect.stringContaining("'wasm-unsafe-eval'") },
      generated: expect.stringMatching(/generated kernels could not be compiled.*'wasm-unsafe-eval'/),
    });
  });
});
