/**
 * Composition and rejection (Slepoy, Thompson & Plimpton 2008): channels stand in groups by the binary order of magnitude
 * of their propensity. A group is chosen by its sum, a member by chance, and taken with probability propensity / bound,
 * which is at least a half. What an event costs hardly depends on the number of channels.
 */
import { getF, getI, setF, setI } from '../memory';
import { uniform } from './draws';
import {
  GROUPS,
  G_BOUND,
  G_BYTES,
  G_COUNT,
  G_ROOM,
  G_START,
  G_SUM,
  Q_CHANNELS,
  S_BASE,
  S_CHANNELS,
  S_DEPENDENTS,
  S_GROUP,
  S_GROUPS,
  S_PAIR_END,
  S_PLACE,
  S_POOL,
  S_POOL_TOP,
  S_POOL_WORDS,
  S_PROBLEM,
  S_PROPENSITIES,
  S_STATE,
  S_STREAM,
  S_TOTAL,
} from './layout';
import { propensity, propensityIn } from './propensities';

/** Groups above the one of the largest propensity, when they are laid out: it may grow so much. */
const ROOM_ABOVE: i32 = 8;
/** Exponents of doubles as they are stored: the least that a group's bound may have, and the most. */
const LOWEST: i32 = 1;
const HIGHEST: i32 = 2045 - GROUPS;

/** Exponent of the c-th propensity as it is stored. */
function exponentOf(a: i32, c: i32): i32 {
  return (getI(a, 2 * c + 1) >>> 20) & 0x7ff;
}

/** Group of a propensity; −1 for none, GROUPS for one above all groups. */
function groupOf(run: i32, a: i32, c: i32): i32 {
  if (getF(a, c) == 0.0) return -1;
  const group = exponentOf(a, c) - getI(run, S_BASE);
  return group < 0 ? 0 : group < GROUPS ? group : GROUPS;
}

/** Forms all propensities and groups anew, and their sum. */
export function layOutRejection(run: i32): void {
  const problem = getI(run, S_PROBLEM);
  const channels = getI(problem, Q_CHANNELS);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  const groups = getI(run, S_GROUPS);
  const group = getI(run, S_GROUP);
  let largest: i32 = 0;
  for (let c: i32 = 0; c < channels; c++) {
    setF(a, c, propensity(problem, n, c));
    const exponent = exponentOf(a, c);
    if (exponent > largest) largest = exponent;
  }
  let base = largest + 1 + ROOM_ABOVE - GROUPS;
  if (base < LOWEST) base = LOWEST;
  if (base > HIGHEST) base = HIGHEST;
  setI(run, S_BASE, base);
  for (let g: i32 = 0; g < GROUPS; g++) {
    const one = groups + g * G_BYTES;
    setF(one, G_SUM, 0.0);
    setI(one, G_COUNT, 0);
    setI(one, G_ROOM, 0);
    setI(one, 2 * G_BOUND, 0);
    setI(one, 2 * G_BOUND + 1, (base + g + 1) << 20);
  }
  for (let c: i32 = 0; c < channels; c++) {
    // A propensity that is no number is found out by the sum.
    let g = groupOf(run, a, c);
    if (g == GROUPS) g = GROUPS - 1;
    setI(group, c, g);
    if (g < 0) continue;
    const one = groups + g * G_BYTES;
    setI(one, G_ROOM, getI(one, G_ROOM) + 1);
  }
  let top: i32 = 0;
  for (let g: i32 = 0; g < GROUPS; g++) {
    const one = groups + g * G_BYTES;
    const count = getI(one, G_ROOM);
    setI(one, G_START, top);
    setI(one, G_ROOM, count + (count >> 1) + 4);
    top += getI(one, G_ROOM);
  }
  setI(run, S_POOL_TOP, top);
  for (let c: i32 = 0; c < channels; c++) if (getI(group, c) >= 0) insert(run, c, getI(group, c));
  let total: f64 = 0.0;
  for (let g: i32 = 0; g < GROUPS; g++) total += getF(groups + g * G_BYTES, G_SUM);
  setF(run, S_TOTAL, total);
}

