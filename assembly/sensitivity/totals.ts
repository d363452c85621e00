/** Conserved sums of tangents, kept against rounding as those of the state are (`moieties.ts`). */
import {
  P_COUNT,
  P_MOIETIES,
  P_MOIETY_SPECIES_OFFSET,
  P_MOIETY_START_OFFSET,
  P_MOIETY_WEIGHT_OFFSET,
} from '../layout';
import { getF, getI, setF } from '../memory';
import { table } from '../problem';
import { LANES, S_BLOCKS, S_STATE, S_TOTALS } from './layout';
import { part } from './stages';

/** The m-th conserved sum of one lane of a block. */
function sumOf(problem: i32, m: i32, block: i32, lane: i32): f64 {
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  const end = getI(start, m + 1);
  let sum: f64 = 0.0;
  for (let e = getI(start, m); e < end; e++) {
    sum += getF(weight, e) * getF(block, getI(species, e) * LANES + lane);
  }
  return sum;
}

/** Notes the sums of the present tangents as those to keep. */
export function noteTangentTotals(problem: i32, record: i32): void {
  const moieties = getI(problem, P_MOIETIES);
  const blocks = getI(record, S_BLOCKS);
  const stride = getI(problem, P_COUNT) * (LANES << 3);
  for (let b: i32 = 0; b < blocks; b++) {
    const totals = part(record, S_TOTALS) + b * moieties * (LANES << 3);
    const block = part(record, S_STATE) + b * stride;
    for (let m: i32 = 0; m < moieties; m++) {
      for (let lane: i32 = 0; lane < LANES; lane++) {
        setF(totals, m * LANES + lane, sumOf(problem, m, block, lane));
      }
    }
  }
}

/** Gives what rounding moved in each sum of the present tangents to the member that weighs most. */
export function restoreTangentTotals(problem: i32, record: i32): void {
  const moieties = getI(problem, P_MOIETIES);
  const blocks = getI(record, S_BLOCKS);
  const stride = getI(problem, P_COUNT) * (LANES << 3);
  const start = table(problem, P_MOIETY_START_OFFSET);
  const species = table(problem, P_MOIETY_SPECIES_OFFSET);
  const weight = table(problem, P_MOIETY_WEIGHT_OFFSET);
  for (let b: i32 = 0; b < blocks; b++) {
    const totals = part(record, S_TOTALS) + b * moieties * (LANES << 3);
    const block = part(record, S_STATE) + b * stride;
    for (let m: i32 = 0; m < moieties; m++) {
      const first = getI(start, m);
      const end = getI(start, m + 1);
      for (let lane: i32 = 0; lane < LANES; lane++) {
        const defect = getF(totals, m * LANES + lane) - sumOf(problem, m, block, lane);
        if (defect == 0.0) continue;
        let heaviest = first;
        let largest: f64 = 0.0;
        for (let e = first; e < end; e++) {
          const size = Math.abs(getF(weight, e) * getF(block, getI(species, e) * LANES + lane));
          if (size > largest) {
            largest = size;
            heaviest = e;
          }
        }
        const at = getI(species, heaviest) * LANES + lane;
        setF(block, at, getF(block, at) + defect / getF(weight, heaviest));
      }
    }
  }
}
