/** What the page and its worker hold while a circuit learns. */
import type { Page } from 'playwright-core';
import { ISOLATED } from './browser.js';
import { builtPage } from './built-page.js';
import { type OpenedPage, openPage, serveSite } from './playground.js';

/** Bytes of what is still used, page, worker and what they share, and how many epochs had been learned. */
export interface Held {
  bytes: number;
  epoch: number;
}

/** Opens the Learn view and lets it learn without end. */
export async function learning(): Promise<OpenedPage> {
  const site = await serveSite(builtPage, {}, ISOLATED);
  const opened = await openPage('#learn?task=xor&epochs=10000000', { site, isWhole: true });
  await opened.page.getByText('Ready').waitFor();
  await opened.page.getByRole('button', { name: 'Run', exact: true }).click();
  return {
    ...opened,
    close: async () => {
      await opened.close();
      site.close();
    },
  };
}

/** What is held now: the least of some measurements, since each has what was under way at that moment. */
export async function held(page: Page, measurements = 5): Promise<Held> {
  let bytes = Number.POSITIVE_INFINITY;
  for (let k = 0; k < measurements; k++) {
    const now = await page.evaluate(async () => {
      const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
        measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
      };
      return (await measure.call(performance)).bytes;
    });
    bytes = Math.min(bytes, now);
    await page.waitForTimeout(300);
  }
  const words = await page.locator('.run-progress').innerText();
  return { bytes, epoch: Number(/epoch (\d+)/.exec(words)?.[1]) };
}
