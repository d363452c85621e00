import type { Sum } from './pools.js';
import { type ChangeRow, largestOf } from './stoichiometry.js';

/** A felt change below this, relative to weights of size 1, counts as round-off. */
const roundOff = 1e-9;

/**
 * Goes on where the exact elimination gave up, in floating point: combines sums so that the open rows are conserved
 * too. Time grows with the cube of the number of sums, with a small factor.
 *
 * @returns a basis; its weights carry round-off
 */
export function combineDense(sums: readonly Sum[], open: readonly ChangeRow[]): Sum[] {
  const scaled = sums.map((sum) => {
    const largest = largestOf(sum.values());
    return new Map([...sum].map(([species, weight]) => [species, weight / largest]));
  });
  const members = new Map<number, [sum: number, weight: number][]>();
  for (const [index, sum] of scaled.entries()) {
    for (const [species, weight] of sum) {
      const list = members.get(species);
      if (list) list.push([index, weight]);
      else members.set(species, [[index, weight]]);
    }
  }
  // Each live combination is its own sum plus these multiples of the sums used up so far, in that order.
  const multiples = scaled.map(() => new Float64Array(scaled.length));
  const live = new Set(scaled.keys());
  const used: number[] = [];
  const effects = new Float64Array(scaled.length);
  for (const row of open) {
    effects.fill(0);
    for (const [i, species] of row.species.entries()) {
      for (const [index, weight] of members.get(species) ?? []) effects[index]! += weight * row.values[i]!;
    }
    const usedEffects = used.map((index) => effects[index]!);
    const felt = new Map<number, number>();
    let pivot = -1;
    let largest = roundOff;
    for (const index of live) {
      let sum = effects[index]!;
      const own = multiples[index]!;
      for (let k = 0; k < usedEffects.length; k++) sum += own[k]! * usedEffects[k]!;
      felt.set(index, sum);
      if (Math.abs(sum) > largest) {
        largest = Math.abs(sum);
        pivot = index;
      }
    }
    if (pivot < 0) continue;
    live.delete(pivot);
    const source = multiples[pivot]!;
    const pivotFelt = felt.get(pivot)!;
    for (const index of live) {
      const factor = felt.get(index)! / pivotFelt;
      if (factor === 0) continue;
      const own = multiples[index]!;
      for (let k = 0; k < used.length; k++) own[k]! -= factor * source[k]!;
      own[used.length] = -factor;
    }
    used.push(pivot);
  }
  return [...live].map((index) => {
    const sum: Sum = new Map(scaled[index]);
    for (const [k, other] of used.entries()) {
      const factor = multiples[index]![k]!;
      if (factor === 0) continue;
      for (const [species, weight] of scaled[other]!)
        sum.set(species, (sum.get(species) ?? 0) + factor * weight);
    }
    return clean(sum);
  });
}

/** Weights relative to the largest, without those that are round-off. */
function clean(sum: Sum): Sum {
  const largest = largestOf(sum.values());
  const entries = [...sum].map(([species, weight]) => [species, weight / largest] as const);
  return new Map(entries.filter(([, weight]) => Math.abs(weight) > roundOff));
}
