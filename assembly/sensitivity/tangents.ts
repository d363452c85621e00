/**
 * Tangents ∂y/∂p of the state by any number of quantities p, carried along with the run.
 *
 * A step of the state is followed by the same step of y′ = f(y, p), s′ = J s + ∂f/∂p. The Jacobian of that system is
 * block triangular with J on its diagonal, so the tangents of all quantities are solved for with the factors of the
 * state's own step ("staggered direct"; Caracotsios & Stewart 1985), and what comes out is the exact derivative of the
 * step that was made, its size held fixed. Of a Rosenbrock method (see `methods/rosenbrock.ts`; ˙ is ∂/∂p):
 *
 *     u̇ᵢ = s + Σⱼ aᵢⱼ U̇ⱼ
 *     (I/(hγ) − J(y)) U̇ᵢ = J(uᵢ) u̇ᵢ + DJ(y)[Uᵢ] s + Σᵣ νᵣ k̇ᵣ (Mᵣ(uᵢ) + DMᵣ(y)[Uᵢ]) + Σⱼ (cᵢⱼ/h) U̇ⱼ
 *
 * with the changes νᵣ, effective constants kᵣ and monomials Mᵣ of the merged reactions. The last increment is the
 * tangents' error estimate, and the interpolant is that of the state. Of an explicit method: k̇ᵢ = J(uᵢ) u̇ᵢ + Σᵣ νᵣ k̇ᵣ Mᵣ(uᵢ).
 */
import {
  MAX_DENSE,
  MAX_STAGES,
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_DIAGONAL_OFFSET,
  P_LU_ROW_OFFSET,
  P_REACTIONS,
  P_W_ATOL,
  P_W_LU,
  P_W_PIVOTS,
  P_W_STATE,
  R_EVENT_COUNT,
  R_RTOL,
  R_TANGENTS,
  T_A,
  T_C,
  T_ERROR,
  T_EXPLICIT,
  T_H,
  T_STAGES,
} from '../layout';
import {
  addFoursF,
  addMultipleF,
  combineFoursF,
  getF,
  getI,
  setF,
  setI,
  subtractFoursF,
  zeroF,
} from '../memory';
import { region, table } from '../problem';
import { rowUpTo } from '../rows';
import { timeAfter } from '../attempt';
import {
  LANES,
  S_BLOCKS,
  S_CHANGE_START,
  S_CHANGE_UNKNOWN,
  S_CHANGE_VALUE,
  S_COLUMN,
  S_CONTROLLED,
  S_CURVES,
  S_DENSE,
  S_ENTRIES,
  S_INCREMENTS,
  S_MONOMIALS,
  S_NEXT,
  S_OLD,
  S_QUANTITIES,
  S_ROW_START,
  S_SCALES,
  S_SLOPES,
  S_SOURCE_REACTION,
  S_SOURCE_START,
  S_SOURCE_VALUE,
  S_STAGE,
  S_STATE,
  S_WEIGHTS,
} from './layout';
import { isExplicit, part, prepareStage, rowOfA } from './stages';
import { restoreTangentTotals } from './totals';

/**
 * The tangents of an attempted step of size `h` whose stages are in the workspace, into NEXT.
 * @returns the norm of their error, 0 where that is not controlled
 */
