import { type ConservedNetwork, slotColumns } from './eliminate.js';
import { type JacobianTable, smallJacobian } from './jacobian.js';
import { type FilledPattern, placeOf } from './order.js';
import type { ReducedNetwork } from './reduce.js';
import type { TermLists } from './term-lists.js';

/** The tables of rates, changes and Jacobian, in elimination numbering. */
export interface KineticTables extends RateTable, ChangeTable, JacobianTable, GeneralTable {}

interface RateTable {
  /** Merged reactions in kernel order: pairs, triples, general. */
  reactions: Int32Array;
  pairEnd: number;
  tripleEnd: number;
  /**
   * Slots of the first factors of all pairs and triples, then of the second, then of the third. What a monomial has no
   * factor for is the slot that holds 1.
   */
  factors: Int32Array;
}

/** What each unknown gains from the rates, gathered by unknown. */
interface ChangeTable {
  changeStart: Int32Array;
  changeReaction: Int32Array;
  changeValue: Float64Array;
}

/** Monomials of other orders, and their part of the Jacobian. */
interface GeneralTable {
  generalStart: number[];
  generalSpecies: number[];
  generalOrder: number[];
  genPlace: number[];
  genReaction: number[];
  genTerm: number[];
  genWeight: number[];
}

/**
 * Writes rates, changes and Jacobian of a reduced network as flat tables over a filled pattern.
 * @param local slot of each species in a state vector: unknowns in elimination numbering, 1, eliminated ones
 */
export function kineticTables(
  reduced: ConservedNetwork,
  pattern: FilledPattern,
  local: Int32Array,
): KineticTables {
  const rates = rateTable(reduced, local);
  const slots = slotColumns(reduced, local);
  return {
    ...rates,
    ...changeTable(reduced, rates.reactions, local),
    ...smallJacobian(reduced, rates, pattern, local, slots),
    ...generalTable(reduced, rates, pattern, local, slots),
  };
}

/** Factors of a monomial written out (A² = A, A) when all orders are whole and at most three in sum; else −1. */
function smallDegree({ orders }: ReducedNetwork, reaction: number): number {
  let degree = 0;
  for (let x = orders.start[reaction]; x < orders.start[reaction + 1]; x++) {
    const value = orders.value[x];
    if (!Number.isInteger(value) || value < 0) return -1;
    degree += value;
  }
  return degree <= 3 ? degree : -1;
}

function rateTable(reduced: ReducedNetwork, local: Int32Array): RateTable {
  const { orders, dynamic } = reduced;
  const pairs: number[] = [];
  const triples: number[] = [];
  const general: number[] = [];
  for (let m = 0; m < orders.count; m++) {
    const degree = smallDegree(reduced, m);
    (degree < 0 ? general : degree <= 2 ? pairs : triples).push(m);
  }
  const reactions = Int32Array.from([...pairs, ...triples, ...general]);
  const tripleEnd = pairs.length + triples.length;
  const factors = new Int32Array(3 * tripleEnd).fill(dynamic.length);
  for (let r = 0; r < tripleEnd; r++) {
    let at = r;
    for (let x = orders.start[reactions[r]]; x < orders.start[reactions[r] + 1]; x++) {
      const to = at + tripleEnd * orders.value[x];
      for (; at < to; at += tripleEnd) factors[at] = local[orders.species[x]];
    }
  }
  return { reactions, pairEnd: pairs.length, tripleEnd, factors };
}

function changeTable(
  { change, dynamic }: ReducedNetwork,
  reactions: Int32Array,
  local: Int32Array,
): ChangeTable {
  const changeStart = new Int32Array(dynamic.length + 1);
  for (let x = 0; x < change.terms; x++) changeStart[local[change.species[x]] + 1]++;
  for (let i = 0; i < dynamic.length; i++) changeStart[i + 1] += changeStart[i];
  const place = changeStart.slice();
  const changeReaction = new Int32Array(change.terms);
  const changeValue = new Float64Array(change.terms);
  for (let r = 0; r < reactions.length; r++) {
    for (let x = change.start[reactions[r]]; x < change.start[reactions[r] + 1]; x++) {
      const at = place[local[change.species[x]]]++;
      changeReaction[at] = r;
      changeValue[at] = change.value[x];
    }
  }
  return { changeStart, changeReaction, changeValue };
}

function generalTable(
  { orders, change }: ReducedNetwork,
  { reactions, tripleEnd }: RateTable,
  pattern: FilledPattern,
  local: Int32Array,
  slots: TermLists,
): GeneralTable {
  const table: GeneralTable = {
    generalStart: [0],
    generalSpecies: [],
    generalOrder: [],
    genPlace: [],
    genReaction: [],
    genTerm: [],
    genWeight: [],
  };
  for (let r = tripleEnd; r < reactions.length; r++) {
    const m = reactions[r];
    for (let o = orders.start[m]; o < orders.start[m + 1]; o++) {
      const by = local[orders.species[o]];
      for (let c = change.start[m]; c < change.start[m + 1]; c++) {
        for (let x = slots.start[by]; x < slots.start[by + 1]; x++) {
          table.genPlace.push(placeOf(pattern, local[change.species[c]], slots.species[x]));
          table.genReaction.push(r);
          table.genTerm.push(table.generalSpecies.length);
          table.genWeight.push(change.value[c] * slots.value[x]);
        }
      }
      table.generalSpecies.push(by);
      table.generalOrder.push(orders.value[o]);
    }
    table.generalStart.push(table.generalSpecies.length);
  }
  return table;
}
