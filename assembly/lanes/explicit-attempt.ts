import { bump } from '../attempt';
import { REACH_EXPLICIT } from '../growth';
import {
  FLAG_DERIVATIVE,
  FLAG_GROWTH,
  FLAG_REJECTED,
  P_COUNT,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_STATE,
  RUNNING,
  R_COUNT_DERIVATIVES,
  R_COUNT_JACOBIANS,
  R_FLAGS,
  R_GROWTH,
  R_SCALE,
  T_STAGES,
} from '../layout';
import { getF, getI, setF, setI } from '../memory';
import { differentiate, evaluate } from './dispatch';
import { explicitSteps } from './explicit';
import { L_SINGULAR, L_STATUS, L_STEP, L_WORK } from './layout';
import { hiddenRuns, noteGrowth } from './norms';
import { settleBoth } from './settle';
import { chooseSizes } from './sizes';
import { watchExplicits } from './switching';
import { choose, getV, maskOf, pairRegion } from './vectors';

/** `explicitAttempt` of both runs. */
export function attemptExplicits(problem: i32, pair: i32, tableau: i32): void {
  const count = getI(problem, P_COUNT);
  const slope = pairRegion(problem, pair, P_W_DERIVATIVE);
  refresh(problem, pair, slope, count);
  chooseSizes(pair);
  // No pivot fails where there is none.
  setI(pair, L_SINGULAR, -1);
  setI(pair, L_SINGULAR + 1, -1);
  const sizes = getV(pair, L_STEP);
  explicitSteps(problem, pair, tableau, sizes);
  const stages = getI(tableau, T_STAGES);
  noteWork(pair, 0, stages, f64x2.extract_lane(sizes, 0));
  noteWork(pair, 1, stages, f64x2.extract_lane(sizes, 1));
  watchExplicits(problem, pair, tableau, sizes);
  const accepted = settleBoth(problem, pair, getI(problem, P_W_DERIVATIVE_STAGE), sizes);
  if (accepted == 0) return;
  // As for one run, the derivative of the new state.
  const last = pairRegion(problem, pair, P_W_INCREMENTS) + (stages - 1) * (count << 4);
  choose(slope, last, maskOf(accepted), count);
  if ((accepted & 1) != 0) noteSlope(getI(pair, L_WORK));
  if ((accepted & 2) != 0) noteSlope(getI(pair, L_WORK + 1));
}

function noteWork(pair: i32, lane: i32, stages: i32, h: f64): void {
  if (getI(pair, L_STATUS + lane) != RUNNING) return;
  const work = getI(pair, L_WORK + lane);
  bump(work, R_COUNT_DERIVATIVES, stages - 1);
  setF(work, R_SCALE, h);
}

function noteSlope(work: i32): void {
  setI(work, R_FLAGS, getI(work, R_FLAGS) | FLAG_DERIVATIVE);
}

/**
 * Makes known what is not known of either run: the derivative, and hidden growth. What the other has is left alone: its
 * derivative is the last of a step, not that of the state whose totals were restored.
 */
function refresh(problem: i32, pair: i32, slope: i32, count: i32): void {
  const state = pairRegion(problem, pair, P_W_STATE);
  const without = lacking(pair, FLAG_DERIVATIVE);
  if (without != 0) {
    const fresh = pairRegion(problem, pair, P_W_DERIVATIVE_STAGE);
    evaluate(problem, pair, state, fresh);
    choose(slope, fresh, maskOf(without), count);
  }
  const unseen = lacking(pair, FLAG_GROWTH);
  if (unseen != 0) {
    const hidden = hiddenRuns(problem, pair, REACH_EXPLICIT) & unseen;
    const first = getF(getI(pair, L_WORK), R_GROWTH);
    const second = getF(getI(pair, L_WORK + 1), R_GROWTH);
    if (hidden != 0) {
      differentiate(problem, pair, state);
      noteGrowth(problem, pair, REACH_EXPLICIT);
    }
    keepGrowth(pair, 0, unseen & 1, hidden & 1, first);
    keepGrowth(pair, 1, unseen & 2, hidden & 2, second);
  }
  noteKnown(getI(pair, L_WORK), without & 1);
  noteKnown(getI(pair, L_WORK + 1), without & 2);
}

/** Bits of the runs whose record lacks a flag. */
function lacking(pair: i32, flag: i32): i32 {
  const first = (getI(getI(pair, L_WORK), R_FLAGS) & flag) == 0 ? 1 : 0;
  return (getI(getI(pair, L_WORK + 1), R_FLAGS) & flag) == 0 ? first | 2 : first;
}

/** The limit by growth of one run, when both have been given that of their Jacobians: its own, none, or the one before. */
function keepGrowth(pair: i32, lane: i32, unseen: i32, hidden: i32, before: f64): void {
  const work = getI(pair, L_WORK + lane);
  if (hidden != 0) bump(work, R_COUNT_JACOBIANS, 1);
  else setF(work, R_GROWTH, unseen != 0 ? 0.0 : before);
}

function noteKnown(work: i32, wasWithout: i32): void {
  if (wasWithout != 0) bump(work, R_COUNT_DERIVATIVES, 1);
  setI(work, R_FLAGS, (getI(work, R_FLAGS) & FLAG_REJECTED) | FLAG_DERIVATIVE | FLAG_GROWTH);
}
