/**
 * Portable elementary functions: `+ - * /`, comparisons, `sqrt`, `abs` and `floor` only, so that every engine and
 * every host gives the same bits. (`Math.log`, `Math.exp` and `Math.pow` differ between hosts in the last place for
 * about one argument in ten.) Pure functions of numbers: usable from TypeScript as they stand.
 */

// 2^54 lifts subnormals into the normal range.
const TWO54: f64 = 18014398509481984.0;
const LN2: f64 = 0.6931471805599453;
// ln 2 split so that k · LN2_HIGH is exact for |k| < 2^20 (Cody & Waite 1980): the leading 33 bits, and the rest.
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SQRT2: f64 = 1.4142135623730951;
// Dekker's (1971) splitting constant 2^27 + 1.
const SPLIT: f64 = 134217729.0;

// Exponent found by the last call of `normalise`; the mantissa is its result. (The kernel is single-threaded.)
let exponent: f64 = 0.0;

/** Mantissa of finite x > 0 in [√½, √2); sets `exponent`. Multiplications by powers of two are exact. */
function normalise(x: f64): f64 {
  let k: f64 = 0.0;
  let m: f64 = x;
  if (m < 2.2250738585072014e-308) {
    m *= TWO54;
    k -= 54.0;
  }
  let step: f64 = 512.0;
  let up: f64 = 1.3407807929942597e154; // 2^512
  let down: f64 = 7.458340731200207e-155; // 2^-512
  while (step >= 1.0) {
    if (m >= up) {
      m *= down;
      k += step;
    } else if (m * up < 1.0) {
      m *= up;
      k -= step;
    }
    step *= 0.5;
    up = Math.sqrt(up);
    down = Math.sqrt(down);
  }
  // Now ½ < m < 2.
  if (m >= SQRT2) {
    m *= 0.5;
    k += 1.0;
  } else if (m < 0.7071067811865476) {
    m *= 2.0;
    k -= 1.0;
  }
  exponent = k;
  return m;
}

/** x · 2^k for whole k, rounding once: the second factor alone may leave the normal range. */
function scale(x: f64, k: f64): f64 {
  if (k > 1000.0) return x * powerOfTwo(k - 1000.0) * powerOfTwo(1000.0);
  if (k < -1000.0) return x * powerOfTwo(k + 1000.0) * powerOfTwo(-1000.0);
  return x * powerOfTwo(k);
}

function powerOfTwo(k: f64): f64 {
  let result: f64 = 1.0;
  let base: f64 = k < 0.0 ? 0.5 : 2.0;
  let n: f64 = Math.abs(k);
  while (n > 0.0) {
    const half = Math.floor(n * 0.5);
    if (n - half * 2.0 == 1.0) result *= base;
    base *= base;
    n = half;
  }
  return result;
}

/**
 * R(z) ≈ ln((1+s)/(1−s))/s − 2 with z = s², |s| < 0.1716: the minimax polynomial published with FreeBSD's msun
 * (`e_log.c`, Sun Microsystems 1993). With s = f/(2+f): ln(1+f) = f − (f²/2 − s·(f²/2 + R)).
 */
function logTail(z: f64): f64 {
  return (
    z *
    (0.6666666666666735 + // 3FE55555 55555593
      z *
        (0.3999999999940942 + // 3FD99999 9997FA04
          z *
            (0.2857142874366239 + // 3FD24924 94229359
              z *
                (0.22222198432149784 + // 3FCC71C5 1D8E78AF
                  z *
                    (0.1818357216161805 + // 3FC74664 96CB03DE
                      z *
                        (0.15313837699209373 + // 3FC39A09 D078C69F
                          z * 0.14798198605116586)))))) // 3FC2F112 DF3E5244
  );
}

/** Natural logarithm, within 1 ulp. log(0) = −∞, log(x < 0) = NaN. */
export function log(x: f64): f64 {
  if (!(x > 0.0)) return x == 0.0 ? -1.0 / 0.0 : 0.0 / 0.0;
  if (x == 1.0 / 0.0) return x;
  const f = normalise(x) - 1.0;
  const k = exponent;
  const s = f / (2.0 + f);
  const half = 0.5 * f * f;
  const tail = logTail(s * s);
  return k * LN2_HIGH - (half - (s * (half + tail) + k * LN2_LOW) - f);
}

/** e^(x + low) for |low| far below |x|, within about 1 ulp: shared by `exp` and `pow`. */
function expSum(x: f64, low: f64): f64 {
  if (x != x) return x;
  if (x > 709.782712893384) return 1.0 / 0.0;
  if (x < -745.1332191019412) return 0.0;
  const k = Math.floor(x / LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const rest = k * LN2_LOW - low;
  const r = high - rest;
  const z = r * r;
  // FreeBSD msun `e_exp.c`: r·(e^r + 1)/(e^r − 1) = 2 + P1·r² + …
  const c =
    r -
    z *
      (0.16666666666666602 + // 3FC55555 5555553E
        z *
          (-0.0027777777777015593 + // BF66C16C 16BEBD93
            z *
              (6.613756321437934e-5 + // 3F11566A AF25DE2C
                z *
                  (-1.6533902205465252e-6 + // BEBBBD41 C5D26BF1
                    z * 4.1381367970572385e-8)))); // 3E663769 72BEA4D0
  return scale(1.0 - (rest - (r * c) / (2.0 - c) - high), k);
}

/** e^x, within 1 ulp; overflows to ∞ and underflows to 0. */
export function exp(x: f64): f64 {
  return expSum(x, 0.0);
}

function high27(x: f64): f64 {
  const t = SPLIT * x;
  return t - (t - x);
}

/**
 * x^y for x ≥ 0 and any real y, within a few ulp (the logarithm is carried in double-double, Dekker 1971).
 * x < 0 gives NaN: callers decide what a negative base means. pow(0, 0) = 1.
 */
export function pow(x: f64, y: f64): f64 {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (!(x >= 0.0)) return 0.0 / 0.0;
  if (x == 0.0) return y > 0.0 ? 0.0 : 1.0 / 0.0;
  if (x == 1.0 / 0.0) return y > 0.0 ? x : 0.0;
  if (y == 1.0) return x;
  if (y == 0.5) return Math.sqrt(x);
  const m = normalise(x);
  const k = exponent;
  const f = m - 1.0;
  const d = 2.0 + f;
  const dLow = f - (d - 2.0);
  // s = f/d in double-double: the residual f − s·d is formed from exact partial products.
  const s = f / d;
  const sh = high27(s);
  const sl = s - sh;
  const dh = high27(d);
  const dl = d - dh;
  const product = s * d;
  const productLow = sh * dh - product + sh * dl + sl * dh + sl * dl;
  const sLow = (f - product - productLow - s * dLow) / d;
  // ln m = 2s + s·R(s²), R small, so only the first term needs the low part.
  const series = s * logTail(s * s);
  const a = k * LN2_HIGH;
  const b = 2.0 * s;
  const sum = a + b;
  const sumLow = Math.abs(a) > Math.abs(b) ? a - sum + b : b - sum + a;
  const low = sumLow + (2.0 * sLow + series + k * LN2_LOW);
  const head = sum + low;
  const headLow = sum - head + low;
  const h = y * head;
  const hh = high27(head);
  const hl = head - hh;
  const yh = high27(y);
  const yl = y - yh;
  const hLow = yh * hh - h + yh * hl + yl * hh + yl * hl + y * headLow;
  return expSum(h, hLow);
}
