/** One attempted step of two runs by one method, each with its own size, its own error and its own fate. */
import { FAMILY_EXPLICIT, R_TABLE, T_FAMILY } from '../layout';
import { getI } from '../memory';
import { attemptExplicits } from './explicit-attempt';
import { L_WORK } from './layout';
import { attemptRosenbrocks } from './rosenbrock-attempt';

/** A run that cannot go on, for the cause noted, gets the status STEP_TOO_SMALL. */
export function attemptBoth(problem: i32, pair: i32): void {
  const tableau = getI(getI(pair, L_WORK), R_TABLE);
  if (getI(tableau, T_FAMILY) == FAMILY_EXPLICIT) attemptExplicits(problem, pair, tableau);
  else attemptRosenbrocks(problem, pair, tableau);
}
