import { describe, expect, it } from 'vitest';
import { D_COUNTER, D_KEY, D_NEXT, D_WORDS, DRAWN } from '../../assembly/stochastic/layout';
import { seedStreams } from '../../src/stochastic/areas.js';
import { chiSquareTail, goodness, homogeneity, poissonProbabilities } from '../tools/chi-square.js';
import { streamsOf } from '../tools/stochastic-kernel.js';

const engines = ['wasm', 'js'] as const;

/** So unlikely that a right generator has it nowhere among the seeds of this file. */
const UNLIKELY = 1e-3;

describe.each(engines)('the generator of the engine %s', (kind) => {
  // Salmon et al., Random123, file kat_vectors: threefry4x32 with 20 rounds.
  it.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000 00000000 00000000',
      '9c6ca96a e17eae66 fc10ecd4 5256a7d8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff ffffffff ffffffff',
      '2a881696 57012287 f6c7446e a16a6732',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0 082efa98 ec4e6c89',
      '59cd1dbb b8879579 86b5d00c ac8b6d84',
    ],
  ])('gives the known answer to counter %s and key %s', async (counter, key, answer) => {
    const { engine, areas } = await streamsOf(kind);
    const words = engine.words(areas.events, D_WORDS + DRAWN);
    const numbers = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16));
    words.set(numbers(counter), D_COUNTER);
    words.set(numbers(key), D_KEY);
    words[D_NEXT] = DRAWN;
    engine.kernel.uniform(areas.events);
    // Four blocks side by side: the first is every fourth word.
    const block = [0, 4, 8, 12].map((w) => (words[D_WORDS + w] >>> 0).toString(16).padStart(8, '0'));
    expect(block.join(' ')).toBe(answer);
  });

  it('goes on where the first word of the counter is full', async () => {
    const { engine, areas } = await streamsOf(kind);
    const words = engine.words(areas.events, D_WORDS + DRAWN);
    words[D_COUNTER] = -4;
    engine.kernel.uniform(areas.events);
    expect([...words.slice(D_COUNTER, D_COUNTER + 2)]).toEqual([0, 1]);
  });

  it('has uniform numbers', async () => {
    const { engine, areas } = await streamsOf(kind, { seed: 1 });
    const samples = Array.from({ length: 50_000 }, () => engine.kernel.uniform(areas.events));
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...samples)).toBeLessThan(1);
    for (const classes of [100, 7]) {
      const found = samples.map((u) => Math.floor(u * classes));
      expect(goodness(found, new Array(classes).fill(1 / classes))).toBeGreaterThan(UNLIKELY);
    }
    // The bits below those of 100 classes.
    const fine = samples.map((u) => Math.floor(((u * 2 ** 40) % 1) * 64));
    expect(goodness(fine, new Array(64).fill(1 / 64))).toBeGreaterThan(UNLIKELY);
    // Neighbours have nothing to do with each other.
    const pairs = samples.slice(1).map((u, i) => Math.floor(u * 10) * 10 + Math.floor(samples[i] * 10));
    expect(goodness(pairs, new Array(100).fill(1 / 100))).toBeGreaterThan(UNLIKELY);
  });

  it('has exponential numbers, the tail beyond the lowest layer included', async () => {
    const { engine, areas } = await streamsOf(kind, { seed: 2 });
    const samples = Array.from({ length: 200_000 }, () => engine.kernel.exponential(areas.events));
    // Classes of equal probability, and then of equal width far out.
    const even = samples.map((t) => Math.min(199, Math.floor(-Math.expm1(-t) * 200)));
    expect(goodness(even, new Array(200).fill(1 / 200))).toBeGreaterThan(UNLIKELY);
    const wide = samples.map((t) => Math.floor(t / 0.5));
    const share = -Math.expm1(-0.5);
    const tail = Array.from({ length: 30 }, (_, k) => Math.exp(-k * 0.5) * share);
    expect(goodness(wide, tail)).toBeGreaterThan(UNLIKELY);
    expect(samples.filter((t) => t > 7.7).length).toBeGreaterThan(50);
  });

  it.each([0.01, 0.7, 3, 9.99, 10, 11.5, 30, 300, 12_345])('has Poisson numbers of mean %f', async (mean) => {
    const { engine, areas } = await streamsOf(kind, { seed: 3 });
    const samples = Array.from({ length: 40_000 }, () => engine.kernel.poisson(areas.events, mean));
    expect(goodness(samples, poissonProbabilities(mean))).toBeGreaterThan(UNLIKELY);
  });

  it.each([1e6, 1e9, 1e12, 1e15])(
    'has Poisson numbers of mean %f by mean, variance and skewness',
    async (mean) => {
      const { engine, areas } = await streamsOf(kind, { seed: 4 });
      const count = 40_000;
      const z = Array.from(
        { length: count },
        () => (engine.kernel.poisson(areas.events, mean) - mean) / Math.sqrt(mean),
      );
      const moment = (order: number) => z.reduce((sum, x) => sum + x ** order, 0) / count;
      // Standard errors of the moments of a normal distribution: 1, √2 and √15 over √count, 4 of them.
      expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(count));
      expect(Math.abs(moment(2) - 1)).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(count));
      expect(Math.abs(moment(3))).toBeLessThan((4 * Math.sqrt(15)) / Math.sqrt(count));
      // Ten classes of the normal distribution.
      const inner = z.map((x) => Math.min(9, Math.max(0, Math.floor(x + 5))));
      const normal = [3.17e-5, 1.318e-3, 0.0214, 0.1359, 0.3413, 0.3413, 0.1359, 0.0214, 1.318e-3, 3.17e-5];
      expect(goodness(inner, normal)).toBeGreaterThan(UNLIKELY);
    },
  );
});

