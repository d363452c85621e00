/** `switching.ts` for two runs: what either of them measures for the choice of its method. */
import {
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_ATOL,
  P_W_INCREMENTS,
  P_W_JACOBIAN,
  P_W_ROW,
  P_W_STAGE,
  RUNNING,
  R_RTOL,
  T_STABILITY,
  T_STAGES,
} from '../layout';
import { getF, getI, zeroF } from '../memory';
import { table } from '../problem';
import { noteCalm, noteStiff, STIFF_PART } from '../switching';
import { L_STATUS, L_STEP, L_WORK } from './layout';
import { bothOf, getV, pairRegion, setV } from './vectors';

/** `watchExplicit` of the runs that can go on. */
export function watchExplicits(problem: i32, pair: i32, tableau: i32, h: v128): void {
  const first = getI(pair, L_WORK);
  const second = getI(pair, L_WORK + 1);
  const count = getI(problem, P_COUNT);
  const stage = pairRegion(problem, pair, P_W_STAGE);
  const before = pairRegion(problem, pair, P_W_ROW);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const rtol = bothOf(first, second, R_RTOL);
  const last = pairRegion(problem, pair, P_W_INCREMENTS) + (getI(tableau, T_STAGES) - 1) * (count << 4);
  const previous = last - (count << 4);
  const one = f64x2.splat(1.0);
  let slopes = f64x2.splat(0.0);
  let states = f64x2.splat(0.0);
  for (let i: i32 = 0; i < count; i++) {
    const y = getV(stage, i);
    const scale = f64x2.div(one, f64x2.add(getV(atol, i), f64x2.mul(rtol, f64x2.abs(y))));
    const slope = f64x2.mul(f64x2.sub(getV(last, i), getV(previous, i)), scale);
    const distance = f64x2.mul(f64x2.sub(y, getV(before, i)), scale);
    slopes = f64x2.add(slopes, f64x2.mul(slope, slope));
    states = f64x2.add(states, f64x2.mul(distance, distance));
  }
  const limit = STIFF_PART * getF(tableau, T_STABILITY);
  const felt = f64x2.mul(f64x2.mul(h, h), slopes);
  const stiff = i64x2.bitmask(f64x2.gt(felt, f64x2.mul(f64x2.splat(limit * limit), states)));
  if (getI(pair, L_STATUS) == RUNNING) noteStiff(first, (stiff & 1) != 0);
  if (getI(pair, L_STATUS + 1) == RUNNING) noteStiff(second, (stiff & 2) != 0);
}

/** `watchRosenbrock` of the runs whose steps were accepted. */
export function watchRosenbrocks(problem: i32, pair: i32, accepted: i32): void {
  const fastest = spectralBounds(problem, pair);
  const sizes = getV(pair, L_STEP);
  if ((accepted & 1) != 0) {
    noteCalm(getI(pair, L_WORK), f64x2.extract_lane(sizes, 0), f64x2.extract_lane(fastest, 0));
  }
  if ((accepted & 2) != 0) {
    noteCalm(getI(pair, L_WORK + 1), f64x2.extract_lane(sizes, 1), f64x2.extract_lane(fastest, 1));
  }
}

/** `spectralBound` of both Jacobians. */
function spectralBounds(problem: i32, pair: i32): v128 {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const jac = pairRegion(problem, pair, P_W_JACOBIAN);
  const sums = pairRegion(problem, pair, P_W_ROW);
  zeroF(sums, count << 1);
  let byRows = f64x2.splat(0.0);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    let sum = f64x2.splat(0.0);
    for (; e < end; e++) {
      const size = f64x2.abs(getV(jac, e));
      const j = getI(columns, e);
      sum = f64x2.add(sum, size);
      setV(sums, j, f64x2.add(getV(sums, j), size));
    }
    byRows = f64x2.pmax(byRows, sum);
  }
  let byColumns = f64x2.splat(0.0);
  for (let j: i32 = 0; j < count; j++) byColumns = f64x2.pmax(byColumns, getV(sums, j));
  return f64x2.pmin(byColumns, byRows);
}
