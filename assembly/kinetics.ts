import {
  P_CHANGE_REACTION_OFFSET,
  P_CHANGE_START_OFFSET,
  P_CHANGE_VALUE_OFFSET,
  P_COUNT,
  P_ELIMINATED,
  P_FACTOR_A_OFFSET,
  P_FACTOR_B_OFFSET,
  P_FACTOR_C_OFFSET,
  P_FILL,
  P_FOLD_A_OFFSET,
  P_FOLD_B_OFFSET,
  P_FOLD_FACTOR_OFFSET,
  P_FOLD_MORE_ORDER_OFFSET,
  P_FOLD_MORE_SPECIES_OFFSET,
  P_FOLD_MORE_START_OFFSET,
  P_FOLD_RAW_OFFSET,
  P_FOLD_START_OFFSET,
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
  P_JAC_REACTION_OFFSET,
  P_JAC_START_OFFSET,
  P_JAC_TRIPLES,
  P_JAC_WEIGHT_OFFSET,
  P_PAIR_END,
  P_RAW_OFFSET,
  P_REACTIONS,
  P_TRIPLE_END,
  P_W_ATOL,
  P_W_CONSTANTS,
  P_W_JACOBIAN,
  P_W_JAC_COEFFICIENTS,
  P_W_RATES,
} from './layout';
import { pow } from './math';
import { getF, getI, setF, sumProductsF } from './memory';
import { completeState } from './moieties';
import { region, table } from './problem';

// Orders up to this are multiplied out: exact in sign for negative bases, and faster than `pow`.
const MAX_MULTIPLIED: f64 = 16.0;

/**
 * x^order for any real order. Whole orders are multiplied out. A fractional power of a negative base (a
 * concentration within −atol of zero) continues as an odd function, so that the rate pulls the species back.
 */
export function power(x: f64, order: f64): f64 {
  if (order == Math.floor(order) && order >= 0.0 && order <= MAX_MULTIPLIED) {
    let result: f64 = 1.0;
    for (let n = i32(order); n > 0; n--) result *= x;
    return result;
  }
  return x < 0.0 ? -pow(-x, order) : pow(x, order);
}

/**
 * d(x^order)/dx. An order below 1 has an infinite slope at 0; there the slope is taken at the absolute tolerance,
 * below which a concentration is not known anyway.
 */
export function powerSlope(x: f64, order: f64, atol: f64): f64 {
  if (order == 1.0) return 1.0;
  if (order == Math.floor(order) && order >= 0.0) return order * power(x, order - 1.0);
  const size = Math.abs(x);
  const at = order < 1.0 && size < atol ? atol : size;
  return order * pow(at, order - 1.0);
}

/** d²(x^order)/dx²: the slope of `powerSlope`, 0 where that is held at the tolerance. */
export function powerCurve(x: f64, order: f64, atol: f64): f64 {
  if (order == 1.0) return 0.0;
  if (order == Math.floor(order) && order >= 2.0) return order * (order - 1.0) * power(x, order - 2.0);
  const size = Math.abs(x);
  if (order < 1.0 && size < atol) return 0.0;
  // Between orders 1 and 2 the slope rises infinitely fast at 0.
  const curve = order * (order - 1.0) * pow(size < atol ? atol : size, order - 2.0);
  return x < 0.0 ? -curve : curve;
}

/**
 * The fold program: effective constants kₑ = Σ factor · k · ∏ heldᵒ of the merged reactions, and from them the
 * constant coefficients of the Jacobian program. Runs once per phase, so training changes numbers, never topology.
 * @param full the state vector of all species, followed by a slot that holds 1
 */
export function fold(problem: i32, work: i32, full: i32): void {
  const constants = region(problem, work, P_W_CONSTANTS);
  const raw = table(problem, P_RAW_OFFSET);
  const start = table(problem, P_FOLD_START_OFFSET);
  const which = table(problem, P_FOLD_RAW_OFFSET);
  const factor = table(problem, P_FOLD_FACTOR_OFFSET);
  const a = table(problem, P_FOLD_A_OFFSET);
  const b = table(problem, P_FOLD_B_OFFSET);
  const moreStart = table(problem, P_FOLD_MORE_START_OFFSET);
  const moreSpecies = table(problem, P_FOLD_MORE_SPECIES_OFFSET);
  const moreOrder = table(problem, P_FOLD_MORE_ORDER_OFFSET);
  const reactions = getI(problem, P_REACTIONS);
  let t: i32 = 0;
  for (let r: i32 = 0; r < reactions; r++) {
    const end = getI(start, r + 1);
    if (getI(moreStart, t) == getI(moreStart, end)) {
      setF(constants, r, sumProductsF(factor, raw, which, full, a, b, t, end));
      t = end;
      continue;
    }
    let sum: f64 = 0.0;
    for (; t < end; t++) {
      let k = getF(factor, t) * getF(raw, getI(which, t)) * getF(full, getI(a, t)) * getF(full, getI(b, t));
      const moreEnd = getI(moreStart, t + 1);
      for (let m = getI(moreStart, t); m < moreEnd; m++) {
        k *= power(getF(full, getI(moreSpecies, m)), getF(moreOrder, m));
      }
      sum += k;
    }
    setF(constants, r, sum);
  }
  const coefficients = region(problem, work, P_W_JAC_COEFFICIENTS);
  const jacStart = table(problem, P_JAC_START_OFFSET);
  const jacReaction = table(problem, P_JAC_REACTION_OFFSET);
  const jacWeight = table(problem, P_JAC_WEIGHT_OFFSET);
  const entries = getI(problem, P_JAC_PAIRS) + getI(problem, P_JAC_TRIPLES);
  let e: i32 = 0;
  for (let j: i32 = 0; j < entries; j++) {
    const end = getI(jacStart, j + 1);
    let sum: f64 = 0.0;
    for (; e < end; e++) sum += getF(jacWeight, e) * getF(constants, getI(jacReaction, e));
    setF(coefficients, j, sum);
  }
}

