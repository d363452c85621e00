import { stepToTry } from '../attempt';
import { R_GROWTH, STEP_TOO_SMALL } from '../layout';
import { getF, getI, setI } from '../memory';
import { L_STATUS, L_STEP, L_WORK } from './layout';
import { setV } from './vectors';

/** What a run that cannot go on is given for a size: its numbers mean nothing any more. */
const ANY_SIZE: f64 = 1.0;

/** Notes the sizes to try; a run that cannot go on gets the status STEP_TOO_SMALL. */
export function chooseSizes(pair: i32): void {
  const first = getI(pair, L_WORK);
  const second = getI(pair, L_WORK + 1);
  const h = stepToTry(first, getF(first, R_GROWTH));
  const k = stepToTry(second, getF(second, R_GROWTH));
  if (h == 0.0) setI(pair, L_STATUS, STEP_TOO_SMALL);
  if (k == 0.0) setI(pair, L_STATUS + 1, STEP_TOO_SMALL);
  setV(pair, L_STEP, f64x2(h == 0.0 ? ANY_SIZE : h, k == 0.0 ? ANY_SIZE : k));
}
