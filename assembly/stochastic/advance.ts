/**
 * The loop: when the next event comes, the rows before it, the event. It works in slices, between two events, so that the
 * host can look at the clock, report progress or cancel; slices change no number.
 */
import { DONE, EVENT, ROWS_FULL, RUNNING } from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { crosses, noteSides } from './crossings';
import { exponential } from './draws';
import {
  FLAG_DRAWN,
  FLAG_STALE,
  Q_CHANNELS,
  Q_SPECIES,
  STALLED,
  S_CROSSING_COUNT,
  S_END,
  S_EVENTS,
  S_EXACT,
  S_EXTINCT,
  S_FLAGS,
  S_NEXT,
  S_PROBLEM,
  S_STALLED,
  S_STATE,
  S_STREAM,
  S_TIME,
  S_TOTAL,
} from './layout';
import { leap, NOT_WORTH } from './leap';
import { fire } from './propensities';
import { emitRowsUpTo } from './rows';
import { choose, isWorn, layOut, refresh, sumAnew } from './select';

/** So many events in a row for which time stands still are an explosion. */
const STANDING: i32 = 10000;

/** Begins a stretch: the host has filled the run's record and the state. @returns 0, or NO_PROPENSITY */
export function startEvents(run: i32): i32 {
  setF(getI(run, S_STATE), getI(getI(run, S_PROBLEM), Q_SPECIES), 1.0);
  setF(run, S_TIME, 0.0);
  setF(run, S_EXTINCT, -1.0);
  setI(run, S_FLAGS, 0);
  setI(run, S_STALLED, 0);
  noteSides(run);
  return layOut(run);
}

/** Goes on to a time. @returns whether time has stood still too often */
function standsStill(run: i32, before: f64): bool {
  const stalled = getF(run, S_TIME) > before ? 0 : getI(run, S_STALLED) + 1;
  setI(run, S_STALLED, stalled);
  return stalled >= STANDING;
}

/**
 * Goes on for about `work` events; a leap counts as several, by its channels.
 * @returns RUNNING when that is done, ROWS_FULL, DONE, EVENT at a level crossing, or a failure
 */
export function advanceEvents(run: i32, work: i32): i32 {
  const end = getF(run, S_END);
  const workOfLeap = 1 + (getI(getI(run, S_PROBLEM), Q_CHANNELS) >> 2);
  let left = work;
  while (true) {
    const time = getF(run, S_TIME);
    let fault: i32 = 0;
    if (getI(run, S_EXACT) == 0) {
      if (!emitRowsUpTo(run, time)) return ROWS_FULL;
      if (time >= end) return DONE;
      if (left <= 0) return RUNNING;
      fault = leap(run);
      if (fault == NOT_WORTH) continue;
      left -= workOfLeap;
      if (fault == 0 && !(getF(run, S_TOTAL) < Infinity)) fault = layOut(run);
    } else {
      if ((getI(run, S_FLAGS) & FLAG_DRAWN) == 0) {
        fault = drawNext(run);
        if (fault != 0) return fault;
      }
      const next = getF(run, S_NEXT);
      if (!emitRowsUpTo(run, next)) return ROWS_FULL;
      if (next >= end) {
        setF(run, S_TIME, end);
        return DONE;
      }
      if (left <= 0) return RUNNING;
      left -= 1;
      setF(run, S_TIME, next);
      setI(run, S_FLAGS, getI(run, S_FLAGS) & ~FLAG_DRAWN);
      if (getI(run, S_EXACT) > 0) setI(run, S_EXACT, getI(run, S_EXACT) - 1);
      setF(run, S_EVENTS, getF(run, S_EVENTS) + 1.0);
      const channel = choose(run);
      fault = fire(run, channel);
      if (fault == 0) refresh(run, channel);
    }
    if (fault != 0) return fault;
    if (standsStill(run, time)) return STALLED;
    if (getI(run, S_CROSSING_COUNT) > 0 && crosses(run)) return EVENT;
  }
}

/** Draws when the next event comes. @returns 0, or NO_PROPENSITY */
function drawNext(run: i32): i32 {
  let fault: i32 = 0;
  if ((getI(run, S_FLAGS) & FLAG_STALE) != 0) fault = layOut(run);
  else if (isWorn(run)) fault = sumAnew(run);
  const total = getF(run, S_TOTAL);
  const wait = total > 0.0 ? exponential(getI(run, S_STREAM)) / total : Infinity;
  setF(run, S_NEXT, getF(run, S_TIME) + wait);
  setI(run, S_FLAGS, getI(run, S_FLAGS) | FLAG_DRAWN);
  return fault;
}
