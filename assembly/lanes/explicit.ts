/** `methods/explicit.ts` for two runs, whose sizes differ by lane. */
import {
  MAX_STAGES,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_ROW,
  P_W_STAGE,
  P_W_STATE,
  T_A,
  T_ERROR,
  T_STAGES,
} from '../layout';
import { copyF, getI, zeroF } from '../memory';
import { evaluate } from './dispatch';
import { bothF, getV, pairRegion, plus, setV } from './vectors';

/** Stages of one step of both runs, as `explicitStep`. */
export function explicitSteps(problem: i32, pair: i32, tableau: i32, h: v128): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const state = pairRegion(problem, pair, P_W_STATE);
  const stage = pairRegion(problem, pair, P_W_STAGE);
  const first = pairRegion(problem, pair, P_W_INCREMENTS);
  const stride = count << 4;
  copyF(first, pairRegion(problem, pair, P_W_DERIVATIVE), count << 1);
  for (let s: i32 = 1; s < stages; s++) {
    if (s == stages - 1) copyF(pairRegion(problem, pair, P_W_ROW), stage, count << 1);
    combine(stage, state, first, stride, count, tableau + ((T_A + s * MAX_STAGES) << 3), h, s);
    evaluate(problem, pair, stage, first + s * stride);
  }
  const errors = pairRegion(problem, pair, P_W_DERIVATIVE_STAGE);
  zeroF(errors, count << 1);
  combine(errors, errors, first, stride, count, tableau + (T_ERROR << 3), h, stages);
}

/** u = y + Σ (h·wⱼ)kⱼ over the first `terms` rows, three a pass over memory, summed in the order of j. */
function combine(u: i32, y: i32, first: i32, stride: i32, count: i32, w: i32, h: v128, terms: i32): void {
  let from = y;
  let k0 = first;
  let j: i32 = 0;
  for (; j + 2 < terms; j += 3) {
    const w0 = f64x2.mul(bothF(w, j), h);
    const w1 = f64x2.mul(bothF(w, j + 1), h);
    const w2 = f64x2.mul(bothF(w, j + 2), h);
    const k1 = k0 + stride;
    const k2 = k1 + stride;
    for (let i: i32 = 0; i < count; i++) {
      const two = plus(plus(getV(from, i), w0, getV(k0, i)), w1, getV(k1, i));
      setV(u, i, plus(two, w2, getV(k2, i)));
    }
    from = u;
    k0 = k2 + stride;
  }
  if (j + 1 < terms) {
    const w0 = f64x2.mul(bothF(w, j), h);
    const w1 = f64x2.mul(bothF(w, j + 1), h);
    const k1 = k0 + stride;
    for (let i: i32 = 0; i < count; i++) {
      setV(u, i, plus(plus(getV(from, i), w0, getV(k0, i)), w1, getV(k1, i)));
    }
  } else if (j < terms) {
    const w0 = f64x2.mul(bothF(w, j), h);
    for (let i: i32 = 0; i < count; i++) setV(u, i, plus(getV(from, i), w0, getV(k0, i)));
  }
}
