import { afterAll, afterEach, expect, test } from 'vitest';
import { violations } from '../tools/accessible.js';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, type OpenedPage, openPage } from '../tools/playground.js';

let opened: OpenedPage;
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

describeInBrowser('the Race view', () => {
  test('four contestants, three of them with the same steps and digits', async () => {
    opened = await openPage('/#race?preset=brusselator');
    const { page } = opened;
    await page.getByLabel('Time for each').selectOption('1');
    await page.getByRole('button', { name: 'Start the race' }).click();
    await page.locator('.course [role=status]', { hasText: 'Over' }).waitFor();
    const rows = await page
      .locator('.race tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
    expect(rows).toHaveLength(4);
    const [generated, interpreted, js, textbook] = rows;
    expect(interpreted.slice(0, 3)).toEqual(generated.slice(0, 3));
    expect(js.slice(0, 3)).toEqual(generated.slice(0, 3));
    expect(textbook[1]).not.toBe(generated[1]);
    for (const row of rows) expect(row[5]).toMatch(/ms|µs|s$/);
    expect(await page.locator('.bars .bar.best').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  test('a race stops when it is told, and a text with errors says so', async () => {
    opened = await openPage('/#race?preset=e5');
    const { page } = opened;
    await page.getByLabel('Time for each').selectOption('15');
    const start = page.getByRole('button', { name: 'Start the race' });
    await start.click();
    await page.waitForTimeout(500);
    const milliseconds = await page.evaluate(async () => {
      const stop = document.querySelector<HTMLButtonElement>('button[aria-label="Stop the race"]')!;
      const began = performance.now();
      stop.click();
      while (!stop.disabled) await new Promise((resolve) => setTimeout(resolve, 1));
      return performance.now() - began;
    });
    expect(milliseconds).toBeLessThan(250);
    await page.goto(`${opened.url}#race?text=damaged`);
    await page.locator('.message.error', { hasText: 'This link is damaged' }).waitFor();
  });

  test.each([390, 900, 1440])('nothing is wider than a page of %i pixels', async (width) => {
    opened = await openPage('/#race', { viewport: { width, height: 900 } });
    await opened.page.getByRole('button', { name: 'Start the race' }).waitFor();
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
