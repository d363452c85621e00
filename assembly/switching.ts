/**
 * Changing between an explicit method and a Rosenbrock method while a run goes on. Both tables are in memory: R_TABLE is
 * the one in use, R_OTHER the one to change to, if there is one.
 *
 * The explicit method is left when its steps look limited by stability: the last two of its stages stand at the same
 * time, so that ‖k₇ − k₆‖/‖u₇ − u₆‖ measures the fastest rate that is felt (Shampine 1977; Hairer & Wanner 1996, IV.2).
 * The Rosenbrock method is left when the explicit one could take steps that are cheaper on the whole: its Jacobian bounds
 * the fastest rate, and R_GAIN says how many explicit steps cost as much as one of its own.
 */
import { bump, noteJacobian } from './attempt';
import { REACH_ROSENBROCK } from './growth';
import {
  FAMILY_EXPLICIT,
  FLAG_JACOBIAN,
  FLAG_REJECTED,
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_ATOL,
  P_W_INCREMENTS,
  P_W_JACOBIAN,
  P_W_ROW,
  P_W_STAGE,
  R_COUNT_STEPS,
  R_COUNT_SWITCHES,
  R_FASTEST,
  R_FLAGS,
  R_GAIN,
  R_OTHER,
  R_PATIENCE,
  R_ROOT_OLD,
  R_RTOL,
  R_SCALE,
  R_STEP,
  R_STREAK,
  R_SWITCHED,
  R_TABLE,
  T_FAMILY,
  T_STABILITY,
  T_STAGES,
} from './layout';
import { getF, getI, setF, setI, zeroF } from './memory';
import { region, table } from './problem';

/** An explicit step looks limited by stability beyond this part of the interval. */
export const STIFF_PART: f64 = 0.5;
/** The way back is taken only well within it: the two measures of the fastest rate differ. */
const CALM_PART: f64 = 0.5;
/** Calm steps in a row before the way back. */
const CALM_STEPS: i32 = 3;
/**
 * Stiff-looking steps before the explicit method is left. A stay with the other of less than SHORT_STAY times as many
 * steps was not worth it: then it takes twice as many the next time, so that a run does not go to and fro.
 */
const FIRST_PATIENCE: i32 = 4;
const LAST_PATIENCE: i32 = 64;
const SHORT_STAY: i32 = 4;

/** Chooses the method that begins, given the first step. The Jacobian is not lost where that is the Rosenbrock method. */
export function startWatch(problem: i32, work: i32): void {
  setI(work, R_STREAK, 0);
  // The first stay with the Rosenbrock method is no going back to it.
  setI(work, R_SWITCHED, -FIRST_PATIENCE * SHORT_STAY);
  setI(work, R_PATIENCE, FIRST_PATIENCE);
  const other = getI(work, R_OTHER);
  if (other == 0) return;
  noteJacobian(problem, work, REACH_ROSENBROCK);
  setI(work, R_FLAGS, getI(work, R_FLAGS) | FLAG_JACOBIAN);
  const fastest = spectralBound(problem, work);
  setF(work, R_FASTEST, fastest);
  if (getF(work, R_STEP) * fastest < CALM_PART * getF(other, T_STABILITY)) exchange(work);
}

function exchange(work: i32): void {
  const now = getI(work, R_TABLE);
  setI(work, R_TABLE, getI(work, R_OTHER));
  setI(work, R_OTHER, now);
}

