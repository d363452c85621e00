/**
 * The loop: when the next event comes, the rows before it, the event. It works in slices, between two events, so that the
 * host can look at the clock, report progress or cancel; slices change no number.
 */
import { fillWords } from '../blocks';
import { DONE, EVENT, ROWS_FULL, RUNNING } from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { table } from '../problem';
import { crosses, noteSides } from './crossings';
import { besideLayer, layerOf, unit } from './draws';
import {
  DRAWN,
  D_NEXT,
  D_TABLES,
  D_WORDS,
  FLAG_DRAWN,
  FLAG_STALE,
  Q_CHANGE_OFFSET,
  Q_CHANNELS,
  Q_CHANNEL_OFFSET,
  Q_DEPENDENT_OFFSET,
  Q_PAIR_END,
  Q_READER_OFFSET,
  Q_SPECIES,
  SELECT_NEXT,
  STALLED,
  S_CHANGES,
  S_CHANNELS,
  S_CROSSING_COUNT,
  S_DEPENDENTS,
  S_END,
  S_EVENTS,
  S_EXACT,
  S_EXTINCT,
  S_FIRINGS,
  S_FLAGS,
  S_FRESH,
  S_HEAP,
  S_LEAST,
  S_MOST,
  S_NEXT,
  S_PAIR_END,
  S_PROBLEM,
  S_READERS,
  S_SELECTION,
  S_STALLED,
  S_STATE,
  S_STREAM,
  S_TIME,
  S_TOTAL,
} from './layout';
import { firstChannel } from './heap';
import { leap, NOT_WORTH } from './leap';
import { renewFirst } from './next';
import { fire } from './propensities';
import { emitRowsUpTo, nextRow } from './rows';
import { find, layOut, refresh, sumAnew } from './select';

/** So many events in a row for which time stands still are an explosion. */
const STANDING: i32 = 10000;

/** Begins a stretch: the host has filled the run's record and the state. @returns 0, or NO_PROPENSITY */
export function startEvents(run: i32): i32 {
  const problem = getI(run, S_PROBLEM);
  setI(run, S_CHANNELS, table(problem, Q_CHANNEL_OFFSET));
  setI(run, S_CHANGES, table(problem, Q_CHANGE_OFFSET));
  setI(run, S_DEPENDENTS, table(problem, Q_DEPENDENT_OFFSET));
  setI(run, S_READERS, getI(problem, Q_READER_OFFSET) == 0 ? 0 : table(problem, Q_READER_OFFSET));
  setI(run, S_PAIR_END, getI(problem, Q_PAIR_END));
  setF(getI(run, S_STATE), getI(problem, Q_SPECIES), 1.0);
  setF(run, S_TIME, 0.0);
  setF(run, S_EXTINCT, -1.0);
  setI(run, S_FLAGS, 0);
  setI(run, S_STALLED, 0);
  noteSides(run);
  return layOut(run);
}

/**
 * Goes on for about `work` events; a leap counts as several, by its channels.
 * @returns RUNNING when that is done, ROWS_FULL, DONE, EVENT at a level crossing, or a failure
 */
export function advanceEvents(run: i32, work: i32): i32 {
  const end = getF(run, S_END);
  const workOfLeap = 1 + (getI(getI(run, S_PROBLEM), Q_CHANNELS) >> 2);
  let left = work;
  while (getI(run, S_EXACT) >= 0) {
    while (getI(run, S_EXACT) == 0) {
      const time = getF(run, S_TIME);
      if (!emitRowsUpTo(run, time)) return ROWS_FULL;
      if (time >= end) return DONE;
      if (left <= 0) return RUNNING;
      const fault = leap(run);
      if (fault > 0) return fault;
      if (fault == NOT_WORTH) break;
      left -= workOfLeap;
      if (standsStill(run, time)) return STALLED;
      if (getI(run, S_CROSSING_COUNT) > 0 && crosses(run)) return EVENT;
    }
    const due = getI(run, S_EXACT);
    const before = getF(run, S_EVENTS);
    const status = oneByOne(run, left < due ? left : due);
    const done = i32(getF(run, S_EVENTS) - before);
    setI(run, S_EXACT, due - done);
    if (status != RUNNING) return status;
    left -= done;
    if (left <= 0) return RUNNING;
  }
  return oneByOne(run, left);
}

