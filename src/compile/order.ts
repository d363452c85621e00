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

/**
 * Fill-reducing order for a factorisation without pivoting: diagonal pivots of least Markowitz count
 * (r−1)(c−1), ties to the lower index, with the fill that results (Markowitz 1957; Duff, Erisman & Reid 2017, 7.2).
 *
 * The matrix shrinks as it is eliminated; once what is left is full, no choice matters and it is taken as it stands.
 * @param n number of unknowns
 * @param rows column indices of each row's entries; the diagonal is added where missing
 */
export function markowitzOrder(n: number, rows: readonly Iterable<number>[]): FilledPattern {
  const row: number[][] = [];
  const column: number[][] = Array.from({ length: n }, () => []);
  for (let i = 0; i < n; i++) {
    const entries = [...new Set([...rows[i], i])];
    row.push(entries);
    for (const j of entries) column[j].push(i);
  }
  const rank = new Int32Array(n).fill(-1);
  const sequence = new Int32Array(n);
  const upper: number[][] = new Array(n);
  const lower: number[][] = Array.from({ length: n }, () => []);
  const seen = new Int32Array(n).fill(-1);
  let stamp = 0;

  // union of a and b without p; `seen` marks what a holds.
  const unite = (a: number[], b: readonly number[], p: number): number[] => {
    stamp++;
    const out: number[] = [];
    for (const x of a) {
      seen[x] = stamp;
      if (x !== p) out.push(x);
    }
    for (const x of b) if (seen[x] !== stamp && x !== p) out.push(x);
    return out;
  };

  for (let k = 0; k < n; k++) {
    let best = -1;
    let bestCount = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      if (rank[i] >= 0) continue;
      const count = (row[i].length - 1) * (column[i].length - 1);
      if (count < bestCount) {
        bestCount = count;
        best = i;
        if (count === 0) break;
      }
    }
    const left = n - k;
    const full = bestCount === (left - 1) * (left - 1);
    if (full) {
      const rest: number[] = [];
      for (let i = 0; i < n; i++) if (rank[i] < 0) rest.push(i);
      rest.forEach((i, place) => {
        rank[i] = k + place;
        sequence[k + place] = i;
        upper[i] = rest.slice(place + 1);
        for (const j of rest.slice(0, place)) lower[i].push(j);
      });
      break;
    }
    rank[best] = k;
    sequence[k] = best;
    const pivotRow = row[best].filter((j) => j !== best);
    const pivotColumn = column[best].filter((i) => i !== best);
    upper[best] = pivotRow;
    for (const i of pivotColumn) {
      lower[i].push(best);
      row[i] = unite(row[i], pivotRow, best);
    }
    for (const j of pivotRow) column[j] = unite(column[j], pivotColumn, best);
    row[best] = [];
    column[best] = [];
  }

  const rowStart = new Int32Array(n + 1);
  const diagonal = new Int32Array(n);
  let total = 0;
  for (let k = 0; k < n; k++) total += lower[sequence[k]].length + 1 + upper[sequence[k]].length;
  const columns = new Int32Array(total);
  let place = 0;
  for (let k = 0; k < n; k++) {
    const i = sequence[k];
    const entries = Int32Array.from([...lower[i], i, ...upper[i]], (j) => rank[j]).sort();
    columns.set(entries, place);
    diagonal[k] = place + entries.indexOf(k);
    place += entries.length;
    rowStart[k + 1] = place;
  }
  return { sequence, rowStart, columns, diagonal };
}
