/**
 * The entries of a sparse square matrix under elimination: linked by row and by column in flat arrays that grow.
 * None is ever taken out, so that at the end they are the entries of L + U.
 */
export class Entries {
  row: Int32Array;
  column: Int32Array;
  /** Next entry of the same row, or −1; `firstInRow` begins the list. */
  nextInRow: Int32Array;
  nextInColumn: Int32Array;
  readonly firstInRow: Int32Array;
  readonly firstInColumn: Int32Array;
  /** Entries of each row so far. */
  readonly inRow: Int32Array;
  count = 0;

  constructor(
    readonly n: number,
    capacity: number,
  ) {
    this.row = new Int32Array(capacity);
    this.column = new Int32Array(capacity);
    this.nextInRow = new Int32Array(capacity);
    this.nextInColumn = new Int32Array(capacity);
    this.firstInRow = new Int32Array(n).fill(-1);
    this.firstInColumn = new Int32Array(n).fill(-1);
    this.inRow = new Int32Array(n);
  }

  /** Adds entries to one row, in the first `count` of `columns`, that are not there yet. */
  add(i: number, columns: Int32Array, count: number): void {
    this.reserve(this.count + count);
    const { row, column, nextInRow, nextInColumn, firstInColumn } = this;
    let entry = this.count;
    let next = this.firstInRow[i];
    for (let x = 0; x < count; x++, entry++) {
      const j = columns[x];
      row[entry] = i;
      column[entry] = j;
      nextInRow[entry] = next;
      next = entry;
      nextInColumn[entry] = firstInColumn[j];
      firstInColumn[j] = entry;
    }
    this.firstInRow[i] = next;
    this.inRow[i] += count;
    this.count = entry;
  }

  private reserve(capacity: number): void {
    if (capacity <= this.row.length) return;
    const room = Math.max(capacity, 2 * this.row.length);
    this.row = enlarged(this.row, room);
    this.column = enlarged(this.column, room);
    this.nextInRow = enlarged(this.nextInRow, room);
    this.nextInColumn = enlarged(this.nextInColumn, room);
  }
}

/** A copy with room for more. */
export function enlarged(values: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}
