/** One attempted step of two runs, each with its own size, its own error and its own fate. */
import { bump, reject, stepToTry } from '../attempt';
import { CUT_NEGATIVE } from '../controller';
import {
  CAUSE_SINGULAR,
  FLAG_DENSE,
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  MAX_DENSE,
  P_COUNT,
  P_W_ATOL,
  P_W_DENSE,
  P_W_DERIVATIVE,
  P_W_STAGE,
  P_W_STATE,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_SOLVES,
  R_FLAGS,
  R_GROWTH,
  R_RTOL,
  R_TABLE,
  STEP_TOO_SMALL,
  T_GAMMA,
  T_ROOT,
  T_STAGES,
} from '../layout';
import { getF, getI, setI } from '../memory';
import { rosenbrockError } from '../methods/rosenbrock';
import { region } from '../problem';
import { rowWithin } from '../rows';
import { judge, STUCK } from '../settle';
import { controllerRoots } from './controller';
import { differentiate, evaluate, factorise } from './dispatch';
import { L_ERROR, L_ROOT, L_SHIFT, L_SINGULAR, L_STATUS, L_STEP, L_WORK } from './layout';
import { noteGrowth, weightedNorms } from './norms';
import { prepareDenses, rosenbrockErrors, rosenbrockSteps } from './rosenbrock';
import { loadBoth, pairRegion, setV, unload, unloadBoth } from './vectors';

/** What a run that cannot go on is given for a size: its numbers mean nothing any more. */
const ANY_SIZE: f64 = 1.0;

/** One attempted step of both; a run that cannot go on, for the cause noted, gets the status STEP_TOO_SMALL. */
export function attemptBoth(problem: i32, pair: i32): void {
  const first = getI(pair, L_WORK);
  const second = getI(pair, L_WORK + 1);
  refresh(problem, pair, first, second);
  const h = stepToTry(first, getF(first, R_GROWTH));
  const k = stepToTry(second, getF(second, R_GROWTH));
  if (h == 0.0) setI(pair, L_STATUS, STEP_TOO_SMALL);
  else bump(first, R_COUNT_FACTORISATIONS, 1);
  if (k == 0.0) setI(pair, L_STATUS + 1, STEP_TOO_SMALL);
  else bump(second, R_COUNT_FACTORISATIONS, 1);
  const tableau = getI(first, R_TABLE);
  const sizes = f64x2(h == 0.0 ? ANY_SIZE : h, k == 0.0 ? ANY_SIZE : k);
  setV(pair, L_STEP, sizes);
  setV(pair, L_SHIFT, f64x2.div(f64x2.splat(1.0), f64x2.mul(sizes, f64x2.splat(getF(tableau, T_GAMMA)))));
  factorise(problem, pair);
  rosenbrockSteps(problem, pair, tableau);
  const state = pairRegion(problem, pair, P_W_STATE);
  const stage = pairRegion(problem, pair, P_W_STAGE);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const rtol = f64x2(getF(first, R_RTOL), getF(second, R_RTOL));
  const errors = rosenbrockErrors(problem, pair, tableau);
  const norms = weightedNorms(errors, state, stage, atol, rtol, getI(problem, P_COUNT));
  setV(pair, L_ERROR, norms);
  setV(pair, L_ROOT, controllerRoots(norms, getI(tableau, T_ROOT)));
  const dense = (h != 0.0 && rowWithin(first, h)) || (k != 0.0 && rowWithin(second, k));
  if (dense) prepareDenses(problem, pair, tableau);
  const count = getI(problem, P_COUNT);
  // Of a run that has failed it means nothing, there as here.
  unloadBoth(stage, region(problem, first, P_W_STAGE), region(problem, second, P_W_STAGE), count);
  if (h != 0.0) finish(problem, pair, 0, h);
  if (k != 0.0) finish(problem, pair, 1, k);
  // A run that stays where it was has the same state again.
  if ((getI(first, R_FLAGS) & getI(second, R_FLAGS) & FLAG_DERIVATIVE) == 0) {
    loadBoth(state, region(problem, first, P_W_STATE), region(problem, second, P_W_STATE), count);
  }
}

/** Makes derivative and Jacobian known where they are not. What one run lacks is formed for both: it is the same again. */
function refresh(problem: i32, pair: i32, first: i32, second: i32): void {
  const state = pairRegion(problem, pair, P_W_STATE);
  const known = getI(first, R_FLAGS) & getI(second, R_FLAGS);
  if ((known & FLAG_DERIVATIVE) == 0) {
    evaluate(problem, pair, state, pairRegion(problem, pair, P_W_DERIVATIVE));
  }
  if ((known & FLAG_JACOBIAN) == 0) {
    differentiate(problem, pair, state);
    noteGrowth(problem, pair);
  }
  noteKnown(first);
  noteKnown(second);
}

function noteKnown(work: i32): void {
  const flags = getI(work, R_FLAGS);
  if ((flags & FLAG_DERIVATIVE) == 0) bump(work, R_COUNT_DERIVATIVES, 1);
  if ((flags & FLAG_JACOBIAN) == 0) bump(work, R_COUNT_JACOBIANS, 1);
  setI(work, R_FLAGS, (flags & FLAG_REJECTED) | FLAG_DERIVATIVE | FLAG_JACOBIAN);
}

/** Ends the attempt of one run as it would end by itself, in the run's own workspace. */
function finish(problem: i32, pair: i32, lane: i32, h: f64): void {
  const work = getI(pair, L_WORK + lane);
  const singular = getI(pair, L_SINGULAR + lane);
  if (singular >= 0) {
    if (!reject(work, CAUSE_SINGULAR, singular, h * CUT_NEGATIVE))
      setI(pair, L_STATUS + lane, STEP_TOO_SMALL);
    return;
  }
  const count = getI(problem, P_COUNT);
  const tableau = getI(work, R_TABLE);
  const stages = getI(tableau, T_STAGES);
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  bump(work, R_COUNT_SOLVES, stages);
  const error = getF(pair, (L_ERROR << 1) + lane);
  const errors = rosenbrockError(problem, work, tableau);
  if (!(error <= 1.0)) unload(rosenbrockErrors(problem, pair, tableau), lane, errors, count);
  let known: i32 = 0;
  if (rowWithin(work, h)) {
    unload(pairRegion(problem, pair, P_W_DENSE), lane, region(problem, work, P_W_DENSE), MAX_DENSE * count);
    known = FLAG_DENSE;
  }
  const root = getF(pair, (L_ROOT << 1) + lane);
  if (judge(problem, work, tableau, errors, h, error, root, known) == STUCK) {
    setI(pair, L_STATUS + lane, STEP_TOO_SMALL);
  }
}
