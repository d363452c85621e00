import type { Network } from '../network/model.js';
import { reduceNetwork } from './reduce.js';

/** How much there is to do in one phase, known without compiling it. Numbers of multiplications or entries. */
export interface Workload {
  unknowns: number;
  /** Merged reactions and their changes: one derivative. */
  derivative: number;
  /** Terms of the Jacobian. */
  jacobian: number;
  /** Entries of the Jacobian's own pattern, diagonal included. */
  entries: number;
  /** Entries of L + U; infinite when `operations` is. */
  fill: number;
  /** Multiplications of one factorisation, infinite when above the limit given. */
  operations: number;
}

/** Unknowns up to which elimination is tried out on bits (n²/8 bytes). */
const MOST_UNKNOWNS = 20_000;

function bits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Fill and work of an elimination by least degree on the symmetric hull of a pattern, given up as soon as the work
 * exceeds `limit`: about what `markowitzOrder` finds, at a cost that does not grow with what it would find.
 */
export function tryElimination(
  rows: readonly Iterable<number>[],
  limit: number,
): { fill: number; operations: number } {
  const n = rows.length;
  const none = { fill: Number.POSITIVE_INFINITY, operations: Number.POSITIVE_INFINITY };
  if (n > MOST_UNKNOWNS) return none;
  const width = (n + 31) >>> 5;
  const graph = new Uint32Array(n * width);
  rows.forEach((row, i) => {
    for (const j of row) {
      if (i === j) continue;
      graph[i * width + (j >>> 5)] |= 1 << (j & 31);
      graph[j * width + (i >>> 5)] |= 1 << (i & 31);
    }
  });
  const degree = new Int32Array(n);
  for (let i = 0; i < n; i++) for (let w = 0; w < width; w++) degree[i] += bits(graph[i * width + w]);
  let fill = n;
  let operations = 0;
  for (let left = n; left > 0; left--) {
    let pivot = -1;
    for (let i = 0; i < n; i++) {
      if (degree[i] >= 0 && (pivot < 0 || degree[i] < degree[pivot])) pivot = i;
    }
    const d = degree[pivot];
    if (d === left - 1) {
      // What is left is full: Σ k² and 2 Σ k for k below it.
      operations += ((left - 1) * left * (2 * left - 1)) / 6;
      fill += (left - 1) * left;
      break;
    }
    operations += d * d;
    fill += 2 * d;
    if (operations > limit) return none;
    const from = pivot * width;
    degree[pivot] = -1;
    for (let w = 0; w < width; w++) {
      for (let word = graph[from + w]; word !== 0; word &= word - 1) {
        const i = (w << 5) + 31 - Math.clz32(word & -word);
        const at = i * width;
        let count = 0;
        for (let v = 0; v < width; v++) {
          let merged = graph[at + v] | graph[from + v];
          if (v === pivot >>> 5) merged &= ~(1 << (pivot & 31));
          if (v === i >>> 5) merged &= ~(1 << (i & 31));
          graph[at + v] = merged;
          count += bits(merged);
        }
        degree[i] = count;
      }
    }
  }
  return operations > limit ? none : { fill, operations };
}

/** @param limit multiplications of a factorisation beyond which it is not worth knowing how many there are */
export function workloadOf(network: Network, active: readonly number[], limit: number): Workload {
  const { dynamic, reactions } = reduceNetwork(network, active);
  const local = new Map(dynamic.map((species, i) => [species, i]));
  const rows: Set<number>[] = dynamic.map((_, i) => new Set([i]));
  let derivative = reactions.length;
  let jacobian = 0;
  for (const { orders, change } of reactions) {
    derivative += change.length;
    jacobian += orders.length * change.length;
    for (const { species } of change) {
      const row = rows[local.get(species) as number];
      for (const by of orders) row.add(local.get(by.species) as number);
    }
  }
  const entries = rows.reduce((sum, row) => sum + row.size, 0);
  return { unknowns: dynamic.length, derivative, jacobian, entries, ...tryElimination(rows, limit) };
}
