/** Level crossings: looked for after every event, whose jump either passes a level or does not. */
import { getF, getI, setI } from '../memory';
import {
  S_CROSSINGS,
  S_CROSSING_COUNT,
  S_STATE,
  X_BYTES,
  X_DIRECTION,
  X_DUE,
  X_LEVEL,
  X_PAST,
  X_SPECIES,
} from './layout';

function isPast(run: i32, one: i32): bool {
  const value = getF(getI(run, S_STATE), getI(one, X_SPECIES));
  const level = getF(one, X_LEVEL);
  return getI(one, X_DIRECTION) > 0 ? value >= level : value <= level;
}

/** Notes on which side of each level the state stands. */
export function noteSides(run: i32): void {
  const crossings = getI(run, S_CROSSINGS);
  for (let i: i32 = 0; i < getI(run, S_CROSSING_COUNT); i++) {
    const one = crossings + i * X_BYTES;
    setI(one, X_PAST, isPast(run, one) ? 1 : 0);
  }
}

/** Whether the last change of the state has passed levels; notes which. */
export function crosses(run: i32): bool {
  const crossings = getI(run, S_CROSSINGS);
  let due = false;
  for (let i: i32 = 0; i < getI(run, S_CROSSING_COUNT); i++) {
    const one = crossings + i * X_BYTES;
    const past: i32 = isPast(run, one) ? 1 : 0;
    const passed: i32 = past == 1 && getI(one, X_PAST) == 0 ? 1 : 0;
    if (passed == 1) due = true;
    setI(one, X_DUE, passed);
    setI(one, X_PAST, past);
  }
  return due;
}
