import { letters } from '../species';
import type { NetworkPicture, NetworkReaction } from '../worker/protocol';

/** A species, or all that begin with the same letters. */
export interface SpeciesNode {
  name: string;
  /** Places among the network's species. */
  members: number[];
}

/** A reaction, or all of a family, with the places of the species nodes that it joins. */
export interface ReactionNode {
  name: string;
  /** Places among the network's reactions. */
  members: number[];
  uses: number[];
  makes: number[];
  /** Neither used up nor made: they only speed it up. */
  needs: number[];
}

/** Species and reactions, joined by who takes part in what. */
export interface Graph {
  species: SpeciesNode[];
  reactions: ReactionNode[];
}

/** Reactions that are drawn one by one at most. */
export const MOST_DRAWN = 400;

const family = (label: string): string => label.replace(/\[.*$/, '') || 'unnamed';

/** The graph of a network: every reaction, or its families and the letters of its species. */
export function graphOf(network: NetworkPicture, whole: boolean): Graph {
  const places = new Map<string, number>();
  const species: SpeciesNode[] = [];
  const nodeOf = network.species.map((name, place) => {
    const own = whole ? name : letters(name);
    let node = places.get(own);
    if (node === undefined) {
      node = species.length;
      places.set(own, node);
      species.push({ name: own, members: [] });
    }
    species[node].members.push(place);
    return node;
  });
  const reactions = new Map<string, ReactionNode>();
  network.reactions.forEach((reaction, place) => {
    const parts = partsOf(reaction, nodeOf, whole);
    const name = whole ? reaction.label : family(reaction.label);
    const key = whole ? String(place) : name;
    const known = reactions.get(key);
    if (known === undefined) {
      reactions.set(key, { name, members: [place], ...parts });
      return;
    }
    known.members.push(place);
    for (const role of ['uses', 'makes', 'needs'] as const)
      known[role] = [...new Set([...known[role], ...parts[role]])];
  });
  return { species, reactions: [...reactions.values()] };
}

function partsOf({ reactants, products }: NetworkReaction, nodeOf: readonly number[], whole: boolean) {
  const counts = new Map<number, { used: number; made: number }>();
  const count = (place: number) => {
    // In a family the rails of a species are one: what a reaction turns into the other rail is still a change.
    const known = counts.get(place) ?? { used: 0, made: 0 };
    counts.set(place, known);
    return known;
  };
  for (const { species, count: n } of reactants) count(species).used += n;
  for (const { species, count: n } of products) count(species).made += n;
  const parts = { uses: [] as number[], makes: [] as number[], needs: [] as number[] };
  for (const [place, { used, made }] of counts) {
    const node = nodeOf[place];
    if (used === made) parts.needs.push(node);
    else if (used > made) parts.uses.push(node);
    else parts.makes.push(node);
  }
  if (whole) return parts;
  return {
    uses: [...new Set(parts.uses)],
    makes: [...new Set(parts.makes)],
    needs: [...new Set(parts.needs)],
  };
}
