/** The built playground in Chromium, and other pages beside it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type FileServer, launch, noBrowser, serve } from './browser.js';
import { builtPage, isBuilt, NOT_BUILT } from './built-page.js';

if (!noBrowser && !isBuilt) throw new Error(NOT_BUILT);

/** Serves the built page, or another folder; `extra` are further pages by path, for those of a test. */
export const serveSite = (
  folder = builtPage,
  extra: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
) =>
  serve(folder, Object.fromEntries(Object.entries(extra).map(([path, html]) => [path, { html }])), headers);

export interface OpenedPage {
  page: Page;
  /** Of its site; ends with a slash. */
  url: string;
  /** What the console called an error, and what was thrown and not caught. */
  errors: string[];
  close(): Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** Opens an address within the playground, or within another site, in a fresh context. */
export async function openPage(
  path: string,
  { site, isWhole, ...options }: BrowserContextOptions & { site?: FileServer; isWhole?: boolean } = {},
): Promise<OpenedPage> {
  browser ??= launch(isWhole);
  const served = site ?? (await serveSite());
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(new URL(path, served.url).href);
  return {
    page,
    url: served.url,
    errors,
    close: async () => {
      await context.close();
      if (site === undefined) served.close();
    },
  };
}

/** Ends the browser; for `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}
