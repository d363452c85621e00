import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where the built page lies: `npm run web:build`. */
export const builtPage = fileURLToPath(new URL('../../build/web/', import.meta.url));

const chromiumPath = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== '' && existsSync(path));

/** Whether there are a browser and a built page to test with. */
export const canBrowse = chromiumPath !== undefined && existsSync(join(builtPage, 'index.html'));

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.crn': 'text/plain; charset=utf-8',
};

export interface Site {
  url: string;
  close(): Promise<void>;
}

/** Serves a folder on this machine alone. `extra` are further files by path, for pages of a test. */
export async function serve(root = builtPage, extra: Readonly<Record<string, string>> = {}): Promise<Site> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0]));
    const name = path.endsWith('/') ? `${path}index.html` : path;
    try {
      const content = extra[name] ?? (await readFile(join(root, name)));
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface OpenedPage {
  page: Page;
  url: string;
  /** Errors of the page and of its console, as they come. */
  errors: string[];
  close(): Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** Opens a path of the built page, or of another site, in a fresh context. */
export async function openPage(
  path: string,
  { site, ...options }: BrowserContextOptions & { site?: Site } = {},
): Promise<OpenedPage> {
  browser ??= chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const served = site ?? (await serve());
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  const url = new URL(path, served.url).href;
  await page.goto(url);
  return {
    page,
    url: served.url,
    errors,
    close: async () => {
      await context.close();
      if (!site) await served.close();
    },
  };
}

/** Ends the browser; for `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}
