/** `linalg/lu.ts` for two runs on one pattern. */
import {
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_DIAGONAL_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_JACOBIAN,
  P_W_LU,
  P_W_PIVOTS,
  P_W_ROW,
} from '../layout';
import { getI, setI } from '../memory';
import { table } from '../problem';
import { L_SHIFT, L_SINGULAR } from './layout';
import { getV, pairRegion, setV } from './vectors';

/**
 * Factors W = shift·I − J, the shifts being in the record; notes there for each run −1, or the unknown whose pivot is
 * zero or not finite. A run whose pivot failed is carried on with numbers that mean nothing.
 */
export function factor(problem: i32, pair: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const jac = pairRegion(problem, pair, P_W_JACOBIAN);
  const lu = pairRegion(problem, pair, P_W_LU);
  const pivots = pairRegion(problem, pair, P_W_PIVOTS);
  const row = pairRegion(problem, pair, P_W_ROW);
  const shift = getV(pair, L_SHIFT);
  const one = f64x2.splat(1.0);
  setI(pair, L_SINGULAR, -1);
  setI(pair, L_SINGULAR + 1, -1);
  let begin: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    const diagonal = getI(diagonals, i);
    for (let e = begin; e < end; e++) setV(row, getI(columns, e), f64x2.neg(getV(jac, e)));
    setV(row, i, f64x2.add(getV(row, i), shift));
    for (let e = begin; e < diagonal; e++) {
      const k = getI(columns, e);
      const multiplier = f64x2.mul(getV(row, k), getV(pivots, k));
      setV(lu, e, multiplier);
      const above = getI(rows, k + 1);
      for (let u = getI(diagonals, k) + 1; u < above; u++) {
        const j = getI(columns, u);
        setV(row, j, f64x2.sub(getV(row, j), f64x2.mul(multiplier, getV(lu, u))));
      }
    }
    for (let e = diagonal; e < end; e++) setV(lu, e, getV(row, getI(columns, e)));
    const pivot = f64x2.div(one, getV(row, i));
    setV(pivots, i, pivot);
    const usable = f64x2.eq(f64x2.div(pivot, pivot), one);
    if (!i64x2.all_true(usable)) {
      if (blame(pair, pivot, i)) return;
    }
    begin = end;
  }
}

/** Notes the first unknown that fails in each run; true when both have failed. */
function blame(pair: i32, pivot: v128, i: i32): bool {
  const first = f64x2.extract_lane(pivot, 0);
  const second = f64x2.extract_lane(pivot, 1);
  if (!(first / first == 1.0) && getI(pair, L_SINGULAR) < 0) setI(pair, L_SINGULAR, i);
  if (!(second / second == 1.0) && getI(pair, L_SINGULAR + 1) < 0) setI(pair, L_SINGULAR + 1, i);
  return getI(pair, L_SINGULAR) >= 0 && getI(pair, L_SINGULAR + 1) >= 0;
}

/** Notes for each run −1, or the first unknown whose reciprocal pivot is of no use, when all have been made. */
export function blamePivots(problem: i32, pair: i32): void {
  const count = getI(problem, P_COUNT);
  const pivots = pairRegion(problem, pair, P_W_PIVOTS);
  const one = f64x2.splat(1.0);
  setI(pair, L_SINGULAR, -1);
  setI(pair, L_SINGULAR + 1, -1);
  let failed = f64x2.splat(0.0);
  for (let i: i32 = 0; i < count; i++) {
    const pivot = getV(pivots, i);
    failed = v128.or(failed, f64x2.ne(f64x2.div(pivot, pivot), one));
  }
  if (!v128.any_true(failed)) return;
  for (let i: i32 = 0; i < count; i++) {
    if (blame(pair, getV(pivots, i), i)) return;
  }
}

/** Solves W x = x + add in place. */
export function solve(problem: i32, pair: i32, x: i32, add: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const lu = pairRegion(problem, pair, P_W_LU);
  const pivots = pairRegion(problem, pair, P_W_PIVOTS);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const diagonal = getI(diagonals, i);
    let sum = f64x2.add(getV(x, i), getV(add, i));
    for (; e < diagonal; e++) sum = f64x2.sub(sum, f64x2.mul(getV(lu, e), getV(x, getI(columns, e))));
    setV(x, i, sum);
    e = getI(rows, i + 1);
  }
  for (let i: i32 = count - 1; i >= 0; i--) {
    const end = getI(rows, i + 1);
    let sum = getV(x, i);
    for (let u = getI(diagonals, i) + 1; u < end; u++) {
      sum = f64x2.sub(sum, f64x2.mul(getV(lu, u), getV(x, getI(columns, u))));
    }
    setV(x, i, f64x2.mul(sum, getV(pivots, i)));
  }
}
