/** Learning without end takes no more and more memory; ten minutes of it are in `test/long`. */
import { afterAll, expect, test } from 'vitest';
import { describeInWholeBrowser } from '../tools/browser.js';
import { held, learning } from '../tools/memory.js';
import { closeBrowser } from '../tools/playground.js';

/** Epochs have a record each, of some 300 bytes, and the page draws up to 600 of them. */
const GROWTH = 3e6;

describeInWholeBrowser('the memory of page and worker', { timeout: 180_000 }, () => {
  afterAll(closeBrowser);

  test('stays within 3 MB through half a minute of learning', async () => {
    const { page, errors, close } = await learning();
    await page.waitForTimeout(5000);
    const before = await held(page);
    await page.waitForTimeout(30_000);
    const after = await held(page);
    const epochs = after.epoch - before.epoch;
    console.log(`${before.bytes} bytes, and ${after.bytes - before.bytes} more after ${epochs} epochs`);
    expect(epochs).toBeGreaterThan(20);
    expect(after.bytes - before.bytes).toBeLessThan(GROWTH);
    expect(errors).toEqual([]);
    await close();
  });
});
