/**
 * The discrete adjoint: a step that was made is made again from the state before it, and what a loss says of the state
 * after it is pulled back to the state before it and to the constants. It is the transpose of `tangents.ts`, operation
 * by operation, so that the gradient is that of the numbers which the run gave, step sizes held fixed.
 *
 * Of a Rosenbrock method, from the last stage to the first, with cotangents Ūᵢ and W = I/(hγ) − J(y):
 *
 *     v = W⁻ᵀ Ūᵢ,  ūᵢ += J(uᵢ)ᵀ v,  ȳ += (DJ(y)[Uᵢ])ᵀ v,  k̄ᵣ += (νᵣ·v)(Mᵣ(uᵢ) + DMᵣ(y)[Uᵢ]),  Ūⱼ += (cᵢⱼ/h) v
 *     ȳ += ūᵢ,  Ūⱼ += aᵢⱼ ūᵢ
 */
import { accept } from '../attempt';
import { differentiate, evaluate, factorise } from '../dispatch';
import {
  MAX_STAGES,
  P_COUNT,
  P_REACTIONS,
  P_W_DERIVATIVE,
  P_W_STATE,
  R_TANGENTS,
  R_TABLE,
  T_A,
  T_C,
  T_EXPLICIT,
  T_GAMMA,
  T_H,
  T_STAGES,
} from '../layout';
import { solveTransposed } from '../linalg/transposed';
import { addMultipleF, copyF, getF, getI, setF, setI, zeroF } from '../memory';
import { explicitStep } from '../methods/explicit';
import { rosenbrockStep } from '../methods/rosenbrock';
import { region } from '../problem';
import {
  S_BEFORE,
  S_CHANGE_START,
  S_CHANGE_UNKNOWN,
  S_CHANGE_VALUE,
  S_COLUMN,
  S_COTANGENT,
  S_CURVES,
  S_MONOMIALS,
  S_OF_CONSTANTS,
  S_OF_INCREMENTS,
  S_OF_POINT,
  S_ROW_START,
  S_SLOPES,
  S_SOLVED,
} from './layout';
import { isExplicit, part, prepareStage, rowOfA } from './stages';

/**
 * Makes a step of the tape again, from the state in the workspace: its stages, and the factors that it was made with.
 * @param goOn 1: the state becomes that after it
 */
export function replay(work: i32, problem: i32, tableau: i32, h: f64, goOn: i32): void {
  const state = region(problem, work, P_W_STATE);
  setI(work, R_TABLE, tableau);
  evaluate(problem, work, state, region(problem, work, P_W_DERIVATIVE));
  if (isExplicit(tableau)) {
    explicitStep(problem, work, tableau, h);
  } else {
    differentiate(problem, work, state);
    factorise(problem, work, 1.0 / (h * getF(tableau, T_GAMMA)));
    rosenbrockStep(problem, work, tableau, h);
  }
  if (goOn != 0) accept(problem, work, getI(problem, P_COUNT), 0.0);
}

/** Begins to pull back the step last replayed: nothing is known of its stages yet, nor of the state before it. */
export function beginPull(problem: i32, work: i32): void {
  const record = getI(work, R_TANGENTS);
  const count = getI(problem, P_COUNT);
  zeroF(part(record, S_BEFORE), count);
  zeroF(part(record, S_OF_INCREMENTS), MAX_STAGES * count);
}

/**
 * Takes in the cotangent at `given` of the state at fraction `theta` of the step, by way of the interpolant: with Kᵣ =
 * Σⱼ hᵣⱼ Uⱼ it is (1−θ) y₀ + θ (y₁ + (1−θ)(K₁ + θ(K₂ + θ K₃))).
 */
export function pullRow(problem: i32, work: i32, tableau: i32, h: f64, theta: f64, given: i32): void {
  const record = getI(work, R_TANGENTS);
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const scale = isExplicit(tableau) ? h : 1.0;
  const bend = theta * (1.0 - theta);
  addMultipleF(part(record, S_BEFORE), given, count, 1.0 - theta);
  addMultipleF(part(record, S_COTANGENT), given, count, theta);
  for (let j: i32 = 0; j < stages; j++) {
    const h1 = getF(tableau, T_H + j);
    const h2 = getF(tableau, T_H + MAX_STAGES + j);
    const h3 = getF(tableau, T_H + 2 * MAX_STAGES + j);
    const weight = bend * (h1 + theta * (h2 + theta * h3)) * scale;
    addMultipleF(part(record, S_OF_INCREMENTS) + ((j * count) << 3), given, count, weight);
  }
}

