/**
 * One attempted step of any explicit Runge–Kutta method whose last stage is the new state ("first same as last"), from
 * its table:
 *
 *     uᵢ = y + h Σⱼ aᵢⱼ kⱼ,   kᵢ = f(uᵢ),   error = h Σⱼ eⱼ kⱼ
 */
import { evaluate } from '../dispatch';
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
import { copyF, getF, getI, setF, zeroF } from '../memory';
import { region } from '../problem';

/**
 * Stages of one step of size `h` from STATE, whose derivative is known. Leaves the new state in STAGE, the stage before
 * it in ROW, the derivatives of the stages in INCREMENTS and the error estimate in DERIVATIVE_STAGE.
 */
export function explicitStep(problem: i32, work: i32, tableau: i32, h: f64): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const first = region(problem, work, P_W_INCREMENTS);
  const stride = count << 3;
  copyF(first, region(problem, work, P_W_DERIVATIVE), count);
  for (let s: i32 = 1; s < stages; s++) {
    if (s == stages - 1) copyF(region(problem, work, P_W_ROW), stage, count);
    combine(stage, state, first, stride, count, tableau + ((T_A + s * MAX_STAGES) << 3), h, s);
    evaluate(problem, work, stage, first + s * stride);
  }
  const errors = region(problem, work, P_W_DERIVATIVE_STAGE);
  zeroF(errors, count);
  combine(errors, errors, first, stride, count, tableau + (T_ERROR << 3), h, stages);
}

/** u = y + Σ (h·wⱼ)kⱼ over the first `terms` rows, three a pass over memory, summed in the order of j. */
function combine(u: i32, y: i32, first: i32, stride: i32, count: i32, w: i32, h: f64, terms: i32): void {
  let from = y;
  let k0 = first;
  let j: i32 = 0;
  for (; j + 2 < terms; j += 3) {
    const w0 = getF(w, j) * h;
    const w1 = getF(w, j + 1) * h;
    const w2 = getF(w, j + 2) * h;
    const k1 = k0 + stride;
    const k2 = k1 + stride;
    for (let i: i32 = 0; i < count; i++) {
      setF(u, i, getF(from, i) + w0 * getF(k0, i) + w1 * getF(k1, i) + w2 * getF(k2, i));
    }
    from = u;
    k0 = k2 + stride;
  }
  if (j + 1 < terms) {
    const w0 = getF(w, j) * h;
    const w1 = getF(w, j + 1) * h;
    const k1 = k0 + stride;
    for (let i: i32 = 0; i < count; i++) {
      setF(u, i, getF(from, i) + w0 * getF(k0, i) + w1 * getF(k1, i));
    }
  } else if (j < terms) {
    const w0 = getF(w, j) * h;
    for (let i: i32 = 0; i < count; i++) setF(u, i, getF(from, i) + w0 * getF(k0, i));
  }
}
