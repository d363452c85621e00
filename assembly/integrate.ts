/**
 * The loop: attempts, their acceptance, the save grid, counters and the reasons for giving up. It works in slices so
 * that the host can look at the clock, report progress or cancel between them.
 */
import {
  controllerRoot,
  CUT_NEGATIVE,
  CUT_NON_FINITE,
  firstStep,
  flooredRoot,
  nextStep,
  trialStep,
  worst,
} from './controller';
import { findEvent } from './events';
import { interpolate } from './interpolant';
import { derivative, fold, jacobian } from './kinetics';
import {
  CAUSE_ERROR,
  CAUSE_NEGATIVE,
  CAUSE_NONE,
  CAUSE_NON_FINITE,
  CAUSE_SINGULAR,
  DONE,
  EVENT,
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_COUNT,
  P_DYNAMIC_OFFSET,
  P_FULL,
  P_LU_DIAGONAL_OFFSET,
  P_W_ATOL,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_JACOBIAN,
  P_W_OLD,
  P_W_STAGE,
  P_W_STATE,
  ROWS_FULL,
  RUNNING,
  R_CAUSE,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_REJECTED_ERROR,
  R_COUNT_REJECTED_NEGATIVE,
  R_COUNT_REJECTED_NON_FINITE,
  R_COUNT_SOLVES,
  R_COUNT_STEPS,
  R_END,
  R_ERROR,
  R_EVENT,
  R_EVENT_COUNT,
  R_EVENT_THETA,
  R_EVENT_TIME,
  R_FIRST,
  R_FIXED,
  R_FLAGS,
  R_FULL_STATE,
  R_GROWTH,
  R_PROBLEM,
  R_ROOT_OLD,
  R_ROWS_USED,
  R_RTOL,
  R_SAVE_NEXT,
  R_SPECIES,
  R_STEP,
  R_STEP_DONE,
  R_TABLE,
  R_TIME,
  R_TIME_OLD,
  STEP_TOO_SMALL,
  T_GAMMA,
  T_ROOT,
  T_STAGES,
} from './layout';
import { factor } from './linalg/lu';
import { mostNegative, weightedNorm } from './linalg/norms';
import { copyF, getF, getI, setF, setI } from './memory';
import { rosenbrockError, rosenbrockStep } from './methods/rosenbrock';
import { noteTotals, restoreTotals } from './moieties';
import { region, table } from './problem';
import { emitRows, needDense, negativeRow } from './rows';

/** A step below this many units in the last place of the time no longer moves the clock reliably. */
const MIN_STEP_ULPS: f64 = 1e-15;
/** … and near time zero none below this. */
const MIN_STEP: f64 = 1e-290;
/** The last step may be this much longer than planned; a fixed one only by what rounding of the times adds up to. */
const STRETCH: f64 = 1.01;
const FIXED_STRETCH: f64 = 1.000001;
/** Growth beneath the tolerance is followed in steps of e to this power: good to about 1e-5 a step. */
const GROWTH_EXPONENT: f64 = 0.5;

function bump(work: i32, counter: i32, by: i32): void {
  setI(work, counter, getI(work, counter) + by);
}

/**
 * Begins a run: the host has filled the run's record (problem, full state, table, times, rtol, save grid) and the
 * tolerances. Folds the held species, gathers the unknowns and chooses the first step.
 */
export function start(work: i32): void {
  const problem = getI(work, R_PROBLEM);
  const full = getI(work, R_FULL_STATE);
  const count = getI(problem, P_COUNT);
  const dynamic = table(problem, P_DYNAMIC_OFFSET);
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const old = region(problem, work, P_W_OLD);
  setF(full, getI(problem, P_FULL), 1.0);
  fold(problem, work, full);
  for (let i: i32 = 0; i < count; i++) setF(state, i, getF(full, getI(dynamic, i)));
  copyF(old, state, count);
  noteTotals(problem, work, state);
  setF(state, count, 1.0);
  setF(stage, count, 1.0);
  setF(old, count, 1.0);
  setI(work, R_FLAGS, FLAG_DERIVATIVE);
  setI(work, R_CAUSE, CAUSE_NONE);
  setI(work, R_ROWS_USED, 0);
  setI(work, R_SAVE_NEXT, 0);
  setI(work, R_EVENT, -1);
  setF(work, R_TIME_OLD, getF(work, R_TIME));
  setF(work, R_STEP_DONE, 0.0);
  setF(work, R_ROOT_OLD, 0.0);
  const f0 = region(problem, work, P_W_DERIVATIVE);
  derivative(problem, work, state, f0);
  bump(work, R_COUNT_DERIVATIVES, 1);
  chooseFirst(problem, work, count, state, stage, f0);
}

