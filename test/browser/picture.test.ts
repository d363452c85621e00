/** The picture of the playground in the README: taken here, kept by `UPDATE_PICTURES=1 npx vitest run test/browser/picture.test.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { itInBrowser } from '../tools/browser.js';
import { closeBrowser, openPage } from '../tools/playground.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

afterAll(closeBrowser);

itInBrowser('a picture of the playground after training', { timeout: 180_000 }, async () => {
  const { page, errors, close } = await openPage('#learn?task=xor&seed=1', {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Trained', { exact: true }).waitFor({ timeout: 120_000 });
  const picture = await page.screenshot({ type: 'png' });
  const target = at(process.env.UPDATE_PICTURES ? 'docs/figures/playground.png' : 'out/playground.png');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, picture);
  // A blank page of this size takes a few kilobytes.
  expect(picture.length).toBeGreaterThan(50_000);
  expect(errors).toEqual([]);
  await close();
});
