import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { readDigits } from '../../src/digits/index.js';
import { loadCheckpoint, loadModel, predict, predictOutputs } from '../../src/learning/index.js';
import { violations } from '../tools/accessible.js';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, openPage } from '../tools/playground.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../bin/neural-crn.js', import.meta.url));

/** Twelve images of each digit as a table, their ink from 0 to 255: few, so that an epoch is short. */
function table(): string {
  const { images, labels } = readDigits();
  const rows = Array.from({ length: 120 }, (_, k) => {
    const place = labels.indexOf(k % 10) + Math.floor(k / 10);
    return [k % 10, ...Array.from(images[place], (ink) => Math.round(255 * ink))].join();
  });
  return `${['label', ...Array.from({ length: 784 }, (_, k) => `p${k}`)].join()}\n${rows.join('\n')}\n`;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const state = (page: Page, name: string) =>
  page.locator('.run-progress strong', { hasText: name }).waitFor({ timeout: 60_000 });
/** The ten outputs as they stand beside their bars. */
const answers = async (page: Page) => (await page.locator('.bars .number').allInnerTexts()).map(Number);

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFile(await file.path(), 'utf8');
}

const give = (page: Page, label: string, name: string, content: string) =>
  page.getByLabel(label).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

/** A busy machine may answer late; how late is not what is tested. */
const PATIENT = { timeout: 20_000 };

describeInBrowser('the Digits view', { timeout: 120_000 }, () => {
  afterAll(closeBrowser);

  it('learns the reader’s images, and its pot predicts the same elsewhere', async () => {
    const { page, errors } = await openPage('#digits');
    await give(page, 'Load your images', 'mine.csv', table());
    await page.getByText('The images are those of “mine.csv”').waitFor({ timeout: 60_000 });
    await button(page, 'Epoch').click();
    await state(page, 'Paused');
    const [model, images, checkpoint] = [
      await download(page, 'Model, JSON'),
      await download(page, 'Images, CSV'),
      await download(page, 'Checkpoint, JSON'),
    ];
    const rows = images
      .trim()
      .split('\n')
      .slice(1, 6)
      .map((line) => line.split(',').map(Number));
    const inputs = rows.map((row) => row.slice(0, 64));
    const predicted = await predict(loadModel(model), inputs);
    const folder = await mkdtemp(join(tmpdir(), 'digits-view-'));
    try {
      await writeFile(join(folder, 'model.json'), model);
      await writeFile(join(folder, 'images.csv'), images.split('\n').slice(0, 6).join('\n'));
      const { stdout } = await run(process.execPath, [command, 'predict', 'model.json', 'images.csv'], {
        cwd: folder,
      });
      const printed = stdout.trim().split('\n').slice(1);
      expect(printed.map((line) => Number(line.split(',').at(-1)))).toEqual(predicted);
    } finally {
      await rm(folder, { recursive: true });
    }
    // What `train digits --resume` goes on from.
    expect(loadCheckpoint(checkpoint)).toMatchObject({ epoch: 1, task: { experiment: 'digits' } });

    // The same pot from its file says the same of an image.
    await give(page, 'Load a pot', 'model.json', model);
    await page.getByText('The pot has the weights of “model.json”').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'An unseen 4' }).click();
    await page.waitForFunction(() => location.hash.includes('ink='));
    await page.waitForTimeout(400);
    const asked = await page.evaluate(() => /ink=([0-9a-f]{64})/.exec(location.hash)?.[1] ?? '');
    const ink = Array.from(asked, (letter) => Number.parseInt(letter, 16) / 15);
    const [outputs] = await predictOutputs(loadModel(model), [ink]);
    const seen = await answers(page);
    // The address holds ink in fifteenths.
    seen.forEach((answer, k) => {
      expect(Math.abs(answer - outputs[k])).toBeLessThan(0.05);
    });
    await give(page, 'Load a pot', 'other.json', '{"format": "something"}');
    await page.getByRole('alert').filter({ hasText: '“other.json”: the file is neither a model' }).waitFor();
    await give(page, 'Load your images', 'bad.csv', 'a,b,label\n1,2,3\n');
    await page.getByRole('alert').filter({ hasText: 'a digit has 64 pixels' }).waitFor();
    await button(page, 'Begin again').click();
    await state(page, 'Ready');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('is drawn on with a pointer and with keys, and a link holds the drawing', async () => {
    const { page, errors } = await openPage('#digits', { viewport: { width: 390, height: 844 } });
    await state(page, 'Ready');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const pad = page.getByRole('application', { name: 'Draw a digit' });
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    const before = await answers(page);
    await page.mouse.move(...at(0.5, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.8), { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => location.hash.includes('ink='));
    await expect.poll(() => answers(page), PATIENT).not.toEqual(before);
    // A foot, with keys.
    const drawn = await page.evaluate(() => location.hash);
    await pad.focus();
    for (const key of ['ArrowDown', 'Space', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Space'])
      await page.keyboard.press(key);
    await page.waitForFunction((hash) => location.hash !== hash, drawn);
    expect(await pad.getAttribute('aria-label')).toBe('Draw a digit: 2 strokes');
    await page.keyboard.press('Backspace');
    await page.waitForFunction((hash) => location.hash === hash, drawn);
    const said = page.getByRole('status').filter({ hasText: /The pot says \d/ });
    await said.waitFor({ state: 'attached' });
    const first = await answers(page);
    expect(await violations(page)).toEqual([]);
    // The link restores it.
    await page.reload();
    await state(page, 'Ready');
    expect(await page.evaluate(() => location.hash)).toBe(drawn);
    await expect
      .poll(async () => {
        const again = await answers(page);
        return Math.max(...again.map((answer, k) => Math.abs(answer - first[k])));
      }, PATIENT)
      .toBeLessThan(0.1);
    expect(errors).toEqual([]);
    await page.close();
  });
});
