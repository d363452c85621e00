import type { Sum } from './pools.js';
import { type ChangeRow, greatestDivisor } from './stoichiometry.js';

/** Bounds of the search for positive sums, whose number can grow with every reaction like a power of two. */
const mostSpecies = 200;
const mostSums = 400;

/**
 * A basis of the same space with as many sums without negative weights as there can be, as far as the search for
 * them stays small. Where nothing is negative already, the basis is only made sparser.
 */
export function preferPositive(basis: readonly Sum[], rows: readonly ChangeRow[]): Sum[] {
  const groups = connectedGroups(basis, rows);
  return groups.flatMap(({ sums, rows: own }) => {
    if (sums.every(isPositive)) return thinOut(sums);
    const found = elementarySums(own);
    if (!found) return sums;
    const signed = sums.filter((sum) => !isPositive(sum));
    const candidates = [...found.sort((a, b) => a.size - b.size), ...sums.filter(isPositive), ...signed];
    return independent(candidates, sums.length);
  });
}

const isPositive = (sum: Sum): boolean => {
  for (const weight of sum.values()) if (weight < 0) return false;
  return true;
};

/** The sums and the rows of each part of the network that shares no species with the others. */
function connectedGroups(
  basis: readonly Sum[],
  rows: readonly ChangeRow[],
): { sums: Sum[]; rows: ChangeRow[] }[] {
  const parent = new Map<number, number>();
  const root = (species: number): number => {
    let top = species;
    for (let next = parent.get(top); next !== undefined && next !== top; next = parent.get(top)) {
      const above = parent.get(next) ?? next;
      parent.set(top, above);
      top = above;
    }
    return top;
  };
  for (const { species } of rows) for (const other of species) parent.set(root(other), root(species[0]!));
  const groups = new Map<number, { sums: Sum[]; rows: ChangeRow[] }>();
  const groupOf = (species: number) => {
    const key = root(species);
    let group = groups.get(key);
    if (!group) {
      group = { sums: [], rows: [] };
      groups.set(key, group);
    }
    return group;
  };
  for (const row of rows) groupOf(row.species[0]!).rows.push(row);
  for (const sum of basis) {
    const [first] = sum.keys();
    groupOf(first!).sums.push(sum);
  }
  return [...groups.values()].filter(({ sums }) => sums.length > 0);
}

/**
 * All conserved sums without negative weights whose species no other such sum is content with fewer of, by the
 * double-description method (Farkas 1902; Schuster and Höfer 1991 for moieties). Null when there are too many.
 */
function elementarySums(rows: readonly ChangeRow[]): Sum[] | null {
  const species = new Set(rows.flatMap((row) => row.species));
  if (species.size > mostSpecies) return null;
  let sums: Sum[] = [...species].map((index) => new Map([[index, 1]]));
  for (const row of rows) {
    const felt = sums.map((sum) => feel(sum, row));
    const kept = sums.filter((_, i) => felt[i] === 0);
    const gaining = sums.flatMap((sum, i) => (felt[i]! > 0 ? [{ sum, felt: felt[i]! }] : []));
    const losing = sums.flatMap((sum, i) => (felt[i]! < 0 ? [{ sum, felt: -felt[i]! }] : []));
    if (kept.length + gaining.length * losing.length > 4 * mostSums) return null;
    const joined = gaining.flatMap((gain) =>
      losing.map((loss) => join(gain.sum, loss.felt, loss.sum, gain.felt)),
    );
    sums = withoutLarger([...kept, ...joined]);
    if (sums.length > mostSums) return null;
    for (const sum of sums) for (const weight of sum.values()) if (!Number.isSafeInteger(weight)) return null;
  }
  return sums;
}

function feel(sum: Sum, row: ChangeRow): number {
  return row.species.reduce((total, species, i) => total + (sum.get(species) ?? 0) * row.values[i]!, 0);
}

/** a·one + b·other, without common divisors. */
function join(one: Sum, a: number, other: Sum, b: number): Sum {
  const sum: Sum = new Map();
  for (const [species, weight] of one) sum.set(species, a * weight);
  for (const [species, weight] of other) {
    const total = (sum.get(species) ?? 0) + b * weight;
    if (total === 0) sum.delete(species);
    else sum.set(species, total);
  }
  let divisor = 0;
  for (const weight of sum.values()) divisor = greatestDivisor(divisor, weight);
  for (const [species, weight] of sum) sum.set(species, weight / divisor);
  return sum;
}

/** Drops each sum whose species include all those of another. */
function withoutLarger(sums: Sum[]): Sum[] {
  const kept: Sum[] = [];
  for (const sum of sums.sort((a, b) => a.size - b.size))
    if (!kept.some((small) => includes(sum, small))) kept.push(sum);
  return kept;
}

function includes(large: Sum, small: Sum): boolean {
  if (small.size > large.size) return false;
  for (const species of small.keys()) if (!large.has(species)) return false;
  return true;
}

/** Takes from each sum as much as can be of those it includes; the space they span stays the same. */
function thinOut(sums: readonly Sum[]): Sum[] {
  if (sums.length > mostSpecies) return [...sums];
  const thin = [...sums].sort((a, b) => a.size - b.size);
  for (let i = 1; i < thin.length; i++) {
    for (let j = 0; j < thin.length; j++) {
      const small = thin[j]!;
      let large = thin[i]!;
      if (i === j || small.size === large.size || !includes(large, small)) continue;
      // The species that runs out first sets how much can be taken.
      let [most, least] = [1, 0];
      for (const [species, weight] of small) {
        const have = large.get(species)!;
        if (least === 0 || have * least < most * weight) [most, least] = [have, weight];
      }
      large = join(large, least, small, -most);
      thin[i] = large;
    }
  }
  return thin;
}

/** The first `count` candidates none of which is a combination of those before. */
function independent(candidates: readonly Sum[], count: number): Sum[] {
  const chosen: Sum[] = [];
  const reduced: { pivot: number; sum: Sum }[] = [];
  for (const candidate of candidates) {
    if (chosen.length === count) break;
    const rest = new Map(candidate);
    for (const { pivot, sum } of reduced) {
      const factor = rest.get(pivot);
      if (factor === undefined) continue;
      for (const [species, weight] of sum) {
        const left = (rest.get(species) ?? 0) - factor * weight;
        if (Math.abs(left) < 1e-9) rest.delete(species);
        else rest.set(species, left);
      }
    }
    if (rest.size === 0) continue;
    let [pivot, largest] = [-1, 0];
    for (const [species, weight] of rest)
      if (Math.abs(weight) > Math.abs(largest)) [pivot, largest] = [species, weight];
    reduced.push({ pivot, sum: new Map([...rest].map(([species, weight]) => [species, weight / largest])) });
    chosen.push(candidate);
  }
  return chosen;
}
