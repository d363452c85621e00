import type { SpeciesTerm } from './model.js';

/**
 * Reactions of a combination that makes again all that it uses up: λ ≥ 0, λ ≠ 0 with N·λ ≥ 0, N the net changes. Empty where
 * there is none, and then every reaction can only happen so often, whatever the amounts at the start.
 * @param changes net changes of each reaction
 * @returns places in `changes`, ascending
 */
export function endlessReactions(changes: readonly (readonly SpeciesTerm[])[]): number[] {
  const left = selfSustaining(changes);
  if (left.length === 0) return [];
  const rows = new Map<number, number[]>();
  left.forEach((r, column) => {
    for (const { species, value } of changes[r]!) {
      if (!rows.has(species)) rows.set(species, new Array<number>(left.length).fill(0));
      rows.get(species)![column] = value;
    }
  });
  return positiveCombination([...rows.values()], left.length).map((column) => left[column]!);
}

/** Leaves out, again and again, reactions that use up what no other one that is left makes. */
function selfSustaining(changes: readonly (readonly SpeciesTerm[])[]): number[] {
  const makers = new Map<number, number>();
  const users = new Map<number, number[]>();
  changes.forEach((change, r) => {
    for (const { species, value } of change) {
      if (value > 0) makers.set(species, (makers.get(species) ?? 0) + 1);
      else if (value < 0) users.set(species, [...(users.get(species) ?? []), r]);
    }
  });
  const out = new Set<number>();
  const waiting = [...users.keys()].filter((species) => !makers.has(species));
  for (let species = waiting.pop(); species !== undefined; species = waiting.pop()) {
    for (const r of users.get(species) ?? []) {
      if (out.has(r)) continue;
      out.add(r);
      for (const made of changes[r]!) {
        if (made.value <= 0) continue;
        const others = makers.get(made.species)! - 1;
        makers.set(made.species, others);
        if (others === 0) waiting.push(made.species);
      }
    }
  }
  // What changes nothing at all cannot be seen.
  return changes.flatMap((change, r) => (out.has(r) || change.length === 0 ? [] : [r]));
}

/** Below it a number of the tableau is rounding. */
const ROUNDING = 1e-9;

/**
 * Columns with λ > 0 of a solution of N·λ ≥ 0, 0 ≤ λ, Σλ = 1; empty where there is none. Maximises Σλ ≤ 1 by the simplex
 * method from λ = 0 with Bland's rule, which does not cycle.
 */
function positiveCombination(rows: readonly (readonly number[])[], columns: number): number[] {
  const count = rows.length + 1;
  const width = columns + count + 1;
  const tableau = [...rows.map((row) => row.map((value) => -value)), new Array<number>(columns).fill(1)].map(
    (row, i) => {
      const whole = new Float64Array(width);
      whole.set(row);
      whole[columns + i] = 1;
      whole[width - 1] = i === count - 1 ? 1 : 0;
      return whole;
    },
  );
  const gain = new Float64Array(width).fill(1, 0, columns);
  const basis = tableau.map((_, i) => columns + i);
  for (;;) {
    const enters = gain.findIndex((value, j) => j < width - 1 && value > ROUNDING);
    if (enters < 0) break;
    let leaves = -1;
    let least = Number.POSITIVE_INFINITY;
    tableau.forEach((row, i) => {
      if (row[enters]! <= ROUNDING) return;
      const ratio = row[width - 1]! / row[enters]!;
      if (ratio < least - ROUNDING || (ratio <= least + ROUNDING && basis[i]! < basis[leaves]!)) {
        leaves = i;
        least = Math.min(least, ratio);
      }
    });
    const pivot = tableau[leaves]!;
    const by = pivot[enters]!;
    for (let j = 0; j < width; j++) pivot[j] = pivot[j]! / by;
    for (const row of [...tableau, gain]) {
      const factor = row[enters]!;
      if (row === pivot || factor === 0) continue;
      for (let j = 0; j < width; j++) row[j] = row[j]! - factor * pivot[j]!;
    }
    basis[leaves] = enters;
  }
  const found = basis.flatMap((column, i) =>
    column < columns && tableau[i]![width - 1]! > ROUNDING ? [column] : [],
  );
  return found.sort((a, b) => a - b);
}
