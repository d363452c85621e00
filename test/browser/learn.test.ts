import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { loadModel, predict } from '../../src/learning/index.js';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, openPage } from '../tools/playground.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../bin/neural-crn.js', import.meta.url));

const TABLE = `width,height,area
${Array.from({ length: 40 }, (_, k) => {
  const [w, h] = [1 + ((k * 7) % 13) / 4, 1 + ((k * 5) % 11) / 4];
  return `${w},${h},${(2 * w + 3 * h).toFixed(3)}`;
}).join('\n')}
`;

const status = (page: Page) => page.locator('.run-progress').innerText();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const said = (page: Page, what: string) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), what, { timeout: 60_000 });
const ready = (page: Page) => said(page, 'Ready');
const alert = (page: Page) => page.getByRole('alert').innerText();

/** What a button gives to the reader. */
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFile(await file.path(), 'utf8');
}

async function report(page: Page) {
  return JSON.parse(await download(page, 'Report, JSON'));
}

/** Puts a table into the page, by its file field. */
async function give(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByLabel('Task').selectOption('csv');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

describeInBrowser('the Learn view', { timeout: 180_000 }, () => {
  afterAll(closeBrowser);

  it.each([
    ['E1', 'task=linear-regression', (loss: number) => loss < 0.2, 0],
    ['XOR', 'task=xor', () => true, 0.9],
  ])('trains %s to its target', async (_, address, enough, accuracy) => {
    const { page, errors } = await openPage(`#learn?${address}`);
    await ready(page);
    await button(page, 'Run').click();
    await said(page, 'Trained');
    const { history, metrics } = await report(page);
    const last = history[history.length - 1];
    expect(enough(last.validationLoss), `${last.validationLoss}`).toBe(true);
    expect(metrics.validationAccuracy ?? 1).toBeGreaterThanOrEqual(accuracy);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('learns from a table, and the model predicts the same elsewhere', async () => {
    const { page, errors } = await openPage('#learn');
    await ready(page);
    await give(page, 'boxes.csv', TABLE);
    await said(page, '40 rows');
    await ready(page);
    await button(page, 'Epoch').click();
    await said(page, 'Paused');
    const text = await download(page, 'Model, JSON');
    const examples = (await download(page, 'Examples, CSV')).trim().split('\n').slice(1);
    const rows = examples.map((line) => line.split(','));
    const model = loadModel(text);
    const predicted = await predict(
      model,
      rows.map(([, w, h]) => [Number(w), Number(h)]),
    );
    // The page keeps predictions as 32-bit numbers.
    rows.forEach((row, k) => {
      expect(Number(row[4])).toBe(Math.fround(predicted[k]));
    });
    const folder = await mkdtemp(join(tmpdir(), 'learn-view-'));
    try {
      await writeFile(join(folder, 'model.json'), text);
      await writeFile(
        join(folder, 'rows.csv'),
        `width,height\n${rows.map(([, w, h]) => `${w},${h}`).join('\n')}\n`,
      );
      const { stdout } = await run(process.execPath, [command, 'predict', 'model.json', 'rows.csv'], {
        cwd: folder,
      });
      const printed = stdout.trim().split('\n').slice(1);
      expect(printed.map((line) => Number(line.split(',').at(-1)))).toEqual(predicted);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(errors).toEqual([]);
    await page.close();
  });

  it('takes a table that is dropped anywhere', async () => {
    const { page, errors } = await openPage('#learn');
    await ready(page);
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'boxes.csv', { type: 'text/csv' }));
      return transfer;
    }, TABLE);
    await page.dispatchEvent('.learn-main', 'drop', { dataTransfer: dropped });
    await said(page, '40 rows');
    await ready(page);
    expect(await page.getByLabel('Task').inputValue()).toBe('csv');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('restores from a link exactly, a table with it', async () => {
    const { page } = await openPage('#learn');
    await ready(page);
    await give(page, 'boxes.csv', TABLE);
    await said(page, '40 rows');
    await page.getByLabel('Seed').fill('7');
    await page.getByLabel('Horizon T, phase feed').fill('0.4');
    await page.waitForFunction(
      () => location.hash.includes('horizon=0.4') && location.hash.includes('data='),
    );
    await ready(page);
    await button(page, 'Epoch').click();
    await said(page, 'Paused');
    const link = await page.evaluate(() => location.hash);
    const first = await report(page);
    const other = await openPage(link);
    await ready(other.page);
    await button(other.page, 'Epoch').click();
    await said(other.page, 'Paused');
    expect(await report(other.page)).toEqual(first);
    expect(await other.page.evaluate(() => location.hash)).toBe(link);
    expect(other.errors).toEqual([]);
    await page.close();
    await other.page.close();
  });

  it('stops at once, whatever it is doing', async () => {
    const { page } = await openPage('#learn?task=product-regression&clock=coop');
    await ready(page);
    await button(page, 'Run').click();
    await said(page, 'Learning');
    await page.waitForTimeout(1500);
    const waited = await page.evaluate(async () => {
      const pause = [...document.querySelectorAll('button')].find((one) =>
        one.textContent?.includes('Pause'),
      ) as HTMLButtonElement;
      const began = performance.now();
      pause.click();
      while (document.querySelector('.run-progress strong')?.textContent?.startsWith('Learning'))
        await new Promise((resolve) => setTimeout(resolve, 5));
      const answered = performance.now();
      while (document.querySelector('.run-progress strong')?.textContent?.startsWith('Stopping'))
        await new Promise((resolve) => setTimeout(resolve, 5));
      return { answered: answered - began, stopped: performance.now() - began };
    });
    expect(waited.stopped).toBeLessThan(200);
    await page.close();
  });

  it.each([
    ['text among numbers', 'a,b\n1,2\n3,x\n4,5\n6,7\n8,9\n', /line 3.*"x"/],
    ['blanks', 'a,b\n1,2\n,3\n4,5\n6,7\n8,9\n', /line 3/],
    ['one column', 'a\n1\n2\n3\n', /one column/],
    ['nothing', '', /empty/],
    ['no text', Buffer.from([0, 1, 2, 3, 255, 254]), /not text/],
  ])('says what is wrong with a table of %s', async (_, content, message) => {
    const { page, errors } = await openPage('#learn');
    await ready(page);
    await give(page, 'bad.csv', content);
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    expect(await button(page, 'Run').isDisabled()).toBe(true);
    // Another task is as good as ever.
    await page.getByLabel('Task').selectOption('and');
    await ready(page);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('takes a million rows as they come', async () => {
    const { page, errors } = await openPage('#learn');
    await ready(page);
    let text = 'a,b,y\n';
    for (let k = 0; k < 1_000_000; k++) text += `${k % 17},${k % 23},${(k % 17) - (k % 23)}\n`;
    await give(page, 'large.csv', text);
    await said(page, '1,000,000 rows');
    await said(page, 'Ready');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('refuses rates that cannot be, and tells of a network that blows up', async () => {
    const { page } = await openPage('#learn?task=linear-regression');
    await ready(page);
    const rate = page.getByLabel('Learning rate, exactly');
    await rate.fill('0');
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toMatch(/rate must be a finite number > 0/);
    await rate.fill('1e9');
    await page.getByRole('alert').filter({ hasText: '1000000000' }).waitFor();
    await rate.fill('0.02');
    await ready(page);
    await rate.fill('0.3');
    await ready(page);
    await button(page, 'Run').click();
    await page.getByRole('alert').waitFor();
    expect(await alert(page)).toMatch(/grows without bound|negative|rate/);
    expect(await status(page)).toMatch(/Stopped/);
    await button(page, 'Reset').click();
    await ready(page);
    await page.close();
  });

  it('offers to continue after a reload in the middle of a run', async () => {
    const { page, errors } = await openPage('#learn?task=xor&epochs=200');
    await ready(page);
    await button(page, 'Run').click();
    await page.waitForFunction(
      () => Number(/epoch (\d+)/.exec(document.body.innerText)?.[1]) >= 5,
      undefined,
      { timeout: 60_000 },
    );
    await page.reload();
    await said(page, 'was left at epoch');
    await button(page, 'Continue it').click();
    await said(page, 'Continues xor at epoch');
    await page.waitForFunction(() => Number(/epoch (\d+)/.exec(document.body.innerText)?.[1]) >= 1);
    await button(page, 'Epoch').click();
    await said(page, 'Paused');
    const { history } = await report(page);
    expect(history.map(({ epoch }: { epoch: number }) => epoch)).toEqual(
      Array.from({ length: history.length }, (_, k) => k),
    );
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each([390, 900, 1440])('is as wide as the page at %d pixels', async (width) => {
    const { page } = await openPage('#learn', { viewport: { width, height: 844 } });
    await ready(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });
});
