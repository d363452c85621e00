/**
 * The solution with the factors in straight lines: the operations of `solve` in `assembly/linalg/lu.ts`, in their
 * order.
 */
import { P_W_LU, P_W_PIVOTS } from '../../assembly/layout';
import { inChunks, inSequence } from './chunks.js';
import type { FunctionWriter } from './function-writer.js';
import { Kept } from './kept.js';
import type { ModuleWriter } from './module-writer.js';
import { SOLVE, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const X = 2;
const ADD = 3;

/** Adds the function `(problem, work, x, add)`; returns its number. */
export function addSolve(module: ModuleWriter, tables: ProblemTables): number {
  const { count } = tables;
  const functions = inChunks(module, SOLVE, 2 * count, (code) => {
    const x = new Kept(code, X, 0, count);
    return (piece) => {
      if (piece < count) {
        x.store(piece, () => {
          x.push(piece);
          code.load(ADD, 8 * piece);
          code.add();
          pushForward(code, tables, x.push, piece);
        });
      } else {
        const i = 2 * count - 1 - piece;
        x.store(i, () => pushBackward(code, tables, x.push, i));
      }
    };
  });
  return inSequence(module, SOLVE, functions);
}

/** Takes what L has to the left of the diagonal from the sum on the stack. */
export function pushForward(
  code: FunctionWriter,
  tables: ProblemTables,
  x: (j: number) => void,
  i: number,
): void {
  subtractProducts(code, tables, x, tables.rowStart[i], tables.diagonal[i]);
}

/** Pushes component `i` of the solution, those after it being known. */
export function pushBackward(
  code: FunctionWriter,
  tables: ProblemTables,
  x: (j: number) => void,
  i: number,
): void {
  x(i);
  subtractProducts(code, tables, x, tables.diagonal[i] + 1, tables.rowStart[i + 1]);
  code.load(WORK, tables.region(P_W_PIVOTS) + 8 * i);
  code.multiply();
}

function subtractProducts(
  code: FunctionWriter,
  tables: ProblemTables,
  x: (j: number) => void,
  from: number,
  to: number,
): void {
  const lu = tables.region(P_W_LU);
  for (let e = from; e < to; e++) {
    code.load(WORK, lu + 8 * e);
    x(tables.columns[e]);
    code.multiply();
    code.subtract();
  }
}
