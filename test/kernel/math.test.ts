import { describe, expect, it } from 'vitest';
import { exp, log, pow } from '../../assembly/math';
import { createEngine } from '../../src/engine/engine.js';

/** Reproducible numbers in [0, 1): the tests need spread, not quality. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const ulps = (found: number, wanted: number) =>
  found === wanted ? 0 : Math.abs(found - wanted) / (Math.abs(wanted) * 2 ** -52 || 5e-324);

describe('portable elementary functions', () => {
  it('log is within 1 ulp of the host over the whole range', () => {
    const next = sequence(1);
    for (let i = 0; i < 20_000; i++) {
      const x = 10 ** ((next() - 0.5) * (i % 2 === 0 ? 600 : 2));
      expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(1);
    }
  });

  it('exp is within 1 ulp', () => {
    const next = sequence(2);
    for (let i = 0; i < 20_000; i++) {
      const x = (next() - 0.5) * (i % 2 === 0 ? 1400 : 4);
      expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
    }
  });

  it('pow is within 2 ulp for the orders rate laws have', () => {
    const next = sequence(3);
    for (let i = 0; i < 20_000; i++) {
      const x = 10 ** ((next() - 0.5) * 40);
      const y = (next() - 0.5) * 12;
      expect(ulps(pow(x, y), x ** y)).toBeLessThanOrEqual(2);
    }
  });

  it('meets the edges', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(5e-324)).toBe(Math.log(5e-324));
    expect(log(Number.MAX_VALUE)).toBe(Math.log(Number.MAX_VALUE));
    expect(exp(0)).toBe(1);
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(-740)).toBe(Math.exp(-740));
    expect([pow(0, 0), pow(0, 2.5), pow(0, -1), pow(4, 0.5), pow(7, 1)]).toEqual([1, 0, Infinity, 2, 7]);
    expect(pow(-1, 2.5)).toBeNaN();
    expect(exp(Number.NaN)).toBeNaN();
  });

  it('gives the same bits in both engines', async () => {
    const wasm = (await createEngine('wasm')).kernel;
    const js = (await createEngine('js')).kernel;
    const next = sequence(4);
    for (let i = 0; i < 20_000; i++) {
      const x = 10 ** ((next() - 0.5) * 600);
      const y = (next() - 0.5) * 20;
      expect(wasm.log(x)).toBe(js.log(x));
      expect(wasm.exp(y * 30)).toBe(js.exp(y * 30));
      expect(wasm.pow(x, y)).toBe(js.pow(x, y));
    }
  });
});
