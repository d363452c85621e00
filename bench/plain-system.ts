import { reduceNetwork } from '../src/compile/reduce.js';
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
  const { dynamic, reactions } = reduceNetwork(
    network,
    network.reactions.map((_, r) => r),
  );
  const local = new Map(dynamic.map((species, i) => [species, i]));
  const rename = (terms: SpeciesTerm[]) =>
    terms.map(({ species, value }) => ({ species: local.get(species)!, value }));
  return {
    species: dynamic.map((s) => whole.species[s]),
    initial: dynamic.map((s) => whole.initial[s]),
    places: dynamic,
    reactions: reactions.map(({ orders, change, terms }) => ({
      k: terms.reduce(
        (sum, { raw, factor, held }) =>
          sum +
          held.reduce(
            (product, { species, value }) => product * whole.initial[species] ** value,
            factor * constants[raw],
          ),
        0,
      ),
      orders: rename(orders),
      change: rename(change),
    })),
  };
}
