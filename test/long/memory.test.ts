/** Ten minutes of learning in the page. What it holds at the end, it held after the first of them. */
import { afterAll, expect, test } from 'vitest';
import { describeInWholeBrowser } from '../tools/browser.js';
import { held, learning } from '../tools/memory.js';
import { closeBrowser } from '../tools/playground.js';

const MINUTE = 60_000;
/** Bytes that an epoch may leave behind: its record, of which losses and reports are made. */
const RECORD = 600;
/** What measurements differ by. */
const SLACK = 1.5e6;

describeInWholeBrowser('the memory of page and worker', () => {
  afterAll(closeBrowser);

  test('stays as it is through ten minutes of learning', async () => {
    const { page, errors, close } = await learning();
    // The page draws up to 600 epochs; then its curves are as long as they get.
    await page.waitForTimeout(2 * MINUTE);
    const before = await held(page);
    for (let minute = 3; minute <= 10; minute++) {
      await page.waitForTimeout(MINUTE);
      const { bytes, epoch } = await held(page);
      console.log(`minute ${minute}, epoch ${epoch}: ${bytes - before.bytes} bytes more`);
      expect(bytes - before.bytes).toBeLessThan(SLACK + RECORD * (epoch - before.epoch));
    }
    expect(errors).toEqual([]);
    await close();
  });
});
