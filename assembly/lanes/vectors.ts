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

/** Address of a region of the workspace of two. */
export function pairRegion(problem: i32, pair: i32, offsetWord: i32): i32 {
  return pair + (getI(problem, offsetWord) << 1);
}

/** Copies `count` doubles of one run into its lane. */
export function load(to: i32, lane: i32, from: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setF(to, (i << 1) + lane, getF(from, i));
}

/**
 * Copies `count` doubles of each run into its lane. A vector that is loaded soon after waits less for one store of both
 * than for two of one.
 */
export function loadBoth(to: i32, first: i32, second: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) setV(to, i, f64x2(getF(first, i), getF(second, i)));
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
