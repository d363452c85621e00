import type { Sum } from '../network/pools.js';
import type { ReducedNetwork } from './reduce.js';
import { TermLists } from './term-lists.js';

/** A reduced network with the conserved sums that are kept, some by leaving a member out of the unknowns. */
export interface ConservedNetwork extends ReducedNetwork {
  /** Species that are neither unknown nor held, but follow from the sums: the m-th from the m-th sum. */
  eliminated: Int32Array;
  /** No sum has the eliminated member of another; its own comes last. Those beyond are restored after each step. */
  sums: ReadonlyMap<number, number>[];
}

/** A weight beyond this, made by combining sums, would cost digits. */
const MOST_WEIGHT = 1 << 20;

/** Leaves all as it is: every sum is restored. */
export const restoreAll = (reduced: ReducedNetwork, sums: readonly Sum[]): ConservedNetwork => ({
  ...reduced,
  eliminated: new Int32Array(0),
  sums: [...sums],
});

/**
 * Takes one member of each sum out of the unknowns. It becomes (total − Σ of the others)/weight, so its absolute error
 * is the rounding of the largest of them: a species that stays far below the rest of its sum keeps no digits.
 *
 * Which one goes: where one member alone has its sign it is the one, since it then is a sum without cancellation (when
 * the total is 0, to the last digit). Else the one that leaves the fewest entries in the Jacobian.
 */
export function eliminateMembers(reduced: ReducedNetwork, given: readonly Sum[]): ConservedNetwork {
  let open = [...given];
  const solved: { species: number; sum: Sum }[] = [];
  const rests: Sum[] = [];
  const pattern = dependences(reduced);
  while (open.length > 0) {
    const [sum, ...others] = open;
    open = others;
    const species = memberOf(sum, pattern);
    const clearOf = (other: Sum) => cleared(other, sum, species);
    const [nextOpen, nextRests] = [open.map(clearOf), rests.map(clearOf)];
    const nextSolved = solved.map((one) => ({ ...one, sum: clearOf(one.sum) }));
    const all = [...nextOpen, ...nextRests, ...nextSolved.map((one) => one.sum)];
    if (all.some((one) => [...one.values()].some((weight) => Math.abs(weight) > MOST_WEIGHT))) {
      rests.push(sum);
      continue;
    }
    open = nextOpen;
    rests.splice(0, rests.length, ...nextRests);
    solved.splice(0, solved.length, ...nextSolved, { species, sum });
  }
  const eliminated = Int32Array.from(solved, ({ species }) => species);
  const gone = new Set(eliminated);
  return {
    ...reduced,
    dynamic: reduced.dynamic.filter((s) => !gone.has(s)),
    change: without(reduced.change, gone),
    eliminated,
    sums: [...solved.map(({ species, sum }) => lastly(sum, species)), ...rests],
  };
}

/**
 * On which unknowns each slot of a state depends: an unknown on itself, an eliminated species on the others of its
 * sum. Slots as `local` numbers the network's species: the unknowns, one that holds 1, the eliminated.
 */
export function slotColumns({ dynamic, eliminated, sums }: ConservedNetwork, local: Int32Array): TermLists {
  let terms = dynamic.length;
  for (let m = 0; m < eliminated.length; m++) terms += sums[m].size;
  const columns = new TermLists(dynamic.length + 1 + eliminated.length, terms);
  for (let i = 0; i < dynamic.length; i++) {
    columns.push(i, 1);
    columns.close();
  }
  columns.close();
  for (const [m, species] of eliminated.entries()) {
    const own = sums[m].get(species)!;
    for (const [other, weight] of sums[m]) if (other !== species) columns.push(local[other], -weight / own);
    columns.close();
  }
  return columns;
}

/** Rows and columns of the Jacobian in which each species stands, as sets. */
interface Dependences {
  rows: Map<number, Set<number>>;
  columns: Map<number, Set<number>>;
}

function dependences({ dynamic, orders, change }: ReducedNetwork): Dependences {
  const rows = new Map(Array.from(dynamic, (s) => [s, new Set([s])]));
  const columns = new Map(Array.from(dynamic, (s) => [s, new Set([s])]));
  for (let m = 0; m < orders.count; m++) {
    for (let o = orders.start[m]; o < orders.start[m + 1]; o++) {
      for (let c = change.start[m]; c < change.start[m + 1]; c++) {
        rows.get(orders.species[o])!.add(change.species[c]);
        columns.get(change.species[c])!.add(orders.species[o]);
      }
    }
  }
  return { rows, columns };
}

function memberOf(sum: Sum, { rows, columns }: Dependences): number {
  const members = [...sum];
  for (const sign of [1, -1]) {
    const alone = members.filter(([, weight]) => Math.sign(weight) === sign);
    if (alone.length === 1 && members.length > 1) return alone[0][0];
  }
  let best = members[0][0];
  let fewest = Number.POSITIVE_INFINITY;
  for (const [species] of members) {
    let extra = -columns.get(species)!.size - rows.get(species)!.size;
    for (const row of rows.get(species)!) {
      if (row === species) continue;
      for (const [other] of members) if (!columns.get(row)!.has(other)) extra++;
    }
    if (extra < fewest) {
      fewest = extra;
      best = species;
    }
  }
  return best;
}

/** A multiple of `other` plus one of `sum` without the species, in whole weights without a common divisor. */
function cleared(other: Sum, sum: Sum, species: number): Sum {
  const weight = other.get(species);
  if (weight === undefined) return other;
  const own = sum.get(species)!;
  const result = new Map<number, number>();
  for (const s of [...other.keys(), ...sum.keys()]) {
    const value = own * (other.get(s) ?? 0) - weight * (sum.get(s) ?? 0);
    if (value !== 0) result.set(s, value);
  }
  const divisor = [...result.values()].map(Math.abs).reduce(greatestDivisor, 0);
  return new Map([...result].map(([s, value]) => [s, value / divisor]));
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function lastly(sum: Sum, species: number): Sum {
  const ordered = new Map(sum);
  ordered.delete(species);
  return ordered.set(species, sum.get(species)!);
}

function without(lists: TermLists, gone: ReadonlySet<number>): TermLists {
  const rest = new TermLists(lists.count, lists.terms);
  for (let i = 0; i < lists.count; i++) {
    for (let x = lists.start[i]; x < lists.start[i + 1]; x++) {
      if (!gone.has(lists.species[x])) rest.push(lists.species[x], lists.value[x]);
    }
    rest.close();
  }
  return rest;
}
