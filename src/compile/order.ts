import { Entries } from './entries.js';
import { LongRows } from './long-rows.js';
import { Tournament } from './tournament.js';

/** A sparse square pattern by rows: n+1 starts, and columns in any order, where repeats do no harm. */
export interface Pattern {
  rowStart: Int32Array;
  columns: Int32Array;
}

/** The pattern of L + U in elimination order, by rows. */
export interface FilledPattern {
  /** `sequence[k]` is the unknown eliminated k-th. */
  sequence: Int32Array;
  /** n+1 starts into `columns`. */
  rowStart: Int32Array;
  /** Columns in elimination numbering, ascending in each row. */
  columns: Int32Array;
  /** Place of each row's diagonal entry in `columns`. */
  diagonal: Int32Array;
}

/** A pattern, and what finding it cost. */
export interface OrderedPattern extends FilledPattern {
  /** Entries and words of bits that were looked at to find the fill: what ordering cost, whatever the machine. */
  looks: number;
}

/** Place of an entry in `columns`; it must be there. */
export function placeOf({ rowStart, columns }: FilledPattern, row: number, column: number): number {
  let low = rowStart[row];
  for (let high = rowStart[row + 1]; low < high; ) {
    const middle = (low + high) >> 1;
    if (columns[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Fill-reducing order for a factorisation without pivoting: diagonal pivots of least Markowitz count
 * (r−1)(c−1), ties to the lower index, with the fill that results (Markowitz 1957; Duff, Erisman & Reid 2017, 7.2).
 *
 * Fill is made explicit, and counts are exact. Joining a pivot's row to another looks at about n/32 words or entries,
 * be the rows as long as they may: a matrix that fills is ordered in less than the time of one factorisation. Once what
 * is left is full no choice matters, and it is taken as it stands.
 * @param pattern the diagonal is added where missing
 */
export function markowitzOrder(pattern: Pattern): OrderedPattern {
  const elimination = new Elimination(pattern);
  const { n, rank, sequence } = elimination;
  for (let k = 0; k < n; k++) {
    const left = n - k;
    if (elimination.leastCount === (left - 1) * (left - 1)) {
      for (let i = 0, place = k; i < n; i++) {
        if (rank[i] >= 0) continue;
        rank[i] = place;
        sequence[place++] = i;
      }
      break;
    }
    elimination.eliminate(k);
  }
  return { sequence, ...sortedRows(elimination.entries, rank), looks: elimination.looks };
}

/** A matrix's pattern while it is eliminated. What is eliminated stays in the lists of entries and is passed over. */
class Elimination {
  readonly n: number;
  readonly entries: Entries;
  /** Step at which each unknown is eliminated; −1 before. */
  readonly rank: Int32Array;
  readonly sequence: Int32Array;
  looks = 0;
  /** Entries of each row and column in what is left. */
  private readonly rowCount: Int32Array;
  private readonly columnCount: Int32Array;
  private readonly counts: Tournament;
  private readonly long: LongRows;
  /** The pivot's row and column, without the pivot. */
  private readonly upper: Int32Array;
  private readonly lower: Int32Array;
  /** The pivot's row as bits. */
  private readonly upperBits: Int32Array;
  /** Columns that a row gets. */
  private readonly missing: Int32Array;
  private readonly seen: Int32Array;
  private stamp = 0;

  constructor({ rowStart, columns }: Pattern) {
    const n = rowStart.length - 1;
    this.n = n;
    this.rank = new Int32Array(n).fill(-1);
    this.sequence = new Int32Array(n);
    this.upper = new Int32Array(n);
    this.lower = new Int32Array(n);
    this.missing = new Int32Array(n);
    this.seen = new Int32Array(n);
    this.long = new LongRows(n);
    this.upperBits = new Int32Array(this.long.words);
    this.rowCount = new Int32Array(n);
    this.columnCount = new Int32Array(n);
    this.entries = new Entries(n, columns.length + n);
    for (let i = 0; i < n; i++) this.enter(i, columns, rowStart[i], rowStart[i + 1]);
    this.counts = new Tournament(Float64Array.from({ length: n }, (_, i) => this.countOf(i)));
  }

  get leastCount(): number {
    return this.counts.leastValue;
  }

  /** Eliminates the unknown of least count as the k-th. */
  eliminate(k: number): void {
    const { counts, lower, upper } = this;
    const pivot = counts.least;
    counts.remove(pivot);
    this.rank[pivot] = k;
    this.sequence[k] = pivot;
    const { firstInRow, nextInRow, column, firstInColumn, nextInColumn, row } = this.entries;
    const width = this.gather(firstInRow[pivot], nextInRow, column, upper);
    const height = this.gather(firstInColumn[pivot], nextInColumn, row, lower);
    if (width > 0 && height > 0) this.join(width, height);
    for (let x = 0; x < height; x++) this.rowCount[lower[x]]--;
    for (let x = 0; x < width; x++) this.columnCount[upper[x]]--;
    this.recount(lower, height);
    this.recount(upper, width);
  }

  /** Row i as given, and its diagonal. */
  private enter(i: number, columns: Int32Array, from: number, to: number): void {
    const { seen, missing } = this;
    const stamp = ++this.stamp;
    let count = 0;
    seen[i] = stamp;
    missing[count++] = i;
    for (let e = from; e < to; e++) {
      const j = columns[e];
      if (seen[j] === stamp) continue;
      seen[j] = stamp;
      missing[count++] = j;
    }
    this.fill(i, count);
  }

  /** What a list of entries holds of what is left; returns how much. */
  private gather(first: number, next: Int32Array, index: Int32Array, into: Int32Array): number {
    const { rank } = this;
    let count = 0;
    for (let e = first; e >= 0; e = next[e]) {
      this.looks++;
      if (rank[index[e]] < 0) into[count++] = index[e];
    }
    return count;
  }

  private recount(indices: Int32Array, count: number): void {
    for (let x = 0; x < count; x++) this.counts.set(indices[x], this.countOf(indices[x]));
  }

  private countOf(i: number): number {
    return (this.rowCount[i] - 1) * (this.columnCount[i] - 1);
  }

  /** Joins the pivot's row to every row of its column. */
  private join(width: number, height: number): void {
    const { long, lower, upper, upperBits, entries } = this;
    const many = width >= long.words;
    if (many) for (let x = 0; x < width; x++) upperBits[upper[x] >> 5] |= 1 << (upper[x] & 31);
    for (let x = 0; x < height; x++) {
      const i = lower[x];
      if (long.at[i] < 0 && entries.inRow[i] >= long.words) this.lengthen(i);
      const count =
        long.at[i] < 0
          ? this.missingFromShort(i, width)
          : many
            ? this.missingFromLong(i)
            : this.fewMissingFromLong(i, width);
      if (count > 0) this.fill(i, count);
    }
    if (many) upperBits.fill(0);
  }

  private lengthen(i: number): void {
    const { long, entries } = this;
    long.open(i);
    for (let e = entries.firstInRow[i]; e >= 0; e = entries.nextInRow[e]) long.insert(i, entries.column[e]);
  }

  private missingFromShort(i: number, width: number): number {
    const { seen, upper, missing } = this;
    const { firstInRow, nextInRow, column } = this.entries;
    const stamp = ++this.stamp;
    for (let e = firstInRow[i]; e >= 0; e = nextInRow[e]) seen[column[e]] = stamp;
    this.looks += this.entries.inRow[i] + width;
    let count = 0;
    for (let x = 0; x < width; x++) if (seen[upper[x]] !== stamp) missing[count++] = upper[x];
    return count;
  }

  private fewMissingFromLong(i: number, width: number): number {
    const { long, upper, missing } = this;
    this.looks += width;
    let count = 0;
    for (let x = 0; x < width; x++) if (long.insert(i, upper[x])) missing[count++] = upper[x];
    return count;
  }

  private missingFromLong(i: number): number {
    const { upperBits, missing } = this;
    const { bits, words } = this.long;
    const at = this.long.at[i];
    this.looks += words;
    let count = 0;
    for (let w = 0; w < words; w++) {
      let rest = upperBits[w] & ~bits[at + w];
      bits[at + w] |= rest;
      for (; rest !== 0; rest &= rest - 1) missing[count++] = 32 * w + 31 - Math.clz32(rest & -rest);
    }
    return count;
  }

  /** Adds the first `count` of the missing columns to row i. */
  private fill(i: number, count: number): void {
    const { missing, columnCount } = this;
    this.entries.add(i, missing, count);
    this.rowCount[i] += count;
    for (let x = 0; x < count; x++) columnCount[missing[x]]++;
  }
}

/** Entries in elimination numbering, sorted by column and then, stably, by row. */
function sortedRows(
  { n, count, row, column, inRow }: Entries,
  rank: Int32Array,
): Pick<FilledPattern, 'rowStart' | 'columns' | 'diagonal'> {
  const columnStart = new Int32Array(n + 1);
  const rowStart = new Int32Array(n + 1);
  for (let e = 0; e < count; e++) columnStart[rank[column[e]] + 1]++;
  for (let i = 0; i < n; i++) rowStart[rank[i] + 1] = inRow[i];
  for (let k = 0; k < n; k++) {
    columnStart[k + 1] += columnStart[k];
    rowStart[k + 1] += rowStart[k];
  }
  const byColumn = new Int32Array(count);
  for (let e = 0; e < count; e++) byColumn[columnStart[rank[column[e]]]++] = e;
  const columns = new Int32Array(count);
  const diagonal = new Int32Array(n);
  const place = rowStart.slice(0, n);
  for (let x = 0; x < count; x++) {
    const i = rank[row[byColumn[x]]];
    const j = rank[column[byColumn[x]]];
    if (i === j) diagonal[i] = place[i];
    columns[place[i]++] = j;
  }
  return { rowStart, columns, diagonal };
}
