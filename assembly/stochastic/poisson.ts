/** Poisson numbers of any mean, exact but for the rounding of doubles. */
import { log } from '../math';
import { exponential, uniform } from './draws';

/** Below, exponential gaps are counted until they fill the mean. The method for larger means holds from here on. */
const LARGE: f64 = 10.0;
const TWO_PI: f64 = 6.283185307179586;

export function poisson(stream: i32, mean: f64): f64 {
  if (mean >= LARGE) return rejected(stream, mean);
  let count: f64 = 0.0;
  for (let t = exponential(stream); t < mean; t += exponential(stream)) count += 1.0;
  return count;
}

/** Transformed rejection with squeeze: Hörmann 1993, algorithm PTRS, whose constants these are. */
function rejected(stream: i32, mean: f64): f64 {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = 0.02483 * b - 0.059;
  const inside = 0.9277 - 3.6224 / (b - 2.0);
  while (true) {
    const u = uniform(stream) - 0.5;
    const v = uniform(stream);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2.0 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= inside) return k;
    if (!(k >= 0.0) || (edge < 0.013 && v > edge)) continue;
    const hat = (v * (1.1239 + 1.1328 / (b - 3.4))) / (a / (edge * edge) + b);
    if (log(hat) <= logMass(k, mean)) return k;
  }
}

/** Logarithm of the probability of k, by Loader's (2000) saddle-point expansion, which cancels no large terms. */
function logMass(k: f64, mean: f64): f64 {
  if (k < 16.0) {
    let factorial: f64 = 1.0;
    for (let i: f64 = 2.0; i <= k; i += 1.0) factorial *= i;
    return k * log(mean) - mean - log(factorial);
  }
  const square = k * k;
  const stirling = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * square)) / square) / k;
  return -deviance(k, mean) - stirling - 0.5 * log(TWO_PI * k);
}

/** k·ln(k/m) + m − k for k, m > 0. */
function deviance(k: f64, mean: f64): f64 {
  const difference = k - mean;
  const sum = k + mean;
  if (Math.abs(difference) > 0.1 * sum) return k * log(k / mean) - difference;
  const ratio = difference / sum;
  let total = difference * ratio;
  let term = 2.0 * k * ratio;
  let j: f64 = 1.0;
  while (true) {
    j += 2.0;
    term *= ratio * ratio;
    const next = total + term / j;
    if (next == total) return total;
    total = next;
  }
}
