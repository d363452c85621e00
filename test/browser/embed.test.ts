import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, test } from 'vitest';
import { violations } from '../tools/accessible.js';
import { describeInBrowser, type FileServer } from '../tools/browser.js';
import { builtPage } from '../tools/built-page.js';
import { closeBrowser, type OpenedPage, openPage, serveSite } from '../tools/playground.js';

let opened: OpenedPage;
let site: FileServer | undefined;
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
  await site?.close();
  site = undefined;
});
afterAll(closeBrowser);

/** A page that has the single file and nothing else of the playground. */
const stranger = `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><link rel="icon" href="/icon.svg">
<script type="module" src="/elements.js"></script>
<script>window.heard = []; for (const name of ['crn-run', 'crn-error', 'crn-change', 'crn-epoch', 'crn-done'])
  addEventListener(name, ({ detail, target }) => heard.push({ name, id: target.id, steps: detail.steps, message: detail.message, status: detail.status }));</script>
<neural-crn-simulator id="one"><h2 slot="title">One</h2>
  init A = 1
  A ->{1} B
  simulate to 5
</neural-crn-simulator>
<neural-crn-simulator id="two" source="init A = 1&#10;2 A -> 3 A&#10;simulate to 5" controls="all"></neural-crn-simulator>
<div id="outer"></div>
<neural-crn-learner id="learner" task="linear-regression" epochs="2" autostart></neural-crn-learner>
<script type="module">
  const inner = document.createElement('neural-crn-simulator');
  inner.id = 'inner';
  inner.setAttribute('source', 'init A = 1\\nA ->{2} B\\nsimulate to 3');
  document.getElementById('outer').attachShadow({ mode: 'open' }).append(inner);
</script></html>`;

interface Heard {
  name: string;
  id: string;
  steps?: number;
  message?: string;
  status?: string;
}

describeInBrowser('the elements', () => {
  test('the single file works twice on a page and inside a shadow root, and a circuit learns', async () => {
    site = await serveSite(builtPage, { '/stranger.html': stranger });
    opened = await openPage('/stranger.html', { site });
    const { page } = opened;
    const heard = (): Promise<Heard[]> =>
      page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
    await page.waitForFunction(() => {
      const all = (window as unknown as { heard: { name: string; id: string }[] }).heard;
      const has = (name: string, id?: string) =>
        all.some((one) => one.name === name && (id === undefined || one.id === id));
      return has('crn-done') && has('crn-run', 'one') && has('crn-run', 'outer') && has('crn-error', 'two');
    });
    const all = await heard();
    expect(all.find(({ name, id }) => name === 'crn-run' && id === 'one')?.steps).toBeGreaterThan(3);
    expect(all.find(({ name, id }) => name === 'crn-error' && id === 'two')?.message).toContain(
      'beyond all bounds',
    );
    // From inside a shadow root an event has the root's host as its target.
    expect(all.some(({ name, id }) => name === 'crn-run' && id === 'outer')).toBe(true);
    expect(all.filter(({ name }) => name === 'crn-epoch')).toHaveLength(3);
    expect(all.find(({ name }) => name === 'crn-done')).toMatchObject({ status: 'done' });
    await page.locator('#two').evaluate((element) => {
      (element as HTMLElement & { text: string }).text = 'init A = 1\nA -> B\nsimulate to 2';
    });
    await page.waitForFunction(() =>
      (window as unknown as { heard: Heard[] }).heard.some(
        ({ name, id }) => name === 'crn-run' && id === 'two',
      ),
    );
    const csv = await page
      .locator('#two')
      .evaluate((element) => (element as HTMLElement & { toCSV(): Promise<string> }).toCSV());
    expect(csv).toMatch(/^time,A,B/);
    // Moved and taken out, it does not fail.
    await page.locator('#one').evaluate((element) => {
      document.body.append(element);
      element.remove();
    });
    await page.waitForTimeout(100);
  });

  test('the page of examples is accessible', async () => {
    opened = await openPage('/embed/index.html');
    const { page } = opened;
    await page.locator('#heard', { hasText: 'crn-run' }).waitFor();
    await page.locator('#robertson').getByText('314 steps').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('the single file is small', async () => {
    opened = await openPage('/embed/index.html');
    const size = (name: string) => gzipSync(readFileSync(join(builtPage, name)), { level: 9 }).length;
    expect(size('elements.js')).toBeLessThan(125_000);
    expect(size('elements-learner.js')).toBeLessThan(135_000);
  });
});
