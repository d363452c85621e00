import {
  P_COUNT,
  P_LU_COLUMN_OFFSET,
  P_LU_DIAGONAL_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_LU,
  P_W_PIVOTS,
} from '../layout';
import { getF, getI, setF } from '../memory';
import { region, table } from '../problem';

/** Solves Wᵀ x = x in place with the factors of the last `factor`: forward through Uᵀ, backward through Lᵀ. */
export function solveTransposed(problem: i32, work: i32, x: i32): void {
  const count = getI(problem, P_COUNT);
  const rows = table(problem, P_LU_ROW_OFFSET);
  const columns = table(problem, P_LU_COLUMN_OFFSET);
  const diagonals = table(problem, P_LU_DIAGONAL_OFFSET);
  const lu = region(problem, work, P_W_LU);
  const pivots = region(problem, work, P_W_PIVOTS);
  for (let i: i32 = 0; i < count; i++) {
    const value = getF(x, i) * getF(pivots, i);
    setF(x, i, value);
    const end = getI(rows, i + 1);
    for (let u = getI(diagonals, i) + 1; u < end; u++) {
      const j = getI(columns, u);
      setF(x, j, getF(x, j) - getF(lu, u) * value);
    }
  }
  for (let i = count - 1; i >= 0; i--) {
    const value = getF(x, i);
    const diagonal = getI(diagonals, i);
    for (let e = getI(rows, i); e < diagonal; e++) {
      const j = getI(columns, e);
      setF(x, j, getF(x, j) - getF(lu, e) * value);
    }
  }
}
