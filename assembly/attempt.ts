/**
 * What an attempted step of any method shares: the size to try, the counters, acceptance and rejection.
 */
import { differentiate } from './dispatch';
import { growthLimit } from './growth';
import {
  CAUSE_ERROR,
  CAUSE_NEGATIVE,
  CAUSE_NEWTON,
  CAUSE_NONE,
  FLAG_REJECTED,
  P_COUNT,
  P_W_OLD,
  P_W_STAGE,
  P_W_STATE,
  R_CAUSE,
  R_COUNT_JACOBIANS,
  R_COUNT_REJECTED_ERROR,
  R_COUNT_REJECTED_NEGATIVE,
  R_COUNT_REJECTED_NEWTON,
  R_COUNT_REJECTED_NON_FINITE,
  R_COUNT_STEPS,
  R_END,
  R_FIXED,
  R_FLAGS,
  R_GROWTH,
  R_SPECIES,
  R_STEP,
  R_TIME,
  R_TIME_OLD,
} from './layout';
import { copyF, getF, getI, setF, setI } from './memory';
import { restoreTotals } from './moieties';
import { region } from './problem';

/** A step below this many units in the last place of the time no longer moves the clock reliably. */
const MIN_STEP_ULPS: f64 = 1e-15;
/** … and near time zero none below this. */
const MIN_STEP: f64 = 1e-290;
/** The last step may be this much longer than planned; a fixed one only by what rounding of the times adds up to. */
const STRETCH: f64 = 1.01;
const FIXED_STRETCH: f64 = 1.000001;

export function bump(work: i32, counter: i32, by: i32): void {
  setI(work, counter, getI(work, counter) + by);
}

/** The Jacobian at STATE, and the growth that it shows of unknowns within `reach` tolerances. */
export function noteJacobian(problem: i32, work: i32, reach: f64): void {
  const state = region(problem, work, P_W_STATE);
  differentiate(problem, work, state);
  bump(work, R_COUNT_JACOBIANS, 1);
  setF(work, R_GROWTH, growthLimit(problem, work, getI(problem, P_COUNT), state, reach));
}

/**
 * Size of the attempt: R_STEP, at most `limit` where that is > 0, fitted to the end of the run. It equals what is left
 * to the end exactly when it is the last step. 0 when the planned size no longer moves the clock.
 */
export function stepToTry(work: i32, limit: f64): f64 {
  const time = getF(work, R_TIME);
  const fixed = getF(work, R_FIXED) > 0.0;
  let h = getF(work, R_STEP);
  const floor = MIN_STEP_ULPS * time;
  if (!(h > (floor > MIN_STEP ? floor : MIN_STEP))) return 0.0;
  if (!fixed && limit > 0.0 && h > limit) h = limit;
  const left = getF(work, R_END) - time;
  // Stretch a step that nearly reaches the end; halve one that would leave a sliver.
  if (h * (fixed ? FIXED_STRETCH : STRETCH) >= left) return left;
  return h * 2.0 > left && !fixed ? left * 0.5 : h;
}

/** Time after a step of size `h`, which ends the run to the bit when it is what was left. */
export function timeAfter(work: i32, h: f64): f64 {
  const time = getF(work, R_TIME);
  const end = getF(work, R_END);
  return h == end - time ? end : time + h;
}

/** Makes STAGE the state at `time`. */
export function accept(problem: i32, work: i32, count: i32, time: f64): void {
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

/** Undoes `accept`. @param known flags of what is still there of the old state */
export function takeBack(problem: i32, work: i32, count: i32, time: f64, known: i32): void {
  copyF(region(problem, work, P_W_STATE), region(problem, work, P_W_OLD), count);
  setF(work, R_TIME, time);
  setF(work, R_TIME_OLD, time);
  setI(work, R_FLAGS, known);
  bump(work, R_COUNT_STEPS, -1);
}

/** Notes why an attempt failed and the size to try next; false when there is none, because steps are fixed. */
export function reject(work: i32, cause: i32, species: i32, h: f64): bool {
  setI(work, R_CAUSE, cause);
  setI(work, R_SPECIES, species);
  setI(work, R_FLAGS, getI(work, R_FLAGS) | FLAG_REJECTED);
  if (cause == CAUSE_ERROR) bump(work, R_COUNT_REJECTED_ERROR, 1);
  else if (cause == CAUSE_NEGATIVE) bump(work, R_COUNT_REJECTED_NEGATIVE, 1);
  else if (cause == CAUSE_NEWTON) bump(work, R_COUNT_REJECTED_NEWTON, 1);
  else bump(work, R_COUNT_REJECTED_NON_FINITE, 1);
  if (getF(work, R_FIXED) > 0.0) return false;
  setF(work, R_STEP, h);
  return true;
}
