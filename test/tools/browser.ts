/** Chromium of the system, and a server of files for it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe, it } from 'vitest';

const whole = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where Debian's package and others put it; `CHROMIUM` says another place. */
function findChromium(names = ['chromium-headless-shell', ...whole]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = [
    process.env.CHROMIUM ?? '',
    ...names.flatMap((name) => folders.map((at) => join(at, name))),
  ];
  return places.find((place) => place !== '' && existsSync(place));
}

export const chromiumPath = findChromium();
/** One with windows of its own: the shell does not measure memory. */
const wholePath = findChromium(whole);

/** Whether tests in a browser are left out, and why; never where `NEURAL_CRN_BROWSER=required`, as in CI. */
export const noBrowser = chromiumPath === undefined && process.env.NEURAL_CRN_BROWSER !== 'required';

if (noBrowser) {
  console.warn(
    'BROWSER TESTS SKIPPED: no Chromium was found (Debian: apt-get install chromium-headless-shell, or chromium; or set CHROMIUM)',
  );
}

/**
 * Tests that need a browser: left out on a machine without one, which the line above tells whoever runs them. Nobody has
 * to install Chromium to work on the kernel; where it is required they run, and `launch` fails.
 */
export const describeInBrowser = describe.skipIf(noBrowser);
/** Tests that need the whole of it, for the shell does not measure memory; left out as above where there is only the shell. */
export const describeInWholeBrowser = describe.skipIf(
  wholePath === undefined && process.env.NEURAL_CRN_BROWSER !== 'required',
);
export const itInBrowser = it.skipIf(noBrowser);

/** @param isWhole with all that has windows of its own, which takes twice the time */
export function launch(isWhole = false): Promise<Browser> {
  const executablePath = isWhole ? wholePath : chromiumPath;
  if (executablePath === undefined) throw new Error('no Chromium was found, and browser tests are required');
  return chromium.launch({
    executablePath,
    args: [
      // Root has no sandbox; shared memory is small in containers.
      ...['--no-sandbox', '--disable-dev-shm-usage'],
      // What is no longer used is collected before memory is measured, and at once.
      '--enable-blink-features=ForceEagerMeasureMemory',
    ],
  });
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.crn': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

export interface FileServer {
  /** Ends with a slash. */
  url: string;
  close(): void;
}

/** Headers with which a page is by itself, as it must be to measure its memory. */
export const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves the files of a folder, and what `pages` has by path: a page's text, and its Content-Security-Policy, which its
 * workers' scripts get as well when they are asked for with `?policy=PATH`.
 * @param headers of every answer
 */
export async function serve(
  folder: string,
  pages: Readonly<Record<string, { html: string; policy?: string }>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<FileServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const page = pages[pathname];
    const policy = page?.policy ?? pages[searchParams.get('policy') ?? '']?.policy;
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    if (page !== undefined) {
      const type = types[extname(pathname)] ?? 'text/html';
      response.setHeader('Content-Type', `${type.split(';')[0]}; charset=utf-8`).end(page.html);
      return;
    }
    try {
      const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
      const content = await readFile(join(folder, decodeURIComponent(name)));
      response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream').end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens a page and gives what its global `report()` resolves to; what went wrong in the page goes into the error. */
export async function reportOf(browser: Browser, url: string): Promise<unknown> {
  const page = await browser.newPage();
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  try {
    await page.goto(url);
    await page.waitForFunction('globalThis.report !== undefined', undefined, { timeout: 60_000 });
    return await evaluate(page, 'globalThis.report()');
  } catch (error) {
    throw new Error(`${url}: ${error instanceof Error ? error.message : error}\n${heard.join('\n')}`);
  } finally {
    await page.close();
  }
}

/** Text, so that nothing of the test's transformation reaches the page. */
export const evaluate = (page: Page, text: string): Promise<unknown> => page.evaluate(text);
