import type { Structure } from './structure.js';
import { TermLists } from './term-lists.js';

/**
 * A network reduced for one set of active reactions. Reactions of one monomial in the unknowns and proportional change
 * are one *merged reaction*; its effective constant is the sum over its terms of factor · k[raw] · ∏ heldᵒ.
 */
export interface ReducedNetwork {
  /** Species that some active reaction changes: the unknowns, ascending. All others are held. */
  dynamic: Int32Array;
  /** Of each merged reaction, species by the network's indices, ascending. */
  orders: TermLists;
  change: TermLists;
  /** Where each merged reaction's terms begin. */
  termStart: Int32Array;
  /** Of each term: the reaction of the network whose constant it has. */
  raw: Int32Array;
  factor: Float64Array;
  /** Of each term: the held species of its reaction and their orders, as the network lists them. */
  held: TermLists;
}

/**
 * Folds held species into the rate constants and merges what then is the same reaction.
 *
 * Which species are held depends on stoichiometry alone, never on values: training and parameter changes keep the
 * result valid.
 */
export function reduceNetwork(structure: Structure): ReducedNetwork {
  const { active, orders, change } = structure;
  const isDynamic = new Uint8Array(structure.species);
  for (let x = 0; x < change.terms; x++) isDynamic[change.species[x]] = 1;
  const dynamic = Int32Array.from(isDynamic.keys()).filter((s) => isDynamic[s] === 1);

  const merger = new Merger(structure, isDynamic);
  const mergedOf = Int32Array.from(active, (_, a) => merger.merge(a));
  const termStart = new Int32Array(merger.orders.count + 1);
  for (const merged of mergedOf) if (merged >= 0) termStart[merged + 1]++;
  for (let m = 0; m < merger.orders.count; m++) termStart[m + 1] += termStart[m];
  const terms = termStart[merger.orders.count];
  const place = termStart.slice();
  const member = new Int32Array(terms);
  for (let a = 0; a < active.length; a++) if (mergedOf[a] >= 0) member[place[mergedOf[a]]++] = a;

  const factor = new Float64Array(terms);
  const held = new TermLists(terms, orders.terms);
  for (let t = 0; t < terms; t++) {
    const a = member[t];
    factor[t] = change.value[change.start[a]] / merger.change.value[merger.change.start[mergedOf[a]]];
    for (let x = orders.start[a]; x < orders.start[a + 1]; x++) {
      if (isDynamic[orders.species[x]] === 0) held.push(orders.species[x], orders.value[x]);
    }
    held.close();
  }
  const raw = member.map((a) => active[a]);
  return { dynamic, orders: merger.orders, change: merger.change, termStart, raw, factor, held };
}

/** Finds merged reactions by monomial and direction of change: a hash table with open addressing. */
class Merger {
  readonly orders: TermLists;
  readonly change: TermLists;
  /** Index of a merged reaction, or −1. A power of two, at least half of them empty. */
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;

  constructor(
    private readonly structure: Structure,
    private readonly isDynamic: Uint8Array,
  ) {
    const { active, orders, change } = structure;
    this.orders = new TermLists(active.length, orders.terms);
    this.change = new TermLists(active.length, change.terms);
    let size = 2;
    while (size < 2 * active.length) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.hashes = new Int32Array(active.length);
  }

  /** The merged reaction to which the a-th belongs, made if there is none; −1 when it changes nothing. */
  merge(a: number): number {
    const { orders, change, slots, hashes } = this;
    const given = this.structure;
    const from = given.change.start[a];
    const to = given.change.start[a + 1];
    if (from === to) return -1;
    for (let x = given.orders.start[a]; x < given.orders.start[a + 1]; x++) {
      const species = given.orders.species[x];
      if (this.isDynamic[species] === 1) orders.push(species, given.orders.value[x]);
    }
    orders.sort();
    const hash = this.hash(from, to);
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; slots[slot] >= 0; slot = (slot + 1) & mask) {
      const merged = slots[slot];
      if (hashes[merged] === hash && this.sameOrders(merged) && this.sameDirection(merged, from, to)) {
        orders.drop();
        return merged;
      }
    }
    const merged = orders.count;
    slots[slot] = merged;
    hashes[merged] = hash;
    orders.close();
    for (let x = from; x < to; x++) change.push(given.change.species[x], given.change.value[x]);
    change.close();
    return merged;
  }

  /** Of the species alone: few reactions differ in numbers only. */
  private hash(from: number, to: number): number {
    const { orders } = this;
    const { change } = this.structure;
    let hash = 0;
    for (let x = orders.start[orders.count]; x < orders.terms; x++) hash = mix(hash, orders.species[x]);
    for (let x = from; x < to; x++) hash = mix(hash, change.species[x]);
    return hash;
  }

  /** Whether the open list of orders is that of a merged reaction. */
  private sameOrders(merged: number): boolean {
    const { start, species, value, count, terms } = this.orders;
    const shift = start[count] - start[merged];
    if (terms - start[count] !== start[merged + 1] - start[merged]) return false;
    for (let x = start[merged]; x < start[merged + 1]; x++) {
      if (species[x] !== species[x + shift] || value[x] !== value[x + shift]) return false;
    }
    return true;
  }

  private sameDirection(merged: number, from: number, to: number): boolean {
    const { start, species, value } = this.change;
    const given = this.structure.change;
    const shift = from - start[merged];
    if (to - from !== start[merged + 1] - start[merged]) return false;
    const unit = value[start[merged]];
    const givenUnit = given.value[from];
    for (let x = start[merged]; x < start[merged + 1]; x++) {
      if (species[x] !== given.species[x + shift]) return false;
      if (value[x] / unit !== given.value[x + shift] / givenUnit) return false;
    }
    return true;
  }
}

/** Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4), the high bits folded back. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
