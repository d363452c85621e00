import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom } from '../../src/learning/index.js';

describe('random numbers', () => {
  it('are xoshiro128** 1.1', () => {
    // First outputs from the state (1, 2, 3, 4), by the recurrence of Blackman & Vigna worked with big integers.
    const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & 0xffffffffn;
    let s = [1n, 2n, 3n, 4n];
    const expected: number[] = [];
    for (let i = 0; i < 1000; i++) {
      expected.push(Number((rotate((s[1] * 5n) & 0xffffffffn, 7n) * 9n) & 0xffffffffn));
      const t = (s[1] << 9n) & 0xffffffffn;
      const c = s[2] ^ s[0];
      const d = s[3] ^ s[1];
      s = [s[0] ^ d, s[1] ^ c, c ^ t, rotate(d, 11n)];
    }
    const random = restoreRandom([1, 2, 3, 4]);
    expect(expected.map(() => random.integer(2 ** 32))).toEqual(expected);
  });

  it('do not change between versions', () => {
    const random = createRandom(1, 'data');
    expect([
      random.uniform(),
      random.uniform(1, 5),
      random.normal(),
      random.integer(10),
      random.shuffle([1, 2, 3, 4]),
    ]).toMatchInlineSnapshot(`
        [
          0.7957958532750652,
          2.1210243739023276,
          1.008095117250716,
          8,
          [
            4,
            3,
            1,
            2,
          ],
        ]
      `);
  });

  it('are uniform, normal and unbiased', () => {
    const random = createRandom(7);
    const count = 200_000;
    const moments = (draw: () => number) => {
      let [first, second, fourth] = [0, 0, 0];
      for (let i = 0; i < count; i++) {
        const x = draw();
        first += x / count;
        second += (x * x) / count;
        fourth += (x * x * x * x) / count;
      }
      return [first, second, fourth];
    };
    const uniform = moments(() => random.uniform());
    expect(uniform[0]).toBeCloseTo(0.5, 2);
    expect(uniform[1]).toBeCloseTo(1 / 3, 2);
    const normal = moments(() => random.normal());
    expect(Math.abs(normal[0])).toBeLessThan(0.01);
    expect(Math.abs(normal[1] - 1)).toBeLessThan(0.02);
    expect(Math.abs(normal[2] - 3)).toBeLessThan(0.1);
    const tally = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) tally[random.integer(3)]++;
    for (const seen of tally) expect(Math.abs(seen - 10_000)).toBeLessThan(400);
  });

  it('have the tails of a normal distribution', () => {
    const random = createRandom(8);
    let [beyond1, beyond2, beyond3] = [0, 0, 0];
    const count = 200_000;
    for (let i = 0; i < count; i++) {
      const size = Math.abs(random.normal());
      if (size > 1) beyond1++;
      if (size > 2) beyond2++;
      if (size > 3) beyond3++;
    }
    expect(beyond1 / count).toBeCloseTo(0.3173, 2);
    expect(beyond2 / count).toBeCloseTo(0.0455, 2);
    expect(Math.abs(beyond3 - 540)).toBeLessThan(120);
  });

  it('continue from their state', () => {
    const random = createRandom(3, 'order');
    random.normal();
    const again = restoreRandom(JSON.parse(JSON.stringify(random.state())));
    expect([again.uniform(), again.normal(), again.integer(100)]).toEqual([
      random.uniform(),
      random.normal(),
      random.integer(100),
    ]);
  });

  it('differ between seeds and between streams', () => {
    const first = (seed: number, stream?: string) => createRandom(seed, stream).uniform();
    const values = [
      first(0),
      first(1),
      first(2 ** 32),
      first(2 ** 53 - 1),
      first(0, 'data'),
      first(0, 'order'),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it('shuffle every item to every place alike', () => {
    const random = createRandom(5);
    const places = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) places[random.shuffle([0, 1, 2, 3]).indexOf(0)]++;
    for (const seen of places) expect(Math.abs(seen - 2000)).toBeLessThan(200);
  });

  it('refuse bad seeds, states and counts', () => {
    for (const seed of [-1, 1.5, Number.NaN, 2 ** 53]) expect(() => createRandom(seed)).toThrow(RangeError);
    for (const state of [[0, 0, 0, 0], [1, 2, 3], [1, 2, 3, 2 ** 32], 'x', null]) {
      expect(() => restoreRandom(state as never)).toThrow(/random state/);
    }
    for (const count of [0, -1, 1.5, 2 ** 32 + 1])
      expect(() => createRandom(1).integer(count)).toThrow(RangeError);
  });
});
