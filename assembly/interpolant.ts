/**
 * Dense output of the one-step methods (Hairer & Wanner 1996, VI.4; Steinebach 2023): with θ in [0, 1] over the step
 * from y₀ to y₁ and Kᵣ = Σⱼ hᵣⱼ Uⱼ,
 *
 *     y(θ) = (1−θ) y₀ + θ (y₁ + (1−θ)(K₁ + θ(K₂ + θ K₃)))
 *
 * That is every quartic with the given ends, so that explicit methods have theirs in this form too.
 */
import {
  FAMILY_MULTISTEP,
  MAX_DENSE,
  MAX_STAGES,
  P_COUNT,
  P_MOIETIES,
  P_MOIETY_SPECIES_OFFSET,
  P_MOIETY_START_OFFSET,
  P_MOIETY_WEIGHT_OFFSET,
  P_W_DENSE,
  P_W_INCREMENTS,
  P_W_OLD,
  P_W_STATE,
  P_W_TOTALS,
  R_TABLE,
  T_FAMILY,
  T_H,
  T_STAGES,
} from './layout';
import { getF, getI, setF, zeroF } from './memory';
import { nordsieckAt, nordsieckOne } from './methods/nordsieck';
import { region, table } from './problem';

function isMultistep(tableau: i32): bool {
  return getI(tableau, T_FAMILY) == FAMILY_MULTISTEP;
}

/**
 * Forms the K rows of the last accepted step from its increments. A table with fewer rows has zeros for the rest.
 * @param scale makes an increment of a row of INCREMENTS: 1, or the step where the rows are derivatives
 */
export function prepareDense(problem: i32, work: i32, tableau: i32, scale: f64): void {
  if (isMultistep(tableau)) return;
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const first = region(problem, work, P_W_INCREMENTS);
  const dense = region(problem, work, P_W_DENSE);
  for (let r: i32 = 0; r < MAX_DENSE; r++) {
    const k = dense + ((r * count) << 3);
    zeroF(k, count);
    for (let s: i32 = 0; s < stages; s++) {
      const h = getF(tableau, T_H + r * MAX_STAGES + s) * scale;
      if (h == 0.0) continue;
      const u = first + ((s * count) << 3);
      for (let i: i32 = 0; i < count; i++) setF(k, i, getF(k, i) + h * getF(u, i));
    }
  }
}

/** The value at `theta` of the quartic with the ends `y0` and `y1`. */
export function blend(theta: f64, y0: f64, y1: f64, k1: f64, k2: f64, k3: f64): f64 {
  const rest = 1.0 - theta;
  return rest * y0 + theta * (y1 + rest * (k1 + theta * (k2 + theta * k3)));
}

/** The state at fraction `theta` of the last accepted step, into `out` (which may be the state itself). */
export function interpolate(problem: i32, work: i32, theta: f64, out: i32): void {
  if (isMultistep(getI(work, R_TABLE))) {
    nordsieckAt(problem, work, theta, out);
    return;
  }
  const count = getI(problem, P_COUNT);
  const old = region(problem, work, P_W_OLD);
  const now = region(problem, work, P_W_STATE);
  const k1 = region(problem, work, P_W_DENSE);
  const k2 = k1 + (count << 3);
  const k3 = k2 + (count << 3);
  for (let i: i32 = 0; i < count; i++) {
    setF(out, i, blend(theta, getF(old, i), getF(now, i), getF(k1, i), getF(k2, i), getF(k3, i)));
  }
}

/** One slot of a state at fraction `theta` of the last accepted step. At θ = 0 and 1 it is y₀ and y₁ to the bit. */
export function interpolateOne(problem: i32, work: i32, theta: f64, i: i32): f64 {
  const stride = getI(problem, P_COUNT);
  if (i > stride) return interpolateSum(problem, work, theta, i - stride - 1);
  if (isMultistep(getI(work, R_TABLE))) return nordsieckOne(problem, work, theta, i);
  const y0 = getF(region(problem, work, P_W_OLD), i);
  const y1 = getF(region(problem, work, P_W_STATE), i);
  const k = region(problem, work, P_W_DENSE);
  return blend(theta, y0, y1, getF(k, i), getF(k, stride + i), getF(k, 2 * stride + i));
}

/** The species eliminated by the m-th sum: what the others of the sum leave of its total. */
function interpolateSum(problem: i32, work: i32, theta: f64, m: i32): f64 {
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  const last = getI(start, m + 1) - 1;
  const totals = region(problem, work, P_W_TOTALS);
  let rest = getF(totals, m);
  for (let e = getI(start, m); e < last; e++) {
    rest -= getF(weight, e) * interpolateOne(problem, work, theta, getI(species, e));
  }
  return rest / getF(weight, last) + getF(totals, getI(problem, P_MOIETIES) + m);
}
