/**
 * What becomes of an attempt of two runs: `settle.ts` for both. Where a step is accepted and no row is due in it, which
 * is most often so, all of it is arithmetic that both lanes do together; any other outcome is for the code of one run.
 */
import { bump, reject, timeAfter } from '../attempt';
import { CUT_NEGATIVE } from '../controller';
import {
  CAUSE_NONE,
  CAUSE_SINGULAR,
  FLAG_DENSE,
  FLAG_REJECTED,
  MAX_DENSE,
  P_COUNT,
  P_W_ATOL,
  P_W_DENSE,
  P_W_STAGE,
  P_W_STATE,
  RUNNING,
  R_CAUSE,
  R_COUNT_STEPS,
  R_ERROR,
  R_FIXED,
  R_FLAGS,
  R_ROOT_OLD,
  R_RTOL,
  R_STEP,
  R_STEP_DONE,
  R_TABLE,
  R_TIME,
  R_TIME_OLD,
  STEP_TOO_SMALL,
  T_ROOT,
} from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { region } from '../problem';
import { rowUpTo, rowWithin } from '../rows';
import { ACCEPTED, judge, STUCK } from '../settle';
import { controllerRoots, flooredRoots, nextSteps } from './controller';
import { prepareDenses } from './interpolant';
import { L_SINGULAR, L_STALE, L_STATUS, L_STEP, L_WORK } from './layout';
import { restoreBothTotals } from './moieties';
import { belowZero, weightedNorms } from './norms';
import { bothOf, choose, getV, load, maskOf, pairRegion, unload, unloadBoth } from './vectors';

/**
 * Accepts or rejects the steps from STATE to STAGE of the runs that can go on.
 * @param errors where the error estimate lies in a run's workspace, as an offset
 * @param scale what the rows of INCREMENTS are multiplied by in the dense output
 * @returns bits of the runs whose steps were accepted: 1 for the first, 2 for the second
 */
export function settleBoth(problem: i32, pair: i32, errors: i32, scale: v128): i32 {
  const first = getI(pair, L_WORK);
  const second = getI(pair, L_WORK + 1);
  const degree = getI(getI(first, R_TABLE), T_ROOT);
  const count = getI(problem, P_COUNT);
  const state = pairRegion(problem, pair, P_W_STATE);
  const stage = pairRegion(problem, pair, P_W_STAGE);
  const atol = pairRegion(problem, pair, P_W_ATOL);
  const rtol = bothOf(first, second, R_RTOL);
  const norms = weightedNorms(pair + (errors << 1), state, stage, atol, rtol, count);
  const roots = controllerRoots(norms, degree);
  const sizes = getV(pair, L_STEP);
  const within = v128.andnot(f64x2.le(norms, f64x2.splat(1.0)), belowZero(stage, atol, count));
  const good = i64x2.bitmask(within);
  let plain: i32 = 0;
  if ((good & 1) != 0 && isPlain(pair, 0, f64x2.extract_lane(sizes, 0))) plain = 1;
  if ((good & 2) != 0 && isPlain(pair, 1, f64x2.extract_lane(sizes, 1))) plain |= 2;
  let accepted = plain;
  if (plain != 3) accepted |= settleOthers(problem, pair, plain, errors, scale, norms, roots);
  if (plain == 0) return accepted;

  const mask = maskOf(plain);
  choose(state, stage, mask, count);
  restoreBothTotals(problem, pair, state, mask);
  setI(pair, L_STALE, 1);
  const rootsOld = bothOf(first, second, R_ROOT_OLD);
  const next = nextSteps(sizes, roots, bothOf(first, second, R_STEP_DONE), rootsOld);
  const floored = flooredRoots(roots, degree);
  if ((plain & 1) != 0) {
    const h = f64x2.extract_lane(sizes, 0);
    setF(first, R_ERROR, f64x2.extract_lane(norms, 0));
    noteAccepted(first, h, f64x2.extract_lane(next, 0), f64x2.extract_lane(floored, 0));
  }
  if ((plain & 2) != 0) {
    const h = f64x2.extract_lane(sizes, 1);
    setF(second, R_ERROR, f64x2.extract_lane(norms, 1));
    noteAccepted(second, h, f64x2.extract_lane(next, 1), f64x2.extract_lane(floored, 1));
  }
  return accepted;
}