/** Pulls the cotangent of the state after the step last replayed, of size `h`, back to that of the state before it. */
export function pullBack(problem: i32, work: i32, tableau: i32, h: f64): void {
  const record = getI(work, R_TANGENTS);
  if (isExplicit(tableau)) pullExplicit(problem, work, record, tableau, h);
  else pullRosenbrock(problem, work, record, tableau, h);
  copyF(part(record, S_COTANGENT), part(record, S_BEFORE), getI(problem, P_COUNT));
}

function pullRosenbrock(problem: i32, work: i32, record: i32, tableau: i32, h: f64): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const last = getI(tableau, T_EXPLICIT) - 1;
  const stride = count << 3;
  const y0 = region(problem, work, P_W_STATE);
  const before = part(record, S_BEFORE);
  const increments = part(record, S_OF_INCREMENTS);
  const solved = part(record, S_SOLVED);
  const point = part(record, S_OF_POINT);
  const rate = 1.0 / h;
  // The new state is the last point plus its increment, as each late point is the one before it plus its own.
  copyF(point, part(record, S_COTANGENT), count);
  addMultipleF(increments + (stages - 1) * stride, point, count, 1.0);
  for (let i = stages - 1; i >= 0; i--) {
    prepareStage(problem, work, record, tableau, h, y0, i, 0);
    copyF(solved, increments + i * stride, count);
    solveTransposed(problem, work, solved);
    addTransposed(problem, record, S_SLOPES, solved, point);
    addTransposed(problem, record, S_CURVES, solved, before);
    gatherConstants(problem, record, solved);
    const c = tableau + ((T_C + i * MAX_STAGES) << 3);
    for (let j: i32 = 0; j < i; j++) addMultipleF(increments + j * stride, solved, count, getF(c, j) * rate);
    if (i > last) {
      addMultipleF(increments + (i - 1) * stride, point, count, 1.0);
      continue;
    }
    const a = rowOfA(tableau, i);
    for (let j: i32 = 0; j < i; j++) addMultipleF(increments + j * stride, point, count, getF(a, j));
    addMultipleF(before, point, count, 1.0);
    zeroF(point, count);
  }
}

function pullExplicit(problem: i32, work: i32, record: i32, tableau: i32, h: f64): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const stride = count << 3;
  const y0 = region(problem, work, P_W_STATE);
  const before = part(record, S_BEFORE);
  const slopes = part(record, S_OF_INCREMENTS);
  const point = part(record, S_OF_POINT);
  // The last stage stands at the new state.
  copyF(point, part(record, S_COTANGENT), count);
  for (let i = stages - 1; i >= 0; i--) {
    prepareStage(problem, work, record, tableau, h, y0, i, 0);
    const slope = slopes + i * stride;
    addTransposed(problem, record, S_SLOPES, slope, point);
    gatherConstants(problem, record, slope);
    const a = tableau + ((T_A + i * MAX_STAGES) << 3);
    for (let j: i32 = 0; j < i; j++) addMultipleF(slopes + j * stride, point, count, getF(a, j) * h);
    addMultipleF(before, point, count, 1.0);
    zeroF(point, count);
  }
}

/** out += Aᵀ x, A being the first matrix of the record's pattern at `matrices`. */
function addTransposed(problem: i32, record: i32, matrices: i32, x: i32, out: i32): void {
  const count = getI(problem, P_COUNT);
  const values = part(record, matrices);
  const rows = part(record, S_ROW_START);
  const columns = part(record, S_COLUMN);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    const factor = getF(x, i);
    for (; e < end; e++) {
      const j = getI(columns, e);
      setF(out, j, getF(out, j) + factor * getF(values, e));
    }
  }
}

/** Adds to the cotangents of the constants what that of one stage's derivative comes to. */
function gatherConstants(problem: i32, record: i32, x: i32): void {
  const reactions = getI(problem, P_REACTIONS);
  const monomials = part(record, S_MONOMIALS);
  const changes = part(record, S_CHANGE_START);
  const unknown = part(record, S_CHANGE_UNKNOWN);
  const change = part(record, S_CHANGE_VALUE);
  const out = part(record, S_OF_CONSTANTS);
  let e: i32 = 0;
  for (let r: i32 = 0; r < reactions; r++) {
    const end = getI(changes, r + 1);
    let sum: f64 = 0.0;
    for (; e < end; e++) sum += getF(change, e) * getF(x, getI(unknown, e));
    setF(out, r, getF(out, r) + sum * getF(monomials, r));
  }
}
