/**
 * Dense output of the Rosenbrock methods (Hairer & Wanner 1996, VI.4; Steinebach 2023): with θ in [0, 1] over the
 * step from y₀ to y₁ and Kᵣ = Σⱼ hᵣⱼ Uⱼ,
 *
 *     y(θ) = (1−θ) y₀ + θ (y₁ + (1−θ)(K₁ + θ(K₂ + θ K₃)))
 */
import {
  MAX_STAGES,
  P_COUNT,
  P_W_DENSE,
  P_W_INCREMENTS,
  P_W_OLD,
  P_W_STATE,
  T_DENSE,
  T_H,
  T_STAGES,
} from './layout';
import { getF, getI, setF, zeroF } from './memory';
import { region } from './problem';

/** Forms the K rows of the last accepted step from its increments. */
export function prepareDense(problem: i32, work: i32, tableau: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = getI(tableau, T_DENSE);
  const stages = getI(tableau, T_STAGES);
  const first = region(problem, work, P_W_INCREMENTS);
  const dense = region(problem, work, P_W_DENSE);
  for (let r: i32 = 0; r < rows; r++) {
    const k = dense + ((r * count) << 3);
    zeroF(k, count);
    for (let s: i32 = 0; s < stages; s++) {
      const h = getF(tableau, T_H + r * MAX_STAGES + s);
      if (h == 0.0) continue;
      const u = first + ((s * count) << 3);
      for (let i: i32 = 0; i < count; i++) setF(k, i, getF(k, i) + h * getF(u, i));
    }
  }
}

/** The state at fraction `theta` of the last accepted step, into `out`. At θ = 1 it is y₁ to the bit. */
export function interpolate(problem: i32, work: i32, tableau: i32, theta: f64, out: i32): void {
  const count = getI(problem, P_COUNT);
  const three = getI(tableau, T_DENSE) == 3;
  const old = region(problem, work, P_W_OLD);
  const now = region(problem, work, P_W_STATE);
  const k1 = region(problem, work, P_W_DENSE);
  const k2 = k1 + (count << 3);
  const k3 = k2 + (count << 3);
  const rest = 1.0 - theta;
  for (let i: i32 = 0; i < count; i++) {
    const tail = three ? getF(k2, i) + theta * getF(k3, i) : getF(k2, i);
    const inner = getF(now, i) + rest * (getF(k1, i) + theta * tail);
    setF(out, i, rest * getF(old, i) + theta * inner);
  }
}
