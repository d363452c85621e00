import { type FilledPattern, placeOf } from './order.js';
import type { ReducedNetwork } from './reduce.js';

/**
 * ∂v/∂y of pairs and triples: `J[place] += c·y[a]` and, after these, `J[place] += c·y[a]·y[b]`, each pair of place and
 * factors once. The coefficient c is a weighted sum of rate constants.
 */
export interface JacobianTable {
  jacPairs: number;
  jacTriples: number;
  jacPlace: Int32Array;
  jacA: Int32Array;
  /** Of triples alone. */
  jacB: Int32Array;
  /** Where the summands of each coefficient begin: `jacWeight` · constant of `jacReaction`. */
  jacStart: Int32Array;
  jacReaction: Int32Array;
  jacWeight: Float64Array;
}

/** Summands in columns, in the order in which reactions give them. */
interface Summands {
  count: number;
  place: Int32Array;
  a: Int32Array;
  b: Int32Array;
  reaction: Int32Array;
  weight: Float64Array;
}

export function smallJacobian(
  reduced: ReducedNetwork,
  small: { reactions: Int32Array; pairEnd: number; tripleEnd: number; factors: Int32Array },
  pattern: FilledPattern,
  local: Int32Array,
): JacobianTable {
  const { count, place, a, b, reaction, weight } = summands(reduced, small, pattern, local);
  const one = reduced.dynamic.length;
  // Stable sorts from the least key to the greatest: by section, place, factors, and then as they came.
  let sorted = Int32Array.from({ length: count }, (_, x) => x);
  sorted = sortedBy(b, one + 1, sorted);
  sorted = sortedBy(a, one + 1, sorted);
  sorted = sortedBy(place, pattern.columns.length, sorted);
  const isTriple = reaction.map((r) => (r < small.pairEnd ? 0 : 1));
  sorted = sortedBy(isTriple, 2, sorted);

  const first: number[] = [];
  for (let s = 0; s < count; s++) {
    const x = sorted[s];
    const before = sorted[s - 1];
    const goesOn =
      s > 0 &&
      isTriple[x] === isTriple[before] &&
      place[x] === place[before] &&
      a[x] === a[before] &&
      b[x] === b[before];
    if (!goesOn) first.push(s);
  }
  const heads = Int32Array.from(first, (s) => sorted[s]);
  const triples = heads.filter((x) => isTriple[x] === 1);
  return {
    jacPairs: heads.length - triples.length,
    jacTriples: triples.length,
    jacPlace: heads.map((x) => place[x]),
    jacA: heads.map((x) => a[x]),
    jacB: triples.map((x) => b[x]),
    jacStart: Int32Array.from([...first, count]),
    jacReaction: sorted.map((x) => reaction[x]),
    jacWeight: Float64Array.from(sorted, (x) => weight[x]),
  };
}

function summands(
  { orders, change }: ReducedNetwork,
  { reactions, tripleEnd, factors }: { reactions: Int32Array; tripleEnd: number; factors: Int32Array },
  pattern: FilledPattern,
  local: Int32Array,
): Summands {
  let count = 0;
  for (let r = 0; r < tripleEnd; r++) {
    const m = reactions[r];
    count += (orders.start[m + 1] - orders.start[m]) * (change.start[m + 1] - change.start[m]);
  }
  const out: Summands = {
    count,
    place: new Int32Array(count),
    a: new Int32Array(count),
    b: new Int32Array(count),
    reaction: new Int32Array(count),
    weight: new Float64Array(count),
  };
  let at = 0;
  for (let r = 0; r < tripleEnd; r++) {
    const m = reactions[r];
    for (let o = orders.start[m], f = 3 * r; o < orders.start[m + 1]; f += orders.value[o++]) {
      const by = factors[f];
      // The other two factors, once this one is differentiated.
      const p = f === 3 * r ? factors[3 * r + 1] : factors[3 * r];
      const q = f === 3 * r + 2 ? factors[3 * r + 1] : factors[3 * r + 2];
      for (let c = change.start[m]; c < change.start[m + 1]; c++, at++) {
        out.place[at] = placeOf(pattern, local[change.species[c]], by);
        out.a[at] = Math.min(p, q);
        out.b[at] = Math.max(p, q);
        out.reaction[at] = r;
        out.weight[at] = change.value[c] * orders.value[o];
      }
    }
  }
  return out;
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
