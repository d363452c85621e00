import { MAX_DENSE, MAX_STAGES, P_COUNT, P_W_DENSE, P_W_INCREMENTS, T_H, T_STAGES } from '../layout';
import { getF, getI, zeroF } from '../memory';
import { bothF, getV, pairRegion, plus, setV } from './vectors';

/** The K rows of the interpolants of both runs, as `prepareDense`. */
export function prepareDenses(problem: i32, pair: i32, tableau: i32, scale: v128): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const first = pairRegion(problem, pair, P_W_INCREMENTS);
  const dense = pairRegion(problem, pair, P_W_DENSE);
  for (let r: i32 = 0; r < MAX_DENSE; r++) {
    const k = dense + ((r * count) << 4);
    zeroF(k, count << 1);
    for (let s: i32 = 0; s < stages; s++) {
      const at = T_H + r * MAX_STAGES + s;
      if (getF(tableau, at) == 0.0) continue;
      const h = f64x2.mul(bothF(tableau, at), scale);
      const u = first + ((s * count) << 4);
      for (let i: i32 = 0; i < count; i++) setV(k, i, plus(getV(k, i), h, getV(u, i)));
    }
  }
}
