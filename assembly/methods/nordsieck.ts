/**
 * The Nordsieck rows zⱼ = hʲ y⁽ʲ⁾/j! of a multistep method: the polynomial through its past, in the present step's
 * scale. Changes of order follow `cvIncreaseBDF` and `cvDecreaseBDF` of SUNDIALS' cvode.c: they take or leave out one
 * past point of a history of unequal steps.
 */
import {
  FORMULA_L,
  MAX_ORDER,
  P_COUNT,
  P_W_DENSE,
  P_W_FORMULA,
  P_W_INCREMENTS,
  P_W_OLD,
  P_W_STAGE,
  ROW_CORRECTION,
  ROW_SLOPE,
  R_M_HISTORY,
  R_M_ORDER,
  R_M_SCALE,
} from '../layout';
import { copyF, getF, getI, setF, setI, zeroF } from '../memory';
import { region } from '../problem';

/** Address of row `j` of the rows that start at `first`. */
export function rowAt(first: i32, j: i32, count: i32): i32 {
  return first + ((j * count) << 3);
}

/** y += a·x. */
function addScaled(y: i32, a: f64, x: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(y, i, getF(y, i) + a * getF(x, i));
}

/** Predicted state into STAGE and predicted h·y′ into ROW_SLOPE; the rows stay as they are. */
export function predict(problem: i32, work: i32, count: i32): void {
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  const last = rowAt(first, q, count);
  const stage = region(problem, work, P_W_STAGE);
  const slope = rowAt(region(problem, work, P_W_DENSE), ROW_SLOPE, count);
  const stride = count << 3;
  for (let i: i32 = 0; i < count; i++) {
    // Horner's scheme at 1 for the polynomial and its derivative.
    let value = getF(last, i);
    let rise: f64 = 0.0;
    for (let z = last - stride; z >= first; z -= stride) {
      rise += value;
      value += getF(z, i);
    }
    setF(stage, i, value);
    setF(slope, i, rise);
  }
}

/** Moves the rows on by one step and corrects them; `state` is the corrected row 0. */
export function advanceRows(problem: i32, work: i32, count: i32, state: i32): void {
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  const l = region(problem, work, P_W_FORMULA) + (FORMULA_L << 3);
  const correction = rowAt(first, ROW_CORRECTION, count);
  // Pascal's triangle, but for the rows that `predict` has formed.
  for (let k: i32 = 1; k <= q; k++) {
    for (let j = q; j >= k && j > 2; j--)
      addScaled(rowAt(first, j - 1, count), 1.0, rowAt(first, j, count), count);
  }
  copyF(first, state, count);
  copyF(rowAt(first, 1, count), rowAt(region(problem, work, P_W_DENSE), ROW_SLOPE, count), count);
  for (let j: i32 = 1; j <= q; j++) addScaled(rowAt(first, j, count), getF(l, j), correction, count);
}

/** Undoes `advanceRows`; `state` is the row 0 of before. */
export function takeRowsBack(problem: i32, work: i32, count: i32, state: i32): void {
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  const l = region(problem, work, P_W_FORMULA) + (FORMULA_L << 3);
  const correction = rowAt(first, ROW_CORRECTION, count);
  const second = rowAt(first, 1, count);
  for (let j: i32 = 2; j <= q; j++) addScaled(rowAt(first, j, count), -getF(l, j), correction, count);
  for (let k = q; k >= 1; k--) {
    for (let j = k > 3 ? k : 3; j <= q; j++)
      addScaled(rowAt(first, j - 1, count), -1.0, rowAt(first, j, count), count);
  }
  copyF(first, state, count);
  copyF(second, rowAt(region(problem, work, P_W_DENSE), ROW_SLOPE, count), count);
  for (let j: i32 = 2; j <= q; j++) addScaled(second, -f64(j), rowAt(first, j, count), count);
}

/** Rescales the rows to a step of size `h`. */
export function rescale(problem: i32, work: i32, count: i32, h: f64): void {
  const ratio = h / getF(work, R_M_SCALE);
  setF(work, R_M_SCALE, h);
  if (ratio == 1.0) return;
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  let power = ratio;
  for (let j: i32 = 1; j <= q; j++) {
    const z = rowAt(first, j, count);
    for (let i: i32 = 0; i < count; i++) setF(z, i, getF(z, i) * power);
    power *= ratio;
  }
}

