import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const SITE = fileURLToPath(new URL('../../build/web', import.meta.url));
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Chromium of this machine; `undefined` where there is none, and then there is nothing to test with. */
export const chromiumPath: string | undefined =
  process.env.CHROMIUM_PATH ?? USUAL.find((path) => existsSync(path));

/** Whether there are a browser and a built page to test with. */
export const canBrowse = chromiumPath !== undefined && existsSync(join(SITE, 'index.html'));

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the files of a folder. */
export async function serveFolder(folder: string): Promise<{ address: string; close(): Promise<void> }> {
  const server: Server = createServer(async ({ url = '/' }, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    try {
      const content = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface OpenPage {
  page: Page;
  /** What the console called an error, and what was thrown and not caught. */
  errors: string[];
}

/** The built playground in a browser, for as many pages as are asked for. */
export interface Playground {
  address: string;
  /** Opens an address within the playground, such as `#learn?task=xor`. */
  openPage(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Starts a browser, and serves the built playground. */
export async function openPlayground(folder = SITE): Promise<Playground> {
  const { chromium } = await import('playwright-core');
  if (chromiumPath === undefined) throw new Error('there is no Chromium: set CHROMIUM_PATH');
  const site = await serveFolder(folder);
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  return {
    address: site.address,
    async openPage(path, options = {}) {
      const context = await browser.newContext({ acceptDownloads: true, ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(site.address + path);
      return { page, errors };
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
