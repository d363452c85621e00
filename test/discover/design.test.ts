import { describe, expect, it } from 'vitest';
import { Goals } from '../../src/discover/goals.js';
import { candidateReactions, design, designTarget } from '../../src/discover/index.js';
import { type Network, parseNetwork, printNetwork, simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

describe('candidates', () => {
  it('are every multiset of molecules to every other of as many', () => {
    // Of 3 species 3 single ones and 6 pairs.
    const { reactions } = candidateReactions({ species: ['A', 'B', 'C'] });
    expect(reactions).toHaveLength(3 * 2 + 6 * 5);
    const text = printNetwork(
      candidateReactions({ species: ['A', 'B'], reactants: 1, inflow: true, outflow: true }),
    );
    for (const line of ['A <-> B', '\n<-> A\n', '\n<-> B\n']) expect(text).toContain(line);
    // And where numbers may differ: 5 sides, each to 4 others.
    expect(candidateReactions({ species: ['A', 'B'], balanced: false }).reactions).toHaveLength(5 * 4);
  });

  it('too many are refused, and a species that is named twice', () => {
    const species = Array.from({ length: 20 }, (_, s) => `S${s}`);
    expect(() => candidateReactions({ species })).toThrow(/20 species have \d+ candidate reactions; 5000/);
    expect(() => candidateReactions({ species: ['A', 'A'] })).toThrow('species names A twice');
  });
});

describe('the gradient', () => {
  it('of the loss is that of its differences, over a part of the times too', async () => {
    const { candidates, wanted } = designTarget('oscillator');
    const goals = await Goals.create(candidates, wanted);
    const constants = Float64Array.from(candidates.reactions, (_, r) => 0.05 + 0.01 * (r % 7));
    for (const part of [0.25, 1]) {
      const { gradient } = goals.at(constants, part);
      for (const r of [0, 11, 35]) {
        const step = 1e-3;
        const [up, down] = [1, -1].map((sign) =>
          goals.at(
            constants.map((k, i) => k + (i === r ? sign * step : 0)),
            part,
          ),
        );
        // The runs' own tolerance is 1e-5.
        expect(gradient[r]).toBeCloseTo((up.loss - down.loss) / (2 * step), 3);
      }
    }
    goals.dispose();
  });
});

/** Y where the two inputs are these. */
async function output(network: Network, X1: number, X2: number, at: number): Promise<number> {
  return (await simulate(network, { initial: { X1, X2 }, to: at, saveAt: [at] })).column('Y')[0];
}

describe('networks that were asked for', () => {
  it('an adder: two reactions, which add numbers that were not asked for too', async () => {
    const { candidates, wanted, options } = designTarget('adder');
    const found = await design(candidates, wanted, { ...options, starts: 1 });
    expect(found).toMatchObject({ reached: true, reason: 'done', candidates: 36 });
    expect(found.reactions.map(({ reaction }) => reaction).sort()).toEqual(['X1 -> Y', 'X2 -> Y']);
    expect(await output(found.network, 0.3, 0.7, 10)).toBeCloseTo(1, 3);
    expect(await output(found.network, 3, 2, 10)).toBeCloseTo(5, 3);
  });

  it('a gate that is XOR, and is so when its text is read again', async () => {
    const { candidates, wanted, options } = designTarget('xor');
    const found = await design(candidates, wanted, { ...options, starts: 1 });
    expect(found.reached).toBe(true);
    expect(found.reactions.length).toBeLessThan(10);
    const again = parseNetwork(printNetwork(found.network)).network as Network;
    for (const [a, b, wantedOutput] of [
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]) {
      expect(Math.abs((await output(again, a, b, 10)) - wantedOutput)).toBeLessThan(0.1);
    }
  });

  it('an oscillator, which goes on long after what was asked for', async () => {
    const { candidates, wanted, options } = designTarget('oscillator');
    const found = await design(candidates, wanted, { ...options, starts: 1 });
    expect(found.reached).toBe(true);
    const { initial } = wanted[0];
    const solution = await simulate(found.network, { ...(initial && { initial }), to: 200, save: 4000 });
    const x = solution.column('X');
    const late = x.subarray(3000);
    expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(0.25);
    // Turns in the last 50 units of time: five periods of 10.
    const middle = (Math.max(...late) + Math.min(...late)) / 2;
    const rises = late.filter((value, i) => i > 0 && late[i - 1] < middle && value >= middle);
    expect(rises.length).toBe(5);
  });

  it('what cannot be done is said: the tolerance is not reached', async () => {
    const found = await design(
      networkOf('A ->{1} B'),
      { times: [1], values: { B: [2] }, initial: { A: 1 } },
      { steps: 20 },
    );
    expect(found.reached).toBe(false);
    expect(found.error).toBeGreaterThan(0.9);
  });

  it('cancelled: the best so far', async () => {
    const { candidates, wanted } = designTarget('oscillator');
    const stop = new AbortController();
    const found = await design(candidates, wanted, {
      signal: stop.signal,
      onProgress: ({ fraction }) => {
        if (fraction > 0.1) stop.abort();
      },
    });
    expect(found.reason).toBe('cancelled');
    expect(found.losses.length).toBeLessThan(600);
    expect(found.network.reactions.length).toBeGreaterThan(0);
  });

  it.each<[object, RegExp]>([
    [{ tolerance: 0 }, /tolerance/],
    [{ steps: 1.5 }, /steps/],
    [{ starts: 0 }, /starts/],
    [{ sparsity: -1 }, /sparsity/],
    [{ speed: 1 }, /speed/],
  ])('%j is refused', async (options, message) => {
    const { candidates, wanted } = designTarget('adder');
    await expect(design(candidates, wanted, options)).rejects.toThrow(message);
  });

  it('a target that is not there is refused', () => {
    expect(() => designTarget('nand')).toThrow('there is no target "nand"; there are adder, xor, oscillator');
  });
});
