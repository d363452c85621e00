/** The save grid: a row shows the state between the event before it and the one after. */
import { copyF, getF, getI, setI } from '../memory';
import {
  Q_SPECIES,
  S_PROBLEM,
  S_ROWS,
  S_ROWS_CAPACITY,
  S_ROWS_USED,
  S_SAVE_COUNT,
  S_SAVE_NEXT,
  S_SAVE_TIMES,
  S_STATE,
} from './layout';

/** When the next row is due; infinite after the last. */
export function nextRow(run: i32): f64 {
  const next = getI(run, S_SAVE_NEXT);
  return next < getI(run, S_SAVE_COUNT) ? getF(getI(run, S_SAVE_TIMES), next) : Infinity;
}

/** Writes the rows due up to `time`; false when the host must take rows first. */
export function emitRowsUpTo(run: i32, time: f64): bool {
  const species = getI(getI(run, S_PROBLEM), Q_SPECIES);
  let used = getI(run, S_ROWS_USED);
  let next = getI(run, S_SAVE_NEXT);
  while (next < getI(run, S_SAVE_COUNT) && getF(getI(run, S_SAVE_TIMES), next) <= time) {
    if (used == getI(run, S_ROWS_CAPACITY)) break;
    copyF(getI(run, S_ROWS) + ((used * species) << 3), getI(run, S_STATE), species);
    used += 1;
    next += 1;
  }
  setI(run, S_SAVE_NEXT, next);
  setI(run, S_ROWS_USED, used);
  return next == getI(run, S_SAVE_COUNT) || getF(getI(run, S_SAVE_TIMES), next) > time;
}