/** Changes the method where that is due: between steps, since the dense output of a step needs the step's own table. */
export function switchWhenDue(work: i32): void {
  const next = getI(work, R_OTHER);
  if (next == 0) return;
  const streak = getI(work, R_STREAK);
  const patience = getI(work, R_PATIENCE);
  if (getI(getI(work, R_TABLE), T_FAMILY) == FAMILY_EXPLICIT) {
    if (streak < patience) return;
  } else {
    if (streak < CALM_STEPS) return;
    const stable = getF(next, T_STABILITY) / getF(work, R_FASTEST);
    if (getF(work, R_STEP) > stable) setF(work, R_STEP, stable);
    const stay = getI(work, R_COUNT_STEPS) - getI(work, R_SWITCHED);
    const longer = patience < LAST_PATIENCE ? patience << 1 : patience;
    setI(work, R_PATIENCE, stay < patience * SHORT_STAY ? longer : FIRST_PATIENCE);
  }
  exchange(work);
  setI(work, R_STREAK, 0);
  setI(work, R_SWITCHED, getI(work, R_COUNT_STEPS));
  // What the one method knows of the state, and how its last error compares, says nothing to the other.
  setI(work, R_FLAGS, getI(work, R_FLAGS) & FLAG_REJECTED);
  setF(work, R_ROOT_OLD, 0.0);
  setF(work, R_SCALE, 1.0);
  bump(work, R_COUNT_SWITCHES, 1);
}

/** After an explicit attempt of size `h`, accepted or not: does it look limited by stability? */
export function watchExplicit(problem: i32, work: i32, h: f64): void {
  const tableau = getI(work, R_TABLE);
  const count = getI(problem, P_COUNT);
  const stage = region(problem, work, P_W_STAGE);
  const before = region(problem, work, P_W_ROW);
  const atol = region(problem, work, P_W_ATOL);
  const rtol = getF(work, R_RTOL);
  const last = region(problem, work, P_W_INCREMENTS) + (getI(tableau, T_STAGES) - 1) * (count << 3);
  const previous = last - (count << 3);
  let slopes: f64 = 0.0;
  let states: f64 = 0.0;
  for (let i: i32 = 0; i < count; i++) {
    const y = getF(stage, i);
    const scale = 1.0 / (getF(atol, i) + rtol * Math.abs(y));
    const slope = (getF(last, i) - getF(previous, i)) * scale;
    const distance = (y - getF(before, i)) * scale;
    slopes += slope * slope;
    states += distance * distance;
  }
  const limit = STIFF_PART * getF(tableau, T_STABILITY);
  noteStiff(work, h * h * slopes > limit * limit * states);
}

/** Notes whether an explicit attempt looked limited by stability. */
export function noteStiff(work: i32, looksStiff: bool): void {
  const streak = getI(work, R_STREAK);
  if (looksStiff) setI(work, R_STREAK, streak + 1);
  else if (streak > 0) setI(work, R_STREAK, streak - 1);
}

/** After an accepted Rosenbrock step of size `h`: would explicit ones be cheaper? */
export function watchRosenbrock(problem: i32, work: i32, h: f64): void {
  if (getI(work, R_OTHER) != 0) noteCalm(work, h, spectralBound(problem, work));
}

/** Notes a bound on the rates where a Rosenbrock step of size `h` was accepted, and whether they look calm for it. */
export function noteCalm(work: i32, h: f64, fastest: f64): void {
  const other = getI(work, R_OTHER);
  setF(work, R_FASTEST, fastest);
  const calm = h * fastest < CALM_PART * getF(other, T_STABILITY) * getF(work, R_GAIN);
  setI(work, R_STREAK, calm ? getI(work, R_STREAK) + 1 : 0);
}

/** No eigenvalue of the Jacobian is larger: the lesser of its largest row sum and its largest column sum. */
function spectralBound(problem: i32, work: i32): f64 {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const jac = region(problem, work, P_W_JACOBIAN);
  const sums = region(problem, work, P_W_ROW);
  zeroF(sums, count);
  let byRows: f64 = 0.0;
  let e: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const end = getI(rows, i + 1);
    let sum: f64 = 0.0;
    for (; e < end; e++) {
      const size = Math.abs(getF(jac, e));
      const j = getI(columns, e);
      sum += size;
      setF(sums, j, getF(sums, j) + size);
    }
    if (sum > byRows) byRows = sum;
  }
  let byColumns: f64 = 0.0;
  for (let j: i32 = 0; j < count; j++) {
    const sum = getF(sums, j);
    if (sum > byColumns) byColumns = sum;
  }
  return byRows < byColumns ? byRows : byColumns;
}
