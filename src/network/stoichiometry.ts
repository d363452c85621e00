import { netChange } from './change.js';
import type { Network, SpeciesTerm } from './model.js';

/** The net change of one reaction: species and values side by side, species ascending. */
export interface ChangeRow {
  species: number[];
  values: number[];
  /** True when the values are whole numbers without a common divisor. */
  exact: boolean;
}

export function greatestDivisor(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Largest denominator that is looked for behind a decimal such as 0.333333333333. */
const largestDenominator = 10_000;

/**
 * The numbers times one factor that makes all of them whole and takes out common divisors; null when no small factor
 * does. All must be non-zero.
 *
 * @param tolerance relative distance at which a decimal counts as the fraction it was written for
 */
export function toWhole(values: readonly number[], tolerance = 1e-12): number[] | null {
  const isWhole = (x: number) =>
    Math.round(x) !== 0 && Math.abs(x - Math.round(x)) <= tolerance * Math.abs(x);
  let factor = 1;
  for (const value of values) {
    let denominator = 1;
    while (!isWhole(value * factor * denominator)) if (++denominator > largestDenominator) return null;
    factor *= denominator;
    if (factor > 1e9) return null;
  }
  const whole = values.map((value) => Math.round(value * factor));
  if (!whole.every(Number.isSafeInteger)) return null;
  const divisor = whole.reduce(greatestDivisor, 0);
  return divisor > 1 ? whole.map((value) => value / divisor) : whole;
}

/** The largest magnitude; a loop, since there may be more numbers than a call takes arguments. */
export function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

/** Net changes of all reactions, species ascending, without the species that are held by the environment. */
export function effectiveChanges(network: Network): SpeciesTerm[][] {
  return network.reactions.map((reaction) =>
    netChange(reaction)
      .filter(({ species }) => !network.species[species]!.constant)
      .sort((a, b) => a.species - b.species),
  );
}

/**
 * The distinct ones of net changes, shortest first, as rows of the transposed stoichiometric matrix. Multiples of one
 * change (a reaction and its way back) are one row: what a row conserves, its multiples conserve.
 *
 * @param changes with species ascending
 */
export function changeRows(changes: Iterable<SpeciesTerm[]>): ChangeRow[] {
  const rows = new Map<string, ChangeRow>();
  for (const change of changes) {
    if (change.length === 0) continue;
    const species = change.map((term) => term.species);
    const written = change.map((term) => term.value);
    const whole = toWhole(written);
    const largest = largestOf(written);
    const scaled = whole ?? written.map((value) => value / largest);
    const values = scaled[0]! < 0 ? scaled.map((value) => -value) : scaled;
    const key = `${species.join()} ${values.join()}`;
    if (!rows.has(key)) rows.set(key, { species, values, exact: whole !== null });
  }
  return [...rows.values()].sort((a, b) => a.species.length - b.species.length);
}
