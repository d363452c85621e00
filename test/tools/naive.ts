import type { Network } from '../../src/network/model.js';

/**
 * dx/dt straight from the definition, reaction by reaction: k·∏ xᵒ times products minus reactants, constant species
 * left alone. Shares nothing with the compiler.
 */
export function naiveDerivative(
  network: Network,
  constants: readonly number[],
  x: readonly number[],
): { value: number[]; magnitude: number[] } {
  const value = x.map(() => 0);
  const magnitude = x.map(() => 0);
  network.reactions.forEach((reaction, r) => {
    let rate = constants[r];
    for (const { species, value: order } of reaction.orders) rate *= x[species] ** order;
    const add = (species: number, amount: number) => {
      if (network.species[species].constant) return;
      value[species] += amount * rate;
      magnitude[species] += Math.abs(amount * rate);
    };
    for (const { species, value: n } of reaction.products) add(species, n);
    for (const { species, value: n } of reaction.reactants) add(species, -n);
  });
  return { value, magnitude };
}
