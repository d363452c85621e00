/**
 * `methods/rosenbrock.ts` for two runs of one method. The sizes differ by lane, so
 * what the method divides by them is a pair; its own numbers are shared.
 */
import {
  CODE_STEP,
  MAX_STAGES,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_STAGE,
  P_W_STATE,
  T_A,
  T_C,
  T_EXPLICIT,
  T_STAGES,
} from '../layout';
import { getI, zeroF } from '../memory';
import { callStepPair } from './code';
import { evaluate, solveFactored } from './dispatch';
import { L_CODE, L_STEP } from './layout';
import { bothF, getV, pairRegion, plus, setV } from './vectors';

/** Stages of one step of both runs, as `rosenbrockStep`. */
export function rosenbrockSteps(problem: i32, pair: i32, tableau: i32): void {
  const code = getI(pair, L_CODE);
  if (code != 0) callStepPair(code + CODE_STEP, problem, pair, tableau);
  else interpretedSteps(problem, pair, tableau);
}

function interpretedSteps(problem: i32, pair: i32, tableau: i32): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const explicit = getI(tableau, T_EXPLICIT);
  const state = pairRegion(problem, pair, P_W_STATE);
  const stage = pairRegion(problem, pair, P_W_STAGE);
  const slope = pairRegion(problem, pair, P_W_DERIVATIVE_STAGE);
  const first = pairRegion(problem, pair, P_W_INCREMENTS);
  const stride = count << 4;
  const rate = f64x2.div(f64x2.splat(1.0), getV(pair, L_STEP));
  zeroF(first, count << 1);
  solveFactored(problem, pair, first, pairRegion(problem, pair, P_W_DERIVATIVE));
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
    evaluate(problem, pair, stage, slope);
    solveFactored(problem, pair, increment, slope);
    last = increment;
  }
  addTo(stage, last, count);
}

function addTo(x: i32, y: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setV(x, i, f64x2.add(getV(x, i), getV(y, i)));
}

function stageSums(
  u: i32,
  r: i32,
  y: i32,
  first: i32,
  stride: i32,
  count: i32,
  a: i32,
  c: i32,
  rate: v128,
  terms: i32,
): void {
  const a0 = bothF(a, 0);
  const c0 = f64x2.mul(bothF(c, 0), rate);
  if (terms == 1) {
    for (let i: i32 = 0; i < count; i++) {
      const x = getV(first, i);
      setV(u, i, plus(getV(y, i), a0, x));
      setV(r, i, f64x2.mul(c0, x));
    }
    return;
  }
  const a1 = bothF(a, 1);
  const c1 = f64x2.mul(bothF(c, 1), rate);
  const second = first + stride;
  if (terms == 2) {
    for (let i: i32 = 0; i < count; i++) {
      const x0 = getV(first, i);
      const x1 = getV(second, i);
      setV(u, i, plus(plus(getV(y, i), a0, x0), a1, x1));
      setV(r, i, plus(f64x2.mul(c0, x0), c1, x1));
    }
    return;
  }
  const a2 = bothF(a, 2);
  const c2 = f64x2.mul(bothF(c, 2), rate);
  const third = second + stride;
  for (let i: i32 = 0; i < count; i++) {
    const x0 = getV(first, i);
    const x1 = getV(second, i);
    const x2 = getV(third, i);
    setV(u, i, plus(plus(plus(getV(y, i), a0, x0), a1, x1), a2, x2));
    setV(r, i, plus(plus(f64x2.mul(c0, x0), c1, x1), c2, x2));
  }
  let j: i32 = 3;
  let next = third + stride;
  for (; j + 1 < terms; j += 2) {
    const aj = bothF(a, j);
    const ak = bothF(a, j + 1);
    const cj = f64x2.mul(bothF(c, j), rate);
    const ck = f64x2.mul(bothF(c, j + 1), rate);
    const after = next + stride;
    for (let i: i32 = 0; i < count; i++) {
      const x = getV(next, i);
      const z = getV(after, i);
      setV(u, i, plus(plus(getV(u, i), aj, x), ak, z));
      setV(r, i, plus(plus(getV(r, i), cj, x), ck, z));
    }
    next = after + stride;
  }
  if (j < terms) {
    const aj = bothF(a, j);
    const cj = f64x2.mul(bothF(c, j), rate);
    for (let i: i32 = 0; i < count; i++) {
      const x = getV(next, i);
      setV(u, i, plus(getV(u, i), aj, x));
      setV(r, i, plus(getV(r, i), cj, x));
    }
  }
}

function increments(r: i32, first: i32, stride: i32, count: i32, c: i32, rate: v128, terms: i32): void {
  const c0 = f64x2.mul(bothF(c, 0), rate);
  const c1 = f64x2.mul(bothF(c, 1), rate);
  const c2 = f64x2.mul(bothF(c, 2), rate);
  const c3 = f64x2.mul(bothF(c, 3), rate);
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  for (let i: i32 = 0; i < count; i++) {
    const two = plus(f64x2.mul(c0, getV(first, i)), c1, getV(second, i));
    setV(r, i, plus(plus(two, c2, getV(third, i)), c3, getV(fourth, i)));
  }
  let next = fourth + stride;
  for (let j: i32 = 4; j < terms; j++) {
    const cj = f64x2.mul(bothF(c, j), rate);
    for (let i: i32 = 0; i < count; i++) setV(r, i, plus(getV(r, i), cj, getV(next, i)));
    next += stride;
  }
}
