/**
 * One attempted step of any stiffly accurate Rosenbrock method, from its table.
 *
 * With increments U transformed so that no product with the Jacobian is needed (Hairer & Wanner 1996, IV.7):
 *
 *     (I/(hγ) − J) Uᵢ = f(y + Σⱼ aᵢⱼ Uⱼ) + Σⱼ (cᵢⱼ/h) Uⱼ
 *
 * Stages after the last row of `a` start where the one before ended (uᵢ = uᵢ₋₁ + Uᵢ₋₁), the new state is the last
 * stage plus its increment, and that increment is the error estimate.
 */
import { callStep } from '../code';
import { derivative } from '../kinetics';
import {
  CODE_STEP,
  MAX_STAGES,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_STAGE,
  P_W_STATE,
  R_CODE,
  T_A,
  T_C,
  T_EXPLICIT,
  T_STAGES,
} from '../layout';
import { solve } from '../linalg/lu';
import { getF, getI, setF, zeroF } from '../memory';
import { region } from '../problem';

/**
 * Stages of one step of size `h` from STATE, whose derivative and factored W are in the workspace. Leaves the new
 * state in STAGE and the increments in INCREMENTS, the last of them being the error.
 */
export function rosenbrockStep(problem: i32, work: i32, tableau: i32, h: f64): void {
  const code = getI(work, R_CODE);
  if (code != 0) callStep(code + CODE_STEP, problem, work, tableau, h);
  else interpretedStep(problem, work, tableau, h);
}

function interpretedStep(problem: i32, work: i32, tableau: i32, h: f64): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const explicit = getI(tableau, T_EXPLICIT);
  const state = region(problem, work, P_W_STATE);
  const stage = region(problem, work, P_W_STAGE);
  const slope = region(problem, work, P_W_DERIVATIVE_STAGE);
  const first = region(problem, work, P_W_INCREMENTS);
  const stride = count << 3;
  const rate = 1.0 / h;
  zeroF(first, count);
  solve(problem, work, first, region(problem, work, P_W_DERIVATIVE));
  let last = first;
  for (let s: i32 = 1; s < stages; s++) {
    const increment = first + s * stride;
    const a = tableau + ((T_A + s * MAX_STAGES) << 3);
    const c = tableau + ((T_C + s * MAX_STAGES) << 3);
    if (s < explicit) {
      stageSums(stage, increment, state, first, stride, count, a, c, rate, s);
    } else {
      addTo(stage, last, count);
      increments(increment, first, stride, count, c, rate, s);
    }
    derivative(problem, work, stage, slope);
    solve(problem, work, increment, slope);
    last = increment;
  }
  addTo(stage, last, count);
}

function addTo(x: i32, y: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(x, i, getF(x, i) + getF(y, i));
}

/**
 * u = y + Σ aⱼUⱼ and r = Σ (cⱼ·rate)Uⱼ, rate = 1/h, over the first `terms` increments, both in one pass over memory: two increments
 * a pass, summed in the order of j.
 */
function stageSums(
  u: i32,
  r: i32,
  y: i32,
  first: i32,
  stride: i32,
  count: i32,
  a: i32,
  c: i32,
  rate: f64,
  terms: i32,
): void {
  const a0 = getF(a, 0);
  const c0 = getF(c, 0) * rate;
  if (terms == 1) {
    for (let i: i32 = 0; i < count; i++) {
      const x = getF(first, i);
      setF(u, i, getF(y, i) + a0 * x);
      setF(r, i, c0 * x);
    }
    return;
  }
  const a1 = getF(a, 1);
  const c1 = getF(c, 1) * rate;
  const second = first + stride;
  if (terms == 2) {
    for (let i: i32 = 0; i < count; i++) {
      const x0 = getF(first, i);
      const x1 = getF(second, i);
      setF(u, i, getF(y, i) + a0 * x0 + a1 * x1);
      setF(r, i, c0 * x0 + c1 * x1);
    }
    return;
  }
  const a2 = getF(a, 2);
  const c2 = getF(c, 2) * rate;
  const third = second + stride;
  for (let i: i32 = 0; i < count; i++) {
    const x0 = getF(first, i);
    const x1 = getF(second, i);
    const x2 = getF(third, i);
    setF(u, i, getF(y, i) + a0 * x0 + a1 * x1 + a2 * x2);
    setF(r, i, c0 * x0 + c1 * x1 + c2 * x2);
  }
  let j: i32 = 3;
  let next = third + stride;
  for (; j + 1 < terms; j += 2) {
    const aj = getF(a, j);
    const ak = getF(a, j + 1);
    const cj = getF(c, j) * rate;
    const ck = getF(c, j + 1) * rate;
    const after = next + stride;
    for (let i: i32 = 0; i < count; i++) {
      const x = getF(next, i);
      const z = getF(after, i);
      setF(u, i, getF(u, i) + aj * x + ak * z);
      setF(r, i, getF(r, i) + cj * x + ck * z);
    }
    next = after + stride;
  }
  if (j < terms) {
    const aj = getF(a, j);
    const cj = getF(c, j) * rate;
    for (let i: i32 = 0; i < count; i++) {
      const x = getF(next, i);
      setF(u, i, getF(u, i) + aj * x);
      setF(r, i, getF(r, i) + cj * x);
    }
  }
}

/** r = Σ (cⱼ·rate)Uⱼ, rate = 1/h, over the first `terms` increments (at least four), four a pass, then one by one. */
function increments(r: i32, first: i32, stride: i32, count: i32, c: i32, rate: f64, terms: i32): void {
  const c0 = getF(c, 0) * rate;
  const c1 = getF(c, 1) * rate;
  const c2 = getF(c, 2) * rate;
  const c3 = getF(c, 3) * rate;
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  for (let i: i32 = 0; i < count; i++) {
    setF(r, i, c0 * getF(first, i) + c1 * getF(second, i) + c2 * getF(third, i) + c3 * getF(fourth, i));
  }
  let next = fourth + stride;
  for (let j: i32 = 4; j < terms; j++) {
    const cj = getF(c, j) * rate;
    for (let i: i32 = 0; i < count; i++) setF(r, i, getF(r, i) + cj * getF(next, i));
    next += stride;
  }
}

/** Address of the error estimate of the last `rosenbrockStep`. */
export function rosenbrockError(problem: i32, work: i32, tableau: i32): i32 {
  return (
    region(problem, work, P_W_INCREMENTS) + (getI(tableau, T_STAGES) - 1) * (getI(problem, P_COUNT) << 3)
  );
}
