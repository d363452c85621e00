/** The steps of a run as they were made, for going back over them: each with the state before it. */
import {
  P_COUNT,
  P_W_OLD,
  R_STEP_DONE,
  R_TABLE,
  R_TAPE,
  R_TAPE_CAPACITY,
  R_TAPE_USED,
  R_TIME,
  R_TIME_OLD,
} from '../layout';
import { copyF, getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { TAPE_FROM, TAPE_SIZE, TAPE_SLOTS, TAPE_TABLE, TAPE_TO } from './layout';

/** Whether the host must take the steps before another is made. */
export function tapeIsFull(work: i32): bool {
  return getI(work, R_TAPE) != 0 && getI(work, R_TAPE_USED) == getI(work, R_TAPE_CAPACITY);
}

/** Puts the last accepted step on the tape, if there is one. */
export function recordStep(problem: i32, work: i32): void {
  const tape = getI(work, R_TAPE);
  if (tape == 0) return;
  const count = getI(problem, P_COUNT);
  const used = getI(work, R_TAPE_USED);
  const entry = tape + ((used * (TAPE_SLOTS + count)) << 3);
  setF(entry, TAPE_FROM, getF(work, R_TIME_OLD));
  setF(entry, TAPE_TO, getF(work, R_TIME));
  setF(entry, TAPE_SIZE, getF(work, R_STEP_DONE));
  setF(entry, TAPE_TABLE, f64(getI(work, R_TABLE)));
  copyF(entry + (TAPE_SLOTS << 3), region(problem, work, P_W_OLD), count);
  setI(work, R_TAPE_USED, used + 1);
}
