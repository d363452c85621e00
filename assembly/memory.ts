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
