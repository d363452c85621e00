import type { Reaction, SpeciesTerm } from './model.js';

/** Net stoichiometry of a reaction: products minus reactants, zeros left out, in order of first appearance. */
export function netChange(reaction: Reaction): SpeciesTerm[] {
  const net = new Map<number, number>();
  for (const { species, value } of reaction.reactants) net.set(species, (net.get(species) ?? 0) - value);
  for (const { species, value } of reaction.products) net.set(species, (net.get(species) ?? 0) + value);
  const terms: SpeciesTerm[] = [];
  for (const [species, value] of net) if (value !== 0) terms.push({ species, value });
  return terms;
}
