import type { Network, Reaction, SpeciesTerm } from '../../network/model.js';

/** Reactions of one rate law that run together: what they change, all added up. */
export interface Flow {
  /** Orders of the rate. */
  orders: readonly SpeciesTerm[];
  /** Phases that run them, for comparing. */
  phases: string;
  /** Change of each species by the unit of the monomial: Σ k·change. */
  change: Map<number, number>;
}

/** Net change of a reaction, of species that are not constant and whose change is not 0. */
export function netChange({ species }: Network, { reactants, products }: Reaction): Map<number, number> {
  const net = new Map<number, number>();
  const add = (s: number, value: number) => {
    if (!species[s].constant) net.set(s, (net.get(s) ?? 0) + value);
  };
  for (const { species: s, value } of reactants) add(s, -value);
  for (const { species: s, value } of products) add(s, value);
  for (const [s, value] of net) if (value === 0) net.delete(s);
  return net;
}

const written = (orders: readonly SpeciesTerm[]): string =>
  orders
    .map(({ species, value }) => (value === 1 ? `${species}` : `${species}^${value}`))
    .sort()
    .join('·');

/** What tells flows apart. */
export const flowKey = (orders: readonly SpeciesTerm[], phases: string): string =>
  `${written(orders)}|${phases}`;

/** The flows of a network in its phases; reactions of constant 0 have none. */
export function flowsOf(
  network: Network,
  phases: readonly (readonly number[])[],
  constants: ArrayLike<number>,
): Map<string, Flow> {
  const runs = network.reactions.map(() => '');
  phases.forEach((active, p) => {
    for (const r of active) runs[r] += `${p},`;
  });
  const flows = new Map<string, Flow>();
  network.reactions.forEach((reaction, r) => {
    if (runs[r] === '' || constants[r] === 0) return;
    const key = flowKey(reaction.orders, runs[r]);
    let flow = flows.get(key);
    if (flow === undefined) {
      flow = { orders: reaction.orders, phases: runs[r], change: new Map() };
      flows.set(key, flow);
    }
    for (const [s, value] of netChange(network, reaction)) {
      flow.change.set(s, (flow.change.get(s) ?? 0) + constants[r] * value);
    }
  });
  return flows;
}
