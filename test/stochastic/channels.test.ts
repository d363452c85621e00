import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SELECT_DIRECT,
  SELECT_NEXT,
  SELECT_REJECTION,
  SELECT_SORTED,
} from '../../assembly/stochastic/layout';
import type { Network, Reaction } from '../../src/index.js';
import { channelsOf } from '../../src/stochastic/channels.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';
import { stochasticKernel } from '../tools/stochastic-kernel.js';

const all = ({ reactions }: Network) => reactions.map((_, r) => r);

/** Propensity of a reaction from its definition: k·Ω·∏ n(n−1)…/Ωᵢ^ν by mass action, rate(n/Ω)·Ω otherwise. */
function naive(
  network: Network,
  r: number,
  k: number,
  n: readonly number[],
  volumes: readonly number[],
): number {
  const { orders, law, reactants, products } = network.reactions[r];
  const net = new Map<number, number>();
  for (const { species, value } of products) net.set(species, (net.get(species) ?? 0) + value);
  for (const { species, value } of reactants) net.set(species, (net.get(species) ?? 0) - value);
  const changed = [...net].find(([species, value]) => value !== 0 && !network.species[species].constant);
  if (changed === undefined) return 0;
  let a = k * volumes[changed[0]];
  for (const { species, value: order } of orders) {
    const x = n[species] / volumes[species];
    if (law === 'explicit' || network.species[species].constant) a *= x ** order;
    else for (let i = 0; i < order; i++) a *= (n[species] - i) / volumes[species];
  }
  return a;
}

/** Networks of whole stoichiometries with whole numbers of molecules in one volume. */
const counted = fc
  .tuple(
    randomNetwork({ fractional: false }),
    fc.integer({ min: 1, max: 50 }),
    fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
  )
  .map(([{ network, constants }, volume, numbers]) => ({
    network,
    constants,
    volume,
    start: network.species.map(() => numbers.next().value as number),
  }));

