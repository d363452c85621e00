import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { parseNetwork } from '../../src/index.js';
import { formatNamed } from '../../src/io/index.js';
import { violations } from '../tools/accessible.js';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, type OpenedPage, openPage } from '../tools/playground.js';

let opened: OpenedPage;
const open = async (path: string, options?: Parameters<typeof openPage>[1]) => {
  opened = await openPage(path, options);
  return opened.page;
};
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const state = (page: Page) => page.locator('.state');
const done = (page: Page) => state(page).filter({ hasText: /steps/ }).waitFor();
async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await expect.poll(() => textOf(page)).toBe(text);
}
const textOf = (page: Page) =>
  page
    .locator('.cm-line')
    .allInnerTexts()
    .then((lines) => lines.map((line) => line.replace(/\n$/, '')).join('\n'));

describeInBrowser('the Simulate view', () => {
  test('an error is told at its place, and the curves stay', async () => {
    const page = await open('/#simulate');
    await done(page);
    await write(page, 'init A = 1\nA -> B\nB -> C ->\nsimulate to 5');
    const issue = page.locator('.issues button');
    await issue.waitFor();
    expect(await issue.innerText()).toContain('3:8');
    expect(await page.locator('.cm-content .issue.error').innerText()).toBe('->');
    await state(page).filter({ hasText: 'errors' }).waitFor();
    expect(await page.locator('.curves canvas').count()).toBe(1);
    await issue.click();
    await page.locator('.cm-editor.cm-focused').waitFor();
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await done(page);
    expect(await page.locator('.issues button').count()).toBe(0);
  });

  test('a link restores text, values, settings, axes and hidden lines', async () => {
    const page = await open('/#simulate');
    await done(page);
    const text = 'param k = 2 # → 😀\ninit A = 1, B = 0.5\nA ->{k} B\nB ->{0.25} C\nsimulate to 7';
    await write(page, text);
    await done(page);
    await page.getByLabel('k, value').fill('1e9');
    await page.getByLabel('B → C, value').fill('0');
    await page.getByRole('textbox', { name: 'Until' }).fill('3');
    await page.getByLabel('Method').selectOption('bdf');
    await page.getByRole('group', { name: 'Time axis' }).getByText('log').click();
    await page.locator('.lines button', { hasText: 'C' }).first().click();
    await page.waitForTimeout(500);
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await done(page);
    expect(await textOf(page)).toBe(text);
    expect(await page.getByLabel('k, value').inputValue()).toBe('1e9');
    expect(await page.getByLabel('B → C, value').inputValue()).toBe('0');
    expect(await page.getByRole('textbox', { name: 'Until' }).inputValue()).toBe('3');
    expect(await page.getByLabel('Method').inputValue()).toBe('bdf');
    const log = page.getByRole('group', { name: 'Time axis' }).getByText('log');
    expect(await log.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.lines button[aria-pressed=false]').innerText()).toContain('C');
    await page.waitForTimeout(300);
    expect(page.url()).toBe(address);
  });

  test('a long run stops at once, and a reload in its middle loses nothing', async () => {
    const page = await open('/#simulate');
    await done(page);
    const text =
      'param k = 1e6\ninit X = 2, Y = 1\nX ->{k} 2 X\nX + Y ->{k} 2 Y\nY ->{k} ∅\nsimulate to 1e6 rtol 1e-10';
    await write(page, text);
    await page.locator('.progress progress').waitFor();
    await page.waitForTimeout(300);
    await page.reload();
    await page.locator('.progress progress').waitFor();
    expect(await textOf(page)).toBe(text);
    // From the press to the moment when nothing runs, as the page itself sees it.
    const milliseconds = await page.evaluate(async () => {
      const stop = document.querySelector<HTMLButtonElement>('button[aria-label="Stop the run"]')!;
      const began = performance.now();
      stop.click();
      while (!stop.disabled) await new Promise((resolve) => setTimeout(resolve, 1));
      return performance.now() - began;
    });
    expect(milliseconds).toBeLessThan(200);
    expect(await state(page).innerText()).toBe('Stopped');
    await page.getByLabel('Begin with').selectOption('decay');
    await done(page);
  });

  test('values of 0 and of 1e9, and a network that blows up, are told in words', async () => {
    const page = await open('/#simulate?preset=lotka-volterra');
    await done(page);
    for (const value of ['0', '1e9']) {
      for (const name of ['birth', 'hunt']) {
        await page.getByLabel(`${name}, value`).fill(value);
        await page.waitForFunction(() => !document.querySelector('.progress progress'), undefined, {
          timeout: 20_000,
        });
      }
      await page.waitForTimeout(200);
      expect(await state(page).innerText()).toMatch(/steps|Not finished|Running/);
    }
    await write(page, 'init A = 1\n2 A -> 3 A\nsimulate to 5');
    await page.locator('.problem .error').waitFor();
    expect(await page.locator('.problem').innerText()).toMatch(/grows beyond all bounds \(A\) at t = 1\./);
    await write(page, 'A -> B\ninit A = 1');
    await page.locator('.problem', { hasText: 'does not say how long' }).waitFor();
  });

  test('dragging a slider runs with the latest value', async () => {
    const page = await open('/#simulate?preset=brusselator');
    await done(page);
    const slider = page.getByRole('slider', { name: 'B', exact: true });
    const box = (await slider.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    for (let k = 1; k <= 20; k++)
      await page.mouse.move(box.x + box.width / 2 - k * 2, box.y + box.height / 2);
    await page.mouse.up();
    await page.locator('.canvas:not(.old)').waitFor();
    const value = Number(await page.getByLabel('B, value').inputValue());
    expect(value).toBeLessThan(3);
    expect(new URL(page.url()).hash === '' || value > 0).toBe(true);
    await slider.dblclick();
    expect(await page.getByLabel('B, value').inputValue()).toBe('3');
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await page.getByLabel('B, value').inputValue()).toBe('0');
    await page.getByRole('button', { name: 'Reset all' }).click();
    expect(await page.getByLabel('B, value').inputValue()).toBe('3');
  });

  test('files that cannot be used say why, and nothing is lost', async () => {
    const page = await open('/#simulate?preset=decay');
    await done(page);
    const before = await textOf(page);
    const give = (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    const said = page.locator('.network .message');
    await give('huge.crn', Buffer.alloc(20_000_000, 'A -> B\n'));
    await said.filter({ hasText: 'has 20 MB' }).waitFor();
    await give('picture.crn', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2]));
    await said.filter({ hasText: 'is not a text' }).waitFor();
    await give('model.xml', Buffer.from('<?xml version="1.0"?><sbml></sbml>'));
    await said.filter({ hasText: 'SBML that cannot be read exactly' }).waitFor();
    await give('model.net', Buffer.from('begin parameters\nend parameters\n'));
    await said.filter({ hasText: 'BioNetGen' }).waitFor();
    expect(await textOf(page)).toBe(before);
    await give('own.crn', Buffer.from('init Z = 3\nZ -> W\nsimulate to 2\n'));
    await said.filter({ hasText: 'Opened' }).waitFor();
    expect(await textOf(page)).toContain('Z -> W');
    await done(page);
    const { network } = parseNetwork('init P = 3\nP ->{0.5} Q\nsimulate to 2\n');
    for (const { format, file } of [
      { format: 'sbml', file: 'model.xml' },
      { format: 'net', file: 'model.net' },
    ]) {
      await give(file, Buffer.from(formatNamed(format, 'write').write!(network!)));
      await said.filter({ hasText: `Opened “${file}”` }).waitFor();
      await expect.poll(() => textOf(page)).toMatch(/P(\(\))?.* ->\{?.* .*Q/);
      await done(page);
    }
  });

  test('everything is exported', async () => {
    const page = await open('/#simulate?preset=decay', { acceptDownloads: true });
    await done(page);
    await page.getByLabel('there, value').fill('2');
    await page.locator('.canvas:not(.old)').waitFor();
    const get = async (item: string): Promise<Buffer> => {
      await page.locator('summary', { hasText: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.menu li button', { hasText: item }).click(),
      ]);
      return readFileSync(await file.path());
    };
    expect(String(await get('.crn'))).toContain('there = 2');
    expect(String(await get('.ts'))).toContain('parameters: { there: 2 }');
    expect(String(await get('.csv'))).toMatch(/^time,A,B\r?\n0,1,0\r?\n/);
    expect(JSON.parse(String(await get('.json')))).toMatchObject({ species: ['A', 'B'], status: 'done' });
    expect(String(await get('.svg'))).toMatch(/^<svg .*There and back/s);
    expect((await get('.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  test.each(['light', 'dark'] as const)('axe-core finds nothing in the %s theme', async (colorScheme) => {
    const page = await open('/#simulate?preset=repressilator', { colorScheme });
    await done(page);
    expect(await violations(page)).toEqual([]);
    await write(page, 'A -> -> B');
    await page.locator('.issues button').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test.each([390, 900, 1440])('nothing is wider than a page of %i pixels', async (width) => {
    const page = await open('/#simulate?preset=repressilator', { viewport: { width, height: 900 } });
    await done(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  test('after the first visit it needs no network', async () => {
    const page = await open('/#simulate');
    await done(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(async () => {
      const names = await caches.keys();
      return names.length > 0 && (await (await caches.open(names[0])).keys()).length > 8;
    });
    await page.context().setOffline(true);
    await page.goto(`${opened.url}#race`);
    await page.reload();
    await page.getByRole('button', { name: 'Start the race' }).waitFor();
    await page.getByRole('link', { name: 'Simulate' }).click();
    await done(page);
  });
});
