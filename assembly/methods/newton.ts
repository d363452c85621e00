/**
 * The correction of a multistep method's predicted state: Newton's iteration with a Jacobian and factors of before,
 * kept until they no longer serve (the rules and constants are those of SUNDIALS' cvode.c, cvode_ls.c and
 * sunnonlinsol_newton.c).
 *
 * With the predicted ŷ and hŷ′, the correction e and γ = h/l₁ the state y = ŷ + e solves f(y) = (hŷ′ + l₁e)/h, and so
 *
 *     (I/γ − J) Δ = f(y) − (hŷ′ + l₁e)/h
 */
import { bump } from '../attempt';
import { differentiate, evaluate, factorise, solveFactored } from '../dispatch';
import {
  FORMULA_ERROR,
  FORMULA_L,
  P_KRYLOV,
  P_W_DENSE,
  P_W_DERIVATIVE_STAGE,
  P_W_FORMULA,
  P_W_INCREMENTS,
  P_W_STAGE,
  ROW_CORRECTION,
  ROW_DELTA,
  ROW_SLOPE,
  ROW_WEIGHTS,
  R_COUNT_DERIVATIVES,
  R_COUNT_FACTORISATIONS,
  R_COUNT_JACOBIANS,
  R_COUNT_SOLVES,
  R_M_CORRECTION,
  R_M_DIFFERENTIATED,
  R_M_FACTORED,
  R_M_GAMMA,
  R_M_RATE,
  R_M_STEPS,
  R_SPECIES,
} from '../layout';
import { gmres } from '../linalg/gmres';
import { scaledNorm } from '../linalg/norms';
import { getF, getI, setF, setI, zeroF } from '../memory';
import { region } from '../problem';
import { predict, rowAt } from './nordsieck';

export const CONVERGED: i32 = 0;
export const NOT_CONVERGED: i32 = 1;
/** A pivot vanished; R_SPECIES says whose. */
export const NO_FACTORS: i32 = 2;
/** GMRES did not solve a linear system, with fresh factors. */
export const UNSOLVED: i32 = 3;

/** Factors serve for so many steps, a Jacobian for so many. */
const FACTORS_LAST: i32 = 20;
const JACOBIAN_LASTS: i32 = 50;
/** Factors serve while γ has changed by no more than this fraction. */
const GAMMA_DRIFT: f64 = 0.3;
/** Slow convergence is put down to the Jacobian when γ has changed by less than this. */
const GAMMA_NEAR: f64 = 0.2;
const MAX_ITERATIONS: i32 = 3;
/**
 * What is left of the correction's error may be this part of the error allowed to the step. CVODE's 0.1 costs a third
 * more steps and factorisations here (HIRES, OREGO, repressilator, BCR): the error test then judges the iteration.
 */
const NEWTON_SHARE: f64 = 0.03;
/** … and of the linear systems' error this part of that. CVODE's 0.05 costs BCR half a digit and saves a tenth of the work. */
const KRYLOV_SHARE: f64 = 0.01;
/** The rate of convergence is forgotten at most this fast. */
const RATE_DECAY: f64 = 0.3;
/** An iteration whose changes grow this much diverges. */
const DIVERGENCE: f64 = 2.0;

/** Evaluates the Jacobian at the predicted state when asked to or when it is old, and factors for γ. */
function prepareFactors(problem: i32, work: i32, gamma: f64, stale: bool): bool {
  const step = getI(work, R_M_STEPS);
  const known = getI(work, R_M_DIFFERENTIATED);
  if (stale || known < 0 || step > known + JACOBIAN_LASTS) {
    differentiate(problem, work, region(problem, work, P_W_STAGE));
    bump(work, R_COUNT_JACOBIANS, 1);
    setI(work, R_M_DIFFERENTIATED, step);
  }
  bump(work, R_COUNT_FACTORISATIONS, 1);
  const singular = factorise(problem, work, 1.0 / gamma);
  setI(work, R_M_FACTORED, singular >= 0 ? -1 : step);
  setI(work, R_SPECIES, singular);
  setF(work, R_M_GAMMA, gamma);
  setF(work, R_M_RATE, 1.0);
  return singular < 0;
}

