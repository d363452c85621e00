import {
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_DIAGONAL_OFFSET,
  P_LU_ROW_OFFSET,
  P_RUN_END_OFFSET,
  P_SEGMENTS,
  P_SEGMENT_START_OFFSET,
  P_SINGLE_END_OFFSET,
  P_W_JACOBIAN,
  P_W_LU,
  P_W_PIVOTS,
  P_W_ROW,
} from '../layout';
import { getF, getI, setF, subtractMultipleF } from '../memory';
import { region, table } from '../problem';

/**
 * Factors W = shift·I − J without pivoting, on the filled pattern: row by row (Doolittle), each row spread into a
 * dense one while the rows above are subtracted. L has a unit diagonal; reciprocals of U's diagonal are kept apart.
 * @returns −1, or the unknown whose pivot is zero or not finite
 */
export function factor(problem: i32, work: i32, shift: f64): i32 {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const jac = region(problem, work, P_W_JACOBIAN);
  const lu = region(problem, work, P_W_LU);
  const pivots = region(problem, work, P_W_PIVOTS);
  const row = region(problem, work, P_W_ROW);
  const segmented = getI(problem, P_SEGMENTS) > 0;
  let begin: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    const diagonal = getI(diagonals, i);
    for (let e = begin; e < end; e++) setF(row, getI(columns, e), -getF(jac, e));
    setF(row, i, getF(row, i) + shift);
    for (let e = begin; e < diagonal; e++) {
      const k = getI(columns, e);
      const multiplier = getF(row, k) * getF(pivots, k);
      setF(lu, e, multiplier);
      if (segmented) {
        subtractSegments(problem, k, getI(diagonals, k) + 1, lu, row, multiplier);
        continue;
      }
      const above = getI(rows, k + 1);
      for (let u = getI(diagonals, k) + 1; u < above; u++) {
        const j = getI(columns, u);
        setF(row, j, getF(row, j) - multiplier * getF(lu, u));
      }
    }
    for (let e = diagonal; e < end; e++) setF(lu, e, getF(row, getI(columns, e)));
    const pivot = 1.0 / getF(row, i);
    // A pivot of zero, one that overflowed, whose reciprocal is 0, and 0/0 all fail this one test.
    if (!(pivot / pivot == 1.0)) return i;
    setF(pivots, i, pivot);
    begin = end;
  }
  return -1;
}

/** Subtracts a multiple of the k-th row of U, whose entries begin at `first`, from a dense row. */
function subtractSegments(problem: i32, k: i32, first: i32, lu: i32, row: i32, multiplier: f64): void {
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const starts = table(problem, P_SEGMENT_START_OFFSET);
  const singleEnds = table(problem, P_SINGLE_END_OFFSET);
  const runEnds = table(problem, P_RUN_END_OFFSET);
  const last = getI(starts, k + 1);
  let u = first;
  for (let s = getI(starts, k); s < last; s++) {
    const singles = getI(singleEnds, s);
    for (; u < singles; u++) {
      const j = getI(columns, u);
      setF(row, j, getF(row, j) - multiplier * getF(lu, u));
    }
    const end = getI(runEnds, s);
    if (u == end) continue;
    subtractMultipleF(row + (getI(columns, u) << 3), lu + (u << 3), end - u, multiplier);
    u = end;
  }
}

/** Solves W x = x + add in place: forward through L, backward through U. */
export function solve(problem: i32, work: i32, x: i32, add: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const lu = region(problem, work, P_W_LU);
  const pivots = region(problem, work, P_W_PIVOTS);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const diagonal = getI(diagonals, i);
    let sum = getF(x, i) + getF(add, i);
    for (; e < diagonal; e++) sum -= getF(lu, e) * getF(x, getI(columns, e));
    setF(x, i, sum);
    e = getI(rows, i + 1);
  }
  // Most rows begin with the unknown computed last, and to read back what was just written takes longer than to keep it.
  let last: f64 = 0.0;
  for (let i: i32 = count - 1; i >= 0; i--) {
    const end = getI(rows, i + 1);
    let sum = getF(x, i);
    let u = getI(diagonals, i) + 1;
    if (u < end) {
      const j = getI(columns, u);
      sum -= getF(lu, u) * (j == i + 1 ? last : getF(x, j));
      u++;
    }
    for (; u < end; u++) sum -= getF(lu, u) * getF(x, getI(columns, u));
    last = sum * getF(pivots, i);
    setF(x, i, last);
  }
}