export function stepTangents(problem: i32, work: i32, tableau: i32, h: f64): f64 {
  const record = getI(work, R_TANGENTS);
  const y0 = region(problem, work, P_W_STATE);
  const stages = getI(tableau, T_STAGES);
  for (let i: i32 = 0; i < stages; i++) prepareStage(problem, work, record, tableau, h, y0, i, i);
  prepareWeights(record, tableau, h, stages);
  const dense = getI(work, R_EVENT_COUNT) > 0 || rowUpTo(work, timeAfter(work, h));
  const explicit = isExplicit(tableau);
  const blocks = getI(record, S_BLOCKS);
  let worst: f64 = 0.0;
  for (let b: i32 = 0; b < blocks; b++) {
    stepBlock(problem, work, record, tableau, b);
    if (dense) prepareDenseBlock(problem, record, tableau, explicit ? h : 1.0, b);
    if (getI(record, S_CONTROLLED) == 0) continue;
    const error = blockError(problem, work, record, tableau, explicit ? h : 1.0, b);
    // What is not a number is worse than any.
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

/** Makes NEXT the tangents at the present time, after a step that was accepted. */
export function acceptTangents(problem: i32, work: i32): void {
  const record = getI(work, R_TANGENTS);
  const gone = getI(record, S_OLD);
  setI(record, S_OLD, getI(record, S_STATE));
  setI(record, S_STATE, getI(record, S_NEXT));
  setI(record, S_NEXT, gone);
  restoreTangentTotals(problem, record);
}

/** Bytes of the tangents of a block. */
function bytesOfBlock(problem: i32): i32 {
  return getI(problem, P_COUNT) * (LANES << 3);
}

/** The weights of the sums at stage `i`: those of the point, then those of the right-hand side. */
function weightsOf(record: i32, i: i32): i32 {
  return part(record, S_WEIGHTS) + ((2 * i * MAX_STAGES) << 3);
}

function prepareWeights(record: i32, tableau: i32, h: f64, stages: i32): void {
  const explicit = isExplicit(tableau);
  const last = getI(tableau, T_EXPLICIT) - 1;
  for (let i: i32 = 0; i < stages; i++) {
    const weights = weightsOf(record, i);
    const a = explicit ? tableau + ((T_A + i * MAX_STAGES) << 3) : rowOfA(tableau, i);
    const c = tableau + ((T_C + i * MAX_STAGES) << 3);
    for (let j: i32 = 0; j < i; j++) {
      setF(weights, j, explicit ? getF(a, j) * h : j < last ? getF(a, j) : 1.0);
      setF(weights, MAX_STAGES + j, explicit ? 0.0 : getF(c, j) / h);
    }
  }
}

/** The stages of one block, and its tangents after the step. */
function stepBlock(problem: i32, work: i32, record: i32, tableau: i32, b: i32): void {
  const count = getI(problem, P_COUNT);
  const stages = getI(tableau, T_STAGES);
  const explicit = isExplicit(tableau);
  const stride = bytesOfBlock(problem);
  const state = part(record, S_STATE) + b * stride;
  const next = part(record, S_NEXT) + b * stride;
  const first = part(record, S_INCREMENTS);
  for (let i: i32 = 0; i < stages; i++) {
    const increment = first + i * stride;
    const weights = weightsOf(record, i);
    combineFoursF(next, state, weights, increment, weights + (MAX_STAGES << 3), first, stride, count, i);
    // An explicit method has no second derivatives: their matrices are zero.
    addProducts(problem, record, i, next, state, increment);
    addSources(problem, record, i, b, increment);
    if (!explicit) solveFours(problem, work, increment);
  }
  // The last stage of an explicit method stands at the new state.
  if (!explicit) addMultipleF(next, first + (stages - 1) * stride, count * LANES, 1.0);
}

/** out += J(uᵢ) x + DJ(y)[Uᵢ] y for four quantities. */
function addProducts(problem: i32, record: i32, i: i32, x: i32, y: i32, out: i32): void {
  const count = getI(problem, P_COUNT);
  const place = (i * getI(record, S_ENTRIES)) << 3;
  const slopes = part(record, S_SLOPES) + place;
  const curves = part(record, S_CURVES) + place;
  const rows = part(record, S_ROW_START);
  const columns = part(record, S_COLUMN);
  let begin: i32 = 0;
  for (let row: i32 = 0; row < count; row++) {
    const end = getI(rows, row + 1);
    addFoursF(out + row * (LANES << 3), slopes, x, curves, y, columns, begin, end);
    begin = end;
  }
}

/** Adds what the quantities of block `b` do to the derivative by way of the constants, at stage `i`. */
function addSources(problem: i32, record: i32, i: i32, b: i32, out: i32): void {
  const starts = getI(record, S_SOURCE_START);
  const reactions = getI(record, S_SOURCE_REACTION);
  const values = getI(record, S_SOURCE_VALUE);
  const monomials = part(record, S_MONOMIALS) + ((i * getI(problem, P_REACTIONS)) << 3);
  const changes = part(record, S_CHANGE_START);
  const unknown = part(record, S_CHANGE_UNKNOWN);
  const change = part(record, S_CHANGE_VALUE);
  const end = getI(starts, b + 1);
  for (let e = getI(starts, b); e < end; e++) {
    const r = getI(reactions, e);
    const rate = getF(monomials, r);
    const last = getI(changes, r + 1);
    for (let c = getI(changes, r); c < last; c++) {
      const to = out + getI(unknown, c) * (LANES << 3);
      addMultipleF(to, values + e * (LANES << 3), LANES, getF(change, c) * rate);
    }
  }
}

/** Solves W x = x in place for four quantities, with the factors of the state's step. */
function solveFours(problem: i32, work: i32, x: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const lu = region(problem, work, P_W_LU);
  const pivots = region(problem, work, P_W_PIVOTS);
  const bytes = LANES << 3;
  for (let i: i32 = 0; i < count; i++) {
    subtractFoursF(x + i * bytes, lu, columns, getI(rows, i), getI(diagonals, i), x);
  }
  for (let i = count - 1; i >= 0; i--) {
    const at = x + i * bytes;
    subtractFoursF(at, lu, columns, getI(diagonals, i) + 1, getI(rows, i + 1), x);
    const pivot = getF(pivots, i);
    for (let lane: i32 = 0; lane < LANES; lane++) setF(at, lane, getF(at, lane) * pivot);
  }
}

/** Forms the rows of a block's interpolant, as `prepareDense` does the state's. */
function prepareDenseBlock(problem: i32, record: i32, tableau: i32, scale: f64, b: i32): void {
  const stages = getI(tableau, T_STAGES);
  const stride = bytesOfBlock(problem);
  const size = stride >> 3;
  const first = part(record, S_INCREMENTS);
  for (let r: i32 = 0; r < MAX_DENSE; r++) {
    const k = part(record, S_DENSE) + (b * MAX_DENSE + r) * stride;
    zeroF(k, size);
    for (let j: i32 = 0; j < stages; j++) {
      const weight = getF(tableau, T_H + r * MAX_STAGES + j) * scale;
      if (weight != 0.0) addMultipleF(k, first + j * stride, size, weight);
    }
  }
}

/**
 * The largest error norm of the quantities of a block: the root mean square of p·ė/(atol + rtol·|p·s|), so that the
 * tolerances are those of the concentrations that a change of p by its own size would make.
 */
function blockError(problem: i32, work: i32, record: i32, tableau: i32, scale: f64, b: i32): f64 {
  const count = getI(problem, P_COUNT);
  if (count == 0) return 0.0;
  const stages = getI(tableau, T_STAGES);
  const stride = bytesOfBlock(problem);
  const size = stride >> 3;
  const first = part(record, S_INCREMENTS);
  let errors = first + (stages - 1) * stride;
  if (isExplicit(tableau)) {
    errors = part(record, S_STAGE);
    zeroF(errors, size);
    for (let j: i32 = 0; j < stages; j++) {
      addMultipleF(errors, first + j * stride, size, getF(tableau, T_ERROR + j) * scale);
    }
  }
  const state = part(record, S_STATE) + b * stride;
  const next = part(record, S_NEXT) + b * stride;
  const atol = region(problem, work, P_W_ATOL);
  const rtol = getF(work, R_RTOL);
  const quantities = getI(record, S_QUANTITIES);
  let worst: f64 = 0.0;
  for (let lane: i32 = 0; lane < LANES && b * LANES + lane < quantities; lane++) {
    const size = getF(part(record, S_SCALES), b * LANES + lane);
    let sum: f64 = 0.0;
    for (let i: i32 = 0; i < count; i++) {
      const before = Math.abs(getF(state, i * LANES + lane));
      const after = Math.abs(getF(next, i * LANES + lane));
      const weight = getF(atol, i) + rtol * size * (before > after ? before : after);
      const error = (size * getF(errors, i * LANES + lane)) / weight;
      sum += error * error;
    }
    const norm = Math.sqrt(sum / f64(count));
    if (!(norm <= worst)) worst = norm;
  }
  return worst;
}
