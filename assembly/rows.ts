/**
 * The save grid, apart from the steps: rows due within the last accepted step, read off its interpolant.
 */
import { timeAfter } from './attempt';
import { interpolate, prepareDense } from './interpolant';
import {
  FLAG_DENSE,
  P_COUNT,
  P_ELIMINATED,
  P_WIDTH,
  P_W_ATOL,
  P_W_STATE,
  R_EVENT,
  R_EVENT_TIME,
  R_FLAGS,
  R_ROWS,
  R_ROWS_CAPACITY,
  R_ROWS_USED,
  R_SAVE_COUNT,
  R_SAVE_NEXT,
  R_SAVE_TIMES,
  R_SCALE,
  R_TABLE,
  R_TANGENTS,
  R_TIME,
  R_TIME_OLD,
} from './layout';
import { mostNegative } from './linalg/norms';
import { copyF, getF, getI, setI } from './memory';
import { completeState } from './moieties';
import { region } from './problem';
import { emitTangents } from './sensitivity/rows';

/** Makes the interpolant of the last accepted step ready. */
export function needDense(problem: i32, work: i32): void {
  const flags = getI(work, R_FLAGS);
  if ((flags & FLAG_DENSE) != 0) return;
  prepareDense(problem, work, getI(work, R_TABLE), getF(work, R_SCALE));
  setI(work, R_FLAGS, flags | FLAG_DENSE);
}

/** Whether a row saved at `at` is due: up to the present time, but only before an event, whose dose it must show. */
function isDue(work: i32, at: f64): bool {
  return getI(work, R_EVENT) < 0 ? at <= getF(work, R_TIME) : at < getF(work, R_EVENT_TIME);
}

/** Whether a row is due before the end of a step of size `h` from the present time. */
export function rowWithin(work: i32, h: f64): bool {
  const next = getI(work, R_SAVE_NEXT);
  return next < getI(work, R_SAVE_COUNT) && getF(getI(work, R_SAVE_TIMES), next) < timeAfter(work, h);
}

/** Whether a row is due up to `time`. */
export function rowUpTo(work: i32, time: f64): bool {
  const next = getI(work, R_SAVE_NEXT);
  return next < getI(work, R_SAVE_COUNT) && getF(getI(work, R_SAVE_TIMES), next) <= time;
}

/** Writes the rows that are due; false when the host must take rows first. */
export function emitRows(problem: i32, work: i32): bool {
  const total = getI(work, R_SAVE_COUNT);
  let next = getI(work, R_SAVE_NEXT);
  if (next >= total) return true;
  const times = getI(work, R_SAVE_TIMES);
  const time = getF(work, R_TIME);
  if (!isDue(work, getF(times, next))) return true;
  const count = getI(problem, P_COUNT);
  const width = getI(problem, P_WIDTH);
  const capacity = getI(work, R_ROWS_CAPACITY);
  const rows = getI(work, R_ROWS);
  const from = getF(work, R_TIME_OLD);
  let used = getI(work, R_ROWS_USED);
  while (next < total && isDue(work, getF(times, next))) {
    if (used == capacity) {
      setI(work, R_SAVE_NEXT, next);
      setI(work, R_ROWS_USED, used);
      return false;
    }
    const at = getF(times, next);
    const row = rows + ((used * width) << 3);
    if (at == time) {
      copyF(row, region(problem, work, P_W_STATE), count);
    } else {
      needDense(problem, work);
      interpolate(problem, work, (at - from) / (time - from), row);
    }
    completeState(problem, work, row);
    if (FULL_KERNEL) {
      const tangents = getI(work, R_TANGENTS);
      if (tangents != 0) {
        emitTangents(problem, tangents, used, at == time ? 1.0 : (at - from) / (time - from));
      }
    }
    used += 1;
    next += 1;
  }
  setI(work, R_SAVE_NEXT, next);
  setI(work, R_ROWS_USED, used);
  return true;
}

/** Slot of the concentration of the state `y` that is furthest below −atol, or −1. */
export function negativeSlot(problem: i32, work: i32, y: i32): i32 {
  if (getI(problem, P_ELIMINATED) > 0) completeState(problem, work, y);
  return mostNegative(y, region(problem, work, P_W_ATOL), getI(problem, P_WIDTH));
}

/** Slot that a row due within the step just accepted would show furthest below −atol, or −1. */
export function negativeRow(problem: i32, work: i32, scratch: i32): i32 {
  const total = getI(work, R_SAVE_COUNT);
  const times = getI(work, R_SAVE_TIMES);
  const time = getF(work, R_TIME);
  const from = getF(work, R_TIME_OLD);
  for (let next = getI(work, R_SAVE_NEXT); next < total && getF(times, next) < time; next++) {
    needDense(problem, work);
    interpolate(problem, work, (getF(times, next) - from) / (time - from), scratch);
    const below = negativeSlot(problem, work, scratch);
    if (below >= 0) return below;
  }
  return -1;
}