/** Rates of the merged reactions with more than two factors. */
function higherRates(problem: i32, constants: i32, y: i32, out: i32): void {
  const a = table(problem, P_FACTOR_A_OFFSET);
  const b = table(problem, P_FACTOR_B_OFFSET);
  const c = table(problem, P_FACTOR_C_OFFSET);
  const start = table(problem, P_GENERAL_START_OFFSET);
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  const order = table(problem, P_GENERAL_ORDER_OFFSET);
  const pairEnd = getI(problem, P_PAIR_END);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  const reactions = getI(problem, P_REACTIONS);
  for (let r = pairEnd; r < tripleEnd; r++) {
    const pair = getF(constants, r) * getF(y, getI(a, r)) * getF(y, getI(b, r));
    setF(out, r, pair * getF(y, getI(c, r - pairEnd)));
  }
  for (let r = tripleEnd; r < reactions; r++) {
    let rate = getF(constants, r);
    const end = getI(start, r - tripleEnd + 1);
    for (let m = getI(start, r - tripleEnd); m < end; m++) {
      rate *= power(getF(y, getI(species, m)), getF(order, m));
    }
    setF(out, r, rate);
  }
}

/** dy/dt of the unknowns at `y` (COUNT doubles, then 1) into `out`. */
export function derivative(problem: i32, work: i32, y: i32, out: i32): void {
  if (getI(problem, P_ELIMINATED) > 0) completeState(problem, work, y);
  const rates = region(problem, work, P_W_RATES);
  const constants = region(problem, work, P_W_CONSTANTS);
  const a = table(problem, P_FACTOR_A_OFFSET);
  const b = table(problem, P_FACTOR_B_OFFSET);
  const pairEnd = getI(problem, P_PAIR_END);
  for (let r: i32 = 0; r < pairEnd; r++) {
    setF(rates, r, getF(constants, r) * getF(y, getI(a, r)) * getF(y, getI(b, r)));
  }
  if (pairEnd < getI(problem, P_REACTIONS)) higherRates(problem, constants, y, rates);
  const start = table(problem, P_CHANGE_START_OFFSET);
  const reaction = table(problem, P_CHANGE_REACTION_OFFSET);
  const value = table(problem, P_CHANGE_VALUE_OFFSET);
  const count = getI(problem, P_COUNT);
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(start, i + 1);
    // −0 + x is x to the bit, so the sum is that of its terms alone, as generated code adds them up.
    let sum: f64 = -0.0;
    // Few terms each: tested at its end, the loop has a branch less.
    if (e < end) {
      do {
        sum += getF(value, e) * getF(rates, getI(reaction, e));
        e++;
      } while (e < end);
    }
    setF(out, i, sum);
  }
}

/** ∂(dy/dt)/∂y at `y`, written into the workspace's Jacobian in the filled pattern. */
export function jacobian(problem: i32, work: i32, y: i32): void {
  const out = region(problem, work, P_W_JACOBIAN);
  const place = table(problem, P_JAC_PLACE_OFFSET);
  jacobianInto(problem, work, y, place, table(problem, P_GEN_PLACE_OFFSET), out, getI(problem, P_FILL));
}

/**
 * ∂(dy/dt)/∂y at `y` into the `size` entries of any pattern.
 * @param place the entry of each summand of pairs and triples
 * @param genPlace … and of general monomials
 */
export function jacobianInto(
  problem: i32,
  work: i32,
  y: i32,
  place: i32,
  genPlace: i32,
  out: i32,
  size: i32,
): void {
  if (getI(problem, P_ELIMINATED) > 0) completeState(problem, work, y);
  for (let e: i32 = 0; e < size; e++) setF(out, e, -0.0);
  const coefficients = region(problem, work, P_W_JAC_COEFFICIENTS);
  const a = table(problem, P_JAC_A_OFFSET);
  const pairs = getI(problem, P_JAC_PAIRS);
  const entries = pairs + getI(problem, P_JAC_TRIPLES);
  let j: i32 = 0;
  for (; j < pairs; j++) {
    const p = getI(place, j);
    setF(out, p, getF(out, p) + getF(coefficients, j) * getF(y, getI(a, j)));
  }
  if (j < entries) {
    const b = table(problem, P_JAC_B_OFFSET);
    for (; j < entries; j++) {
      const p = getI(place, j);
      const term = getF(coefficients, j) * getF(y, getI(a, j)) * getF(y, getI(b, j - pairs));
      setF(out, p, getF(out, p) + term);
    }
  }
  if (getI(problem, P_JAC_GENERAL) > 0) generalJacobian(problem, work, y, genPlace, out);
}

function generalJacobian(problem: i32, work: i32, y: i32, place: i32, out: i32): void {
  const constants = region(problem, work, P_W_CONSTANTS);
  const atol = region(problem, work, P_W_ATOL);
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
    let slope = getF(weight, j) * getF(constants, r);
    const end = getI(start, r - tripleEnd + 1);
    for (let m = getI(start, r - tripleEnd); m < end; m++) {
      const s = getI(species, m);
      const x = getF(y, s);
      slope *= m == by ? powerSlope(x, getF(order, m), getF(atol, s)) : power(x, getF(order, m));
    }
    const p = getI(place, j);
    setF(out, p, getF(out, p) + slope);
  }
}
