import { type FilledPattern, placeOf } from './order.js';
import type { ReducedNetwork } from './reduce.js';
import type { TermLists } from './term-lists.js';

/**
 * ∂v/∂y of pairs and triples: `J[place] += c·y[a]` and, after these, `J[place] += c·y[a]·y[b]`, each pair of place and
 * factors once. The coefficient c is a weighted sum of rate constants.
 */
export interface JacobianTable {
  jacPairs: number;
  jacTriples: number;
  jacPlace: number[];
  jacA: number[];
  /** Of triples alone. */
  jacB: number[];
  /** Where the summands of each coefficient begin: `jacWeight` · constant of `jacReaction`. */
  jacStart: number[];
  jacReaction: Int32Array;
  jacWeight: Float64Array;
}

/** The merged reactions that are products of at most three factors, as `program.ts` lays them out. */
interface SmallReactions {
  reactions: Int32Array;
  pairEnd: number;
  tripleEnd: number;
  factors: Int32Array;
}

export function smallJacobian(
  reduced: ReducedNetwork,
  small: SmallReactions,
  pattern: FilledPattern,
  local: Int32Array,
  slots: TermLists,
): JacobianTable {
  const { count, pairs, place, a, b, reaction, weight } = summands(reduced, small, pattern, local, slots);
  const fill = pattern.columns.length;
  // Stable sorts from the least key to the greatest: pairs before triples, by place, by factors, and then as they came.
  const section = place.slice();
  for (let x = pairs; x < count; x++) section[x] += fill;
  let sorted = new Int32Array(count);
  for (let x = 0; x < count; x++) sorted[x] = x;
  if (pairs < count) sorted = sortedBy(b, slots.count, sorted);
  sorted = sortedBy(a, slots.count, sorted);
  sorted = sortedBy(section, pairs < count ? 2 * fill : fill, sorted);

  const jacReaction = new Int32Array(count);
  const jacWeight = new Float64Array(count);
  const jacStart: number[] = [];
  const jacPlace: number[] = [];
  const jacA: number[] = [];
  const jacB: number[] = [];
  for (let s = 0, before = -1; s < count; s++) {
    const x = sorted[s];
    jacReaction[s] = reaction[x];
    jacWeight[s] = weight[x];
    if (s === 0 || section[x] !== section[before] || a[x] !== a[before] || b[x] !== b[before]) {
      jacStart.push(s);
      jacPlace.push(place[x]);
      jacA.push(a[x]);
      if (x >= pairs) jacB.push(b[x]);
    }
    before = x;
  }
  jacStart.push(count);
  const jacTriples = jacB.length;
  const jacPairs = jacPlace.length - jacTriples;
  return { jacPairs, jacTriples, jacPlace, jacA, jacB, jacStart, jacReaction, jacWeight };
}

/** Summands in columns, in the order in which reactions give them. */
interface Summands {
  count: number;
  /** How many are of pairs: these come first. */
  pairs: number;
  place: Int32Array;
  /** The factors that are left, ascending; of pairs, b is the slot that holds 1. */
  a: Int32Array;
  b: Int32Array;
  reaction: Int32Array;
  weight: Float64Array;
}

function summands(
  { dynamic, orders, change }: ReducedNetwork,
  { reactions, pairEnd, tripleEnd, factors }: SmallReactions,
  pattern: FilledPattern,
  local: Int32Array,
  slots: TermLists,
): Summands {
  let pairs = 0;
  let count = 0;
  for (let r = 0; r < tripleEnd; r++) {
    const m = reactions[r];
    for (let o = orders.start[m]; o < orders.start[m + 1]; o++) {
      const by = local[orders.species[o]];
      count += (slots.start[by + 1] - slots.start[by]) * (change.start[m + 1] - change.start[m]);
    }
    if (r < pairEnd) pairs = count;
  }
  const place = new Int32Array(count);
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  const reaction = new Int32Array(count);
  const weight = new Float64Array(count);
  const one = dynamic.length;
  let at = 0;
  for (let r = 0; r < tripleEnd; r++) {
    const m = reactions[r];
    const [first, second, third] = [r, tripleEnd + r, 2 * tripleEnd + r];
    for (let o = orders.start[m], f = first; o < orders.start[m + 1]; f += tripleEnd * orders.value[o++]) {
      const by = factors[f];
      // The two others, once this factor is differentiated.
      const p = factors[f === first ? second : first];
      const q = factors[f === third ? second : third];
      // In one order for all, the slot of 1 last: a pair has no other place.
      const swap = p === one || (q !== one && q < p);
      for (let c = change.start[m]; c < change.start[m + 1]; c++) {
        for (let x = slots.start[by]; x < slots.start[by + 1]; x++, at++) {
          place[at] = placeOf(pattern, local[change.species[c]], slots.species[x]);
          a[at] = swap ? q : p;
          b[at] = swap ? p : q;
          reaction[at] = r;
          weight[at] = change.value[c] * orders.value[o] * slots.value[x];
        }
      }
    }
  }
  return { count, pairs, place, a, b, reaction, weight };
}

/** The given indices, stably sorted by a whole key below `range`. */
function sortedBy(key: Int32Array, range: number, indices: Int32Array): Int32Array<ArrayBuffer> {
  const place = new Int32Array(range + 1);
  for (let s = 0; s < indices.length; s++) place[key[indices[s]] + 1]++;
  for (let k = 0; k < range; k++) place[k + 1] += place[k];
  const sorted = new Int32Array(indices.length);
  for (let s = 0; s < indices.length; s++) sorted[place[key[indices[s]]]++] = indices[s];
  return sorted;
}
