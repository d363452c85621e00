/**
 * Access to linear memory: the only file that touches it. The JavaScript engine swaps this module for
 * `src/engine/js/memory.ts`, which has the same functions over typed arrays; everything else in this folder is
 * shared by both engines. Addresses are bytes and 8-aligned; indices count elements.
 */

export function getF(base: i32, index: i32): f64 {
  return load<f64>(usize(base + (index << 3)));
}

export function setF(base: i32, index: i32, value: f64): void {
  store<f64>(usize(base + (index << 3)), value);
}

export function getI(base: i32, index: i32): i32 {
  return load<i32>(usize(base + (index << 2)));
}

export function setI(base: i32, index: i32, value: i32): void {
  store<i32>(usize(base + (index << 2)), value);
}

/** Engines leave WebAssembly for a bulk instruction, which costs more than a loop over this many doubles. */
const BULK: i32 = 32;

/** Copies `count` doubles between places that do not overlap. */
export function copyF(to: i32, from: i32, count: i32): void {
  if (count < BULK) {
    for (let i: i32 = 0; i < count; i++) setF(to, i, getF(from, i));
    return;
  }
  memory.copy(usize(to), usize(from), usize(count << 3));
}

/** Sets `count` doubles to zero. */
export function zeroF(to: i32, count: i32): void {
  if (count < BULK) {
    for (let i: i32 = 0; i < count; i++) setF(to, i, 0.0);
    return;
  }
  memory.fill(usize(to), 0, usize(count << 3));
}

/** Subtracts `factor` times the `count` doubles at `from` from those at `to`, each as if by itself. */
export function subtractMultipleF(to: i32, from: i32, count: i32, factor: f64): void {
  const both = f64x2.splat(factor);
  let a = usize(to);
  let b = usize(from);
  const fours = usize(to + ((count & ~3) << 3));
  for (; a < fours; a += 32, b += 32) {
    const first = f64x2.sub(v128.load(a), f64x2.mul(both, v128.load(b)));
    const second = f64x2.sub(v128.load(a, 16), f64x2.mul(both, v128.load(b, 16)));
    v128.store(a, first);
    v128.store(a, second, 16);
  }
  const end = usize(to + (count << 3));
  for (; a < end; a += 8, b += 8) store<f64>(a, load<f64>(a) - factor * load<f64>(b));
}

/** Adds `factor` times the `count` doubles at `from` to those at `to`, each as if by itself. */
export function addMultipleF(to: i32, from: i32, count: i32, factor: f64): void {
  const both = f64x2.splat(factor);
  let a = usize(to);
  let b = usize(from);
  const twos = usize(to + ((count & ~1) << 3));
  for (; a < twos; a += 16, b += 16) v128.store(a, f64x2.add(v128.load(a), f64x2.mul(both, v128.load(b))));
  if ((count & 1) != 0) store<f64>(a, load<f64>(a) + factor * load<f64>(b));
}

/** The doubles at two indices. */
function both(base: i32, first: i32, second: i32): v128 {
  return f64x2(getF(base, first), getF(base, second));
}

/**
 * The sum of the products factor · x[i] · y[a] · y[b] over the terms [from, to), each with a double at `factors` and an index
 * at `i`, `a` and `b`: added one after the other.
 */
export function sumProductsF(factors: i32, x: i32, i: i32, y: i32, a: i32, b: i32, from: i32, to: i32): f64 {
  let sum: f64 = 0.0;
  let t = from;
  for (const last = to - 1; t < last; t += 2) {
    const first = f64x2.mul(v128.load(usize(factors + (t << 3))), both(x, getI(i, t), getI(i, t + 1)));
    const second = f64x2.mul(first, both(y, getI(a, t), getI(a, t + 1)));
    const products = f64x2.mul(second, both(y, getI(b, t), getI(b, t + 1)));
    sum += f64x2.extract_lane(products, 0);
    sum += f64x2.extract_lane(products, 1);
  }
  if (t < to) sum += getF(factors, t) * getF(x, getI(i, t)) * getF(y, getI(a, t)) * getF(y, getI(b, t));
  return sum;
}

/**
 * For each of `count` products, an even number, the double at `factors` and four indices into `full` at `places`: adds to the first of them
 * factor · second · third · fourth.
 */
