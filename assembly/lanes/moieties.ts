import {
  P_ELIMINATED,
  P_MOIETIES,
  P_MOIETY_SPECIES_OFFSET,
  P_MOIETY_START_OFFSET,
  P_MOIETY_WEIGHT_OFFSET,
  P_W_TOTALS,
} from '../layout';
import { getI } from '../memory';
import { table } from '../problem';
import { bothF, getV, pairRegion, setV } from './vectors';

/** `restoreTotals` in the states of the runs in whose lanes `mask` has ones. */
export function restoreBothTotals(problem: i32, pair: i32, y: i32, mask: v128): void {
  const count = getI(problem, P_MOIETIES);
  const totals = pairRegion(problem, pair, P_W_TOTALS);
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  const zero = f64x2.splat(0.0);
  for (let m = getI(problem, P_ELIMINATED); m < count; m++) {
    const begin = getI(start, m);
    const end = getI(start, m + 1);
    let sum = zero;
    let largest = zero;
    let heaviest = i32x4.splat(begin);
    for (let e = begin; e < end; e++) {
      const part = f64x2.mul(bothF(weight, e), getV(y, getI(species, e)));
      sum = f64x2.add(sum, part);
      const size = f64x2.abs(part);
      const larger = f64x2.gt(size, largest);
      largest = v128.bitselect(size, largest, larger);
      heaviest = v128.bitselect(i32x4.splat(e), heaviest, larger);
    }
    const defects = v128.and(f64x2.sub(getV(totals, m), sum), mask);
    const first = f64x2.extract_lane(defects, 0);
    const second = f64x2.extract_lane(defects, 1);
    // Whole vectors: half of one would be waited for where all of it is read.
    if (first != 0.0) {
      const e = i32x4.extract_lane(heaviest, 0);
      const at = getI(species, e);
      const moved = f64x2.add(getV(y, at), f64x2.div(f64x2(first, 0.0), bothF(weight, e)));
      setV(y, at, f64x2.replace_lane(getV(y, at), 0, f64x2.extract_lane(moved, 0)));
    }
    if (second != 0.0) {
      const e = i32x4.extract_lane(heaviest, 2);
      const at = getI(species, e);
      const moved = f64x2.add(getV(y, at), f64x2.div(f64x2(0.0, second), bothF(weight, e)));
      setV(y, at, f64x2.replace_lane(getV(y, at), 1, f64x2.extract_lane(moved, 1)));
    }
  }
}