/** Puts a channel into a group; false where there is no room any more. */
function insert(run: i32, c: i32, g: i32): bool {
  const one = getI(run, S_GROUPS) + g * G_BYTES;
  const count = getI(one, G_COUNT);
  if (count == getI(one, G_ROOM) && !move(run, one, count)) return false;
  setI(getI(run, S_POOL), getI(one, G_START) + count, c);
  setI(getI(run, S_PLACE), c, count);
  setI(getI(run, S_GROUP), c, g);
  setI(one, G_COUNT, count + 1);
  setF(one, G_SUM, getF(one, G_SUM) + getF(getI(run, S_PROPENSITIES), c));
  return true;
}

/** Moves a group's members to twice the room; false when the pool is used up. */
function move(run: i32, one: i32, count: i32): bool {
  const top = getI(run, S_POOL_TOP);
  const room = 2 * count;
  if (top + room > getI(run, S_POOL_WORDS)) return false;
  const pool = getI(run, S_POOL);
  const from = getI(one, G_START);
  for (let i: i32 = 0; i < count; i++) setI(pool, top + i, getI(pool, from + i));
  setI(one, G_START, top);
  setI(one, G_ROOM, room);
  setI(run, S_POOL_TOP, top + room);
  return true;
}

function remove(run: i32, c: i32, g: i32, value: f64): void {
  const one = getI(run, S_GROUPS) + g * G_BYTES;
  const pool = getI(run, S_POOL) + (getI(one, G_START) << 2);
  const place = getI(run, S_PLACE);
  const count = getI(one, G_COUNT) - 1;
  const at = getI(place, c);
  const last = getI(pool, count);
  setI(pool, at, last);
  setI(place, last, at);
  setI(one, G_COUNT, count);
  setF(one, G_SUM, count == 0 ? 0.0 : getF(one, G_SUM) - value);
  setI(getI(run, S_GROUP), c, -1);
}

/** The channel that fires next, when `target` is a uniform part of the sum. */
export function findRejection(run: i32, target: f64): i32 {
  const groups = getI(run, S_GROUPS);
  const a = getI(run, S_PROPENSITIES);
  let chosen: i32 = -1;
  let left = target;
  for (let g = GROUPS - 1; g >= 0; g--) {
    const one = groups + g * G_BYTES;
    if (getI(one, G_COUNT) == 0) continue;
    chosen = one;
    const sum = getF(one, G_SUM);
    if (left < sum) break;
    left -= sum;
  }
  const stream = getI(run, S_STREAM);
  const pool = getI(run, S_POOL) + (getI(chosen, G_START) << 2);
  const count = f64(getI(chosen, G_COUNT));
  const bound = getF(chosen, G_BOUND);
  while (true) {
    // The whole part chooses a member, the rest says whether it is taken.
    const drawn = uniform(stream) * count;
    const at = Math.floor(drawn);
    const c = getI(pool, i32(at));
    if ((drawn - at) * bound < getF(a, c)) return c;
  }
}

/** Brings the propensities and groups of some dependents up to date. @returns the sum of all, which was `sum` */
export function refreshRejection(run: i32, from: i32, to: i32, sum: f64): f64 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  const groups = getI(run, S_GROUPS);
  const group = getI(run, S_GROUP);
  const dependents = getI(run, S_DEPENDENTS);
  const channels = getI(run, S_CHANNELS);
  const pairs = getI(run, S_PAIR_END);
  let total = sum;
  for (let i = from; i < to; i++) {
    const d = getI(dependents, i);
    const before = getF(a, d);
    const now = propensityIn(problem, channels, pairs, n, d);
    if (now == before) continue;
    setF(a, d, now);
    total += now - before;
    const old = getI(group, d);
    const next = groupOf(run, a, d);
    if (old == next) {
      const one = groups + old * G_BYTES;
      setF(one, G_SUM, getF(one, G_SUM) + (now - before));
      continue;
    }
    if (old >= 0) remove(run, d, old, before);
    if (next < 0) continue;
    if (next == GROUPS || !insert(run, d, next)) {
      layOutRejection(run);
      total = getF(run, S_TOTAL);
    }
  }
  return total;
}