function chooseFirst(problem: i32, work: i32, count: i32, state: i32, stage: i32, f0: i32): void {
  const span = getF(work, R_END) - getF(work, R_TIME);
  if (getF(work, R_FIXED) > 0.0) {
    setF(work, R_STEP, getF(work, R_FIXED));
    return;
  }
  if (getF(work, R_FIRST) > 0.0) {
    setF(work, R_STEP, getF(work, R_FIRST));
    return;
  }
  const atol = region(problem, work, P_W_ATOL);
  const rtol = getF(work, R_RTOL);
  let h0 = trialStep(state, f0, atol, rtol, count);
  if (h0 == 0.0 || !(h0 < span)) h0 = span;
  const f1 = region(problem, work, P_W_DERIVATIVE_STAGE);
  for (let i: i32 = 0; i < count; i++) setF(stage, i, getF(state, i) + h0 * getF(f0, i));
  derivative(problem, work, stage, f1);
  bump(work, R_COUNT_DERIVATIVES, 1);
  for (let i: i32 = 0; i < count; i++) setF(stage, i, getF(f1, i) - getF(f0, i));
  const change = weightedNorm(stage, state, state, atol, rtol, count);
  const slope = weightedNorm(f0, state, state, atol, rtol, count);
  const h = firstStep(h0, change, slope, getI(getI(work, R_TABLE), T_ROOT));
  setF(work, R_STEP, h < span ? h : span);
}

/** Moves the run back to the event that is due. */
function standAtEvent(problem: i32, work: i32): void {
  const state = region(problem, work, P_W_STATE);
  interpolate(problem, work, getF(work, R_EVENT_THETA), state);
  setF(work, R_TIME, getF(work, R_EVENT_TIME));
  setI(work, R_FLAGS, 0);
}

/**
 * Goes on for at most `attempts` attempted steps.
 * @returns RUNNING when they are used up, ROWS_FULL when the host must empty the rows, DONE, EVENT or STEP_TOO_SMALL
 */
export function advance(work: i32, attempts: i32): i32 {
  const problem = getI(work, R_PROBLEM);
  let left = attempts;
  while (emitRows(problem, work)) {
    if (getI(work, R_EVENT) >= 0) {
      standAtEvent(problem, work);
      return EVENT;
    }
    if (getF(work, R_TIME) >= getF(work, R_END)) return DONE;
    if (left <= 0) return RUNNING;
    left -= 1;
    const steps = getI(work, R_COUNT_STEPS);
    if (!attempt(problem, work)) return STEP_TOO_SMALL;
    if (getI(work, R_EVENT_COUNT) > 0 && getI(work, R_COUNT_STEPS) > steps) {
      needDense(problem, work);
      findEvent(problem, work);
    }
  }
  return ROWS_FULL;
}

/** One attempted step; false when the run cannot go on, for the cause noted. */
function attempt(problem: i32, work: i32): bool {
  const count = getI(problem, P_COUNT);
  const time = getF(work, R_TIME);
  const end = getF(work, R_END);
  const tableau = getI(work, R_TABLE);
  const state = region(problem, work, P_W_STATE);
  const fixed = getF(work, R_FIXED) > 0.0;
  const flags = getI(work, R_FLAGS);
  if ((flags & FLAG_DERIVATIVE) == 0) {
    derivative(problem, work, state, region(problem, work, P_W_DERIVATIVE));
    bump(work, R_COUNT_DERIVATIVES, 1);
  }
  if ((flags & FLAG_JACOBIAN) == 0) {
    jacobian(problem, work, state);
    bump(work, R_COUNT_JACOBIANS, 1);
    setF(work, R_GROWTH, growthLimit(problem, work, count, state));
  }
  setI(work, R_FLAGS, (flags & FLAG_REJECTED) | FLAG_DERIVATIVE | FLAG_JACOBIAN);

  let h = getF(work, R_STEP);
  const floor = MIN_STEP_ULPS * time;
  if (!(h > (floor > MIN_STEP ? floor : MIN_STEP))) return false;
  const limit = getF(work, R_GROWTH);
  if (!fixed && limit > 0.0 && h > limit) h = limit;
  const left = end - time;
  let last = false;
  // Stretch a step that nearly reaches the end; halve one that would leave a sliver.
  if (h * (fixed ? FIXED_STRETCH : STRETCH) >= left) {
    h = left;
    last = true;
  } else if (h * 2.0 > left && !fixed) {
    h = left * 0.5;
  }
  bump(work, R_COUNT_FACTORISATIONS, 1);
  const singular = factor(problem, work, 1.0 / (h * getF(tableau, T_GAMMA)));
  if (singular >= 0) return reject(work, CAUSE_SINGULAR, singular, h * CUT_NEGATIVE);
  const stages = getI(tableau, T_STAGES);
  rosenbrockStep(problem, work, tableau, h);
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  bump(work, R_COUNT_SOLVES, stages);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  const errors = rosenbrockError(problem, work, tableau);
  const rtol = getF(work, R_RTOL);
  const error = weightedNorm(errors, state, stage, atol, rtol, count);
  setF(work, R_ERROR, error);
  if (!(error - error == 0.0)) {
    const blamed = worst(errors, state, atol, rtol, count);
    return reject(work, CAUSE_NON_FINITE, blamed, h * CUT_NON_FINITE);
  }
  const degree = getI(tableau, T_ROOT);
  const root = controllerRoot(error, degree);
  if (!fixed && error > 1.0) {
    const blamed = worst(errors, state, atol, rtol, count);
    return reject(work, CAUSE_ERROR, blamed, nextStep(h, root, false, 0.0, 0.0));
  }
  const negative = mostNegative(stage, atol, count);
  if (negative >= 0) return reject(work, CAUSE_NEGATIVE, negative, h * CUT_NEGATIVE);
  accept(problem, work, count, last ? end : time + h);
  const below = negativeRow(problem, work, count, stage, atol);
  if (below >= 0) {
    takeBack(problem, work, count, time);
    return reject(work, CAUSE_NEGATIVE, below, h * CUT_NEGATIVE);
  }
  if (!fixed) {
    let next = nextStep(h, root, true, getF(work, R_STEP_DONE), getF(work, R_ROOT_OLD));
    // No growth straight after a rejection.
    if ((flags & FLAG_REJECTED) != 0 && next > h) next = h;
    setF(work, R_STEP, next);
    setF(work, R_ROOT_OLD, flooredRoot(root, degree));
  }
  setF(work, R_STEP_DONE, h);
  return true;
}

