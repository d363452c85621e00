/**
 * The direct method (Gillespie 1976): the next channel is found by adding propensities up until they pass a uniform part
 * of their sum. Sorted, a channel moves one place forward whenever it fires (McCollum et al. 2006), so that the search
 * soon begins with those that fire most.
 */
import { getF, getI, setF, setI } from '../memory';
import {
  Q_CHANNELS,
  SELECT_SORTED,
  S_CHANNELS,
  S_DEPENDENTS,
  S_ORDER,
  S_PAIR_END,
  S_PLACE,
  S_PROBLEM,
  S_PROPENSITIES,
  S_SELECTION,
  S_STATE,
} from './layout';
import { propensity, propensityIn } from './propensities';

/** Forms all propensities from the state, by channel. */
export function evaluate(run: i32): void {
  const problem = getI(run, S_PROBLEM);
  const channels = getI(problem, Q_CHANNELS);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  for (let c: i32 = 0; c < channels; c++) setF(a, c, propensity(problem, n, c));
}

/** The same, with every channel at its own place. */
export function layOutDirect(run: i32): void {
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  const order = getI(run, S_ORDER);
  const place = getI(run, S_PLACE);
  evaluate(run);
  for (let c: i32 = 0; c < channels; c++) {
    setI(order, c, c);
    setI(place, c, c);
  }
}

/** Sum of all propensities, formed anew. */
export function sumDirect(run: i32): f64 {
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  const a = getI(run, S_PROPENSITIES);
  let sum: f64 = 0.0;
  for (let p: i32 = 0; p < channels; p++) sum += getF(a, p);
  return sum;
}

/** Place of the channel in which the sum of propensities passes `target`. */
export function findDirect(run: i32, target: f64): i32 {
  const last = getI(getI(run, S_PROBLEM), Q_CHANNELS) - 1;
  const a = getI(run, S_PROPENSITIES);
  let p: i32 = 0;
  for (let sum = getF(a, 0); sum <= target && p < last; sum += getF(a, p)) p++;
  // The sum of all may have been known a rounding too high.
  while (p > 0 && getF(a, p) == 0.0) p--;
  return p;
}

/** Channel at a place, which moves forward where they are sorted. */
export function takeDirect(run: i32, p: i32): i32 {
  if (getI(run, S_SELECTION) != SELECT_SORTED) return p;
  const order = getI(run, S_ORDER);
  const channel = getI(order, p);
  if (p == 0) return channel;
  const a = getI(run, S_PROPENSITIES);
  const place = getI(run, S_PLACE);
  const other = getI(order, p - 1);
  const own = getF(a, p);
  setF(a, p, getF(a, p - 1));
  setF(a, p - 1, own);
  setI(order, p - 1, channel);
  setI(order, p, other);
  setI(place, channel, p - 1);
  setI(place, other, p);
  return channel;
}

/** Brings the propensities of some dependents up to date. @returns the sum of all, which was `sum` */
export function refreshDirect(run: i32, from: i32, to: i32, sum: f64): f64 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const a = getI(run, S_PROPENSITIES);
  const place = getI(run, S_PLACE);
  const pairs = getI(run, S_PAIR_END);
  const channels = getI(run, S_CHANNELS);
  const dependents = getI(run, S_DEPENDENTS);
  let total = sum;
  for (let i = from; i < to; i++) {
    const d = getI(dependents, i);
    const now = propensityIn(problem, channels, pairs, n, d);
    const p = getI(place, d);
    total += now - getF(a, p);
    setF(a, p, now);
  }
  return total;
}
