/**
 * Conserved sums, kept against rounding.
 *
 * A Rosenbrock method conserves linear invariants in exact arithmetic. In floating point a long step h multiplies the
 * rounding of fast rates by h, and what drifts can decide the answer: in E5 two species whose difference is conserved
 * lose four digits to it. So after each accepted step the member that weighs most takes up the defect, which is at
 * the level of its own rounding. Or a member is no unknown at all, and is computed from its sum whenever it is read.
 */
import {
  P_COUNT,
  P_ELIMINATED,
  P_MOIETIES,
  P_MOIETY_SPECIES_OFFSET,
  P_MOIETY_START_OFFSET,
  P_MOIETY_WEIGHT_OFFSET,
  P_W_TOTALS,
} from './layout';
import { getF, getI, setF } from './memory';
import { region, table } from './problem';

/** The m-th conserved sum of the state `y`. */
function sumOf(problem: i32, m: i32, y: i32): f64 {
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  const end = getI(start, m + 1);
  let sum: f64 = 0.0;
  for (let e = getI(start, m); e < end; e++) sum += getF(weight, e) * getF(y, getI(species, e));
  return sum;
}

/**
 * Notes the conserved sums of the state `y`, in which the eliminated species are filled in, as the totals to keep. What
 * rounding would make of an eliminated species is noted, too: the run then starts from just what was given, so that a
 * level that was just crossed is not crossed again.
 */
export function noteTotals(problem: i32, work: i32, y: i32): void {
  const count = getI(problem, P_MOIETIES);
  const eliminated = getI(problem, P_ELIMINATED);
  const first = getI(problem, P_COUNT) + 1;
  const totals = region(problem, work, P_W_TOTALS);
  for (let m: i32 = 0; m < count; m++) setF(totals, m, sumOf(problem, m, y));
  for (let m: i32 = 0; m < eliminated; m++) {
    setF(totals, count + m, 0.0);
    setF(totals, count + m, getF(y, first + m) - remainder(problem, work, m, y));
  }
}

/**
 * What the members before the last leave of the m-th sum's total, by the last one's weight: the eliminated species of
 * the state `y`.
 */
function remainder(problem: i32, work: i32, m: i32, y: i32): f64 {
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  const last = getI(start, m + 1) - 1;
  const totals = region(problem, work, P_W_TOTALS);
  let rest = getF(totals, m);
  for (let e = getI(start, m); e < last; e++) rest -= getF(weight, e) * getF(y, getI(species, e));
  return rest / getF(weight, last) + getF(totals, getI(problem, P_MOIETIES) + m);
}

/** Computes the eliminated species of the state `y`. */
export function completeState(problem: i32, work: i32, y: i32): void {
  const eliminated = getI(problem, P_ELIMINATED);
  const first = getI(problem, P_COUNT) + 1;
  for (let m: i32 = 0; m < eliminated; m++) setF(y, first + m, remainder(problem, work, m, y));
}

/** Restores the totals that nothing was eliminated by in the state `y`. */
export function restoreTotals(problem: i32, work: i32, y: i32): void {
  const count = getI(problem, P_MOIETIES);
  const totals = region(problem, work, P_W_TOTALS);
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  for (let m = getI(problem, P_ELIMINATED); m < count; m++) {
    const defect = getF(totals, m) - sumOf(problem, m, y);
    if (defect == 0.0) continue;
    const end = getI(start, m + 1);
    let heaviest: i32 = getI(start, m);
    let largest: f64 = 0.0;
    for (let e = heaviest; e < end; e++) {
      const size = Math.abs(getF(weight, e) * getF(y, getI(species, e)));
      if (size > largest) {
        largest = size;
        heaviest = e;
      }
    }
    const at = getI(species, heaviest);
    setF(y, at, getF(y, at) + defect / getF(weight, heaviest));
  }
}