/**
 * Largest step that follows the growth of unknowns that are present, but beneath their tolerance: the error estimate
 * does not see them, and an L-stable method would damp what should grow. 0 when there are none.
 */
function growthLimit(problem: i32, work: i32, count: i32, state: i32): f64 {
  const atol = region(problem, work, P_W_ATOL);
  const jac = region(problem, work, P_W_JACOBIAN);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  let fastest: f64 = 0.0;
  for (let i: i32 = 0; i < count; i++) {
    const y = getF(state, i);
    if (y > 0.0 && y < getF(atol, i)) {
      const rate = getF(jac, getI(diagonals, i));
      if (rate > fastest) fastest = rate;
    }
  }
  return fastest > 0.0 ? GROWTH_EXPONENT / fastest : 0.0;
}

/** Undoes `accept`: derivative and Jacobian of the old state are still there. */
function takeBack(problem: i32, work: i32, count: i32, time: f64): void {
  copyF(region(problem, work, P_W_STATE), region(problem, work, P_W_OLD), count);
  setF(work, R_TIME, time);
  setF(work, R_TIME_OLD, time);
  setI(work, R_FLAGS, FLAG_DERIVATIVE | FLAG_JACOBIAN);
  bump(work, R_COUNT_STEPS, -1);
}

function accept(problem: i32, work: i32, count: i32, time: f64): void {
  const state = region(problem, work, P_W_STATE);
  copyF(region(problem, work, P_W_OLD), state, count);
  copyF(state, region(problem, work, P_W_STAGE), count);
  restoreTotals(problem, work, state);
  setF(work, R_TIME_OLD, getF(work, R_TIME));
  setF(work, R_TIME, time);
  setI(work, R_FLAGS, 0);
  setI(work, R_CAUSE, CAUSE_NONE);
  bump(work, R_COUNT_STEPS, 1);
}

/** Notes why an attempt failed and the size to try next; false when there is none, because steps are fixed. */
function reject(work: i32, cause: i32, species: i32, h: f64): bool {
  setI(work, R_CAUSE, cause);
  setI(work, R_SPECIES, species);
  setI(work, R_FLAGS, getI(work, R_FLAGS) | FLAG_REJECTED);
  if (cause == CAUSE_ERROR) bump(work, R_COUNT_REJECTED_ERROR, 1);
  else if (cause == CAUSE_NEGATIVE) bump(work, R_COUNT_REJECTED_NEGATIVE, 1);
  else bump(work, R_COUNT_REJECTED_NON_FINITE, 1);
  if (getF(work, R_FIXED) > 0.0) return false;
  setF(work, R_STEP, h);
  return true;
}

/** Writes the unknowns back to the full state vector. */
export function commit(work: i32): void {
  const problem = getI(work, R_PROBLEM);
  const full = getI(work, R_FULL_STATE);
  const count = getI(problem, P_COUNT);
  const dynamic = table(problem, P_DYNAMIC_OFFSET);
  const state = region(problem, work, P_W_STATE);
  for (let i: i32 = 0; i < count; i++) setF(full, getI(dynamic, i), getF(state, i));
}
