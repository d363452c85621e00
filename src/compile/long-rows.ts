import { enlarged } from './entries.js';

/** Rows with at least one entry for every word of bits are kept as bits, too: 32 columns are compared at once. */
export class LongRows {
  /** Words of one row. */
  readonly words: number;
  /** Each row's first word in `bits`, or −1 while the row is short. */
  readonly at: Int32Array;
  bits: Int32Array;
  private used = 0;

  constructor(n: number) {
    this.words = (n + 31) >> 5;
    this.at = new Int32Array(n).fill(-1);
    this.bits = new Int32Array(16 * this.words);
  }

  /** Makes room for the bits of a row, all zero. */
  open(row: number): void {
    if (this.used === this.bits.length) this.bits = enlarged(this.bits, 2 * this.used);
    this.at[row] = this.used;
    this.used += this.words;
  }

  /** Sets a bit; false when it was set. */
  insert(row: number, column: number): boolean {
    const word = this.at[row] + (column >> 5);
    const bit = 1 << (column & 31);
    if ((this.bits[word] & bit) !== 0) return false;
    this.bits[word] |= bit;
    return true;
  }
}
