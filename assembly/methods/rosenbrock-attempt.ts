import { accept, bump, reject, stepToTry, takeBack, timeAfter } from '../attempt';
import { controllerRoot, CUT_NEGATIVE, CUT_NON_FINITE, flooredRoot, nextStep, worst } from '../controller';
import { differentiate, evaluate, factorise } from '../dispatch';
import { growthLimit } from '../growth';
import {
  CAUSE_ERROR,
  CAUSE_NEGATIVE,
  CAUSE_NON_FINITE,
  CAUSE_SINGULAR,
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_COUNT,
  P_W_ATOL,
  P_W_DERIVATIVE,
  P_W_STAGE,
  P_W_STATE,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_SOLVES,
  R_ERROR,
  R_FIXED,
  R_FLAGS,
  R_GROWTH,
  R_ROOT_OLD,
  R_RTOL,
  R_STEP,
  R_STEP_DONE,
  R_TABLE,
  R_TIME,
  T_GAMMA,
  T_ROOT,
  T_STAGES,
} from '../layout';
import { mostNegative, weightedNorm } from '../linalg/norms';
import { getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { negativeRow } from '../rows';
import { rosenbrockError, rosenbrockStep } from './rosenbrock';

/** One attempted step; false when the run cannot go on, for the cause noted. */
export function rosenbrockAttempt(problem: i32, work: i32): bool {
  const tableau = getI(work, R_TABLE);
  const state = region(problem, work, P_W_STATE);
  const flags = getI(work, R_FLAGS);
  if ((flags & FLAG_DERIVATIVE) == 0) {
    evaluate(problem, work, state, region(problem, work, P_W_DERIVATIVE));
    bump(work, R_COUNT_DERIVATIVES, 1);
  }
  if ((flags & FLAG_JACOBIAN) == 0) {
    differentiate(problem, work, state);
    bump(work, R_COUNT_JACOBIANS, 1);
    setF(work, R_GROWTH, growthLimit(problem, work, getI(problem, P_COUNT), state));
  }
  setI(work, R_FLAGS, (flags & FLAG_REJECTED) | FLAG_DERIVATIVE | FLAG_JACOBIAN);

  const h = stepToTry(work, getF(work, R_GROWTH));
  if (h == 0.0) return false;
  bump(work, R_COUNT_FACTORISATIONS, 1);
  const singular = factorise(problem, work, 1.0 / (h * getF(tableau, T_GAMMA)));
  if (singular >= 0) return reject(work, CAUSE_SINGULAR, singular, h * CUT_NEGATIVE);
  const stages = getI(tableau, T_STAGES);
  rosenbrockStep(problem, work, tableau, h);
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  bump(work, R_COUNT_SOLVES, stages);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  const errors = rosenbrockError(problem, work, tableau);
  const error = weightedNorm(errors, state, stage, atol, getF(work, R_RTOL), getI(problem, P_COUNT));
  return judge(problem, work, tableau, h, error, controllerRoot(error, getI(tableau, T_ROOT)), 0);
}

/**
 * Accepts or rejects the attempt of size `h` that has left its end in STAGE and its error estimate, whose norm is
 * `error`, in the last increment, and plans the next.
 * @param root the controller's root of the error
 * @param known the flags of what is known of an accepted step already
 * @returns false when the run cannot go on
 */
export function judge(
  problem: i32,
  work: i32,
  tableau: i32,
  h: f64,
  error: f64,
  root: f64,
  known: i32,
): bool {
  const count = getI(problem, P_COUNT);
  const time = getF(work, R_TIME);
  const fixed = getF(work, R_FIXED) > 0.0;
  const rejectedBefore = (getI(work, R_FLAGS) & FLAG_REJECTED) != 0;
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const atol = region(problem, work, P_W_ATOL);
  const errors = rosenbrockError(problem, work, tableau);
  const rtol = getF(work, R_RTOL);
  setF(work, R_ERROR, error);
  if (!(error - error == 0.0)) {
    const blamed = worst(errors, state, atol, rtol, count);
    return reject(work, CAUSE_NON_FINITE, blamed, h * CUT_NON_FINITE);
  }
  if (!fixed && error > 1.0) {
    const blamed = worst(errors, state, atol, rtol, count);
    return reject(work, CAUSE_ERROR, blamed, nextStep(h, root, false, 0.0, 0.0));
  }
  const negative = mostNegative(stage, atol, count);
  if (negative >= 0) return reject(work, CAUSE_NEGATIVE, negative, h * CUT_NEGATIVE);
  accept(problem, work, count, timeAfter(work, h));
  setI(work, R_FLAGS, known);
  const below = negativeRow(problem, work, count, stage, atol);
  if (below >= 0) {
    takeBack(problem, work, count, time);
    return reject(work, CAUSE_NEGATIVE, below, h * CUT_NEGATIVE);
  }
  if (!fixed) {
    let next = nextStep(h, root, true, getF(work, R_STEP_DONE), getF(work, R_ROOT_OLD));
    // No growth straight after a rejection.
    if (rejectedBefore && next > h) next = h;
    setF(work, R_STEP, next);
    setF(work, R_ROOT_OLD, flooredRoot(root, getI(tableau, T_ROOT)));
  }
  setF(work, R_STEP_DONE, h);
  return true;
}
