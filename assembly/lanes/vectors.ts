/** Access to pairs of doubles in linear memory. Addresses are bytes and 16-aligned; indices count pairs. */
import { getF, getI, setF } from '../memory';

export function getV(base: i32, index: i32): v128 {
  return v128.load(usize(base + (index << 4)));
}

export function setV(base: i32, index: i32, value: v128): void {
  v128.store(usize(base + (index << 4)), value);
}

/** A number that both runs share, from a table of doubles. */
export function bothF(base: i32, index: i32): v128 {
  return v128.load64_splat(usize(base + (index << 3)));
}

/** Slots of the records of two runs. */
export function bothOf(first: i32, second: i32, slot: i32): v128 {
  return f64x2(getF(first, slot), getF(second, slot));
}

/** sum + a·x */
export function plus(sum: v128, a: v128, x: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, x));
}

/** Ones in the lanes of the runs whose bits are set: 1 for the first, 2 for the second. */
export function maskOf(bits: i32): v128 {
  const first = -(bits & 1);
  const second = -((bits >> 1) & 1);
  return i32x4(first, first, second, second);
}

/** Takes `count` pairs of `from` into `to` in the lanes in which `mask` has ones. */
export function choose(to: i32, from: i32, mask: v128, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setV(to, i, v128.bitselect(getV(from, i), getV(to, i), mask));
}

/** Address of a region of the workspace of two. */
export function pairRegion(problem: i32, pair: i32, offsetWord: i32): i32 {
  return pair + (getI(problem, offsetWord) << 1);
}

/** Copies `count` doubles of one run into its lane. */
export function load(to: i32, lane: i32, from: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(to, (i << 1) + lane, getF(from, i));
}

/** Copies `count` doubles out of both lanes. */
export function unloadBoth(from: i32, first: i32, second: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    const both = getV(from, i);
    setF(first, i, f64x2.extract_lane(both, 0));
    setF(second, i, f64x2.extract_lane(both, 1));
  }
}

/** Copies `count` doubles out of a lane. */
export function unload(from: i32, lane: i32, to: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(to, i, getF(from, (i << 1) + lane));
}
