/**
 * What the derivatives of a step share, whatever they are taken by: at each stage of a step that has been made, the
 * Jacobian at the stage's point, its derivative along the stage's increment, and the monomials that constants multiply.
 */
import { jacobianInto, power, powerCurve, powerSlope } from '../kinetics';
import {
  FAMILY_EXPLICIT,
  MAX_STAGES,
  P_COUNT,
  P_FACTOR_A_OFFSET,
  P_FACTOR_B_OFFSET,
  P_FACTOR_C_OFFSET,
  P_GENERAL_ORDER_OFFSET,
  P_GENERAL_SPECIES_OFFSET,
  P_GENERAL_START_OFFSET,
  P_GEN_REACTION_OFFSET,
  P_GEN_TERM_OFFSET,
  P_GEN_WEIGHT_OFFSET,
  P_JAC_A_OFFSET,
  P_JAC_B_OFFSET,
  P_JAC_GENERAL,
  P_JAC_PAIRS,
  P_JAC_TRIPLES,
  P_PAIR_END,
  P_REACTIONS,
  P_TRIPLE_END,
  P_W_ATOL,
  P_W_CONSTANTS,
  P_W_INCREMENTS,
  P_W_JAC_COEFFICIENTS,
  T_A,
  T_EXPLICIT,
  T_FAMILY,
} from '../layout';
import { addMultipleF, copyF, getF, getI, setF, zeroF } from '../memory';
import { region, table } from '../problem';
import {
  S_CURVES,
  S_ENTRIES,
  S_GEN_PLACE,
  S_INCREMENT,
  S_MONOMIALS,
  S_PLACE,
  S_POINT,
  S_SLOPES,
} from './layout';

/** Address of a part of the record. */
export function part(record: i32, word: i32): i32 {
  return record + getI(record, word);
}

export function isExplicit(tableau: i32): bool {
  return getI(tableau, T_FAMILY) == FAMILY_EXPLICIT;
}

/** Address of the row of `a` from which stage `i` of a Rosenbrock method starts: later stages add whole increments. */
export function rowOfA(tableau: i32, i: i32): i32 {
  const last = getI(tableau, T_EXPLICIT) - 1;
  return tableau + ((T_A + (i < last ? i : last) * MAX_STAGES) << 3);
}

/** The point of stage `i` of the step of size `h` from `y0`, whose increments are in the workspace, into `out`. */
function stagePoint(problem: i32, work: i32, tableau: i32, h: f64, i: i32, y0: i32, out: i32): void {
  const count = getI(problem, P_COUNT);
  const first = region(problem, work, P_W_INCREMENTS);
  const stride = count << 3;
  copyF(out, y0, count);
  if (isExplicit(tableau)) {
    const a = tableau + ((T_A + i * MAX_STAGES) << 3);
    for (let j: i32 = 0; j < i; j++) addMultipleF(out, first + j * stride, count, getF(a, j) * h);
    return;
  }
  const last = getI(tableau, T_EXPLICIT) - 1;
  const a = rowOfA(tableau, i);
  for (let j: i32 = 0; j < i; j++) addMultipleF(out, first + j * stride, count, j < last ? getF(a, j) : 1.0);
}

/**
 * Makes the matrices and monomials of stage `i` of the step of size `h` from `y0`, into place `slot` of the record.
 * Explicit methods have no increment that the Jacobian multiplies, and so no second derivatives.
 */
export function prepareStage(
  problem: i32,
  work: i32,
  record: i32,
  tableau: i32,
  h: f64,
  y0: i32,
  i: i32,
  slot: i32,
): void {
  const count = getI(problem, P_COUNT);
  const entries = getI(record, S_ENTRIES);
  const point = part(record, S_POINT);
  const monomials = part(record, S_MONOMIALS) + ((slot * getI(problem, P_REACTIONS)) << 3);
  stagePoint(problem, work, tableau, h, i, y0, point);
  setF(point, count, 1.0);
  const slopes = part(record, S_SLOPES) + ((slot * entries) << 3);
  const genPlace = part(record, S_GEN_PLACE);
  jacobianInto(problem, work, point, part(record, S_PLACE), genPlace, slopes, entries);
  monomialsAt(problem, point, monomials);
  const curves = part(record, S_CURVES) + ((slot * entries) << 3);
  if (isExplicit(tableau)) {
    zeroF(curves, entries);
    return;
  }
  const increment = part(record, S_INCREMENT);
  copyF(increment, region(problem, work, P_W_INCREMENTS) + i * (count << 3), count);
  setF(increment, count, 0.0);
  curvature(problem, work, record, y0, increment, curves, entries);
  addMonomialSlopes(problem, work, y0, increment, monomials);
}

