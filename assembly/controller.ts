/**
 * Step-size control: what the error of an attempt says about the next size. Knows no method but by its order, and uses
 * only arithmetic and `sqrt`, so every engine takes the same steps.
 */
import { weightedNorm } from './linalg/norms';
import { getF } from './memory';

// Hairer & Wanner 1996, RODAS: safety 0.9, a step grows at most 6-fold and shrinks at most 5-fold.
export const SAFETY: f64 = 0.9;
export const MAX_GROWTH: f64 = 6.0;
export const MAX_SHRINK: f64 = 5.0;
/** Gustafsson's predictor trusts no error below 1e-2 (RODAS): the fourth and the fifth root of that. */
export const FOURTH_ROOT_FLOOR: f64 = 0.31622776601683794;
export const FIFTH_ROOT_FLOOR: f64 = 0.39810717055349726;
/** Errors beyond these say no more than the limits on growth and shrinkage can use. */
export const SMALLEST_ERROR: f64 = 1e-10;
export const LARGEST_ERROR: f64 = 1e10;
/** A step that left the domain or the numbers says nothing about how far, so it is just cut. */
export const CUT_NEGATIVE: f64 = 0.5;
export const CUT_NON_FINITE: f64 = 0.25;

/**
 * x^(1/2), x^(1/4) or x^(1/5), accurate to 1e-3 for x in [SMALLEST_ERROR, LARGEST_ERROR] and clamped there. The fifth
 * root is x^(3/16) improved by two Newton steps.
 */
export function controllerRoot(x: f64, degree: i32): f64 {
  const bounded = x < SMALLEST_ERROR ? SMALLEST_ERROR : x > LARGEST_ERROR ? LARGEST_ERROR : x;
  const half = Math.sqrt(bounded);
  if (degree == 2) return half;
  const quarter = Math.sqrt(half);
  if (degree == 4) return quarter;
  let r = quarter / Math.sqrt(Math.sqrt(quarter));
  let square = r * r;
  r = 0.8 * r + (0.2 * bounded) / (square * square);
  square = r * r;
  return 0.8 * r + (0.2 * bounded) / (square * square);
}

/** Root of an accepted error, raised to what the next prediction may divide by. */
export function flooredRoot(root: f64, degree: i32): f64 {
  const floor = degree == 4 ? FOURTH_ROOT_FLOOR : FIFTH_ROOT_FLOOR;
  return root > floor ? root : floor;
}

/**
 * Next size after an attempt of size `h` whose error has the root `root`: the elementary rule, and for accepted steps
 * the more cautious of it and Gustafsson's (1994) prediction from the step before (`hOld`, `rootOld`; 0 at the first).
 */
export function nextStep(h: f64, root: f64, accepted: bool, hOld: f64, rootOld: f64): f64 {
  let divisor = root / SAFETY;
  if (accepted && rootOld > 0.0) {
    const predicted = ((hOld / h) * root * root) / (rootOld * SAFETY);
    if (predicted > divisor) divisor = predicted;
  }
  if (divisor < 1.0 / MAX_GROWTH) divisor = 1.0 / MAX_GROWTH;
  if (divisor > MAX_SHRINK) divisor = MAX_SHRINK;
  return h / divisor;
}

/**
 * First size (Hairer, Nørsett & Wanner 1993, II.4): 1 % of the time in which the state changes by itself, as far as
 * known before a trial derivative. 0 when nothing changes.
 */
export function trialStep(y: i32, f: i32, atol: i32, rtol: f64, count: i32): f64 {
  const d1 = weightedNorm(f, y, y, atol, rtol, count);
  if (d1 == 0.0) return 0.0;
  const d0 = weightedNorm(y, y, y, atol, rtol, count);
  // A state of (nearly) zeros sets no scale; the tolerance does.
  return d0 < 1e-5 ? 0.01 / d1 : (0.01 * d0) / d1;
}

/**
 * First size from the trial size `h0`, the norm of the change of the derivative over an Euler step of that size, and
 * the norm of the derivative itself.
 */
export function firstStep(h0: f64, change: f64, slope: f64, degree: i32): f64 {
  const second = change / h0;
  const largest = slope > second ? slope : second;
  const h1 = largest > 1e-15 ? controllerRoot(0.01 / largest, degree) : h0 * 1e3;
  return h1 < 100.0 * h0 ? h1 : 100.0 * h0;
}

/** Index of the largest |v|/(atol + rtol·|y|): the unknown to blame. */
export function worst(v: i32, y: i32, atol: i32, rtol: f64, count: i32): i32 {
  let index: i32 = 0;
  let largest: f64 = -1.0;
  for (let i: i32 = 0; i < count; i++) {
    const size = Math.abs(getF(v, i)) / (getF(atol, i) + rtol * Math.abs(getF(y, i)));
    if (!(size <= largest)) {
      largest = size;
      index = i;
    }
  }
  return index;
}
