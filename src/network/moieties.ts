import { combineDense } from './dense.js';
import { evaluateExpression, parameterValues } from './expression.js';
import type { Network } from './model.js';
import { poolSpecies, type Sum } from './pools.js';
import { preferPositive } from './semipositive.js';
import { type ChangeRow, changeRows, toWhole } from './stoichiometry.js';

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
 * Doses change the totals.
 *
 * @param values numbers of the parameters for the totals; default: the network's own
 */
export function moieties(
  network: Network,
  values: ReadonlyMap<string, number> = parameterValues(network),
): Moiety[] {
  return conservedSums(network).map((sum) => {
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

/** The same basis by species index, species ascending in each sum. */
export function conservedSums(network: Network): Sum[] {
  const rows = changeRows(network);
  const { sums, open } = poolSpecies(rows);
  const basis = open.length > 0 ? combineDense(sums, open).map((sum) => wholeSum(sum, rows)) : sums;
  const positive = open.length > 0 ? basis : preferPositive(basis, rows);
  const ordered = positive.map((sum) => orient(new Map([...sum].sort(([a], [b]) => a - b))));
  return ordered.sort(compareSums);
}

/** Weights from floating point made whole, if the rounded sum is conserved exactly. */
function wholeSum(sum: Sum, rows: readonly ChangeRow[]): Sum {
  const whole = toWhole([...sum.values()], weightTolerance);
  if (!whole) return sum;
  const rounded = new Map([...sum.keys()].map((species, i) => [species, whole[i]!]));
  const conserved = rows.every((row) => {
    const change = row.species.reduce(
      (total, species, i) => total + (rounded.get(species) ?? 0) * row.values[i]!,
      0,
    );
    return row.exact ? change === 0 : Math.abs(change) < weightTolerance;
  });
  return conserved ? rounded : sum;
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
