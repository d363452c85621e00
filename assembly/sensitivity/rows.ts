/** Tangents at saved times and at crossings, read off their interpolant. */
import { blend } from '../interpolant';
import { MAX_DENSE, P_COUNT } from '../layout';
import { copyF, getF, getI, setF } from '../memory';
import { LANES, S_BLOCKS, S_DENSE, S_OLD, S_ROWS, S_STATE } from './layout';
import { part } from './stages';

/** The tangents at fraction `theta` of the last accepted step, into `out` (which may be the tangents themselves). */
export function interpolateTangents(problem: i32, record: i32, theta: f64, out: i32): void {
  const blocks = getI(record, S_BLOCKS);
  const size = getI(problem, P_COUNT) * LANES;
  const stride = size << 3;
  for (let b: i32 = 0; b < blocks; b++) {
    const old = part(record, S_OLD) + b * stride;
    const now = part(record, S_STATE) + b * stride;
    const k1 = part(record, S_DENSE) + b * MAX_DENSE * stride;
    const k2 = k1 + stride;
    const k3 = k2 + stride;
    const to = out + b * stride;
    for (let i: i32 = 0; i < size; i++) {
      setF(to, i, blend(theta, getF(old, i), getF(now, i), getF(k1, i), getF(k2, i), getF(k3, i)));
    }
  }
}

/** Writes the `row`-th of the saved tangents: at fraction `theta` of the last accepted step, or now where that is 1. */
export function emitTangents(problem: i32, record: i32, row: i32, theta: f64): void {
  const rows = getI(record, S_ROWS);
  const size = getI(record, S_BLOCKS) * getI(problem, P_COUNT) * LANES;
  const to = rows + ((row * size) << 3);
  if (theta == 1.0) copyF(to, part(record, S_STATE), size);
  else interpolateTangents(problem, record, theta, to);
}