export function addProductsF(full: i32, factors: i32, places: i32, count: i32): void {
  for (let p: i32 = 0; p < count; p += 2) {
    const one = places + (p << 4);
    const a = both(full, getI(one, 1), getI(one, 5));
    const b = both(full, getI(one, 2), getI(one, 6));
    const c = both(full, getI(one, 3), getI(one, 7));
    const products = f64x2.mul(f64x2.mul(f64x2.mul(v128.load(usize(factors + (p << 3))), a), b), c);
    const first = getI(one, 0);
    const second = getI(one, 4);
    setF(full, first, getF(full, first) + f64x2.extract_lane(products, 0));
    setF(full, second, getF(full, second) + f64x2.extract_lane(products, 1));
  }
}

/**
 * Rows of vectors of four, `count` of them, of which `terms` stand at `first` and every `stride` bytes: into `to` what is
 * at `base` and their sum with the weights at `weights`, into `other` their sum with the weights at `others`.
 */
export function combineFoursF(
  to: i32,
  base: i32,
  weights: i32,
  other: i32,
  others: i32,
  first: i32,
  stride: i32,
  count: i32,
  terms: i32,
): void {
  const end = count << 5;
  for (let at: i32 = 0; at < end; at += 32) {
    let low = v128.load(usize(base + at));
    let high = v128.load(usize(base + at), 16);
    let otherLow = f64x2.splat(0.0);
    let otherHigh = f64x2.splat(0.0);
    let row = usize(first + at);
    for (let j: i32 = 0; j < terms; j++) {
      const weight = v128.load64_splat(usize(weights + (j << 3)));
      const otherWeight = v128.load64_splat(usize(others + (j << 3)));
      const x = v128.load(row);
      const y = v128.load(row, 16);
      low = f64x2.add(low, f64x2.mul(weight, x));
      high = f64x2.add(high, f64x2.mul(weight, y));
      otherLow = f64x2.add(otherLow, f64x2.mul(otherWeight, x));
      otherHigh = f64x2.add(otherHigh, f64x2.mul(otherWeight, y));
      row += usize(stride);
    }
    v128.store(usize(to + at), low);
    v128.store(usize(to + at), high, 16);
    v128.store(usize(other + at), otherLow);
    v128.store(usize(other + at), otherHigh, 16);
  }
}

/**
 * Vectors of four: adds to the four doubles at `to` those of `x` at each of the places [begin, end), times the value
 * of `a` that belongs to the place, and those of `y`, times that of `b`.
 */
export function addFoursF(to: i32, a: i32, x: i32, b: i32, y: i32, places: i32, begin: i32, end: i32): void {
  let low = v128.load(usize(to));
  let high = v128.load(usize(to), 16);
  for (let e: i32 = begin; e < end; e++) {
    const place = load<i32>(usize(places + (e << 2))) << 5;
    const one = v128.load64_splat(usize(a + (e << 3)));
    const two = v128.load64_splat(usize(b + (e << 3)));
    low = f64x2.add(low, f64x2.mul(one, v128.load(usize(x + place))));
    high = f64x2.add(high, f64x2.mul(one, v128.load(usize(x + place), 16)));
    low = f64x2.add(low, f64x2.mul(two, v128.load(usize(y + place))));
    high = f64x2.add(high, f64x2.mul(two, v128.load(usize(y + place), 16)));
  }
  v128.store(usize(to), low);
  v128.store(usize(to), high, 16);
}

/**
 * Subtracts from the four doubles at `to` those of `from` at each of the places [begin, end), times the value that belongs
 * to the place.
 */
export function subtractFoursF(to: i32, values: i32, places: i32, begin: i32, end: i32, from: i32): void {
  let low = v128.load(usize(to));
  let high = v128.load(usize(to), 16);
  for (let e: i32 = begin; e < end; e++) {
    const value = v128.load64_splat(usize(values + (e << 3)));
    const x = usize(from + (load<i32>(usize(places + (e << 2))) << 5));
    low = f64x2.sub(low, f64x2.mul(value, v128.load(x)));
    high = f64x2.sub(high, f64x2.mul(value, v128.load(x, 16)));
  }
  v128.store(usize(to), low);
  v128.store(usize(to), high, 16);
}

/** First address that the kernel may hand out. */
export function heapStart(): i32 {
  return (i32(__heap_base) + 15) & ~15;
}

/** Makes memory at least `bytes` long; false when the host refuses. */
export function ensureBytes(bytes: i32): bool {
  const have = memory.size() << 16;
  if (bytes <= have) return true;
  return memory.grow((bytes - have + 65535) >> 16) >= 0;
}