/** Iterates from the predicted state in STAGE. */
function iterate(problem: i32, work: i32, count: i32, h: f64, l1: f64, gamma: f64): i32 {
  const formula = region(problem, work, P_W_FORMULA);
  const stage = region(problem, work, P_W_STAGE);
  const slope = region(problem, work, P_W_DERIVATIVE_STAGE);
  const dense = region(problem, work, P_W_DENSE);
  const delta = rowAt(dense, ROW_DELTA, count);
  const predicted = rowAt(dense, ROW_SLOPE, count);
  const weights = rowAt(dense, ROW_WEIGHTS, count);
  const correction = rowAt(region(problem, work, P_W_INCREMENTS), ROW_CORRECTION, count);
  const allowed = NEWTON_SHARE / getF(formula, FORMULA_ERROR);
  const complete = getI(problem, P_KRYLOV) == 0;
  // Factors for another γ: the middle of what the stiff and the slow components would need (Hindmarsh).
  const relaxation = complete ? 2.0 / (1.0 + gamma / getF(work, R_M_GAMMA)) : 1.0;
  const rate = 1.0 / h;
  zeroF(correction, count);
  let before: f64 = 0.0;
  for (let m: i32 = 0; m < MAX_ITERATIONS; m++) {
    evaluate(problem, work, stage, slope);
    for (let i: i32 = 0; i < count; i++) {
      setF(delta, i, -(getF(predicted, i) + l1 * getF(correction, i)) * rate);
    }
    if (complete) {
      solveFactored(problem, work, delta, slope);
    } else if (!gmres(problem, work, 1.0 / gamma, delta, slope, weights, KRYLOV_SHARE * allowed)) {
      return UNSOLVED;
    }
    bump(work, R_COUNT_DERIVATIVES, 1);
    bump(work, R_COUNT_SOLVES, 1);
    for (let i: i32 = 0; i < count; i++) {
      const d = getF(delta, i) * relaxation;
      setF(delta, i, d);
      setF(correction, i, getF(correction, i) + d);
      setF(stage, i, getF(stage, i) + d);
    }
    const size = scaledNorm(delta, weights, count);
    if (!(size - size == 0.0)) return NOT_CONVERGED;
    if (m > 0) {
      const decayed = RATE_DECAY * getF(work, R_M_RATE);
      const seen = size / before;
      setF(work, R_M_RATE, seen > decayed ? seen : decayed);
    }
    const factor = getF(work, R_M_RATE);
    if (size * (factor < 1.0 ? factor : 1.0) <= allowed) {
      setF(work, R_M_CORRECTION, m == 0 ? size : scaledNorm(correction, weights, count));
      return CONVERGED;
    }
    if (m > 0 && size > DIVERGENCE * before) return NOT_CONVERGED;
    before = size;
  }
  return NOT_CONVERGED;
}

/**
 * Corrects the predicted state in STAGE for a step of size `h`; leaves the corrected one there, the correction in
 * ROW_CORRECTION and its norm in R_M_CORRECTION.
 */
export function correct(problem: i32, work: i32, count: i32, h: f64): i32 {
  const l1 = getF(region(problem, work, P_W_FORMULA), FORMULA_L + 1);
  const gamma = h / l1;
  const factored = getI(work, R_M_FACTORED);
  const step = getI(work, R_M_STEPS);
  const kept =
    factored >= 0 &&
    step < factored + FACTORS_LAST &&
    Math.abs(gamma / getF(work, R_M_GAMMA) - 1.0) <= GAMMA_DRIFT;
  if (!kept && !prepareFactors(problem, work, gamma, false)) return NO_FACTORS;
  let outcome = iterate(problem, work, count, h, l1, gamma);
  if (outcome != CONVERGED && Math.abs(gamma / getF(work, R_M_GAMMA) - 1.0) >= GAMMA_NEAR) {
    predict(problem, work, count);
    if (!prepareFactors(problem, work, gamma, false)) return NO_FACTORS;
    outcome = iterate(problem, work, count, h, l1, gamma);
  }
  if (outcome != CONVERGED && getI(work, R_M_DIFFERENTIATED) < step) {
    predict(problem, work, count);
    if (!prepareFactors(problem, work, gamma, true)) return NO_FACTORS;
    outcome = iterate(problem, work, count, h, l1, gamma);
  }
  return outcome;
}
