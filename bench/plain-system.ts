import { reduceNetwork } from '../src/compile/reduce.js';
import { structureOf } from '../src/compile/structure.js';
import type { TermLists } from '../src/compile/term-lists.js';
import {
  initialConcentrations,
  type Network,
  netChange,
  parameterValues,
  rateConstants,
  type SpeciesTerm,
} from '../src/index.js';

/** A network as numbers, as every solver but ours wants it: rate = k·∏ yᵒ. */
export interface PlainSystem {
  species: string[];
  initial: number[];
  reactions: { k: number; orders: SpeciesTerm[]; change: SpeciesTerm[] }[];
}

/** The whole network, reaction by reaction. Reactions that change nothing are left out. */
export function plainSystem(network: Network): PlainSystem {
  const values = parameterValues(network);
  const constants = rateConstants(network, values);
  return {
    species: network.species.map(({ name }) => name),
    initial: [...initialConcentrations(network, values)],
    reactions: network.reactions
      .map((reaction, r) => ({
        k: constants[r],
        orders: reaction.orders,
        change: netChange(reaction).filter(({ species }) => !network.species[species].constant),
      }))
      .filter(({ change }) => change.length > 0),
  };
}

/** A network with its held species folded into the rate constants, as our compiler does it. */
export interface FoldedSystem extends PlainSystem {
  /** Place of each species in the whole network. */
  places: number[];
}

export function foldedSystem(network: Network): FoldedSystem {
  const whole = plainSystem(network);
  const constants = rateConstants(network, parameterValues(network));
  const { dynamic, orders, change, termStart, raw, factor, held } = reduceNetwork(
    structureOf(
      network,
      network.reactions.map((_, r) => r),
    ),
  );
  const local = new Map([...dynamic].map((species, i) => [species, i]));
  const renamed = (lists: TermLists, list: number) =>
    termsOf(lists, list).map(({ species, value }) => ({ species: local.get(species)!, value }));
  const constantOf = (t: number) =>
    termsOf(held, t).reduce(
      (product, { species, value }) => product * whole.initial[species] ** value,
      factor[t] * constants[raw[t]],
    );
  return {
    species: Array.from(dynamic, (s) => whole.species[s]),
    initial: Array.from(dynamic, (s) => whole.initial[s]),
    places: [...dynamic],
    reactions: Array.from({ length: orders.count }, (_, merged) => {
      let k = 0;
      for (let t = termStart[merged]; t < termStart[merged + 1]; t++) k += constantOf(t);
      return { k, orders: renamed(orders, merged), change: renamed(change, merged) };
    }),
  };
}

const termsOf = ({ start, species, value }: TermLists, list: number): SpeciesTerm[] =>
  Array.from({ length: start[list + 1] - start[list] }, (_, x) => ({
    species: species[start[list] + x],
    value: value[start[list] + x],
  }));
