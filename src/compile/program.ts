import type { FilledPattern } from './order.js';
import { Flat } from './record.js';
import type { MergedReaction, ReducedNetwork } from './reduce.js';

/** The tables of rates, changes and Jacobian, in elimination numbering; `one` is the slot that holds 1. */
export interface KineticTables {
  /** Merged reactions in kernel order: pairs, triples, general. */
  reactions: MergedReaction[];
  pairEnd: number;
  tripleEnd: number;
  factorA: number[];
  factorB: number[];
  factorC: number[];
  generalStart: number[];
  generalSpecies: number[];
  generalOrder: number[];
  changeStart: number[];
  changeReaction: number[];
  changeValue: number[];
  jacPairs: number;
  jacTriples: number;
  jacStart: number[];
  jacReaction: number[];
  jacWeight: number[];
  jacPlace: number[];
  jacA: number[];
  jacB: number[];
  genPlace: number[];
  genReaction: number[];
  genTerm: number[];
  genWeight: number[];
}

/** Factors of a monomial written out (A² = A, A) when all orders are whole and at most three in sum; else null. */
function smallFactors(reaction: MergedReaction): number[] | null {
  const factors: number[] = [];
  for (const { species, value } of reaction.orders) {
    if (!Number.isInteger(value) || value < 0 || factors.length + value > 3) return null;
    for (let n = 0; n < value; n++) factors.push(species);
  }
  return factors;
}

/** Jacobian terms of one place that share their factors: their weights sum into one coefficient. */
interface JacobianEntry {
  place: number;
  a: number;
  b: number;
  parts: { reaction: number; weight: number }[];
}

/** ∂v/∂y of reactions with small factors, gathered by place and remaining factors. */
function smallJacobian(
  reactions: readonly MergedReaction[],
  factors: readonly number[][],
  from: number,
  to: number,
  place: (row: number, column: number) => number,
  local: Int32Array,
  one: number,
): JacobianEntry[] {
  const entries = new Map<string, JacobianEntry>();
  for (let r = from; r < to; r++) {
    for (const by of new Set(factors[r])) {
      const multiplicity = factors[r].filter((s) => s === by).length;
      const rest = [...factors[r]];
      rest.splice(rest.indexOf(by), 1);
      const [a = one, b = one] = rest.map((s) => local[s]).sort((x, y) => x - y);
      for (const { species, value } of reactions[r].change) {
        const at = place(local[species], local[by]);
        const key = `${at} ${a} ${b}`;
        let entry = entries.get(key);
        if (entry === undefined) {
          entry = { place: at, a, b, parts: [] };
          entries.set(key, entry);
        }
        entry.parts.push({ reaction: r, weight: value * multiplicity });
      }
    }
  }
  return [...entries.values()].sort((x, y) => x.place - y.place || x.a - y.a || x.b - y.b);
}

/** Writes rates, changes and Jacobian of a reduced network as flat tables over a filled pattern. */
export function kineticTables(
  reduced: ReducedNetwork,
  pattern: FilledPattern,
  local: Int32Array,
): KineticTables {
  const one = reduced.dynamic.length;
  const pairs: [MergedReaction, number[]][] = [];
  const triples: [MergedReaction, number[]][] = [];
  const general: MergedReaction[] = [];
  for (const reaction of reduced.reactions) {
    const factors = smallFactors(reaction);
    if (factors === null) general.push(reaction);
    else if (factors.length <= 2) pairs.push([reaction, factors]);
    else triples.push([reaction, factors]);
  }
  const small = [...pairs, ...triples];
  const reactions = [...small.map(([reaction]) => reaction), ...general];
  const factors = small.map(([, list]) => list);
  const pairEnd = pairs.length;
  const tripleEnd = small.length;

  const places = new Map<number, number>();
  for (let row = 0; row < one; row++) {
    for (let e = pattern.rowStart[row]; e < pattern.rowStart[row + 1]; e++) {
      places.set(row * one + pattern.columns[e], e);
    }
  }
  const place = (row: number, column: number): number => places.get(row * one + column) as number;

  const slot = (list: readonly number[], i: number) => (i < list.length ? local[list[i]] : one);
  const generalTerms = new Flat();
  const generalOrder: number[] = [];
  for (const reaction of general) {
    generalTerms.push(reaction.orders.map(({ species }) => local[species]));
    generalOrder.push(...reaction.orders.map(({ value }) => value));
  }

  const gathered: { reaction: number; value: number }[][] = Array.from({ length: one }, () => []);
  reactions.forEach((reaction, r) => {
    for (const { species, value } of reaction.change) gathered[local[species]].push({ reaction: r, value });
  });
  const change = new Flat();
  for (const list of gathered) change.push(list.map(({ reaction }) => reaction));

  const pairEntries = smallJacobian(reactions, factors, 0, pairEnd, place, local, one);
  const tripleEntries = smallJacobian(reactions, factors, pairEnd, tripleEnd, place, local, one);
  const entries = [...pairEntries, ...tripleEntries];
  const parts = new Flat();
  for (const { parts: list } of entries) parts.push(list.map(({ reaction }) => reaction));

  const genPlace: number[] = [];
  const genReaction: number[] = [];
  const genTerm: number[] = [];
  const genWeight: number[] = [];
  general.forEach((reaction, g) => {
    reaction.orders.forEach(({ species: by }, t) => {
      for (const { species, value } of reaction.change) {
        genPlace.push(place(local[species], local[by]));
        genReaction.push(tripleEnd + g);
        genTerm.push(generalTerms.start[g] + t);
        genWeight.push(value);
      }
    });
  });

  return {
    reactions,
    pairEnd,
    tripleEnd,
    factorA: factors.map((list) => slot(list, 0)),
    factorB: factors.map((list) => slot(list, 1)),
    factorC: factors.slice(pairEnd).map((list) => slot(list, 2)),
    generalStart: generalTerms.start,
    generalSpecies: generalTerms.entries,
    generalOrder,
    changeStart: change.start,
    changeReaction: change.entries,
    changeValue: gathered.flatMap((list) => list.map(({ value }) => value)),
    jacPairs: pairEntries.length,
    jacTriples: tripleEntries.length,
    jacStart: parts.start,
    jacReaction: parts.entries,
    jacWeight: entries.flatMap((entry) => entry.parts.map(({ weight }) => weight)),
    jacPlace: entries.map((entry) => entry.place),
    jacA: entries.map((entry) => entry.a),
    jacB: tripleEntries.map((entry) => entry.b),
    genPlace,
    genReaction,
    genTerm,
    genWeight,
  };
}
