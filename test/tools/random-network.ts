import fc from 'fast-check';
import type { Expression, Network, SpeciesTerm } from '../../src/network/model.js';

const number = (value: number): Expression => ({ kind: 'number', value });

export interface RandomNetwork {
  network: Network;
  constants: number[];
  state: number[];
}

/** Adds terms of one species up. */
function merged(terms: SpeciesTerm[]): SpeciesTerm[] {
  const sums = new Map<number, number>();
  for (const { species, value } of terms) sums.set(species, (sums.get(species) ?? 0) + value);
  return [...sums].map(([species, value]) => ({ species, value }));
}

/**
 * Networks of 1–8 species and up to 18 reactions: up to two of them written again, catalytic, of zero order, of order 5, with
 * fractional orders or stoichiometry, some species held by the environment.
 */
export function randomNetwork(options: { fractional?: boolean } = {}): fc.Arbitrary<RandomNetwork> {
  const amount =
    (options.fractional ?? true)
      ? fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(1, 1, 1, 2, 3) },
          { weight: 1, arbitrary: fc.constantFrom(0.5, 1.5, 2.5, 5) },
        )
      : fc.constantFrom(1, 1, 1, 2);
  return fc.integer({ min: 1, max: 8 }).chain((species) => {
    const side = fc.array(fc.record({ species: fc.integer({ min: 0, max: species - 1 }), value: amount }), {
      maxLength: 3,
    });
    const reaction = fc.record({
      reactants: side,
      products: side,
      orders: fc.option(side, { nil: null, freq: 4 }),
      k: fc.double({ min: 0.01, max: 10, noNaN: true }),
    });
    return fc
      .record({
        reactions: fc.array(reaction, { minLength: 1, maxLength: 16 }),
        constant: fc.array(fc.boolean(), { minLength: species, maxLength: species }),
        state: fc.array(fc.double({ min: 0.05, max: 3, noNaN: true }), {
          minLength: species,
          maxLength: species,
        }),
        anyConstant: fc.boolean(),
        again: fc.array(fc.record({ which: fc.nat(15), k: fc.double({ min: 0.01, max: 10, noNaN: true }) }), {
          maxLength: 2,
        }),
      })
      .map(({ reactions: drawn, again, ...rest }) => ({
        ...rest,
        // Some are written again, with a constant of their own.
        reactions: [...drawn, ...again.map(({ which, k }) => ({ ...drawn[which % drawn.length], k }))],
      }))
      .map(({ reactions, constant, state, anyConstant }) => ({
        state,
        constants: reactions.map(({ k }) => k),
        network: {
          species: state.map((value, s) => ({
            name: `S${s}`,
            initial: number(value),
            constant: anyConstant && constant[s],
          })),
          parameters: [],
          reactions: reactions.map(({ reactants, products, orders, k }) => ({
            label: null,
            reactants: merged(reactants),
            products: merged(products),
            orders: merged(orders ?? reactants),
            rate: number(k),
            law: orders === null ? ('massAction' as const) : ('explicit' as const),
          })),
          phases: [],
          doses: [],
          simulation: {},
        },
      }));
  });
}

/** Random networks all of whose reactions keep a mass: species weigh 1, 2 and 3 in turn. */
export const closedNetwork: fc.Arbitrary<RandomNetwork> = randomNetwork().map((random) => ({
  ...random,
  network: {
    ...random.network,
    species: random.network.species.map((one) => ({ ...one, constant: false })),
    reactions: random.network.reactions.map((reaction) => {
      let left = massOf(reaction.reactants);
      const products: SpeciesTerm[] = [];
      for (const { species } of [...reaction.products, { species: 0 }]) {
        const value = species === 0 ? left : Math.min(1, Math.floor(left / (1 + (species % 3))));
        if (value <= 0 || products.some((term) => term.species === species)) continue;
        left -= value * (1 + (species % 3));
        products.push({ species, value });
      }
      return { ...reaction, products: left === 0 ? products : reaction.reactants };
    }),
  },
}));
const massOf = (terms: readonly SpeciesTerm[]) =>
  terms.reduce((sum, { species, value }) => sum + value * (1 + (species % 3)), 0);
