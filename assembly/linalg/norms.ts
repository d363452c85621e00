import { getF, setF } from '../memory';

/** Scale of component i: atol + rtol · max(|a|, |b|). */
function weight(atol: f64, rtol: f64, a: f64, b: f64): f64 {
  const x = Math.abs(a);
  const y = Math.abs(b);
  return atol + rtol * (x > y ? x : y);
}

/**
 * Root mean square of v/(atol + rtol·max(|a|,|b|)) over `count` components. Even and odd components are summed apart,
 * as a two-lane vector version sums them.
 */
export function weightedNorm(v: i32, a: i32, b: i32, atol: i32, rtol: f64, count: i32): f64 {
  if (count == 0) return 0.0;
  let even: f64 = 0.0;
  let odd: f64 = 0.0;
  let i: i32 = 0;
  for (; i + 1 < count; i += 2) {
    const p = getF(v, i) / weight(getF(atol, i), rtol, getF(a, i), getF(b, i));
    const q = getF(v, i + 1) / weight(getF(atol, i + 1), rtol, getF(a, i + 1), getF(b, i + 1));
    even += p * p;
    odd += q * q;
  }
  if (i < count) {
    const p = getF(v, i) / weight(getF(atol, i), rtol, getF(a, i), getF(b, i));
    even += p * p;
  }
  return Math.sqrt((even + odd) / f64(count));
}

/** Reciprocals of atol + rtol·|y| into `out`, for `scaledNorm`. */
export function reciprocalWeights(y: i32, atol: i32, rtol: f64, count: i32, out: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(out, i, 1.0 / (getF(atol, i) + rtol * Math.abs(getF(y, i))));
}

/** Root mean square of v·w, even and odd components apart as in `weightedNorm`. */
export function scaledNorm(v: i32, w: i32, count: i32): f64 {
  if (count == 0) return 0.0;
  let even: f64 = 0.0;
  let odd: f64 = 0.0;
  let i: i32 = 0;
  for (; i + 1 < count; i += 2) {
    const p = getF(v, i) * getF(w, i);
    const q = getF(v, i + 1) * getF(w, i + 1);
    even += p * p;
    odd += q * q;
  }
  if (i < count) {
    const p = getF(v, i) * getF(w, i);
    even += p * p;
  }
  return Math.sqrt((even + odd) / f64(count));
}

/** The inner product to `scaledNorm`. */
export function scaledProduct(u: i32, v: i32, w: i32, count: i32): f64 {
  let even: f64 = 0.0;
  let odd: f64 = 0.0;
  let i: i32 = 0;
  for (; i + 1 < count; i += 2) {
    even += getF(u, i) * getF(w, i) * (getF(v, i) * getF(w, i));
    odd += getF(u, i + 1) * getF(w, i + 1) * (getF(v, i + 1) * getF(w, i + 1));
  }
  if (i < count) even += getF(u, i) * getF(w, i) * (getF(v, i) * getF(w, i));
  return (even + odd) / f64(count);
}

/**
 * The unknown furthest below −atol, or −1. Between −atol and 0 a value is left as it is: clipping it would break
 * the moieties.
 */
export function mostNegative(y: i32, atol: i32, count: i32): i32 {
  let index: i32 = -1;
  let depth: f64 = 1.0;
  for (let i: i32 = 0; i < count; i++) {
    // Hardly ever, and what is compared first costs no division.
    if (!(-getF(y, i) > getF(atol, i))) continue;
    const below = -getF(y, i) / getF(atol, i);
    if (below > depth) {
      depth = below;
      index = i;
    }
  }
  return index;
}
