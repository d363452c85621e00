/**
 * What becomes of an attempt of a one-step method: its error, the domain and the rows that it would save decide, and
 * the next size follows.
 */
import { accept, reject, takeBack, timeAfter } from './attempt';
import { controllerRoot, CUT_NEGATIVE, CUT_NON_FINITE, flooredRoot, nextStep, worst } from './controller';
import {
  CAUSE_ERROR,
  CAUSE_NEGATIVE,
  CAUSE_NON_FINITE,
  FLAG_REJECTED,
  P_COUNT,
  P_W_ATOL,
  P_W_STAGE,
  P_W_STATE,
  R_ERROR,
  R_FIXED,
  R_FLAGS,
  R_ROOT_OLD,
  R_RTOL,
  R_STEP,
  R_STEP_DONE,
  R_TANGENTS,
  R_TIME,
  T_ROOT,
} from './layout';
import { weightedNorm } from './linalg/norms';
import { getF, getI, setF, setI } from './memory';
import { region } from './problem';
import { negativeRow, negativeSlot } from './rows';
import { stepTangents } from './sensitivity/tangents';

/** Rejected, and there is no other size to try. */
export const STUCK: i32 = 0;
export const RETRY: i32 = 1;
export const ACCEPTED: i32 = 2;

function turnDown(work: i32, cause: i32, species: i32, h: f64): i32 {
  return reject(work, cause, species, h) ? RETRY : STUCK;
}

/**
 * Accepts or rejects the step of size `h` from STATE to STAGE. R_FLAGS must say what is known of STATE.
 * @param errors address of the error estimate
 */
export function settle(problem: i32, work: i32, tableau: i32, errors: i32, h: f64): i32 {
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  let error = weightedNorm(errors, state, stage, atol, getF(work, R_RTOL), getI(problem, P_COUNT));
  if (FULL_KERNEL && getI(work, R_TANGENTS) != 0 && (error <= 1.0 || getF(work, R_FIXED) > 0.0)) {
    const ofTangents = stepTangents(problem, work, tableau, h);
    if (!(ofTangents <= error)) error = ofTangents;
  }
  return judge(problem, work, tableau, errors, h, error, controllerRoot(error, getI(tableau, T_ROOT)), 0);
}

/**
 * As `settle`, the norm of the error estimate being known.
 * @param root the controller's root of it
 * @param known the flags of what is known of an accepted step already
 */
export function judge(
  problem: i32,
  work: i32,
  tableau: i32,
  errors: i32,
  h: f64,
  error: f64,
  root: f64,
  known: i32,
): i32 {
  const count = getI(problem, P_COUNT);
  const time = getF(work, R_TIME);
  const flags = getI(work, R_FLAGS);
  const fixed = getF(work, R_FIXED) > 0.0;
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  const rtol = getF(work, R_RTOL);
  setF(work, R_ERROR, error);
  if (!(error - error == 0.0)) {
    const blamed = worst(errors, state, atol, rtol, count);
    return turnDown(work, CAUSE_NON_FINITE, blamed, h * CUT_NON_FINITE);
  }
  if (!fixed && error > 1.0) {
    const blamed = worst(errors, state, atol, rtol, count);
    return turnDown(work, CAUSE_ERROR, blamed, nextStep(h, root, false, 0.0, 0.0));
  }
  const negative = negativeSlot(problem, work, stage);
  if (negative >= 0) return turnDown(work, CAUSE_NEGATIVE, negative, h * CUT_NEGATIVE);
  accept(problem, work, count, timeAfter(work, h));
  setI(work, R_FLAGS, known);
  const below = negativeRow(problem, work, stage);
  if (below >= 0) {
    takeBack(problem, work, count, time, flags & ~FLAG_REJECTED);
    return turnDown(work, CAUSE_NEGATIVE, below, h * CUT_NEGATIVE);
  }
  if (!fixed) {
    let next = nextStep(h, root, true, getF(work, R_STEP_DONE), getF(work, R_ROOT_OLD));
    // No growth straight after a rejection.
    if ((flags & FLAG_REJECTED) != 0 && next > h) next = h;
    setF(work, R_STEP, next);
    setF(work, R_ROOT_OLD, flooredRoot(root, getI(tableau, T_ROOT)));
  }
  setF(work, R_STEP_DONE, h);
  return ACCEPTED;
}