/** Whether a step of size `h` whose error and concentrations are as they should be needs no more than to be taken. */
function isPlain(pair: i32, lane: i32, h: f64): bool {
  if (getI(pair, L_STATUS + lane) != RUNNING || getI(pair, L_SINGULAR + lane) >= 0) return false;
  const work = getI(pair, L_WORK + lane);
  return !(getF(work, R_FIXED) > 0.0) && !rowUpTo(work, timeAfter(work, h));
}

/** The scalars of `accept`, and of what follows it in `judge`. */
function noteAccepted(work: i32, h: f64, next: f64, root: f64): void {
  const wasRejected = (getI(work, R_FLAGS) & FLAG_REJECTED) != 0;
  const time = timeAfter(work, h);
  setF(work, R_TIME_OLD, getF(work, R_TIME));
  setF(work, R_TIME, time);
  setI(work, R_FLAGS, 0);
  setI(work, R_CAUSE, CAUSE_NONE);
  bump(work, R_COUNT_STEPS, 1);
  // No growth straight after a rejection.
  setF(work, R_STEP, wasRejected && next > h ? h : next);
  setF(work, R_ROOT_OLD, root);
  setF(work, R_STEP_DONE, h);
}

/** Ends the attempts of the runs that are not `plain`, each as it would end by itself. @returns bits of those accepted */
function settleOthers(
  problem: i32,
  pair: i32,
  plain: i32,
  errors: i32,
  scale: v128,
  norms: v128,
  roots: v128,
): i32 {
  bringHome(problem, pair);
  const sizes = getV(pair, L_STEP);
  const h = f64x2.extract_lane(sizes, 0);
  const k = f64x2.extract_lane(sizes, 1);
  const first = (plain & 1) == 0 && getI(pair, L_STATUS) == RUNNING;
  const second = (plain & 2) == 0 && getI(pair, L_STATUS + 1) == RUNNING;
  const dense =
    (first && rowWithin(getI(pair, L_WORK), h)) || (second && rowWithin(getI(pair, L_WORK + 1), k));
  if (dense) prepareDenses(problem, pair, getI(getI(pair, L_WORK), R_TABLE), scale);
  let accepted: i32 = 0;
  if (first) {
    const error = f64x2.extract_lane(norms, 0);
    if (settleOne(problem, pair, 0, errors, h, error, f64x2.extract_lane(roots, 0))) accepted = 1;
  }
  if (second) {
    const error = f64x2.extract_lane(norms, 1);
    if (settleOne(problem, pair, 1, errors, k, error, f64x2.extract_lane(roots, 1))) accepted |= 2;
  }
  return accepted;
}

/** Ends the attempt of one run in the run's own workspace; true when its step was accepted. */
function settleOne(problem: i32, pair: i32, lane: i32, errors: i32, h: f64, error: f64, root: f64): bool {
  const work = getI(pair, L_WORK + lane);
  const singular = getI(pair, L_SINGULAR + lane);
  if (singular >= 0) {
    if (!reject(work, CAUSE_SINGULAR, singular, h * CUT_NEGATIVE))
      setI(pair, L_STATUS + lane, STEP_TOO_SMALL);
    return false;
  }
  const count = getI(problem, P_COUNT);
  unload(pairRegion(problem, pair, P_W_STAGE), lane, region(problem, work, P_W_STAGE), count);
  if (!(error <= 1.0)) unload(pair + (errors << 1), lane, work + errors, count);
  let known: i32 = 0;
  if (rowWithin(work, h)) {
    unload(pairRegion(problem, pair, P_W_DENSE), lane, region(problem, work, P_W_DENSE), MAX_DENSE * count);
    known = FLAG_DENSE;
  }
  const outcome = judge(problem, work, getI(work, R_TABLE), work + errors, h, error, root, known);
  if (outcome == STUCK) setI(pair, L_STATUS + lane, STEP_TOO_SMALL);
  if (outcome != ACCEPTED) return false;
  load(pairRegion(problem, pair, P_W_STATE), lane, region(problem, work, P_W_STATE), count);
  return true;
}

/** Gives both runs their states. */
export function bringHome(problem: i32, pair: i32): void {
  if (getI(pair, L_STALE) == 0) return;
  const first = region(problem, getI(pair, L_WORK), P_W_STATE);
  const second = region(problem, getI(pair, L_WORK + 1), P_W_STATE);
  unloadBoth(pairRegion(problem, pair, P_W_STATE), first, second, getI(problem, P_COUNT));
  setI(pair, L_STALE, 0);
}
