/** `kinetics.ts` for two runs: the same operations in the same order in each lane. */
import { power, powerSlope } from '../kinetics';
import {
  P_CHANGE_REACTION_OFFSET,
  P_CHANGE_START_OFFSET,
  P_CHANGE_VALUE_OFFSET,
  P_COUNT,
  P_FACTOR_A_OFFSET,
  P_FACTOR_B_OFFSET,
  P_FACTOR_C_OFFSET,
  P_FILL,
  P_GENERAL_ORDER_OFFSET,
  P_GENERAL_SPECIES_OFFSET,
  P_GENERAL_START_OFFSET,
  P_GEN_PLACE_OFFSET,
  P_GEN_REACTION_OFFSET,
  P_GEN_TERM_OFFSET,
  P_GEN_WEIGHT_OFFSET,
  P_JAC_A_OFFSET,
  P_JAC_B_OFFSET,
  P_JAC_GENERAL,
  P_JAC_PAIRS,
  P_JAC_PLACE_OFFSET,
  P_JAC_TRIPLES,
  P_PAIR_END,
  P_REACTIONS,
  P_TRIPLE_END,
  P_W_ATOL,
  P_W_CONSTANTS,
  P_W_JACOBIAN,
  P_W_JAC_COEFFICIENTS,
  P_W_RATES,
} from '../layout';
import { getF, getI } from '../memory';
import { table } from '../problem';
import { bothF, getV, pairRegion, setV } from './vectors';

function powers(x: v128, order: f64): v128 {
  return f64x2(power(f64x2.extract_lane(x, 0), order), power(f64x2.extract_lane(x, 1), order));
}

function powerSlopes(x: v128, order: f64, atol: v128): v128 {
  return f64x2(
    powerSlope(f64x2.extract_lane(x, 0), order, f64x2.extract_lane(atol, 0)),
    powerSlope(f64x2.extract_lane(x, 1), order, f64x2.extract_lane(atol, 1)),
  );
}

function rates(problem: i32, pair: i32, y: i32): i32 {
  const out = pairRegion(problem, pair, P_W_RATES);
  const constants = pairRegion(problem, pair, P_W_CONSTANTS);
  const a = table(problem, P_FACTOR_A_OFFSET);
  const b = table(problem, P_FACTOR_B_OFFSET);
  const pairEnd = getI(problem, P_PAIR_END);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  const reactions = getI(problem, P_REACTIONS);
  let r: i32 = 0;
  for (; r < pairEnd; r++) {
    setV(out, r, f64x2.mul(f64x2.mul(getV(constants, r), getV(y, getI(a, r))), getV(y, getI(b, r))));
  }
  if (r < tripleEnd) {
    const c = table(problem, P_FACTOR_C_OFFSET);
    for (; r < tripleEnd; r++) {
      const two = f64x2.mul(f64x2.mul(getV(constants, r), getV(y, getI(a, r))), getV(y, getI(b, r)));
      setV(out, r, f64x2.mul(two, getV(y, getI(c, r - pairEnd))));
    }
  }
  if (r < reactions) {
    const start = table(problem, P_GENERAL_START_OFFSET);
    const species = table(problem, P_GENERAL_SPECIES_OFFSET);
    const order = table(problem, P_GENERAL_ORDER_OFFSET);
    for (; r < reactions; r++) {
      let rate = getV(constants, r);
      const end = getI(start, r - tripleEnd + 1);
      for (let m = getI(start, r - tripleEnd); m < end; m++) {
        rate = f64x2.mul(rate, powers(getV(y, getI(species, m)), getF(order, m)));
      }
      setV(out, r, rate);
    }
  }
  return out;
}

/** dy/dt of the unknowns at `y` into `out` (COUNT pairs). */
export function derivative(problem: i32, pair: i32, y: i32, out: i32): void {
  const v = rates(problem, pair, y);
  const start = table(problem, P_CHANGE_START_OFFSET);
  const reaction = table(problem, P_CHANGE_REACTION_OFFSET);
  const value = table(problem, P_CHANGE_VALUE_OFFSET);
  const count = getI(problem, P_COUNT);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(start, i + 1);
    let sum = f64x2.splat(-0.0);
    for (; e < end; e++) sum = f64x2.add(sum, f64x2.mul(bothF(value, e), getV(v, getI(reaction, e))));
    setV(out, i, sum);
  }
}

/** The Jacobians at `y`, into the workspace. */
export function jacobian(problem: i32, pair: i32, y: i32): void {
  const out = pairRegion(problem, pair, P_W_JACOBIAN);
  const fill = getI(problem, P_FILL);
  for (let e: i32 = 0; e < fill; e++) setV(out, e, f64x2.splat(-0.0));
  const coefficients = pairRegion(problem, pair, P_W_JAC_COEFFICIENTS);
  const place = table(problem, P_JAC_PLACE_OFFSET);
  const a = table(problem, P_JAC_A_OFFSET);
  const pairs = getI(problem, P_JAC_PAIRS);
  const entries = pairs + getI(problem, P_JAC_TRIPLES);
  let j: i32 = 0;
  for (; j < pairs; j++) {
    const p = getI(place, j);
    setV(out, p, f64x2.add(getV(out, p), f64x2.mul(getV(coefficients, j), getV(y, getI(a, j)))));
  }
  if (j < entries) {
    const b = table(problem, P_JAC_B_OFFSET);
    for (; j < entries; j++) {
      const p = getI(place, j);
      const two = f64x2.mul(getV(coefficients, j), getV(y, getI(a, j)));
      setV(out, p, f64x2.add(getV(out, p), f64x2.mul(two, getV(y, getI(b, j - pairs)))));
    }
  }
  if (getI(problem, P_JAC_GENERAL) > 0) generalJacobian(problem, pair, y, out);
}

function generalJacobian(problem: i32, pair: i32, y: i32, out: i32): void {
  const constants = pairRegion(problem, pair, P_W_CONSTANTS);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const place = table(problem, P_GEN_PLACE_OFFSET);
  const reaction = table(problem, P_GEN_REACTION_OFFSET);
  const term = table(problem, P_GEN_TERM_OFFSET);
  const weight = table(problem, P_GEN_WEIGHT_OFFSET);
  const start = table(problem, P_GENERAL_START_OFFSET);
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  const order = table(problem, P_GENERAL_ORDER_OFFSET);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  const entries = getI(problem, P_JAC_GENERAL);
  for (let j: i32 = 0; j < entries; j++) {
    const r = getI(reaction, j);
    const by = getI(term, j);
    let slope = f64x2.mul(bothF(weight, j), getV(constants, r));
    const end = getI(start, r - tripleEnd + 1);
    for (let m = getI(start, r - tripleEnd); m < end; m++) {
      const s = getI(species, m);
      const x = getV(y, s);
      const factor = m == by ? powerSlopes(x, getF(order, m), getV(atol, s)) : powers(x, getF(order, m));
      slope = f64x2.mul(slope, factor);
    }
    const p = getI(place, j);
    setV(out, p, f64x2.add(getV(out, p), slope));
  }
}
