/**
 * The factorisation of shift·I − J in straight lines: the operations of `factor` in `assembly/linalg/lu.ts`, in their
 * order at each entry.
 */
import { L_SHIFT } from '../../assembly/lanes/layout';
import { P_W_JACOBIAN, P_W_LU, P_W_PIVOTS } from '../../assembly/layout';
import { inChunks, inSequence } from './chunks.js';
import { termsByPlace } from './emit-jacobian.js';
import type { FunctionWriter } from './function-writer.js';
import { Kept } from './kept.js';
import type { ModuleWriter } from './module-writer.js';
import { FACTOR, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const SHIFT = 2;

/** Adds the function `(problem, work, shift)`; returns its number. */
export function addFactor(module: ModuleWriter, tables: ProblemTables): number {
  const { start } = termsByPlace(tables);
  const hasTerms = (entry: number) => start[entry] < start[entry + 1];
  const rows = inChunks(module, FACTOR, tables.count, (code) => rowWriter(code, tables, hasTerms));
  return inSequence(module, FACTOR, rows);
}

function rowWriter(
  code: FunctionWriter,
  tables: ProblemTables,
  hasTerms: (entry: number) => boolean,
): (i: number) => void {
  const { count, rowStart, columns, diagonal } = tables;
  const jacobian = tables.region(P_W_JACOBIAN);
  const lu = new Kept(code, WORK, tables.region(P_W_LU), tables.fill);
  const pivots = new Kept(code, WORK, tables.region(P_W_PIVOTS), count);
  const multiplier = code.local();
  const pivot = code.local();
  /** The row being made, by column: its locals, and which of them hold something yet. */
  const row = new Int32Array(count).fill(-1);
  const begun = new Uint8Array(count);
  const entryOf = new Int32Array(count);

  const pushRow = (i: number, j: number) => {
    if (begun[j] === 1) {
      code.get(row[j]);
      return;
    }
    const entry = entryOf[j];
    if (hasTerms(entry)) {
      code.load(WORK, jacobian + 8 * entry);
      code.negate();
    } else code.constant(0);
    if (j !== i) return;
    code.argument(SHIFT, L_SHIFT);
    code.add();
  };

  return (i) => {
    const end = rowStart[i + 1];
    for (let e = rowStart[i]; e < end; e++) {
      begun[columns[e]] = 0;
      entryOf[columns[e]] = e;
    }
    for (let e = rowStart[i]; e < diagonal[i]; e++) {
      const k = columns[e];
      lu.store(e, () => {
        pushRow(i, k);
        pivots.push(k);
        code.multiply();
        code.tee(multiplier);
      });
      for (let u = diagonal[k] + 1; u < rowStart[k + 1]; u++) {
        const j = columns[u];
        pushRow(i, j);
        code.get(multiplier);
        lu.push(u);
        code.multiply();
        code.subtract();
        if (row[j] < 0) row[j] = code.local();
        code.set(row[j]);
        begun[j] = 1;
      }
    }
    for (let e = diagonal[i]; e < end; e++) lu.store(e, () => pushRow(i, columns[e]));
    code.constant(1);
    lu.push(diagonal[i]);
    code.divide();
    code.set(pivot);
    endIfPivotFails(code, pivot, i);
    pivots.store(i, () => code.get(pivot));
  };
}

/**
 * Ends the factorisation with the unknown `i` when its reciprocal pivot, in a local, is no number to go on with. That
 * of two runs goes on with the other run; which unknowns failed is seen from the pivots (`assembly/lanes/dispatch.ts`).
 */
export function endIfPivotFails(code: FunctionWriter, pivot: number, i: number): void {
  if (code.lanes === 2) return;
  // A pivot of zero, one that overflowed, whose reciprocal is 0, and 0/0 all fail this one test.
  code.get(pivot);
  code.get(pivot);
  code.divide();
  code.constant(1);
  code.notEqual();
  code.if();
  code.integer(i);
  code.return();
  code.end();
}
