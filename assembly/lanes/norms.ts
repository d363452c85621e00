/** What is measured on the vectors of two runs at once, each lane as `linalg/norms.ts` and `growth.ts` measure one. */
import { growthStep } from '../growth';
import {
  P_COUNT,
  P_LU_DIAGONAL_OFFSET,
  P_W_ATOL,
  P_W_DERIVATIVE,
  P_W_JACOBIAN,
  P_W_STATE,
  R_GROWTH,
} from '../layout';
import { getI, setF } from '../memory';
import { table } from '../problem';
import { L_WORK } from './layout';
import { getV, pairRegion } from './vectors';

function square(v: v128, a: v128, b: v128, atol: v128, rtol: v128): v128 {
  const larger = f64x2.pmax(f64x2.abs(b), f64x2.abs(a));
  const ratio = f64x2.div(v, f64x2.add(atol, f64x2.mul(rtol, larger)));
  return f64x2.mul(ratio, ratio);
}

/** The weighted norms of two vectors, whose even and odd components are summed apart. */
export function weightedNorms(v: i32, a: i32, b: i32, atol: i32, rtol: v128, count: i32): v128 {
  let even = f64x2.splat(0.0);
  let odd = f64x2.splat(0.0);
  if (count == 0) return even;
  let i: i32 = 0;
  for (; i + 1 < count; i += 2) {
    even = f64x2.add(even, square(getV(v, i), getV(a, i), getV(b, i), getV(atol, i), rtol));
    odd = f64x2.add(odd, square(getV(v, i + 1), getV(a, i + 1), getV(b, i + 1), getV(atol, i + 1), rtol));
  }
  if (i < count) even = f64x2.add(even, square(getV(v, i), getV(a, i), getV(b, i), getV(atol, i), rtol));
  return f64x2.sqrt(f64x2.div(f64x2.add(even, odd), f64x2.splat(f64(count))));
}

/** Ones in the lanes of runs of which a component lies below −atol. */
export function belowZero(y: i32, atol: i32, count: i32): v128 {
  let below = f64x2.splat(0.0);
  for (let i: i32 = 0; i < count; i++) below = v128.or(below, f64x2.gt(f64x2.neg(getV(y, i)), getV(atol, i)));
  return below;
}

/** `hasHidden` of both runs, as bits. */
export function hiddenRuns(problem: i32, pair: i32, reach: f64): i32 {
  const count = getI(problem, P_COUNT);
  const state = pairRegion(problem, pair, P_W_STATE);
  const slope = pairRegion(problem, pair, P_W_DERIVATIVE);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const zero = f64x2.splat(0.0);
  let hidden = zero;
  for (let i: i32 = 0; i < count; i++) {
    const rising = f64x2.gt(getV(slope, i), zero);
    hidden = v128.or(hidden, v128.and(rising, beneath(getV(state, i), getV(atol, i), reach)));
  }
  return i64x2.bitmask(hidden);
}

/** Ones where an unknown is present, but beneath `reach` tolerances. */
function beneath(y: v128, atol: v128, reach: f64): v128 {
  return v128.and(f64x2.gt(y, f64x2.splat(0.0)), f64x2.lt(y, f64x2.mul(atol, f64x2.splat(reach))));
}

/** Notes in both runs the largest step that follows growth from beneath `reach` tolerances, by the Jacobian. */
export function noteGrowth(problem: i32, pair: i32, reach: f64): void {
  const count = getI(problem, P_COUNT);
  const state = pairRegion(problem, pair, P_W_STATE);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const jac = pairRegion(problem, pair, P_W_JACOBIAN);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  let fastest = f64x2.splat(0.0);
  for (let i: i32 = 0; i < count; i++) {
    const rate = v128.and(getV(jac, getI(diagonals, i)), beneath(getV(state, i), getV(atol, i), reach));
    fastest = f64x2.pmax(fastest, rate);
  }
  setF(getI(pair, L_WORK), R_GROWTH, growthStep(f64x2.extract_lane(fastest, 0)));
  setF(getI(pair, L_WORK + 1), R_GROWTH, growthStep(f64x2.extract_lane(fastest, 1)));
}
