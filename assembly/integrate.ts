/**
 * The loop: attempts, their acceptance, the save grid, counters and the reasons for giving up. It works in slices so
 * that the host can look at the clock, report progress or cancel between them.
 */
import { bump } from './attempt';
import { firstStep, trialStep } from './controller';
import { evaluate } from './dispatch';
import { findEvent } from './events';
import { interpolate } from './interpolant';
import { fold } from './kinetics';
import {
  CAUSE_NONE,
  DONE,
  EVENT,
  FAMILY_EXPLICIT,
  FAMILY_MULTISTEP,
  FLAG_DERIVATIVE,
  P_COUNT,
  P_DYNAMIC_OFFSET,
  P_ELIMINATED,
  P_ELIMINATED_OFFSET,
  P_FULL,
  P_W_ATOL,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_OLD,
  P_W_STAGE,
  P_W_STATE,
  ROWS_FULL,
  RUNNING,
  R_CAUSE,
  R_COUNT_DERIVATIVES,
  R_COUNT_STEPS,
  R_END,
  R_EVENT,
  R_EVENT_COUNT,
  R_EVENT_THETA,
  R_EVENT_TIME,
  R_FIRST,
  R_FIXED,
  R_FLAGS,
  R_FULL_STATE,
  R_PROBLEM,
  R_ROOT_OLD,
  R_ROWS_USED,
  R_RTOL,
  R_SAVE_NEXT,
  R_SCALE,
  R_STEP,
  R_STEP_DONE,
  R_TABLE,
  R_TANGENTS,
  R_TIME,
  R_TIME_OLD,
  STEP_TOO_SMALL,
  TAPE_FULL,
  T_FAMILY,
  T_ROOT,
} from './layout';
import { weightedNorm } from './linalg/norms';
import { copyF, getF, getI, setF, setI } from './memory';
import { explicitAttempt } from './methods/explicit-attempt';
import { multistepAttempt } from './methods/multistep-attempt';
import { rosenbrockAttempt } from './methods/rosenbrock-attempt';
import { completeState, noteTotals } from './moieties';
import { region, table } from './problem';
import { emitRows, needDense } from './rows';
import { S_STATE } from './sensitivity/layout';
import { interpolateTangents } from './sensitivity/rows';
import { part } from './sensitivity/stages';
import { acceptTangents } from './sensitivity/tangents';
import { recordStep, tapeIsFull } from './sensitivity/tape';
import { startWatch, switchWhenDue } from './switching';

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
  const eliminated = getI(problem, P_ELIMINATED);
  const which = table(problem, P_ELIMINATED_OFFSET);
  for (let m: i32 = 0; m < eliminated; m++) setF(state, count + 1 + m, getF(full, getI(which, m)));
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
  setF(work, R_SCALE, 1.0);
  const f0 = region(problem, work, P_W_DERIVATIVE);
  evaluate(problem, work, state, f0);
  bump(work, R_COUNT_DERIVATIVES, 1);
  chooseFirst(problem, work, count, state, stage, f0);
  startWatch(problem, work);
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
  evaluate(problem, work, stage, f1);
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
  const theta = getF(work, R_EVENT_THETA);
  interpolate(problem, work, theta, state);
  if (FULL_KERNEL) {
    const tangents = getI(work, R_TANGENTS);
    if (tangents != 0) interpolateTangents(problem, tangents, theta, part(tangents, S_STATE));
  }
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
    if (FULL_KERNEL && tapeIsFull(work)) return TAPE_FULL;
    if (left <= 0) return RUNNING;
    left -= 1;
    const steps = getI(work, R_COUNT_STEPS);
    if (!attempt(problem, work)) return STEP_TOO_SMALL;
    if (getI(work, R_COUNT_STEPS) == steps) continue;
    if (FULL_KERNEL) {
      recordStep(problem, work);
      if (getI(work, R_TANGENTS) != 0) acceptTangents(problem, work);
    }
    if (getI(work, R_EVENT_COUNT) > 0) {
      needDense(problem, work);
      findEvent(problem, work);
    }
  }
  return ROWS_FULL;
}

/** One attempted step of the table's family of methods; false when the run cannot go on, for the cause noted. */
function attempt(problem: i32, work: i32): bool {
  switchWhenDue(work);
  const family = getI(getI(work, R_TABLE), T_FAMILY);
  if (family == FAMILY_EXPLICIT) return explicitAttempt(problem, work);
  if (family == FAMILY_MULTISTEP) return multistepAttempt(problem, work);
  return rosenbrockAttempt(problem, work);
}

/** Writes the unknowns, and what was eliminated, back to the full state vector. */
export function commit(work: i32): void {
  const problem = getI(work, R_PROBLEM);
  const full = getI(work, R_FULL_STATE);
  const count = getI(problem, P_COUNT);
  const dynamic = table(problem, P_DYNAMIC_OFFSET);
  const state = region(problem, work, P_W_STATE);
  for (let i: i32 = 0; i < count; i++) setF(full, getI(dynamic, i), getF(state, i));
  const eliminated = getI(problem, P_ELIMINATED);
  const which = table(problem, P_ELIMINATED_OFFSET);
  completeState(problem, work, state);
  for (let m: i32 = 0; m < eliminated; m++) setF(full, getI(which, m), getF(state, count + 1 + m));
}
