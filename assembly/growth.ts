import { P_LU_DIAGONAL_OFFSET, P_W_ATOL, P_W_JACOBIAN } from './layout';
import { getF, getI } from './memory';
import { region, table } from './problem';

/** Growth beneath the tolerance is followed in steps of e to this power: good to about 1e-5 a step. */
const GROWTH_EXPONENT: f64 = 0.5;

/**
 * How far unknowns count as beneath their tolerance, in tolerances. Just above it an error of all there is may pass: an
 * L-stable method still comes out right there, an explicit one does not.
 */
export const REACH_ROSENBROCK: f64 = 1.0;
export const REACH_EXPLICIT: f64 = 100.0;

/** Whether an unknown is present and rising, but beneath its tolerance, so that only the Jacobian can tell how it grows. */
export function hasHidden(problem: i32, work: i32, count: i32, state: i32, slope: i32, reach: f64): bool {
  const atol = region(problem, work, P_W_ATOL);
  for (let i: i32 = 0; i < count; i++) {
    const y = getF(state, i);
    if (y > 0.0 && y < getF(atol, i) * reach && getF(slope, i) > 0.0) return true;
  }
  return false;
}

/**
 * Largest step that follows the growth of unknowns that are present, but beneath their tolerance: the error estimate
 * does not see them, and an L-stable method would damp what should grow. 0 when there are none.
 */
export function growthLimit(problem: i32, work: i32, count: i32, state: i32, reach: f64): f64 {
  const atol = region(problem, work, P_W_ATOL);
  const jac = region(problem, work, P_W_JACOBIAN);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  let fastest: f64 = 0.0;
  for (let i: i32 = 0; i < count; i++) {
    const y = getF(state, i);
    if (y > 0.0 && y < getF(atol, i) * reach) {
      const rate = getF(jac, getI(diagonals, i));
      if (rate > fastest) fastest = rate;
    }
  }
  return growthStep(fastest);
}

/** The step that follows growth at this rate; 0 for none. */
export function growthStep(fastest: f64): f64 {
  return fastest > 0.0 ? GROWTH_EXPONENT / fastest : 0.0;
}
