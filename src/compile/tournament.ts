/**
 * Finds the least of n numbers that change one at a time: a tree of matches, each won by the smaller number, a tie by
 * the lower index (Knuth, The Art of Computer Programming 3, 5.4.1).
 */
export class Tournament {
  private readonly size: number;
  private readonly value: Float64Array;
  /** Node 1 is the final, node x is fed by 2x and 2x+1, and leaf i stands at size+i. */
  private readonly winner: Int32Array;

  constructor(values: Float64Array) {
    this.size = 1;
    while (this.size < values.length) this.size *= 2;
    this.value = new Float64Array(this.size).fill(Number.POSITIVE_INFINITY);
    this.value.set(values);
    this.winner = new Int32Array(2 * this.size);
    for (let i = 0; i < this.size; i++) this.winner[this.size + i] = i;
    for (let node = this.size - 1; node > 0; node--) this.play(node);
  }

  /** Index of the least number. */
  get least(): number {
    return this.winner[1];
  }

  get leastValue(): number {
    return this.value[this.winner[1]];
  }

  set(index: number, value: number): void {
    if (this.value[index] === value) return;
    this.value[index] = value;
    for (let node = (this.size + index) >> 1; node > 0; node >>= 1) {
      const before = this.winner[node];
      this.play(node);
      // Matches above saw another winner before, and see the same now.
      if (before !== index && this.winner[node] === before) return;
    }
  }

  /** Takes an index out: it never wins again. */
  remove(index: number): void {
    this.set(index, Number.POSITIVE_INFINITY);
  }

  private play(node: number): void {
    const { winner, value } = this;
    const left = winner[2 * node];
    const right = winner[2 * node + 1];
    winner[node] = value[left] <= value[right] ? left : right;
  }
}
