import { netChange } from '../network/change.js';
import type { Network, Reaction, SpeciesTerm } from '../network/model.js';

/** A reaction whose reactants are its orders. */
export interface Elementary {
  reactants: SpeciesTerm[];
  products: SpeciesTerm[];
}

/**
 * The reaction as one whose rate is k·∏ reactants, for formats that know no other: `A -> B` with the law `k*A*E` is
 * `A + E -> B + E`. Species held by the environment change nothing and may stand anywhere.
 *
 * @returns null when there is none: more would have to be used up than reacts
 */
export function elementary(network: Network, reaction: Reaction): Elementary | null {
  if (reaction.law === 'massAction') return { reactants: reaction.reactants, products: reaction.products };
  const products = new Map(reaction.orders.map(({ species, value }) => [species, value]));
  for (const { species, value } of netChange(reaction)) {
    if (network.species[species]!.constant) continue;
    const left = (products.get(species) ?? 0) + value;
    if (left < 0) return null;
    products.set(species, left);
  }
  return {
    reactants: reaction.orders,
    products: [...products].flatMap(([species, value]) => (value === 0 ? [] : [{ species, value }])),
  };
}

/** True where every stoichiometry is a whole number. */
export const isWhole = ({ reactants, products }: Elementary): boolean =>
  [...reactants, ...products].every(({ value }) => Number.isInteger(value));
