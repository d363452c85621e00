import { describe, expect, it } from 'vitest';
import {
  annihilate,
  clear,
  contradict,
  copy,
  dual,
  fanOut,
  gatedTransfer,
  product,
  type ReactionSink,
  single,
  source,
  transfer,
  update,
} from '../../src/circuits/index.js';
import { networkBuilder } from '../../src/network/index.js';
import { simulate } from '../../src/simulate/simulate.js';

/** Signed values (by letter) after `time`, from starting amounts of species. */
async function evolve(time: number, initial: Record<string, number>, add: (sink: ReactionSink) => void) {
  const builder = networkBuilder();
  add(builder);
  for (const [name, value] of Object.entries(initial)) builder.init(name, value);
  const { final } = await simulate(builder.build(), { to: time, rtol: 1e-10, atol: 1e-13 });
  return (name: string) => final[name] ?? (final[`${name}+`] ?? 0) - (final[`${name}-`] ?? 0);
}

const at = (name: string) => ({ name, index: [1] });
const [A, B, C, G, W] = ['A', 'B', 'C', 'G', 'W'].map(dual);
/** a = 1.3, b = −0.7, with something on every rail. */
const both = { 'A+': 1.5, 'A-': 0.2, 'B+': 0.1, 'B-': 0.8 };

