import { combineDense } from './dense.js';
import { evaluateExpression, parameterValues } from './expression.js';
import type { Network, SpeciesTerm } from './model.js';
import { poolSpecies, type Sum } from './pools.js';
import { preferPositive } from './semipositive.js';
import { type ChangeRow, changeRows, effectiveChanges, toWhole } from './stoichiometry.js';

/** A conserved sum of concentrations: Σ coefficient·concentration = total at all times between doses. */
export interface Moiety {
  /** By species name, in the network's order. Whole numbers without a common divisor wherever that is possible. */
  coefficients: Record<string, number>;
  /** The sum at the start, in the model's unit. */
  total: number;
}

/** Relative round-off at which a weight found in floating point counts as the fraction it stands for. */
const weightTolerance = 1e-9;

/**
 * The conserved sums of a network: a basis of what all reactions leave unchanged, with coefficients that are whole
 * and not negative as far as such a basis exists. (`A + B -> ∅` conserves only the difference of A and B.)
 *
 * Species held by the environment, and species that no reaction changes, conserve themselves and are left out.
 * Doses change the totals. In a network without structure, of thousands of species, the basis may carry round-off,
 * and beyond some ten thousand species it may be incomplete.
 *
 * @param values numbers of the parameters for the totals; default: the network's own
 */
export function moieties(
  network: Network,
  values: ReadonlyMap<string, number> = parameterValues(network),
): Moiety[] {
  return conservedSums(effectiveChanges(network)).map((sum) => {
    let total = 0;
    const coefficients: [string, number][] = [];
    for (const [index, weight] of sum) {
      const { name, initial } = network.species[index]!;
      coefficients.push([name, weight]);
      total += weight * evaluateExpression(initial, values);
    }
    return { coefficients: Object.fromEntries(coefficients), total };
  });
}

/** Most sums that are combined in floating point: the table for it grows with their square. */
const mostCombined = 4000;

/** The same basis for net changes, by species index, species ascending in each sum. */
export function conservedSums(changes: Iterable<SpeciesTerm[]>): Sum[] {
  const rows = changeRows(changes);
  const { sums, open } = poolSpecies(rows);
  const basis = open.length === 0 ? preferPositive(sums, rows) : combineOpen(sums, open, rows);
  const ordered = basis.map((sum) => orient(new Map([...sum].sort(([a], [b]) => a - b))));
  return ordered.sort(compareSums);
}

function combineOpen(sums: readonly Sum[], open: readonly ChangeRow[], rows: readonly ChangeRow[]): Sum[] {
  if (sums.length > mostCombined) return sums.filter((sum) => conserves(sum, open));
  return combineDense(sums, open).map((sum) => {
    const whole = toWhole([...sum.values()], weightTolerance);
    if (!whole) return sum;
    const rounded = new Map([...sum.keys()].map((species, i) => [species, whole[i]!]));
    return conserves(rounded, rows) ? rounded : sum;
  });
}

/** True when no row changes the sum: exactly for whole rows, up to round-off for others. */
function conserves(sum: Sum, rows: readonly ChangeRow[]): boolean {
  return rows.every((row) => {
    const change = row.species.reduce(
      (total, species, i) => total + (sum.get(species) ?? 0) * row.values[i]!,
      0,
    );
    return row.exact ? change === 0 : Math.abs(change) < weightTolerance;
  });
}

/** Of the two signs the one with fewer negative weights, or with a positive one in front. */
function orient(sum: Sum): Sum {
  let balance = 0;
  for (const weight of sum.values()) balance += Math.sign(weight);
  const [first] = sum.values();
  const turn = balance < 0 || (balance === 0 && first! < 0);
  return turn ? new Map([...sum].map(([species, weight]) => [species, -weight])) : sum;
}

/** By first species, then by size. */
function compareSums(one: Sum, other: Sum): number {
  const [a] = one.keys();
  const [b] = other.keys();
  return a! - b! || one.size - other.size;
}