/** The monomial of each merged reaction, its rate by its constant, at `y`. */
function monomialsAt(problem: i32, y: i32, out: i32): void {
  const a = table(problem, P_FACTOR_A_OFFSET);
  const b = table(problem, P_FACTOR_B_OFFSET);
  const c = table(problem, P_FACTOR_C_OFFSET);
  const pairEnd = getI(problem, P_PAIR_END);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  const reactions = getI(problem, P_REACTIONS);
  for (let r: i32 = 0; r < pairEnd; r++) setF(out, r, getF(y, getI(a, r)) * getF(y, getI(b, r)));
  for (let r = pairEnd; r < tripleEnd; r++) {
    setF(out, r, getF(y, getI(a, r)) * getF(y, getI(b, r)) * getF(y, getI(c, r - pairEnd)));
  }
  const start = table(problem, P_GENERAL_START_OFFSET);
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  const order = table(problem, P_GENERAL_ORDER_OFFSET);
  for (let r = tripleEnd; r < reactions; r++) {
    const end = getI(start, r - tripleEnd + 1);
    let product: f64 = 1.0;
    for (let m = getI(start, r - tripleEnd); m < end; m++) {
      product *= power(getF(y, getI(species, m)), getF(order, m));
    }
    setF(out, r, product);
  }
}

/** Adds the derivatives of the monomials at `y` along `u`, which ends in a 0 as `y` ends in a 1. */
function addMonomialSlopes(problem: i32, work: i32, y: i32, u: i32, out: i32): void {
  const a = table(problem, P_FACTOR_A_OFFSET);
  const b = table(problem, P_FACTOR_B_OFFSET);
  const c = table(problem, P_FACTOR_C_OFFSET);
  const pairEnd = getI(problem, P_PAIR_END);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  const reactions = getI(problem, P_REACTIONS);
  for (let r: i32 = 0; r < tripleEnd; r++) {
    const p = getI(a, r);
    const q = getI(b, r);
    let slope = getF(u, p) * getF(y, q) + getF(y, p) * getF(u, q);
    if (r >= pairEnd) {
      const s = getI(c, r - pairEnd);
      slope = slope * getF(y, s) + getF(y, p) * getF(y, q) * getF(u, s);
    }
    setF(out, r, getF(out, r) + slope);
  }
  const atol = region(problem, work, P_W_ATOL);
  const start = table(problem, P_GENERAL_START_OFFSET);
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  for (let r = tripleEnd; r < reactions; r++) {
    const first = getI(start, r - tripleEnd);
    const end = getI(start, r - tripleEnd + 1);
    let slope: f64 = 0.0;
    for (let by = first; by < end; by++) {
      slope += getF(u, getI(species, by)) * product(problem, y, atol, first, end, by, -1);
    }
    setF(out, r, getF(out, r) + slope);
  }
}

/**
 * The product of the powers [first, end) of a general monomial at `y`, differentiated by that at `by` and, unless it is
 * −1, by that at `again` too.
 */
function product(problem: i32, y: i32, atol: i32, first: i32, end: i32, by: i32, again: i32): f64 {
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  const order = table(problem, P_GENERAL_ORDER_OFFSET);
  let result: f64 = 1.0;
  for (let m = first; m < end; m++) {
    const s = getI(species, m);
    const x = getF(y, s);
    if (m == by && m == again) result *= powerCurve(x, getF(order, m), getF(atol, s));
    else if (m == by || m == again) result *= powerSlope(x, getF(order, m), getF(atol, s));
    else result *= power(x, getF(order, m));
  }
  return result;
}

/** The derivative of the Jacobian at `y` along `u`, which ends in a 0 as `y` ends in a 1, into the record's pattern. */
function curvature(problem: i32, work: i32, record: i32, y: i32, u: i32, out: i32, entries: i32): void {
  const coefficients = region(problem, work, P_W_JAC_COEFFICIENTS);
  const place = part(record, S_PLACE);
  const a = table(problem, P_JAC_A_OFFSET);
  const b = table(problem, P_JAC_B_OFFSET);
  const pairs = getI(problem, P_JAC_PAIRS);
  const end = pairs + getI(problem, P_JAC_TRIPLES);
  zeroF(out, entries);
  for (let j: i32 = 0; j < pairs; j++) {
    const p = getI(place, j);
    setF(out, p, getF(out, p) + getF(coefficients, j) * getF(u, getI(a, j)));
  }
  for (let j = pairs; j < end; j++) {
    const p = getI(place, j);
    const q = getI(a, j);
    const r = getI(b, j - pairs);
    const both = getF(u, q) * getF(y, r) + getF(y, q) * getF(u, r);
    setF(out, p, getF(out, p) + getF(coefficients, j) * both);
  }
  const general = getI(problem, P_JAC_GENERAL);
  const constants = region(problem, work, P_W_CONSTANTS);
  const atol = region(problem, work, P_W_ATOL);
  const genPlace = part(record, S_GEN_PLACE);
  const reaction = table(problem, P_GEN_REACTION_OFFSET);
  const term = table(problem, P_GEN_TERM_OFFSET);
  const weight = table(problem, P_GEN_WEIGHT_OFFSET);
  const start = table(problem, P_GENERAL_START_OFFSET);
  const species = table(problem, P_GENERAL_SPECIES_OFFSET);
  const tripleEnd = getI(problem, P_TRIPLE_END);
  for (let j: i32 = 0; j < general; j++) {
    const r = getI(reaction, j);
    const by = getI(term, j);
    const first = getI(start, r - tripleEnd);
    const last = getI(start, r - tripleEnd + 1);
    let sum: f64 = 0.0;
    for (let m = first; m < last; m++) {
      sum += getF(u, getI(species, m)) * product(problem, y, atol, first, last, by, m);
    }
    const p = getI(genPlace, j);
    setF(out, p, getF(out, p) + getF(weight, j) * getF(constants, r) * sum);
  }
}