describe('modules as laws, with both rails in use', () => {
  it('product: dc/dt = ±k·a·b', async () => {
    for (const sign of [1, -1] as const) {
      const value = await evolve(2, { ...both, 'C+': 1 }, (sink) =>
        product(sink, at('m'), A, B, C, 0.4, sign),
      );
      expect(value('C')).toBeCloseTo(1 + sign * 0.4 * 1.3 * -0.7 * 2, 9);
      expect([value('A'), value('B')]).toEqual([expect.closeTo(1.3, 12), expect.closeTo(-0.7, 12)]);
    }
    const one = await evolve(2, { X: 0.5, ...both }, (sink) => product(sink, at('m'), A, single('X'), C, 1));
    expect(one('C')).toBeCloseTo(1.3 * 0.5 * 2, 9);
    const none = await evolve(2, { X: 0.5, P: 3 }, (sink) =>
      product(sink, at('m'), single('P'), single('X'), single('O'), 1),
    );
    expect(none('O')).toBeCloseTo(3, 9);
  });

  it('copy: dc/dt = k·a, and with a sink a scaled copy', async () => {
    const drift = await evolve(2, both, (sink) => copy(sink, at('m'), A, C, 0.3));
    expect([drift('C'), drift('A')]).toEqual([expect.closeTo(0.3 * 1.3 * 2, 9), expect.closeTo(1.3, 12)]);
    const follows = await evolve(20, both, (sink) => {
      copy(sink, at('m'), B, C, 3);
      clear(sink, at('n'), C, 2);
    });
    expect(follows('C')).toBeCloseTo(1.5 * -0.7, 9);
  });

  it('sum: transfers into one signal add up', async () => {
    const value = await evolve(30, both, (sink) => {
      transfer(sink, at('m'), A, C, 1);
      transfer(sink, at('n'), B, C, 2);
    });
    expect([value('C'), value('A')]).toEqual([expect.closeTo(1.3 - 0.7, 9), expect.closeTo(0, 9)]);
  });

  it('subtract: a turned transfer, da/dt = −k·a, dc/dt = −k·a', async () => {
    const value = await evolve(1, both, (sink) => {
      transfer(sink, at('m'), A, C, 1);
      transfer(sink, at('n'), B, C, 2, -1);
    });
    expect(value('A')).toBeCloseTo(1.3 * Math.exp(-1), 9);
    expect(value('C')).toBeCloseTo(1.3 * (1 - Math.exp(-1)) + 0.7 * (1 - Math.exp(-2)), 9);
  });

  it('clean-up: da/dt = −k·a', async () => {
    const value = await evolve(2, both, (sink) => clear(sink, at('m'), A, 0.6));
    expect(value('A')).toBeCloseTo(1.3 * Math.exp(-1.2), 9);
  });

  it('annihilation: empties the lesser rail and leaves a', async () => {
    for (const k of [0.5, 100]) {
      const value = await evolve(1, both, (sink) => annihilate(sink, at('m'), A, k));
      expect(value('A')).toBeCloseTo(1.3, 10);
      // [A−]' = −k·[A−]·([A−] + a), a logistic decay.
      const grown = Math.exp(1.3 * k);
      expect(value('A-')).toBeCloseTo((0.2 * 1.3) / ((0.2 + 1.3) * grown - 0.2), 9);
    }
  });

  it('update: Δw = −g·k1/(k1 + k2)', async () => {
    const initial = { 'W+': 0.4, 'G+': 0.3, 'G-': 1 };
    const value = await evolve(40, initial, (sink) => update(sink, at('m'), at('n'), G, W, 0.2, 0.8));
    expect([value('W'), value('G')]).toEqual([expect.closeTo(0.4 + 0.7 * 0.2, 9), expect.closeTo(0, 9)]);
  });

  it('gated transfer: at k·[L], with its sign kept or turned, not at all without L', async () => {
    for (const sign of [1, -1] as const) {
      const move = (L: number) =>
        evolve(1, { ...both, L }, (sink) => gatedTransfer(sink, at('m'), A, C, single('L'), 2, sign));
      const open = await move(0.5);
      expect(open('C')).toBeCloseTo(sign * 1.3 * (1 - Math.exp(-1)), 9);
      expect(open('A')).toBeCloseTo(1.3 * Math.exp(-1), 9);
      expect(open('L')).toBeCloseTo(0.5, 12);
      const shut = await move(0);
      expect([shut('A'), shut('C')]).toEqual([expect.closeTo(1.3, 12), 0]);
    }
  });

  it('source: dc/dt = k, or k·[L]', async () => {
    const free = await evolve(3, {}, (sink) => source(sink, at('m'), single('F'), 0.4));
    expect(free('F')).toBeCloseTo(1.2, 10);
    const fuelled = await evolve(3, { L: 0.5 }, (sink) =>
      source(sink, at('m'), single('F'), 0.4, single('L')),
    );
    expect([fuelled('F'), fuelled('L')]).toEqual([expect.closeTo(0.6, 10), expect.closeTo(0.5, 12)]);
  });

  it('fan-out: every receiver gets ±a, and A is spent or kept', async () => {
    const branches = [
      { signal: B, sign: 1 },
      { signal: C, sign: -1 },
    ] as const;
    const start = { 'A+': 1.5, 'A-': 0.2, 'C+': 1 };
    const spent = await evolve(1, start, (sink) => fanOut(sink, at('m'), A, branches, 0.8));
    const gone = 1.3 * (1 - Math.exp(-0.8));
    expect(spent('A')).toBeCloseTo(1.3 - gone, 9);
    expect([spent('B'), spent('C')]).toEqual([expect.closeTo(gone, 9), expect.closeTo(1 - gone, 9)]);
    const kept = await evolve(1, start, (sink) => fanOut(sink, at('m'), A, branches, 0.8, { keep: true }));
    expect(kept('A')).toBeCloseTo(1.3, 12);
    expect([kept('B'), kept('C')]).toEqual([expect.closeTo(1.04, 9), expect.closeTo(-0.04, 9)]);
  });

  it('gated fan-out: the contradicting rail decays at k·[G] into the receivers', async () => {
    const branches = [
      { signal: B, sign: 1 },
      { signal: C, sign: -1 },
    ] as const;
    const value = await evolve(1, { 'A+': 0.9, 'A-': 0.6, 'G+': 0.5 }, (sink) =>
      contradict(sink, at('m'), A, G, branches, 2),
    );
    const passed = 0.6 * (1 - Math.exp(-1));
    expect([value('A+'), value('A-')]).toEqual([expect.closeTo(0.9, 12), expect.closeTo(0.6 - passed, 9)]);
    expect([value('B'), value('C')]).toEqual([expect.closeTo(-passed, 9), expect.closeTo(passed, 9)]);
    const other = await evolve(1, { 'A+': 0.9, 'A-': 0.6, 'G-': 0.5 }, (sink) =>
      contradict(sink, at('m'), A, G, branches, 2),
    );
    expect(other('B')).toBeCloseTo(0.9 * (1 - Math.exp(-1)), 9);
    expect(other('A-')).toBeCloseTo(0.6, 12);
  });
});
