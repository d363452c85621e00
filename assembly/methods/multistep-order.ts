/**
 * What a multistep method does next: the order, of three neighbours, that allows the longest step (`cvPrepareNextStep`,
 * `cvComputeEtaqm1`, `cvComputeEtaqp1` and `cvChooseEta` of SUNDIALS' cvode.c, with its constants).
 */
import {
  FORMULA_HIGHER,
  FORMULA_LOWER,
  FORMULA_RATIO,
  P_W_DENSE,
  P_W_FORMULA,
  P_W_INCREMENTS,
  ROW_CORRECTION,
  ROW_DELTA,
  ROW_SAVED,
  ROW_WEIGHTS,
  R_M_HISTORY,
  R_M_MOST,
  R_M_ORDER,
  R_M_ORDER_NEXT,
  R_M_RATIO,
  R_M_WAIT,
  R_TABLE,
  T_MAX_ORDER,
} from '../layout';
import { scaledNorm } from '../linalg/norms';
import { pow } from '../math';
import { copyF, getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { rowAt } from './nordsieck';

/** Errors are taken for this much larger than estimated: at the order below, this one and the one above. */
const BIAS_LOWER: f64 = 6.0;
const BIAS_SAME: f64 = 6.0;
const BIAS_HIGHER: f64 = 10.0;
/** Keeps the ratio finite when the error vanishes. */
const LEAST_ROOT: f64 = 1e-6;
/** A step grows by this factor at least or stays: every change costs history. */
const WORTH_GROWING: f64 = 1.5;

/** Ratio of the next step to this one for an error of order `degree` − 1. */
export function growthRatio(error: f64, bias: f64, degree: i32): f64 {
  return 1.0 / (pow(bias * error, 1.0 / f64(degree)) + LEAST_ROOT);
}

export function growthAtSameOrder(error: f64, q: i32): f64 {
  return growthRatio(error, BIAS_SAME, q + 1);
}

function growthBelow(problem: i32, work: i32, count: i32, q: i32): f64 {
  if (q == 1) return 0.0;
  const last = rowAt(region(problem, work, P_W_INCREMENTS), q, count);
  const weights = rowAt(region(problem, work, P_W_DENSE), ROW_WEIGHTS, count);
  const share = getF(region(problem, work, P_W_FORMULA), FORMULA_LOWER);
  return growthRatio(scaledNorm(last, weights, count) * share, BIAS_LOWER, q);
}

function growthAbove(problem: i32, work: i32, count: i32, q: i32, h: f64): f64 {
  const saved = getF(work, R_M_RATIO);
  if (q == getI(getI(work, R_TABLE), T_MAX_ORDER) || saved == 0.0) return 0.0;
  const formula = region(problem, work, P_W_FORMULA);
  const rows = region(problem, work, P_W_INCREMENTS);
  const dense = region(problem, work, P_W_DENSE);
  const present = rowAt(rows, ROW_CORRECTION, count);
  const before = rowAt(rows, ROW_SAVED, count);
  const change = rowAt(dense, ROW_DELTA, count);
  const steps = h / getF(work, R_M_HISTORY + 1);
  let power = steps;
  for (let i: i32 = 0; i < q; i++) power *= steps;
  const ratio = (getF(formula, FORMULA_RATIO) / saved) * power;
  for (let i: i32 = 0; i < count; i++) setF(change, i, getF(present, i) - ratio * getF(before, i));
  const error = scaledNorm(change, rowAt(dense, ROW_WEIGHTS, count), count);
  return growthRatio(error * getF(formula, FORMULA_HIGHER), BIAS_HIGHER, q + 2);
}

/** Keeps the correction of the step before the one after which another order is thought of. */
export function saveCorrection(problem: i32, work: i32, count: i32): void {
  const rows = region(problem, work, P_W_INCREMENTS);
  copyF(rowAt(rows, ROW_SAVED, count), rowAt(rows, ROW_CORRECTION, count), count);
  setF(work, R_M_RATIO, getF(region(problem, work, P_W_FORMULA), FORMULA_RATIO));
}

/** After an accepted step of size `h` and error `error`: chooses the next order and returns the next size. */
export function chooseNext(problem: i32, work: i32, count: i32, h: f64, error: f64): f64 {
  const q = getI(work, R_M_ORDER);
  const most = getF(work, R_M_MOST);
  if (most == 1.0) {
    // After a rejection the next step is as long as this one.
    if (getI(work, R_M_WAIT) < 2) setI(work, R_M_WAIT, 2);
    return h;
  }
  let ratio = growthAtSameOrder(error, q);
  let order = q;
  if (getI(work, R_M_WAIT) == 0) {
    setI(work, R_M_WAIT, 2);
    const below = growthBelow(problem, work, count, q);
    const above = growthAbove(problem, work, count, q, h);
    if (below > ratio && below >= above) {
      ratio = below;
      order = q - 1;
    } else if (above > ratio) {
      ratio = above;
      order = q + 1;
    }
  }
  if (ratio < WORTH_GROWING) return h;
  setI(work, R_M_ORDER_NEXT, order);
  return h * (ratio < most ? ratio : most);
}
