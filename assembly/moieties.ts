/**
 * Conserved sums, kept against rounding.
 *
 * A Rosenbrock method conserves linear invariants in exact arithmetic. In floating point a long step h multiplies the
 * rounding of fast rates by h, and what drifts can decide the answer: in E5 two species whose difference is conserved
 * lose four digits to it. So after each accepted step the member that weighs most takes up the defect, which is at
 * the level of its own rounding.
 */
import {
  P_MOIETIES,
  P_MOIETY_SPECIES_OFFSET,
  P_MOIETY_START_OFFSET,
  P_MOIETY_WEIGHT_OFFSET,
  P_W_TOTALS,
} from './layout';
import { getF, getI, setF } from './memory';
import { region, table } from './problem';

/** Notes the conserved sums of the state `y` as the totals to keep. */
export function noteTotals(problem: i32, work: i32, y: i32): void {
  const count = getI(problem, P_MOIETIES);
  const totals = region(problem, work, P_W_TOTALS);
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  for (let m: i32 = 0; m < count; m++) {
    const end = getI(start, m + 1);
    let sum: f64 = 0.0;
    for (let e = getI(start, m); e < end; e++) sum += getF(weight, e) * getF(y, getI(species, e));
    setF(totals, m, sum);
  }
}

/** Restores the totals in the state `y`. */
export function restoreTotals(problem: i32, work: i32, y: i32): void {
  const count = getI(problem, P_MOIETIES);
  const totals = region(problem, work, P_W_TOTALS);
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  for (let m: i32 = 0; m < count; m++) {
    const end = getI(start, m + 1);
    let sum: f64 = 0.0;
    let heaviest: i32 = getI(start, m);
    let largest: f64 = 0.0;
    for (let e = getI(start, m); e < end; e++) {
      const part = getF(weight, e) * getF(y, getI(species, e));
      sum += part;
      const size = Math.abs(part);
      if (size > largest) {
        largest = size;
        heaviest = e;
      }
    }
    const at = getI(species, heaviest);
    setF(y, at, getF(y, at) + (getF(totals, m) - sum) / getF(weight, heaviest));
  }
}
