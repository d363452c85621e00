/**
 * W x = b, W = shift·I − J, by GMRES (Saad & Schultz 1986; Saad 2003, 6.5 and 9.3) with the analytic Jacobian and the
 * factors of `lu.ts` on the Jacobian's own pattern: without room for fill, Doolittle's factorisation is ILU(0). The
 * preconditioner stands to the left and norms are weighted by the tolerances, so that what is minimised is about the
 * error of x itself. What a short basis does not solve is refused.
 */
import { bump } from '../attempt';
import { solveFactored } from '../dispatch';
import {
  P_COUNT,
  P_KRYLOV,
  P_LU_COLUMN_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_HESSENBERG,
  P_W_JACOBIAN,
  P_W_KRYLOV,
  R_COUNT_LINEAR,
} from '../layout';
import { copyF, getF, getI, setF, zeroF } from '../memory';
import { region, table } from '../problem';
import { scaledNorm, scaledProduct } from './norms';

/** An answer must leave at most this part of the right-hand side: a poor preconditioner sees no error where one is. */
const TRUE_RESIDUAL: f64 = 0.5;
/** An answer that leaves more is improved on by solving for what it leaves, each time so much more sharply. */
const SHARPER: f64 = 0.1;
const PASSES: i32 = 3;

/** out = −J x. */
function minusJacobianTimes(problem: i32, work: i32, x: i32, out: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const jac = region(problem, work, P_W_JACOBIAN);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    let sum: f64 = 0.0;
    for (; e < end; e++) sum -= getF(jac, e) * getF(x, getI(columns, e));
    setF(out, i, sum);
  }
}

/** Takes the part along `v` out of `w` and returns how long it was. */
function orthogonalise(w: i32, v: i32, weights: i32, count: i32): f64 {
  const along = scaledProduct(w, v, weights, count);
  for (let i: i32 = 0; i < count; i++) setF(w, i, getF(w, i) - along * getF(v, i));
  return along;
}

function scale(v: i32, by: f64, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(v, i, getF(v, i) * by);
}

/** Applies the rotations so far to the new column, adds one that clears its last entry; returns the residual's norm. */
function rotate(column: i32, cosines: i32, sines: i32, rest: i32, j: i32): f64 {
  for (let i: i32 = 0; i < j; i++) {
    const upper = getF(column, i);
    const lower = getF(column, i + 1);
    setF(column, i, getF(cosines, i) * upper + getF(sines, i) * lower);
    setF(column, i + 1, getF(cosines, i) * lower - getF(sines, i) * upper);
  }
  const a = getF(column, j);
  const b = getF(column, j + 1);
  const length = Math.sqrt(a * a + b * b);
  setF(cosines, j, a / length);
  setF(sines, j, b / length);
  setF(column, j, length);
  const left = getF(rest, j);
  setF(rest, j, (left * a) / length);
  setF(rest, j + 1, (-left * b) / length);
  return Math.abs((left * b) / length);
}

/**
 * Extends the basis from its first vector, of length `left`, until the residual is at most `allowed` or the basis full;
 * returns how many columns there are, or −1 when the residual is not small.
 */
function extend(problem: i32, work: i32, shift: f64, weights: i32, start: f64, allowed: f64): i32 {
  const count = getI(problem, P_COUNT);
  const most = getI(problem, P_KRYLOV);
  const stride = count << 3;
  const basis = region(problem, work, P_W_KRYLOV);
  const product = basis + (most + 2) * stride;
  const columns = region(problem, work, P_W_HESSENBERG);
  const width = (most + 1) << 3;
  const cosines = columns + most * width;
  const sines = cosines + width;
  const rest = sines + width;
  let left = start;
  let size: i32 = 0;
  setF(rest, 0, left);
  scale(basis, 1.0 / left, count);
  while (left > allowed && size < most) {
    const v = basis + size * stride;
    const next = v + stride;
    const column = columns + size * width;
    minusJacobianTimes(problem, work, v, product);
    for (let i: i32 = 0; i < count; i++) setF(next, i, shift * getF(v, i));
    solveFactored(problem, work, next, product);
    for (let k: i32 = 0; k <= size; k++)
      setF(column, k, orthogonalise(next, basis + k * stride, weights, count));
    const length = scaledNorm(next, weights, count);
    setF(column, size + 1, length);
    left = rotate(column, cosines, sines, rest, size);
    size += 1;
    if (length > 0.0) scale(next, 1.0 / length, count);
  }
  bump(work, R_COUNT_LINEAR, size);
  // Not finite fails this test too.
  return left <= allowed ? size : -1;
}

/** Adds to x the combination of the first `size` basis vectors that leaves the least residual. */
function addBest(problem: i32, work: i32, size: i32, x: i32): void {
  const count = getI(problem, P_COUNT);
  const most = getI(problem, P_KRYLOV);
  const basis = region(problem, work, P_W_KRYLOV);
  const columns = region(problem, work, P_W_HESSENBERG);
  const width = (most + 1) << 3;
  const rest = columns + (most + 2) * width;
  for (let k = size - 1; k >= 0; k--) {
    let sum = getF(rest, k);
    for (let j = k + 1; j < size; j++) sum -= getF(columns + j * width, k) * getF(rest, j);
    setF(rest, k, sum / getF(columns + k * width, k));
  }
  for (let k: i32 = 0; k < size; k++) {
    const v = basis + k * (count << 3);
    const share = getF(rest, k);
    for (let i: i32 = 0; i < count; i++) setF(x, i, getF(x, i) + share * getF(v, i));
  }
}

/**
 * Solves W x = x + add in place, up to an error of norm `allowed` as the preconditioner sees it; an answer that does not
 * stand the check on the true residual is improved on, then refused.
 * @returns false when the basis was used up, or the answer refused
 */
export function gmres(
  problem: i32,
  work: i32,
  shift: f64,
  x: i32,
  add: i32,
  weights: i32,
  allowed: f64,
): bool {
  const count = getI(problem, P_COUNT);
  const basis = region(problem, work, P_W_KRYLOV);
  const right = basis + (getI(problem, P_KRYLOV) + 1) * (count << 3);
  const product = right + (count << 3);
  const residual = product + (count << 3);
  for (let i: i32 = 0; i < count; i++) setF(right, i, getF(x, i) + getF(add, i));
  copyF(residual, right, count);
  const bound = TRUE_RESIDUAL * scaledNorm(right, weights, count);
  zeroF(x, count);
  let aim = allowed;
  for (let pass: i32 = 0; pass < PASSES; pass++) {
    copyF(basis, residual, count);
    zeroF(product, count);
    solveFactored(problem, work, basis, product);
    const start = scaledNorm(basis, weights, count);
    if (start <= aim) {
      for (let i: i32 = 0; i < count; i++) setF(x, i, getF(x, i) + getF(basis, i));
    } else {
      const size = extend(problem, work, shift, weights, start, aim);
      if (size < 0) return false;
      addBest(problem, work, size, x);
    }
    minusJacobianTimes(problem, work, x, product);
    for (let i: i32 = 0; i < count; i++) {
      setF(residual, i, getF(right, i) - (shift * getF(x, i) + getF(product, i)));
    }
    if (scaledNorm(residual, weights, count) <= bound) return true;
    aim *= SHARPER;
  }
  return false;
}
