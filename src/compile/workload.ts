import type { Network } from '../network/model.js';
import { reduceNetwork } from './reduce.js';
import { structureOf } from './structure.js';

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

/** Unknowns up to which elimination is tried out on bits (n²/4 bytes). */
const MOST_UNKNOWNS = 20_000;

function bits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A square pattern in bits, by rows, that forgets pivots and unites the rest. */
class BitRows {
  readonly counts: Int32Array;
  private readonly width: number;
  private readonly words: Uint32Array;

  constructor(n: number) {
    this.width = (n + 31) >>> 5;
    this.words = new Uint32Array(n * this.width);
    this.counts = new Int32Array(n);
  }

  add(row: number, column: number): void {
    const at = row * this.width + (column >>> 5);
    const bit = 1 << (column & 31);
    if ((this.words[at] & bit) !== 0) return;
    this.words[at] |= bit;
    this.counts[row]++;
  }

  list(row: number): number[] {
    const found: number[] = [];
    for (let w = 0; w < this.width; w++) {
      for (let word = this.words[row * this.width + w]; word !== 0; word &= word - 1) {
        found.push((w << 5) + 31 - Math.clz32(word & -word));
      }
    }
    return found;
  }

  /** Unites a row with the pivot's, the pivot itself left out. */
  unite(row: number, pivot: number): void {
    const { width, words } = this;
    const at = row * width;
    const from = pivot * width;
    words[from + (pivot >>> 5)] &= ~(1 << (pivot & 31));
    words[at + (pivot >>> 5)] &= ~(1 << (pivot & 31));
    let count = 0;
    for (let w = 0; w < width; w++) {
      const merged = words[at + w] | words[from + w];
      words[at + w] = merged;
      count += bits(merged);
    }
    this.counts[row] = count;
  }
}

/**
 * Fill and work of the elimination by least Markowitz count, given up as soon as the work exceeds `limit`: what
 * `markowitzOrder` finds, at a cost that does not grow with it.
 * @param rows column indices of each row's entries
 */
export function tryElimination(
  rows: readonly Iterable<number>[],
  limit: number,
): { fill: number; operations: number } {
  const n = rows.length;
  const none = { fill: Number.POSITIVE_INFINITY, operations: Number.POSITIVE_INFINITY };
  if (n > MOST_UNKNOWNS) return none;
  const byRow = new BitRows(n);
  const byColumn = new BitRows(n);
  rows.forEach((row, i) => {
    for (const j of [...row, i]) {
      byRow.add(i, j);
      byColumn.add(j, i);
    }
  });
  const left = Int32Array.from(rows, (_, i) => i);
  let fill = 0;
  let operations = 0;
  for (let count = n; count > 0; count--) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < count && least > 0; k++) {
      const product = (byRow.counts[left[k]] - 1) * (byColumn.counts[left[k]] - 1);
      if (product < least) {
        least = product;
        best = k;
      }
    }
    if (least === (count - 1) ** 2) {
      // What is left is full: the squares and the odd numbers below.
      operations += ((count - 1) * count * (2 * count - 1)) / 6;
      fill += count * count;
      break;
    }
    const pivot = left[best];
    left[best] = left[count - 1];
    operations += least;
    fill += byRow.counts[pivot] + byColumn.counts[pivot] - 1;
    if (operations > limit) return none;
    const across = byRow.list(pivot).filter((j) => j !== pivot);
    const down = byColumn.list(pivot).filter((i) => i !== pivot);
    for (const i of down) byRow.unite(i, pivot);
    for (const j of across) byColumn.unite(j, pivot);
  }
  return operations > limit ? none : { fill, operations };
}

/** @param limit multiplications of a factorisation beyond which it is not worth knowing how many there are */
export function workloadOf(
  network: Network,
  active: readonly number[],
  limit: (work: { entries: number; unknowns: number }) => number,
): Workload {
  const { dynamic, orders, change } = reduceNetwork(structureOf(network, active));
  const local = new Int32Array(network.species.length);
  for (let i = 0; i < dynamic.length; i++) local[dynamic[i]] = i;
  const rows = Array.from(dynamic, (_, i) => new Set([i]));
  let jacobian = 0;
  for (let m = 0; m < orders.count; m++) {
    for (let c = change.start[m]; c < change.start[m + 1]; c++) {
      const row = rows[local[change.species[c]]];
      for (let o = orders.start[m]; o < orders.start[m + 1]; o++) row.add(local[orders.species[o]]);
      jacobian += orders.start[m + 1] - orders.start[m];
    }
  }
  const derivative = orders.count + change.terms;
  const entries = rows.reduce((sum, row) => sum + row.size, 0);
  const unknowns = dynamic.length;
  const elimination = tryElimination(rows, limit({ entries, unknowns }));
  return { unknowns, derivative, jacobian, entries, ...elimination };
}
