import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPacer } from '../../src/learning/pace.js';

afterEach(() => vi.unstubAllGlobals());

describe('pacer', () => {
  for (const host of ['with setImmediate', 'without it, as in a browser']) {
    it(`gives timers a turn ${host}`, async () => {
      if (host.startsWith('without')) vi.stubGlobal('setImmediate', undefined);
      const pacer = createPacer();
      expect(pacer.due()).toBe(false);
      let fired = false;
      setTimeout(() => {
        fired = true;
      }, 1);
      const end = performance.now() + 25;
      while (performance.now() < end);
      expect(pacer.due()).toBe(true);
      await pacer.rest();
      await pacer.rest();
      expect(fired).toBe(true);
      expect(pacer.due()).toBe(false);
    });
  }

  it('rejects with the reason of an aborted signal', async () => {
    const controller = new AbortController();
    const pacer = createPacer(controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 0);
    await expect(
      (async () => {
        for (;;) await pacer.rest();
      })(),
    ).rejects.toThrow('enough');
    expect(pacer.due()).toBe(true);
  });
});