describe('propensities', () => {
  it('are those of the definition, and stay so after every event, for random networks and every selection', async () => {
    await fc.assert(
      fc.asyncProperty(
        counted,
        fc.constantFrom(SELECT_DIRECT, SELECT_SORTED, SELECT_REJECTION, SELECT_NEXT),
        async ({ network, constants, volume, start }, selection) => {
          const volumes = network.species.map(() => volume);
          const state = start.map((n) => n / volume);
          const kernel = await stochasticKernel(network, { constants, volumes, state }, start, { selection });
          const { channels } = kernel.problem;
          for (let round = 0; round < 4; round++) {
            const n = kernel.state;
            const found = kernel.propensities();
            channels.forEach(({ reactions: [r] }, c) => {
              const wanted = naive(network, r, constants[r], n, volumes);
              expect(Math.abs(found[c] - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
            });
            // No list of dependents lacks one: what was brought up to date is what there is anew, to the bit.
            kernel.advance(7);
            const kept = kernel.propensities();
            expect(kernel.anew()).toEqual(kept);
          }
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it('come for what changes something alone', () => {
    const network = networkOf('const F = 2; F -> F + F; A -> A; A + F -> B + F; 0.5 A -> 0.5 A; A ->{0} C');
    const given = { constants: [1, 1, 3, 1, 0], volumes: network.species.map(() => 10), state: [2, 0, 0, 0] };
    const channels = channelsOf(network, all(network), given);
    expect(channels.map(({ reactions }) => reactions)).toEqual([[2]]);
    // What is held counts by its concentration: 3 · 2 · Ω / Ω.
    expect(channels[0].terms).toEqual([
      { coefficient: 6, factors: [{ species: 1, order: 1, falls: false }] },
    ]);
  });

  it('X + X and 2 X are alike, written as terms of one species or of two', () => {
    const texts = ['X + X ->{3} Y', '2 X ->{3} Y'];
    const [one, other] = texts.map((text) => {
      const network = networkOf(text);
      return channelsOf(network, [0], { constants: [3], volumes: [7, 7], state: [0, 0] });
    });
    expect(one).toEqual(other);
    expect(one[0].terms).toEqual([
      { coefficient: (3 * 7) / 49, factors: [{ species: 0, order: 2, falls: true }] },
    ]);
    expect(one[0].change).toEqual([
      { species: 0, value: -2 },
      { species: 1, value: 1 },
    ]);
  });

  it('of held species are powers of their concentration, whole or not', () => {
    const network = networkOf('const F = 0.5; 2 F + A -> B');
    const given = { constants: [4], volumes: [10, 10, 10], state: [0.5, 0, 0] };
    const [{ terms }] = channelsOf(network, [0], given);
    expect(terms[0].coefficient).toBeCloseTo(4 * 0.25, 14);
    expect(terms[0].factors.map(({ species }) => species)).toEqual([1]);
  });

  it('depend on the species of a law, not on the reactants', async () => {
    const network = networkOf('init A = 3, B = 5 \n A -> B [rate 2*B^1.5]');
    const kernel = await stochasticKernel(
      network,
      { constants: [2], volumes: [4, 4], state: [3, 5] },
      [12, 20],
    );
    expect(kernel.propensities()[0]).toBeCloseTo(2 * 5 ** 1.5 * 4, 12);
  });
});

/** Reactions that are terms of one law, as an importer makes them. */
function terms(network: Network, name: string, signs: (1 | -1)[]): Network {
  const reactions = network.reactions.map(
    (reaction, r): Reaction => ({
      ...reaction,
      channel: { name, sign: signs[r] },
    }),
  );
  return { ...network, reactions };
}

describe('terms of one law', () => {
  const square = () =>
    terms(networkOf('2 P -> P2 [rate 0.0005*P^2] \n P2 -> 2 P [rate 0.0005*P]'), 'dimerisation', [1, -1]);

  it('are one channel, whose change is that of the positive ones', () => {
    const network = square();
    const [channel, ...others] = channelsOf(network, all(network), {
      constants: [0.0005, 0.0005],
      volumes: [1, 1],
      state: [0, 0],
    });
    expect(others).toEqual([]);
    expect(channel.change).toEqual([
      { species: 0, value: -2 },
      { species: 1, value: 1 },
    ]);
    // k·P² − k·P is k·P(P − 1).
    expect(channel.terms).toEqual([
      { coefficient: 0.0005, factors: [{ species: 0, order: 2, falls: true }] },
    ]);
  });

  it('keep their difference where it is no falling factorial', () => {
    const network = square();
    // In concentrations k·x² − k·x is 0 at x = 1, which is ten molecules.
    const [{ terms: kept }] = channelsOf(network, all(network), {
      constants: [0.0005, 0.0005],
      volumes: [10, 10],
      state: [0, 0],
    });
    expect(kept.map(({ coefficient }) => coefficient)).toEqual([0.005 / 100, -0.005 / 10]);
  });

  it('cancel to exactly 0 where only their rounding is left', async () => {
    // ½k(100 − 2D)(99 − 2D), multiplied out, with a k that no binary fraction is.
    const network = terms(
      networkOf('-> D [rate 4.95] \n D -> [rate 0.199*D] \n -> D [rate 0.002*D^2]'),
      'folded',
      [1, -1, 1],
    );
    const given = { constants: [4.95, 0.199, 0.002], volumes: [1], state: [0] };
    const at = async (n: number) => (await stochasticKernel(network, given, [n])).propensities();
    expect((await at(0))[0]).toBeCloseTo(4.95, 14);
    expect((await at(49))[0]).toBeCloseTo(0.5 * 0.001 * 2 * 1, 14);
    expect(await at(50)).toEqual([0]);
  });

  it('that change different things are refused', () => {
    const network = terms(networkOf('2 P -> P2 \n P2 -> P'), 'odd', [1, -1]);
    expect(() =>
      channelsOf(network, all(network), { constants: [1, 1], volumes: [1, 1], state: [0, 0] }),
    ).toThrow(
      '`P2 -> P [channel -odd]` is a term of the law of `2 P -> P2 [channel odd]`, but changes something else',
    );
  });
});

describe('what cannot be counted is refused by name', () => {
  const refused = (text: string, volumes?: number[]) => {
    const network = networkOf(text);
    return () =>
      channelsOf(network, all(network), {
        constants: network.reactions.map(() => 1),
        volumes: volumes ?? network.species.map(() => 10),
        state: network.species.map(() => 1),
      });
  };

  it('changes that are no whole numbers', () => {
    expect(refused('half: A -> 0.5 B')).toThrow(
      new RangeError('reaction `half` changes B by 0.5: molecules come and go in whole numbers'),
    );
  });

  it('mass action of half a molecule', () => {
    expect(refused('1.5 A -> 0.5 A + B')).toThrow(
      /takes 1.5 of A by mass action.*give it a rate law of its own/,
    );
    expect(refused('1.5 A -> 0.5 A + B [rate A^1.5]')).not.toThrow();
  });

  it('changes in different volumes', () => {
    expect(refused('move: A -> B', [10, 20])).toThrow(
      /reaction `move` changes species of which one unit is not the same number of molecules, A \(10\) and B \(20\)/,
    );
    // A catalyst elsewhere is no obstacle.
    expect(refused('A + E -> B + E', [10, 3, 10])).not.toThrow();
  });

  it('coefficients beyond doubles', () => {
    const network = networkOf('5 A -> B');
    expect(() =>
      channelsOf(network, [0], { constants: [1e300], volumes: [1e-30, 1e-30], state: [0, 0] }),
    ).toThrow(/the propensity of `5 A -> B` has the coefficient Infinity/);
  });
});
19196;
