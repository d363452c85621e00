import { bump, noteJacobian, reject, stepToTry } from '../attempt';
import { CUT_NEGATIVE } from '../controller';
import { evaluate, factorise } from '../dispatch';
import { REACH_ROSENBROCK } from '../growth';
import {
  CAUSE_SINGULAR,
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_W_DERIVATIVE,
  P_W_STATE,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_SOLVES,
  R_FLAGS,
  R_GROWTH,
  R_TABLE,
  T_GAMMA,
  T_STAGES,
} from '../layout';
import { getF, getI, setI } from '../memory';
import { region } from '../problem';
import { ACCEPTED, settle, STUCK } from '../settle';
import { watchRosenbrock } from '../switching';
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
  if ((flags & FLAG_JACOBIAN) == 0) noteJacobian(problem, work, REACH_ROSENBROCK);
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
  const outcome = settle(problem, work, tableau, rosenbrockError(problem, work, tableau), h);
  if (outcome == ACCEPTED) watchRosenbrock(problem, work, h);
  return outcome != STUCK;
}
