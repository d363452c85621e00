import { bump, noteJacobian, stepToTry } from '../attempt';
import { evaluate } from '../dispatch';
import { hasHidden, REACH_EXPLICIT } from '../growth';
import {
  FLAG_DERIVATIVE,
  FLAG_GROWTH,
  FLAG_REJECTED,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_STATE,
  R_COUNT_DERIVATIVES,
  R_FLAGS,
  R_GROWTH,
  R_SCALE,
  R_TABLE,
  T_STAGES,
} from '../layout';
import { copyF, getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { ACCEPTED, settle, STUCK } from '../settle';
import { watchExplicit } from '../switching';
import { explicitStep } from './explicit';

/** One attempted step; false when the run cannot go on, for the cause noted. */
export function explicitAttempt(problem: i32, work: i32): bool {
  const count = getI(problem, P_COUNT);
  const tableau = getI(work, R_TABLE);
  const state = region(problem, work, P_W_STATE);
  const slope = region(problem, work, P_W_DERIVATIVE);
  const flags = getI(work, R_FLAGS);
  if ((flags & FLAG_DERIVATIVE) == 0) {
    evaluate(problem, work, state, slope);
    bump(work, R_COUNT_DERIVATIVES, 1);
  }
  if ((flags & FLAG_GROWTH) == 0) noteGrowth(problem, work, count, state, slope);
  setI(work, R_FLAGS, (flags & FLAG_REJECTED) | FLAG_DERIVATIVE | FLAG_GROWTH);

  const h = stepToTry(work, getF(work, R_GROWTH));
  if (h == 0.0) return false;
  const stages = getI(tableau, T_STAGES);
  explicitStep(problem, work, tableau, h);
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  setF(work, R_SCALE, h);
  watchExplicit(problem, work, h);
  const outcome = settle(problem, work, tableau, region(problem, work, P_W_DERIVATIVE_STAGE), h);
  if (outcome == ACCEPTED) {
    // The derivative of the new state but for what restoring the totals moved: some units in the last place, which a
    // step within the region of stability multiplies by no more than it multiplies any rounding.
    copyF(slope, region(problem, work, P_W_INCREMENTS) + (stages - 1) * (count << 3), count);
    setI(work, R_FLAGS, getI(work, R_FLAGS) | FLAG_DERIVATIVE);
  }
  return outcome != STUCK;
}

function noteGrowth(problem: i32, work: i32, count: i32, state: i32, slope: i32): void {
  if (hasHidden(problem, work, count, state, slope, REACH_EXPLICIT))
    noteJacobian(problem, work, REACH_EXPLICIT);
  else setF(work, R_GROWTH, 0.0);
}
