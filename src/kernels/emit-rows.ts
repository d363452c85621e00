/**
 * The factorisation of shift·I − J for problems whose eliminations are too many for straight lines. What one row of U
 * takes from another is a function of its own, by runs of neighbouring columns, two at a time; the row being made is
 * dense. Each entry sees the operations of `factor` in `assembly/linalg/lu.ts`, in their order.
 */
import { L_SHIFT } from '../../assembly/lanes/layout';
import { P_W_JACOBIAN, P_W_LU, P_W_PIVOTS, P_W_ROW } from '../../assembly/layout';
import { inChunks, inSequence } from './chunks.js';
import { endIfPivotFails } from './emit-factor.js';
import type { FunctionWriter } from './function-writer.js';
import { eachComponent } from './lanes.js';
import type { ModuleWriter } from './module-writer.js';
import { FACTOR, SUBTRACT, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const SHIFT = 2;
/** Of `SUBTRACT`. */
const SUBTRACT_WORK = 0;
const MULTIPLIER = 1;

/** Adds the function `(problem, work, shift)`; returns its number. */
export function addFactorByRows(module: ModuleWriter, tables: ProblemTables): number {
  const subtractions = Array.from({ length: tables.count }, (_, k) => addSubtraction(module, tables, k));
  const rows = inChunks(module, FACTOR, tables.count, (code) => rowWriter(code, tables, subtractions));
  return inSequence(module, FACTOR, rows);
}

/** Entries `begin` to `end` of the pattern as runs of neighbouring columns. */
function eachRun(
  columns: Int32Array,
  begin: number,
  end: number,
  visit: (entry: number, column: number, length: number) => void,
): void {
  for (let e = begin; e < end; ) {
    const first = e;
    while (e < end && columns[e] - columns[first] === e - first) e++;
    visit(first, columns[first], e - first);
  }
}

/** Adds the function `(work, multiplier)` that takes a multiple of row `k` of U from the dense row. */
function addSubtraction(module: ModuleWriter, tables: ProblemTables, k: number): number {
  const code = module.begin(SUBTRACT);
  const multiplier = { one: MULTIPLIER, pair: code.pairOf(MULTIPLIER) };
  eachRun(tables.columns, tables.diagonal[k] + 1, tables.rowStart[k + 1], (entry, column, length) => {
    const row = tables.region(P_W_ROW) + 8 * column;
    eachComponent(code, SUBTRACT_WORK, length, (lane) =>
      lane.store(row, () => {
        lane.load(row);
        lane.push(multiplier);
        lane.load(tables.region(P_W_LU) + 8 * entry);
        lane.multiply();
        lane.subtract();
      }),
    );
  });
  return module.add(code);
}

function rowWriter(
  code: FunctionWriter,
  tables: ProblemTables,
  subtractions: readonly number[],
): (i: number) => void {
  const { rowStart, columns, diagonal } = tables;
  const row = tables.region(P_W_ROW);
  const lu = tables.region(P_W_LU);
  const pivots = tables.region(P_W_PIVOTS);
  const multiplier = code.local();
  const pivot = code.local();

  const subtract = (e: number) => {
    const k = columns[e];
    code.get(WORK);
    code.load(WORK, row + 8 * k);
    code.load(WORK, pivots + 8 * k);
    code.multiply();
    code.tee(multiplier);
    code.store(lu + 8 * e);
    if (rowStart[k + 1] === diagonal[k] + 1) return;
    code.get(WORK);
    code.get(multiplier);
    code.call(subtractions[k]);
  };

  return (i) => {
    const begin = rowStart[i];
    const end = rowStart[i + 1];
    eachRun(columns, begin, end, (first, at, length) => {
      eachComponent(code, WORK, length, (lane) =>
        lane.store(row + 8 * at, () => {
          lane.load(tables.region(P_W_JACOBIAN) + 8 * first);
          lane.negate();
        }),
      );
    });
    code.get(WORK);
    code.load(WORK, row + 8 * i);
    code.argument(SHIFT, L_SHIFT);
    code.add();
    code.store(row + 8 * i);
    for (let e = begin; e < diagonal[i]; e++) subtract(e);
    eachRun(columns, diagonal[i], end, (first, at, length) => {
      eachComponent(code, WORK, length, (lane) => lane.store(lu + 8 * first, () => lane.load(row + 8 * at)));
    });
    code.constant(1);
    code.load(WORK, row + 8 * i);
    code.divide();
    code.set(pivot);
    endIfPivotFails(code, pivot, i);
    code.get(WORK);
    code.get(pivot);
    code.store(pivots + 8 * i);
  };
}
