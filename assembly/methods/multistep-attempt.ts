/**
 * One attempted step of a variable-order, variable-step BDF with fixed leading coefficient, in Nordsieck form, as in
 * VODE and CVODE (Brown, Byrne & Hindmarsh 1989; Cohen & Hindmarsh 1996).
 */
import { accept, bump, reject, stepToTry, takeBack, timeAfter } from '../attempt';
import { CUT_NEGATIVE, CUT_NON_FINITE, worst } from '../controller';
import { evaluate } from '../dispatch';
import {
  CAUSE_ERROR,
  CAUSE_LINEAR,
  CAUSE_NEGATIVE,
  CAUSE_NEWTON,
  CAUSE_SINGULAR,
  FORMULA_ERROR,
  MAX_ORDER,
  P_COUNT,
  P_KRYLOV,
  P_W_ATOL,
  P_W_DENSE,
  P_W_DERIVATIVE,
  P_W_FORMULA,
  P_W_INCREMENTS,
  P_W_STAGE,
  P_W_STATE,
  ROW_CORRECTION,
  ROW_DELTA,
  ROW_WEIGHTS,
  R_CAUSE,
  R_COUNT_DERIVATIVES,
  R_ERROR,
  R_FIXED,
  R_M_CORRECTION,
  R_M_DIFFERENTIATED,
  R_M_FACTORED,
  R_M_FAILURES,
  R_M_HISTORY,
  R_M_MOST,
  R_M_ORDER,
  R_M_ORDER_NEXT,
  R_M_RATIO,
  R_M_SCALE,
  R_M_STEPS,
  R_M_UNSOLVED,
  R_M_WAIT,
  R_RTOL,
  R_SPECIES,
  R_STEP,
  R_STEP_DONE,
  R_TABLE,
  R_TIME,
  T_MAX_ORDER,
} from '../layout';
import { reciprocalWeights } from '../linalg/norms';
import { copyF, getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { negativeRow, negativeSlot } from '../rows';
import { setFormula } from './formula';
import { weighGrowth } from './hidden-growth';
import { chooseNext, growthAtSameOrder, saveCorrection } from './multistep-order';
import { CONVERGED, correct, NO_FACTORS, UNSOLVED } from './newton';
import { advanceRows, lowerOrder, predict, raiseOrder, rescale, rowAt, takeRowsBack } from './nordsieck';

// Growth of the step, shrinkage and what repeated failures lead to: cvode.c.
const FIRST_GROWTH: f64 = 1e4;
const MAX_GROWTH: f64 = 10.0;
const MIN_SHRINK: f64 = 0.1;
const SHRINK_AGAIN: f64 = 0.2;
/** From the second failed error test on a step shrinks to SHRINK_AGAIN at most. */
const AGAIN: i32 = 2;
/** From so many failures of one step on its history is not trusted. */
const DISTRUST: i32 = 3;
/** Steps of order 1 after the history has been thrown away. */
const LONG_WAIT: i32 = 10;
/**
 * A run whose linear systems GMRES cannot solve, steps cut in between, asks for LU: three attempts in a row, or more than
 * one for ten steps.
 */
const UNSOLVED_WEIGHT: i32 = 10;
const HOPELESS: i32 = 30;
/** Fixed steps start with one this much smaller, of order 1, and double: the start then is as good as what follows. */
const FIXED_START: f64 = 1.52587890625e-5; // 2⁻¹⁶

/** First attempt of a run: order 1 from the derivative that `start` has evaluated. */
function begin(problem: i32, work: i32, count: i32): void {
  const fixed = getF(work, R_FIXED);
  const h = fixed > 0.0 ? fixed * FIXED_START : getF(work, R_STEP);
  setF(work, R_STEP, h);
  setF(work, R_M_MOST, FIRST_GROWTH);
  setI(work, R_M_FACTORED, -1);
  setI(work, R_M_DIFFERENTIATED, -1);
  forget(problem, work, count, h, region(problem, work, P_W_DERIVATIVE));
  setI(work, R_M_WAIT, 2);
}

/** Throws the history away but for the present state and its derivative. */
function forget(problem: i32, work: i32, count: i32, h: f64, slope: i32): void {
  const first = region(problem, work, P_W_INCREMENTS);
  const second = rowAt(first, 1, count);
  copyF(first, region(problem, work, P_W_STATE), count);
  for (let i: i32 = 0; i < count; i++) setF(second, i, h * getF(slope, i));
  setF(work, R_M_SCALE, h);
  setF(work, R_M_RATIO, 0.0);
  setI(work, R_M_ORDER, 1);
  setI(work, R_M_ORDER_NEXT, 1);
}

/** Carries out the change of order that the last attempt decided on. */
function changeOrder(problem: i32, work: i32, count: i32): void {
  const q = getI(work, R_M_ORDER);
  const next = getI(work, R_M_ORDER_NEXT);
  if (next == q) return;
  if (next > q) raiseOrder(problem, work, count);
  else lowerOrder(problem, work, count);
  setI(work, R_M_WAIT, next + 1);
}

/** Rejects the attempt; after several of one step with less of its history. */
function turnDown(problem: i32, work: i32, count: i32, cause: i32, species: i32, h: f64): bool {
  const failures = getI(work, R_M_FAILURES) + 1;
  setI(work, R_M_FAILURES, failures);
  setF(work, R_M_MOST, 1.0);
  if (failures >= DISTRUST && getF(work, R_FIXED) == 0.0) {
    const q = getI(work, R_M_ORDER);
    if (q > 1) {
      setI(work, R_M_ORDER_NEXT, q - 1);
    } else {
      const slope = region(problem, work, P_W_DERIVATIVE);
      evaluate(problem, work, region(problem, work, P_W_STATE), slope);
      bump(work, R_COUNT_DERIVATIVES, 1);
      forget(problem, work, count, h, slope);
      setI(work, R_M_WAIT, LONG_WAIT);
    }
  }
  return reject(work, cause, species, h);
}

/** Notes an accepted step of size `h` in the history. */
function remember(problem: i32, work: i32, count: i32, h: f64): void {
  for (let i = MAX_ORDER - 1; i > 0; i--) setF(work, R_M_HISTORY + i, getF(work, R_M_HISTORY + i - 1));
  setF(work, R_M_HISTORY, h);
  const steps = getI(work, R_M_STEPS) + 1;
  setI(work, R_M_STEPS, steps);
  // The first step of all has none before it.
  if (steps == 1) setF(work, R_M_HISTORY + 1, h);
  const wait = getI(work, R_M_WAIT) - 1;
  setI(work, R_M_WAIT, wait);
  if (wait == 1 && getI(work, R_M_ORDER) < MAX_ORDER) saveCorrection(problem, work, count);
  setI(work, R_M_FAILURES, 0);
  const unsolved = getI(work, R_M_UNSOLVED);
  if (unsolved > 0) setI(work, R_M_UNSOLVED, unsolved - 1);
  setF(work, R_STEP_DONE, h);
}

/** Fixed steps: the order rises to the highest, then the step to its size. */
function nextFixed(work: i32, h: f64): f64 {
  if (getI(work, R_M_WAIT) > 0) return h;
  const q = getI(work, R_M_ORDER);
  setI(work, R_M_WAIT, q + 1);
  if (q < getI(getI(work, R_TABLE), T_MAX_ORDER)) {
    setI(work, R_M_ORDER_NEXT, q + 1);
    return h;
  }
  return h < getF(work, R_FIXED) ? h * 2.0 : h;
}

/** One attempted step; false when the run cannot go on, for the cause noted. */
export function multistepAttempt(problem: i32, work: i32): bool {
  const count = getI(problem, P_COUNT);
  const time = getF(work, R_TIME);
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  const rtol = getF(work, R_RTOL);
  const fixed = getF(work, R_FIXED) > 0.0;
  if (getF(work, R_M_SCALE) == 0.0) begin(problem, work, count);
  const h = stepToTry(work, 0.0);
  if (h == 0.0) return false;
  changeOrder(problem, work, count);
  rescale(problem, work, count, h);
  setFormula(problem, work, h);
  const weights = rowAt(region(problem, work, P_W_DENSE), ROW_WEIGHTS, count);
  reciprocalWeights(state, atol, rtol, count, weights);
  weighGrowth(problem, work, count, state, atol, weights);
  predict(problem, work, count);

  const outcome = correct(problem, work, count, h);
  const incomplete = getI(problem, P_KRYLOV) > 0;
  if (incomplete && (outcome == NO_FACTORS || outcome == UNSOLVED)) {
    const unsolved = getI(work, R_M_UNSOLVED) + UNSOLVED_WEIGHT;
    setI(work, R_M_UNSOLVED, unsolved);
    if (unsolved >= HOPELESS) {
      setI(work, R_CAUSE, CAUSE_LINEAR);
      return false;
    }
  } else if (outcome == NO_FACTORS) {
    return turnDown(problem, work, count, CAUSE_SINGULAR, getI(work, R_SPECIES), h * CUT_NEGATIVE);
  }
  if (outcome != CONVERGED) {
    const delta = rowAt(region(problem, work, P_W_DENSE), ROW_DELTA, count);
    const blamed = worst(delta, state, atol, rtol, count);
    return turnDown(problem, work, count, CAUSE_NEWTON, blamed, h * CUT_NON_FINITE);
  }
  const q = getI(work, R_M_ORDER);
  const error = getF(work, R_M_CORRECTION) * getF(region(problem, work, P_W_FORMULA), FORMULA_ERROR);
  setF(work, R_ERROR, error);
  if (!fixed && error > 1.0) {
    const correction = rowAt(region(problem, work, P_W_INCREMENTS), ROW_CORRECTION, count);
    const blamed = worst(correction, state, atol, rtol, count);
    let ratio = growthAtSameOrder(error, q);
    const failures = getI(work, R_M_FAILURES) + 1;
    if (ratio < MIN_SHRINK || failures >= DISTRUST) ratio = MIN_SHRINK;
    if (failures >= AGAIN && ratio > SHRINK_AGAIN) ratio = SHRINK_AGAIN;
    return turnDown(problem, work, count, CAUSE_ERROR, blamed, h * ratio);
  }
  const negative = negativeSlot(problem, work, stage);
  if (negative >= 0) return turnDown(problem, work, count, CAUSE_NEGATIVE, negative, h * CUT_NEGATIVE);
  accept(problem, work, count, timeAfter(work, h));
  advanceRows(problem, work, count, state);
  const below = negativeRow(problem, work, stage);
  if (below >= 0) {
    takeBack(problem, work, count, time, 0);
    takeRowsBack(problem, work, count, state);
    return turnDown(problem, work, count, CAUSE_NEGATIVE, below, h * CUT_NEGATIVE);
  }
  remember(problem, work, count, h);
  setF(work, R_STEP, fixed ? nextFixed(work, h) : chooseNext(problem, work, count, h, error));
  setF(work, R_M_MOST, MAX_GROWTH);
  return true;
}
