import { afterAll, expect, it } from 'vitest';
import { violations } from '../tools/accessible.js';
import { describeInBrowser } from '../tools/browser.js';
import { closeBrowser, openPage } from '../tools/playground.js';

describeInBrowser('the Compare view', { timeout: 60_000 }, () => {
  afterAll(closeBrowser);

  it('sorts the stored table, shows its figure, and leads to where a system runs', async () => {
    const { page, errors } = await openPage('#compare', { viewport: { width: 390, height: 844 } });
    const cells = page.locator('.comparison tbody tr');
    await cells.first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await violations(page)).toEqual([]);
    const rows = await cells.count();
    await page.getByRole('button', { name: 'xor', exact: true }).click();
    expect(await cells.count()).toBeLessThan(rows);
    await page.getByRole('button', { name: 'What it is made of' }).click();
    await page.getByRole('button', { name: 'Reactions' }).click();
    const reactions = async () =>
      (await page.locator('.comparison tbody td:nth-child(5)').allInnerTexts()).map((text) =>
        Number(text.replaceAll(',', '')),
      );
    const up = await reactions();
    expect(up).toEqual([...up].sort((a, b) => a - b));
    await page.getByRole('button', { name: 'Reactions' }).click();
    expect(await reactions()).toEqual([...up].reverse());
    expect(await page.evaluate(() => location.hash)).toBe(
      '#compare?table=made&problem=xor&sort=reactions&down=1',
    );
    await page.getByRole('img', { name: /Starts that learn xor/ }).waitFor();
    await page.reload();
    await cells.first().waitFor();
    expect(await reactions()).toEqual([...up].reverse());
    // A system whose text is built when it is asked for.
    await page.locator('.comparison').getByRole('link', { name: 'weight perturbation' }).click();
    await page.waitForFunction(() => location.hash === '#simulate?preset=perturbation');
    await expect
      .poll(() => page.getByLabel('Begin with').inputValue(), { timeout: 20_000 })
      .toBe('perturbation');
    await page.getByText(/steps/).first().waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});
