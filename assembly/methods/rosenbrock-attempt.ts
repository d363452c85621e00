import { bump, reject, stepToTry } from '../attempt';
import { CUT_NEGATIVE } from '../controller';
import { differentiate, evaluate, factorise } from '../dispatch';
import { growthLimit } from '../growth';
import {
  CAUSE_SINGULAR,
  FLAG_DERIVATIVE,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_STATE,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_SOLVES,
  R_FLAGS,
  R_GROWTH,
  R_TABLE,
  T_GAMMA,
  T_STAGES,
} from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { settle, STUCK } from '../settle';
import { rosenbrockError, rosenbrockStep } from './rosenbrock';

/** One attempted step; false when the run cannot go on, for the cause noted. */
export function rosenbrockAttempt(problem: i32, work: i32): bool {
  const count = getI(problem, P_COUNT);
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
    setF(work, R_GROWTH, growthLimit(problem, work, count, state));
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
  return settle(problem, work, tableau, rosenbrockError(problem, work, tableau), h) != STUCK;
}
