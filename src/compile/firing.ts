import type { Network, Reaction } from '../network/model.js';

/** What a run begins with, as far as it decides which reactions can fire. */
export interface Presence {
  /** Species that start above 0, or of which some dose may give something. */
  species: Uint8Array;
  /** Reactions whose rate constant is above 0. */
  reactions: Uint8Array;
}

export interface Firing {
  /** Reactions that can fire. */
  firing: Uint8Array;
  /** Species that can be there at some time. */
  there: Uint8Array;
}

/**
 * Which reactions can fire: those in use with a rate constant, all of whose order-species are there or may be changed
 * by others that fire. The rate of any other is 0 at all times, and leaving it out changes no derivative.
 *
 * A species that a firing reaction uses up counts as changed, too: a law of one's own may take it below 0.
 * @param used reactions that some phase runs
 */
export function firingReactions(network: Network, used: Iterable<number>, presence: Presence): Firing {
  const { reactions, species } = network;
  const firing = new Uint8Array(reactions.length);
  const there = presence.species.slice();
  const arrived: number[] = [];
  /** Reactions that wait for a species, as lists: each waits for one at a time. */
  const firstWaiting = new Int32Array(species.length).fill(-1);
  const nextWaiting = new Int32Array(reactions.length);
  const examine = (r: number) => {
    const { orders, reactants, products } = reactions[r];
    for (const { species: s, value } of orders) {
      if (value <= 0 || there[s] === 1) continue;
      nextWaiting[r] = firstWaiting[s];
      firstWaiting[s] = r;
      return;
    }
    firing[r] = 1;
    for (const terms of [products, reactants]) {
      for (const { species: s } of terms) {
        if (there[s] === 1 || species[s].constant || netOf(reactions[r], s) === 0) continue;
        there[s] = 1;
        arrived.push(s);
      }
    }
  };
  for (const r of used) if (presence.reactions[r] === 1) examine(r);
  for (let s = arrived.pop(); s !== undefined; s = arrived.pop()) {
    let r = firstWaiting[s];
    firstWaiting[s] = -1;
    while (r >= 0) {
      const next = nextWaiting[r];
      examine(r);
      r = next;
    }
  }
  return { firing, there };
}

function netOf({ reactants, products }: Reaction, s: number): number {
  let net = 0;
  for (const { species, value } of products) if (species === s) net += value;
  for (const { species, value } of reactants) if (species === s) net -= value;
  return net;
}

export function samePresence(one: Presence, other: Presence): boolean {
  return sameBytes(one.species, other.species) && sameBytes(one.reactions, other.reactions);
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
