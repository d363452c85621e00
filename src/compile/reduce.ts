import { netChange } from '../network/change.js';
import type { Network, Reaction, SpeciesTerm } from '../network/model.js';

/** One summand of a merged reaction's effective constant: factor · k[raw] · ∏ heldᵒ. */
export interface FoldTerm {
  /** Reaction of the network whose constant this is. */
  raw: number;
  factor: number;
  held: SpeciesTerm[];
}

/** Reactions of one monomial in the unknowns and proportional change, as one. Species are the network's indices. */
export interface MergedReaction {
  orders: SpeciesTerm[];
  change: SpeciesTerm[];
  terms: FoldTerm[];
}

/** A network reduced for one set of active reactions. */
export interface ReducedNetwork {
  /** Species that some active reaction changes: the unknowns, ascending. All others are held. */
  dynamic: number[];
  reactions: MergedReaction[];
}

const bySpecies = (a: SpeciesTerm, b: SpeciesTerm) => a.species - b.species;

/** Net changes of a reaction, constant species left out, ascending. */
function effectiveChange(network: Network, reaction: Reaction): SpeciesTerm[] {
  return netChange(reaction)
    .filter(({ species }) => !network.species[species].constant)
    .sort(bySpecies);
}

/**
 * Folds held species into the rate constants and merges what then is the same reaction.
 *
 * Which species are held depends on stoichiometry alone, never on values: training and parameter changes keep the
 * result valid.
 * @param active indices of the reactions that run
 */
export function reduceNetwork(network: Network, active: readonly number[]): ReducedNetwork {
  const changes = active.map((r) => effectiveChange(network, network.reactions[r]));
  const isDynamic = new Uint8Array(network.species.length);
  for (const change of changes) for (const { species } of change) isDynamic[species] = 1;

  const merged = new Map<string, MergedReaction>();
  for (let a = 0; a < active.length; a++) {
    const change = changes[a];
    if (change.length === 0) continue;
    const orders: SpeciesTerm[] = [];
    const held: SpeciesTerm[] = [];
    for (const term of network.reactions[active[a]].orders)
      (isDynamic[term.species] ? orders : held).push(term);
    orders.sort(bySpecies);
    const lead = change[0].value;
    let key = '';
    for (const { species, value } of orders) key += `${species}^${value} `;
    key += '>';
    for (const { species, value } of change) key += `${species}*${value / lead} `;
    let reaction = merged.get(key);
    if (reaction === undefined) {
      reaction = { orders, change, terms: [] };
      merged.set(key, reaction);
    }
    reaction.terms.push({ raw: active[a], factor: lead / reaction.change[0].value, held });
  }
  const dynamic: number[] = [];
  for (let s = 0; s < isDynamic.length; s++) if (isDynamic[s]) dynamic.push(s);
  return { dynamic, reactions: [...merged.values()] };
}