/** Goes on to a time. @returns whether time has stood still too often */
function standsStill(run: i32, before: f64): bool {
  const stalled = getF(run, S_TIME) > before ? 0 : getI(run, S_STALLED) + 1;
  setI(run, S_STALLED, stalled);
  return stalled >= STANDING;
}

/** At most so many events, one at a time. */
function oneByOne(run: i32, events: i32): i32 {
  const stream = getI(run, S_STREAM);
  const widths = getI(stream, D_TABLES);
  const end = getF(run, S_END);
  const isTimed = getI(run, S_SELECTION) == SELECT_NEXT;
  const heap = getI(run, S_HEAP);
  const watches = getI(run, S_CROSSING_COUNT) > 0;
  if ((getI(run, S_FLAGS) & FLAG_STALE) != 0) {
    const fault = layOut(run);
    if (fault != 0) return fault;
  }
  let total = getF(run, S_TOTAL);
  let time = getF(run, S_TIME);
  let fresh = getI(run, S_FRESH);
  let least = getF(run, S_LEAST);
  let most = getF(run, S_MOST);
  let row = nextRow(run);
  let left = events;
  let stalled = getI(run, S_STALLED);
  let status = RUNNING;
  let next = getF(run, S_NEXT);
  let isDrawn = (getI(run, S_FLAGS) & FLAG_DRAWN) != 0;
  while (true) {
    if (!isDrawn) {
      if (left <= 0) break;
      if (fresh <= 0 || !(total >= least && total <= most)) {
        setF(run, S_TIME, time);
        status = sumAnew(run);
        if (status != 0) break;
        total = getF(run, S_TOTAL);
        fresh = getI(run, S_FRESH);
        least = getF(run, S_LEAST);
        most = getF(run, S_MOST);
      }
      // As `exponential`, written out where most of the time goes.
      let at = getI(stream, D_NEXT);
      if (at == DRAWN) {
        fillWords(stream);
        at = 0;
      }
      setI(stream, D_NEXT, at + 2);
      const high = getI(stream, D_WORDS + at);
      const low = getI(stream, D_WORDS + at + 1);
      const layer = layerOf(high, low);
      let wait = unit(high, low) * getF(widths, layer);
      if (!(wait < getF(widths, layer + 1))) wait = besideLayer(stream, layer, wait);
      if (isTimed) next = renewFirst(run, wait);
      else next = total > 0.0 ? time + wait / total : Infinity;
      isDrawn = true;
    }
    if (next >= row || next >= end) {
      if (!emitRowsUpTo(run, next)) {
        status = ROWS_FULL;
        break;
      }
      row = nextRow(run);
      if (next >= end) {
        time = end;
        status = DONE;
        break;
      }
    }
    left -= 1;
    fresh -= 1;
    isDrawn = false;
    if (next == time) {
      stalled += 1;
      if (stalled >= STANDING) {
        status = STALLED;
        break;
      }
    } else stalled = 0;
    time = next;
    let channel: i32 = 0;
    if (isTimed) channel = firstChannel(heap);
    else {
      let at = getI(stream, D_NEXT);
      if (at == DRAWN) {
        fillWords(stream);
        at = 0;
      }
      setI(stream, D_NEXT, at + 2);
      const part = unit(getI(stream, D_WORDS + at), getI(stream, D_WORDS + at + 1));
      channel = find(run, part * total);
    }
    status = fire(run, channel);
    if (status != 0) {
      left += 1;
      break;
    }
    total = refresh(run, channel, total);
    if (watches && crosses(run)) {
      status = EVENT;
      break;
    }
  }
  setF(run, S_TIME, time);
  setF(run, S_TOTAL, total);
  setF(run, S_NEXT, next);
  setI(run, S_FLAGS, isDrawn ? FLAG_DRAWN : 0);
  setI(run, S_FRESH, fresh);
  setI(run, S_STALLED, stalled);
  const done = f64(events - left);
  setF(run, S_EVENTS, getF(run, S_EVENTS) + done);
  setF(run, S_FIRINGS, getF(run, S_FIRINGS) + done);
  return status;
}
