import type { Network } from '../network/model.js';
import { TermLists } from './term-lists.js';

/**
 * Everything about a network and its active reactions that a compiled problem depends on: no names, no rate
 * constants, no concentrations. Networks of one structure share their problems.
 */
export interface Structure {
  /** Species of the network. */
  species: number;
  /** Indices of the reactions that run. The lists that follow are by their place here. */
  active: Int32Array;
  /** As the network lists them. */
  orders: TermLists;
  /** Net changes, species ascending; constant species change nowhere. */
  change: TermLists;
  /** Whether a member of each conserved sum is taken out of the unknowns. */
  eliminate: boolean;
}

/** @param active indices of the reactions that run */
export function structureOf(network: Network, active: readonly number[], eliminate = false): Structure {
  const { species, reactions } = network;
  let orderTerms = 0;
  let changeTerms = 0;
  for (const r of active) {
    orderTerms += reactions[r].orders.length;
    changeTerms += reactions[r].reactants.length + reactions[r].products.length;
  }
  const orders = new TermLists(active.length, orderTerms);
  const change = new TermLists(active.length, changeTerms);
  const net = new Float64Array(species.length);
  const free = Uint8Array.from(species, ({ constant }) => (constant ? 0 : 1));
  for (const r of active) {
    const reaction = reactions[r];
    for (const term of reaction.orders) orders.push(term.species, term.value);
    orders.close();
    for (const term of reaction.reactants) net[term.species] -= term.value;
    for (const term of reaction.products) net[term.species] += term.value;
    for (const side of [reaction.reactants, reaction.products]) {
      for (const { species: s } of side) {
        if (net[s] !== 0 && free[s] === 1) change.push(s, net[s]);
        // A product that was a reactant finds nothing left.
        net[s] = 0;
      }
    }
    change.sort();
    change.close();
  }
  return {
    species: species.length,
    active: Int32Array.from(active),
    orders,
    change: change.trimmed(),
    eliminate,
  };
}
