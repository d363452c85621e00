/**
 * Growth beneath the tolerance: an error weighed by atol does not see it, and a damping formula would lose what should
 * grow. A multistep method keeps its Jacobian, so growth is suspected from the rows first and looked up then; what does
 * grow of itself is followed to a relative tolerance.
 */
import { bump } from '../attempt';
import { differentiate } from '../dispatch';
import {
  P_LU_DIAGONAL_OFFSET,
  P_W_INCREMENTS,
  P_W_JACOBIAN,
  R_COUNT_JACOBIANS,
  R_M_DIFFERENTIATED,
  R_M_STEPS,
} from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { region, table } from '../problem';
import { rowAt } from './nordsieck';

/**
 * From this part in a step on growth is suspected to be of itself. (In mass action J_ii·y_i is at most y_i′, so there is
 * none where y_i′ is small.)
 */
const SUSPECT: f64 = 0.3;
/** Relative tolerance of what grows: over forty powers of e that adds up to some 1e-3. */
const TOLERANCE: f64 = 1e-5;
/** … until it is so many times its atol: what is lost before would be missing in proportion later. */
const SEEN: f64 = 1e3;

/** Sharpens the reciprocal weights of unknowns of the state `y` that grow of themselves and are hardly seen. */
export function weighGrowth(problem: i32, work: i32, count: i32, y: i32, atol: i32, weights: i32): void {
  const change = rowAt(region(problem, work, P_W_INCREMENTS), 1, count);
  const jac = region(problem, work, P_W_JACOBIAN);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  for (let i: i32 = 0; i < count; i++) {
    const value = getF(y, i);
    if (!(value > 0.0 && value < SEEN * getF(atol, i) && getF(change, i) > 0.0)) continue;
    const known = getI(work, R_M_DIFFERENTIATED);
    if (known < 0 || (known != getI(work, R_M_STEPS) && getF(change, i) > SUSPECT * value)) {
      differentiate(problem, work, y);
      bump(work, R_COUNT_JACOBIANS, 1);
      setI(work, R_M_DIFFERENTIATED, getI(work, R_M_STEPS));
    }
    const sharper = 1.0 / (TOLERANCE * value);
    if (getF(jac, getI(diagonals, i)) > 0.0 && sharper > getF(weights, i)) setF(weights, i, sharper);
  }
}