describe('streams', () => {
  it('both engines have the same bits, whatever is drawn', async () => {
    const drawn = await Promise.all(
      engines.map(async (kind) => {
        const { engine, areas } = await streamsOf(kind, { seed: 2 ** 40 + 3, run: 2 ** 35 + 1 });
        const { kernel } = engine;
        return Array.from({ length: 3000 }, (_, i) => {
          if (i % 3 === 0) return kernel.uniform(areas.events);
          if (i % 3 === 1) return kernel.exponential(areas.events);
          return kernel.poisson(i % 2 ? areas.events : areas.roundings, i % 7 === 0 ? 1e8 : i / 30);
        });
      }),
    );
    expect(drawn[0]).toEqual(drawn[1]);
  });

  it('differ by seed, run and purpose, in every word of each', async () => {
    const { engine, areas } = await streamsOf('wasm');
    const first = new Set<number>();
    const keys = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
    for (const seed of keys) {
      for (const run of keys) {
        seedStreams(engine, areas, seed, run);
        first.add(engine.kernel.uniform(areas.events)).add(engine.kernel.uniform(areas.roundings));
      }
    }
    expect(first.size).toBe(2 * keys.length ** 2);
  });

  it('of neighbouring runs have nothing to do with each other', async () => {
    const { engine, areas } = await streamsOf('wasm');
    const firsts = Array.from({ length: 20_000 }, (_, run) => {
      seedStreams(engine, areas, 5, run);
      return engine.kernel.uniform(areas.events);
    });
    const pairs = firsts.slice(1).map((u, i) => Math.floor(u * 10) * 10 + Math.floor(firsts[i] * 10));
    expect(goodness(pairs, new Array(100).fill(1 / 100))).toBeGreaterThan(UNLIKELY);
  });
});

it('the comparison of samples of the tests themselves: level where they agree, and not where they do not', async () => {
  const { engine, areas } = await streamsOf('wasm', { seed: 6 });
  const poisson = (mean: number, count: number) =>
    Array.from({ length: count }, () => engine.kernel.poisson(areas.events, mean));
  const levels = Array.from({ length: 1000 }, () => homogeneity(poisson(4, 300), poisson(4, 200)));
  expect(
    goodness(
      levels.map((p) => Math.floor(10 * p)),
      new Array(10).fill(0.1),
    ),
  ).toBeGreaterThan(UNLIKELY);
  expect(homogeneity(poisson(4, 3000), poisson(4.4, 3000))).toBeLessThan(UNLIKELY);
});

it('the chi-square of the tests themselves: tables of the distribution', () => {
  expect(chiSquareTail(3.841, 1)).toBeCloseTo(0.05, 4);
  expect(chiSquareTail(18.307, 10)).toBeCloseTo(0.05, 4);
  expect(chiSquareTail(124.342, 100)).toBeCloseTo(0.05, 4);
  expect(chiSquareTail(70.065, 100)).toBeCloseTo(0.99, 4);
});