/** x², of which changes of order make the polynomial that their past points leave. */
function beginPolynomial(l: i32): void {
  zeroF(l, MAX_ORDER + 1);
  setF(l, 2, 1.0);
}

/** Multiplies a polynomial, of degree `degree` afterwards, by x + `xi`. It has no terms below x². */
function multiplyByRoot(l: i32, degree: i32, xi: f64): void {
  for (let i = degree; i >= 2; i--) setF(l, i, getF(l, i) * xi + getF(l, i - 1));
}

/** One order more: the new row comes from the last correction, kept in ROW_CORRECTION. */
export function raiseOrder(problem: i32, work: i32, count: i32): void {
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  const l = region(problem, work, P_W_FORMULA) + (FORMULA_L << 3);
  const before = work + (R_M_HISTORY << 3);
  const scale = getF(work, R_M_SCALE);
  beginPolynomial(l);
  let alpha0: f64 = -1.0;
  let alpha1: f64 = 1.0;
  let product: f64 = 1.0;
  let last: f64 = 1.0;
  let sum = scale;
  for (let j: i32 = 1; j < q; j++) {
    sum += getF(before, j);
    const xi = sum / scale;
    product *= xi;
    alpha0 -= 1.0 / f64(j + 1);
    alpha1 += 1.0 / xi;
    multiplyByRoot(l, j + 2, last);
    last = xi;
  }
  const share = (-alpha0 - alpha1) / product;
  const correction = rowAt(first, ROW_CORRECTION, count);
  const added = rowAt(first, q + 1, count);
  for (let i: i32 = 0; i < count; i++) setF(added, i, share * getF(correction, i));
  for (let j: i32 = 2; j <= q; j++) addScaled(rowAt(first, j, count), getF(l, j), added, count);
  setI(work, R_M_ORDER, q + 1);
}

/** One order less: the last row goes, and what it says of the others with it. */
export function lowerOrder(problem: i32, work: i32, count: i32): void {
  const q = getI(work, R_M_ORDER);
  const first = region(problem, work, P_W_INCREMENTS);
  const l = region(problem, work, P_W_FORMULA) + (FORMULA_L << 3);
  const before = work + (R_M_HISTORY << 3);
  const scale = getF(work, R_M_SCALE);
  beginPolynomial(l);
  let sum: f64 = 0.0;
  for (let j: i32 = 1; j <= q - 2; j++) {
    sum += getF(before, j - 1);
    const xi = sum / scale;
    multiplyByRoot(l, j + 2, xi);
  }
  const gone = rowAt(first, q, count);
  for (let j: i32 = 2; j < q; j++) addScaled(rowAt(first, j, count), -getF(l, j), gone, count);
  setI(work, R_M_ORDER, q - 1);
}

/**
 * The state at fraction `theta` of the last accepted step, into `out` (which may be the state itself): the method's own
 * polynomial, which passes through both ends.
 */
export function nordsieckAt(problem: i32, work: i32, theta: f64, out: i32): void {
  const count = getI(problem, P_COUNT);
  const old = region(problem, work, P_W_OLD);
  for (let i: i32 = 0; i < count; i++) setF(out, i, polynomial(problem, work, theta, i, count, old));
}

/** One unknown at fraction `theta` of the last accepted step. At θ = 0 and 1 it is y₀ and y₁ to the bit. */
export function nordsieckOne(problem: i32, work: i32, theta: f64, i: i32): f64 {
  return polynomial(problem, work, theta, i, getI(problem, P_COUNT), region(problem, work, P_W_OLD));
}

function polynomial(problem: i32, work: i32, theta: f64, i: i32, count: i32, old: i32): f64 {
  if (theta == 0.0) return getF(old, i);
  const first = region(problem, work, P_W_INCREMENTS);
  const stride = count << 3;
  const s = theta - 1.0;
  let z = rowAt(first, getI(work, R_M_ORDER), count);
  let value = getF(z, i);
  for (z -= stride; z >= first; z -= stride) value = value * s + getF(z, i);
  return value;
}
