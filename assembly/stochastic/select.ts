/** Which channel fires next, by the run's way of finding it. */
import { getF, getI, setF, setI } from '../memory';
import { findDirect, layOutDirect, refreshDirect, sumDirect, takeDirect } from './direct';
import {
  C_BYTES,
  C_CHANGES,
  C_DEPENDENTS,
  FLAG_STALE,
  NO_PROPENSITY,
  Q_CHANNELS,
  SELECT_NEXT,
  SELECT_REJECTION,
  S_CHANGES,
  S_CHANNEL,
  S_CHANNELS,
  S_EXTINCT,
  S_FLAGS,
  S_FRESH,
  S_LEAST,
  S_MOST,
  S_PROBLEM,
  S_READERS,
  S_SELECTION,
  S_STATE,
  S_TIME,
  S_TOTAL,
  V_BYTES,
  V_SPECIES,
} from './layout';
import { layOutNext, refreshNext } from './next';
import { propensity } from './propensities';
import { findRejection, layOutRejection, refreshRejection } from './rejection';

/** Sums kept by adding differences are formed anew after so many events … */
const FRESH: i32 = 4096;
/** … or so many for each channel, and when they have changed by this factor: rounding then stays below 1e-11 of them. */
const FRESH_BY_CHANNEL: i32 = 16;
const FACTOR: f64 = 16.0;

/** Forms all propensities anew from the state. */
export function layOut(run: i32): i32 {
  const selection = getI(run, S_SELECTION);
  if (selection == SELECT_REJECTION) layOutRejection(run);
  else if (selection == SELECT_NEXT) layOutNext(run);
  else layOutDirect(run);
  setI(run, S_FLAGS, getI(run, S_FLAGS) & ~FLAG_STALE);
  return sumAnew(run);
}

/** Forms the sum of the propensities anew. @returns 0, or NO_PROPENSITY with the channel to blame in the record */
export function sumAnew(run: i32): i32 {
  if (getI(run, S_SELECTION) == SELECT_REJECTION) layOutRejection(run);
  else setF(run, S_TOTAL, sumDirect(run));
  const total = getF(run, S_TOTAL);
  if (!(total >= 0.0 && total < Infinity)) return blame(run);
  const channels = getI(getI(run, S_PROBLEM), Q_CHANNELS);
  setI(run, S_FRESH, FRESH + FRESH_BY_CHANNEL * channels);
  setF(run, S_LEAST, total / FACTOR);
  setF(run, S_MOST, total * FACTOR);
  if (total > 0.0) setF(run, S_EXTINCT, -1.0);
  else if (getF(run, S_EXTINCT) < 0.0) setF(run, S_EXTINCT, getF(run, S_TIME));
  return 0;
}

/** Finds the channel whose propensity is no number that one may be. */
function blame(run: i32): i32 {
  const problem = getI(run, S_PROBLEM);
  const n = getI(run, S_STATE);
  const channels = getI(problem, Q_CHANNELS);
  for (let c: i32 = 0; c < channels; c++) {
    setI(run, S_CHANNEL, c);
    const value = propensity(problem, n, c);
    if (!(value >= 0.0 && value < Infinity)) break;
  }
  return NO_PROPENSITY;
}

/** Finds the channel that fires next, where that is drawn. @param target a uniform part of the sum of the propensities */
export function find(run: i32, target: f64): i32 {
  if (getI(run, S_SELECTION) == SELECT_REJECTION) return findRejection(run, target);
  return takeDirect(run, findDirect(run, target));
}

function refreshSome(run: i32, from: i32, to: i32, sum: f64): f64 {
  const selection = getI(run, S_SELECTION);
  if (selection == SELECT_REJECTION) return refreshRejection(run, from, to, sum);
  if (selection == SELECT_NEXT) return refreshNext(run, from, to, sum);
  return refreshDirect(run, from, to, sum);
}

/** Brings up to date what the event of a channel has changed. @returns the sum of the propensities, which was `sum` */
export function refresh(run: i32, channel: i32, sum: f64): f64 {
  const one = getI(run, S_CHANNELS) + channel * C_BYTES;
  const readers = getI(run, S_READERS);
  if (readers == 0) return refreshSome(run, getI(one, C_DEPENDENTS), getI(one + C_BYTES, C_DEPENDENTS), sum);
  const changes = getI(run, S_CHANGES);
  let total = sum;
  for (let c = getI(one, C_CHANGES); c < getI(one + C_BYTES, C_CHANGES); c++) {
    const s = getI(changes + c * V_BYTES, V_SPECIES);
    total = refreshSome(run, getI(readers, s), getI(readers, s + 1), total);
  }
  return total;
}
