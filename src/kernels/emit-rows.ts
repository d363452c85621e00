/**
 * The factorisation of shift·I − J for problems whose eliminations are too many for straight lines. What one row of U
 * takes from another is a function of its own, by runs of neighbouring columns, two at a time; the loop around them
 * follows the problem's tables. Each entry sees the operations of `factor` in `assembly/linalg/lu.ts`, in their order.
 */
import {
  P_LU_COLUMN_OFFSET,
  P_LU_DIAGONAL_OFFSET,
  P_LU_ROW_OFFSET,
  P_W_JACOBIAN,
  P_W_LU,
  P_W_PIVOTS,
  P_W_ROW,
} from '../../assembly/layout';
import { pushIfPivotFails } from './emit-factor.js';
import { FunctionWriter, I32 } from './function-writer.js';
import type { ModuleWriter } from './module-writer.js';
import { FACTOR, PROBLEM, SUBTRACT, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const SHIFT = 2;
/** Of `SUBTRACT`. */
const SUBTRACT_WORK = 0;
const MULTIPLIER = 1;

/** Columns up to which a run is written out. */
const SHORT_RUN = 16;

/** Adds the function `(problem, work, shift)`; returns its number. */
export function addFactorByRows(module: ModuleWriter, tables: ProblemTables): number {
  const rows = Array.from({ length: tables.count }, (_, k) => addSubtractRow(module, tables, k));
  module.table(rows);
  const subtract = module.typeOf(SUBTRACT);
  const { count } = tables;
  const code = new FunctionWriter(FACTOR);
  const i = code.local(I32);
  const entry = code.local(I32);
  const end = code.local(I32);
  const diagonal = code.local(I32);
  const column = code.local(I32);
  const multiplier = code.local();
  const pivot = code.local();
  const row = tables.region(P_W_ROW);

  /** The integer of a table of the problem at the index in a local. */
  const loadInteger = (word: number, index: number, next = 0) => {
    code.get(PROBLEM);
    code.scaled(index, 4);
    code.addIntegers();
    code.loadInteger(tables.region(word) + 4 * next);
  };
  const address = (index: number) => {
    code.get(WORK);
    code.scaled(index, 8);
    code.addIntegers();
  };
  const load = (offset: number, index: number) => {
    address(index);
    code.loadHere(offset);
  };
  /** Goes through the entries from `entry` up to the one in the local `to`, of which there is at least one. */
  const eachEntry = (to: number, write: () => void) => {
    code.loop();
    loadInteger(P_LU_COLUMN_OFFSET, entry);
    code.set(column);
    write();
    code.increment(entry);
    code.get(entry);
    code.get(to);
    code.less();
    code.again();
    code.end();
  };

  code.loop();
  loadInteger(P_LU_ROW_OFFSET, i);
  code.set(entry);
  loadInteger(P_LU_ROW_OFFSET, i, 1);
  code.set(end);
  loadInteger(P_LU_DIAGONAL_OFFSET, i);
  code.set(diagonal);
  eachEntry(end, () => {
    address(column);
    load(tables.region(P_W_JACOBIAN), entry);
    code.negate();
    code.store(row);
  });
  address(i);
  load(row, i);
  code.get(SHIFT);
  code.add();
  code.store(row);
  loadInteger(P_LU_ROW_OFFSET, i);
  code.tee(entry);
  code.get(diagonal);
  code.less();
  code.if();
  eachEntry(diagonal, () => {
    address(entry);
    load(row, column);
    load(tables.region(P_W_PIVOTS), column);
    code.multiply();
    code.tee(multiplier);
    code.store(tables.region(P_W_LU));
    code.get(WORK);
    code.get(multiplier);
    code.get(column);
    code.callIndirect(subtract);
  });
  code.end();
  eachEntry(end, () => {
    address(entry);
    load(row, column);
    code.store(tables.region(P_W_LU));
  });
  code.constant(1);
  load(row, i);
  code.divide();
  code.set(pivot);
  pushIfPivotFails(code, pivot);
  code.if();
  code.get(i);
  code.return();
  code.end();
  address(i);
  code.get(pivot);
  code.store(tables.region(P_W_PIVOTS));
  code.increment(i);
  code.get(i);
  code.integer(count);
  code.less();
  code.again();
  code.end();
  code.integer(-1);
  return module.add(code);
}

/** Adds the function `(work, multiplier)` that takes a multiple of row `k` of U from the dense row. */
function addSubtractRow(module: ModuleWriter, tables: ProblemTables, k: number): number {
  const { rowStart, diagonal, columns } = tables;
  const code = new FunctionWriter(SUBTRACT);
  const pair = code.pairOf(MULTIPLIER);
  for (let e = diagonal[k] + 1; e < rowStart[k + 1]; ) {
    const begin = e;
    while (e < rowStart[k + 1] && columns[e] - columns[begin] === e - begin) e++;
    const run = {
      row: tables.region(P_W_ROW) + 8 * columns[begin],
      u: tables.region(P_W_LU) + 8 * begin,
    };
    subtractRun(code, pair, run, e - begin);
  }
  return module.add(code);
}

function subtractRun(
  code: FunctionWriter,
  pair: number,
  { row, u }: { row: number; u: number },
  length: number,
): void {
  const subtractPair = (base: number, shift: number) => {
    code.get(base);
    code.loadPair(base, row + shift);
    code.get(pair);
    code.loadPair(base, u + shift);
    code.multiplyPairs();
    code.subtractPairs();
    code.storePair(row + shift);
  };
  let done = 0;
  if (length > SHORT_RUN) {
    // Two pairs a turn: their loads overlap.
    const turns = length >> 2;
    const at = code.local(I32);
    const end = code.local(I32);
    code.get(SUBTRACT_WORK);
    code.tee(at);
    code.integer(32 * turns);
    code.addIntegers();
    code.set(end);
    code.loop();
    subtractPair(at, 0);
    subtractPair(at, 16);
    code.get(at);
    code.integer(32);
    code.addIntegers();
    code.tee(at);
    code.get(end);
    code.less();
    code.again();
    code.end();
    done = 4 * turns;
  }
  for (; done + 1 < length; done += 2) subtractPair(SUBTRACT_WORK, 8 * done);
  if (done === length) return;
  code.get(SUBTRACT_WORK);
  code.load(SUBTRACT_WORK, row + 8 * done);
  code.get(MULTIPLIER);
  code.load(SUBTRACT_WORK, u + 8 * done);
  code.multiply();
  code.subtract();
  code.store(row + 8 * done);
}
