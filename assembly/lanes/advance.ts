/**
 * The loop of two runs of one compiled problem by one method at a time, a run to a lane of every vector. Each ends, is followed
 * by another, or leaves and goes on by itself, when its own time has come: in any company it takes the same steps to
 * the same bits.
 */
import {
  DONE,
  FLAG_JACOBIAN,
  P_MOIETIES,
  P_COUNT,
  P_FILL,
  P_JAC_PAIRS,
  P_JAC_TRIPLES,
  P_REACTIONS,
  P_W_ATOL,
  P_W_CONSTANTS,
  P_W_DERIVATIVE,
  P_W_JACOBIAN,
  P_W_JAC_COEFFICIENTS,
  P_W_STAGE,
  P_W_STATE,
  P_W_TOTALS,
  ROWS_FULL,
  RUNNING,
  R_END,
  R_FLAGS,
  R_OTHER,
  R_PROBLEM,
  R_TABLE,
  R_TIME,
  T_FAMILY,
} from '../layout';
import { getF, getI, setI } from '../memory';
import { region } from '../problem';
import { emitRows } from '../rows';
import { switchWhenDue } from '../switching';
import { attemptBoth } from './attempt';
import { L_PROBLEM, L_STATUS, L_WORK, PARTED } from './layout';
import { bringHome } from './settle';
import { load, pairRegion, unload } from './vectors';

/** Gives a lane to a run that stands between two attempts. */
export function joinLane(pair: i32, lane: i32, work: i32): void {
  const problem = getI(work, R_PROBLEM);
  setI(pair, L_PROBLEM, problem);
  setI(pair, L_WORK + lane, work);
  const count = getI(problem, P_COUNT);
  loadRegion(problem, pair, lane, work, P_W_CONSTANTS, getI(problem, P_REACTIONS));
  const coefficients = getI(problem, P_JAC_PAIRS) + getI(problem, P_JAC_TRIPLES);
  loadRegion(problem, pair, lane, work, P_W_JAC_COEFFICIENTS, coefficients);
  loadRegion(problem, pair, lane, work, P_W_ATOL, count);
  // With the 1 that follows them.
  loadRegion(problem, pair, lane, work, P_W_STATE, count + 1);
  loadRegion(problem, pair, lane, work, P_W_STAGE, count + 1);
  loadRegion(problem, pair, lane, work, P_W_DERIVATIVE, count);
  if ((getI(work, R_FLAGS) & FLAG_JACOBIAN) != 0) {
    loadRegion(problem, pair, lane, work, P_W_JACOBIAN, getI(problem, P_FILL));
  }
  loadRegion(problem, pair, lane, work, P_W_TOTALS, getI(problem, P_MOIETIES));
}

function loadRegion(problem: i32, pair: i32, lane: i32, work: i32, word: i32, count: i32): void {
  load(pairRegion(problem, pair, word), lane, region(problem, work, word), count);
}

/** Takes a run out of its lane; `advance` goes on with it. */
export function leaveLane(pair: i32, lane: i32): void {
  const work = getI(pair, L_WORK + lane);
  // The pair's is that of the run that came last, which may be gone.
  const problem = getI(work, R_PROBLEM);
  unloadRegion(problem, pair, lane, work, P_W_DERIVATIVE, getI(problem, P_COUNT));
  unloadRegion(problem, pair, lane, work, P_W_JACOBIAN, getI(problem, P_FILL));
}

function unloadRegion(problem: i32, pair: i32, lane: i32, work: i32, word: i32, count: i32): void {
  unload(pairRegion(problem, pair, word), lane, region(problem, work, word), count);
}

/**
 * Goes on with both runs for at most `attempts` attempted steps of each (below 2¹⁵), or until one needs the host.
 * @returns the first run's status as of `advance`, the second's in the next byte, above them the attempts not used
 */
export function advanceLanes(pair: i32, attempts: i32): i32 {
  const problem = getI(pair, L_PROBLEM);
  setI(pair, L_STATUS, RUNNING);
  setI(pair, L_STATUS + 1, RUNNING);
  let statuses = standing(problem, pair, 0) | (standing(problem, pair, 1) << 8);
  let left = attempts;
  for (; statuses == RUNNING && left > 0; left--) {
    if (!changeMethods(pair)) {
      statuses = getI(pair, L_STATUS) | (getI(pair, L_STATUS + 1) << 8);
      break;
    }
    attemptBoth(problem, pair);
    statuses = standing(problem, pair, 0) | (standing(problem, pair, 1) << 8);
  }
  bringHome(problem, pair);
  return statuses | (left << 16);
}

/** Changes methods where that is due; false when that parts the runs, whose statuses then say which has changed. */
function changeMethods(pair: i32): bool {
  const first = getI(pair, L_WORK);
  const second = getI(pair, L_WORK + 1);
  // Runs are given company of their own choice of methods, so that either both may change or neither.
  if (getI(first, R_OTHER) == 0) return true;
  const firstBefore = getI(first, R_TABLE);
  switchWhenDue(first);
  switchWhenDue(second);
  if (familyOf(first) == familyOf(second)) return true;
  setI(pair, L_STATUS + (getI(first, R_TABLE) == firstBefore ? 1 : 0), PARTED);
  return false;
}

function familyOf(work: i32): i32 {
  return getI(getI(work, R_TABLE), T_FAMILY);
}

/** Where a run stands between two attempts, its rows written. */
function standing(problem: i32, pair: i32, lane: i32): i32 {
  const status = getI(pair, L_STATUS + lane);
  if (status != RUNNING) return status;
  const work = getI(pair, L_WORK + lane);
  if (!emitRows(problem, work)) return ROWS_FULL;
  return getF(work, R_TIME) >= getF(work, R_END) ? DONE : RUNNING;
}
