import { bump } from '../attempt';
import { REACH_ROSENBROCK } from '../growth';
import {
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_INCREMENTS,
  P_W_STATE,
  RUNNING,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_SOLVES,
  R_FLAGS,
  R_OTHER,
  T_GAMMA,
  T_STAGES,
} from '../layout';
import { getF, getI, setI } from '../memory';
import { differentiate, evaluate, factorise } from './dispatch';
import { L_SHIFT, L_SINGULAR, L_STATUS, L_STEP, L_WORK } from './layout';
import { noteGrowth } from './norms';
import { rosenbrockSteps } from './rosenbrock';
import { settleBoth } from './settle';
import { chooseSizes } from './sizes';
import { watchRosenbrocks } from './switching';
import { getV, pairRegion, setV } from './vectors';

/** `rosenbrockAttempt` of both runs. */
export function attemptRosenbrocks(problem: i32, pair: i32, tableau: i32): void {
  refresh(problem, pair, getI(pair, L_WORK), getI(pair, L_WORK + 1));
  chooseSizes(pair);
  const one = f64x2.splat(1.0);
  const gamma = f64x2.splat(getF(tableau, T_GAMMA));
  setV(pair, L_SHIFT, f64x2.div(one, f64x2.mul(getV(pair, L_STEP), gamma)));
  factorise(problem, pair);
  rosenbrockSteps(problem, pair, tableau);
  const stages = getI(tableau, T_STAGES);
  countWork(pair, 0, stages);
  countWork(pair, 1, stages);
  const errors = getI(problem, P_W_INCREMENTS) + (stages - 1) * (getI(problem, P_COUNT) << 3);
  const accepted = settleBoth(problem, pair, errors, one);
  if (accepted != 0 && getI(getI(pair, L_WORK), R_OTHER) != 0) watchRosenbrocks(problem, pair, accepted);
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
    noteGrowth(problem, pair, REACH_ROSENBROCK);
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

function countWork(pair: i32, lane: i32, stages: i32): void {
  if (getI(pair, L_STATUS + lane) != RUNNING) return;
  const work = getI(pair, L_WORK + lane);
  bump(work, R_COUNT_FACTORISATIONS, 1);
  if (getI(pair, L_SINGULAR + lane) >= 0) return;
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  bump(work, R_COUNT_SOLVES, stages);
}
