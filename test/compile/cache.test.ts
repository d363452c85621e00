import { describe, expect, it } from 'vitest';
import { type CacheOptions, StructureCache } from '../../src/compile/cache.js';
import { compileCacheStats, compileProblem } from '../../src/compile/compile.js';
import { type Structure, structureOf } from '../../src/compile/structure.js';
import { createReactor, createSimulator } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const structure = (text: string, active?: number[]): Structure => {
  const network = networkOf(text);
  return structureOf(network, active ?? [...network.reactions.keys()]);
};

/** A cache of labels that counts what it makes. */
const labels = (options: Partial<CacheOptions<string>> = {}) => {
  let made = 0;
  return new StructureCache({ make: () => `value ${made++}`, bytesOf: () => 0, mostBytes: 1e6, ...options });
};

const base = 'A + E ->{2} B + E \n B -> ∅';
/** Each differs from the base in one thing that a compiled problem depends on. */
const others: [string, string, number[]?][] = [
  ['another species', `${base}\n init C = 1`],
  ['another reactant', 'A + B ->{2} B + B \n B -> ∅'],
  ['another amount', '2 A + E ->{2} B + E \n B -> ∅'],
  ['another product', 'A + E ->{2} 2 B + E \n B -> ∅'],
  ['another order', 'A + E -> B + E [rate 2*A^2*E] \n B -> ∅'],
  ['a constant species', `const A = 0 \n${base}`],
  ['one reaction more', `${base} \n E -> ∅`],
  ['one reaction at rest', base, [0]],
  ['reactions in another order', 'init A = 0, E = 0 \n B -> ∅ \n A + E ->{2} B + E'],
];

describe('problems kept by structure', () => {
  it('one value for one structure, whatever its names and numbers', () => {
    const cache = labels();
    const value = cache.get(structure(base));
    expect(cache.get(structure(base))).toBe(value);
    expect(cache.get(structure('init X = 3 \n X + Cat ->{7} Y + Cat \n Y ->{0} ∅'))).toBe(value);
    expect(cache.stats).toMatchObject({ made: 1, found: 2, kept: 1 });
  });

  it.each(others)('%s is another structure, even when its hash is the same', (_, text, active) => {
    for (const hash of [undefined, () => 7]) {
      const cache = labels(hash === undefined ? {} : { hash });
      const first = cache.get(structure(base));
      expect(cache.get(structure(text, active))).not.toBe(first);
      expect(cache.stats.made).toBe(2);
    }
  });

  it('of two structures with one hash the later is kept', () => {
    const cache = labels({ hash: () => 7 });
    cache.get(structure(base));
    const later = cache.get(structure('A -> B'));
    expect(cache.get(structure('A -> B'))).toBe(later);
    expect(cache.stats).toMatchObject({ made: 2, found: 1, kept: 1 });
  });

  it('gives up what was asked for least recently, by bytes', () => {
    const [one, two, three] = ['A -> B', 'A -> 2 B', 'A -> 3 B'].map((text) => structure(text));
    const cache = labels({ bytesOf: () => 10_000, mostBytes: 30_000 });
    cache.get(one);
    cache.get(two);
    cache.get(one);
    cache.get(three);
    expect(cache.stats).toMatchObject({ made: 3, found: 1, kept: 2 });
    expect(cache.stats.bytes).toBeLessThanOrEqual(30_000);
    cache.get(one);
    cache.get(two);
    expect(cache.stats).toMatchObject({ made: 4, found: 2, kept: 2 });
  });

  it('does not keep what is larger than its bound, nor gives anything up for it', () => {
    let bytes = 100;
    const cache = labels({ bytesOf: () => bytes, mostBytes: 5000 });
    cache.get(structure('A -> B'));
    bytes = 5000;
    cache.get(structure(base));
    cache.get(structure(base));
    expect(cache.stats).toMatchObject({ made: 3, found: 0, kept: 1 });
  });

  it('looks at the network as it is at each call', () => {
    const network = networkOf(base);
    const before = compileProblem(network, [0, 1]);
    network.reactions[1].orders[0].value = 2;
    expect(compileProblem(network, [0, 1])).not.toBe(before);
  });

  it('simulators and reactors of one circuit compile once, each with its own constants', async () => {
    const text = (k: number) => `init Kept = 1 \n Kept ->{${k}} Gone \n 3 Gone ->{1e-9} Kept`;
    const made = () => compileCacheStats().made;
    const first = await createSimulator(networkOf(text(1)), { to: 1 });
    const before = made();
    const second = await createSimulator(networkOf(text(2)), { to: 1 });
    const pot = await createReactor(networkOf(text(3)));
    expect(made()).toBe(before);
    pot.run('', { duration: 1 });
    expect(first.run().final.Kept).toBeCloseTo(Math.exp(-1), 5);
    expect(second.run().final.Kept).toBeCloseTo(Math.exp(-2), 5);
    expect(pot.state[pot.index('Kept')]).toBeCloseTo(Math.exp(-3), 5);
    for (const each of [first, second, pot]) each.dispose();
  });

  it('a problem that has been run is as it was made', async () => {
    const network = networkOf('init A = 1 \n A ->{5} B \n B ->{2} C');
    const { record } = compileProblem(network, [0, 1]);
    const bytes = new Uint8Array(record).slice();
    const simulator = await createSimulator(network, { to: 1 });
    simulator.run();
    simulator.dispose();
    expect(new Uint8Array(record)).toEqual(bytes);
  });
});
