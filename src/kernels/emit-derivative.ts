/** dy/dt of the unknowns in straight lines: the operations of `derivative` in `assembly/kinetics.ts`, in their order. */
import { P_W_CONSTANTS, P_W_RATES } from '../../assembly/layout';
import { inChunks, inSequence } from './chunks.js';
import { type Powers, timesPower } from './emit-powers.js';
import type { FunctionWriter } from './function-writer.js';
import { Kept, type Read } from './kept.js';
import type { ModuleWriter } from './module-writer.js';
import { DERIVATIVE, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

const Y = 2;
const OUT = 3;

/** Factors and changes up to which rates stay in locals. */
const SMALL_TERMS = 1500;

/** Adds the function `(problem, work, y, out)`; returns its number. */
export function addDerivative(module: ModuleWriter, tables: ProblemTables, powers: Powers): number {
  const { count, reactions, changeReaction } = tables;
  const writeSums = (code: FunctionWriter, rate: Read) => (i: number) => {
    code.get(OUT);
    pushChange(code, tables, rate, i);
    code.store(8 * i);
  };
  if (2 * reactions + changeReaction.length <= SMALL_TERMS) {
    const small = inChunks(module, DERIVATIVE, count, (code) => {
      const y = new Kept(code, Y, 0, count);
      return writeSums(code, keptRates(code, tables, powers, y.push));
    });
    return inSequence(module, DERIVATIVE, small);
  }
  const rates = inChunks(module, DERIVATIVE, reactions, (code) => {
    const y = new Kept(code, Y, 0, count);
    return (r) => {
      code.get(WORK);
      pushRate(code, tables, powers, y.push, r);
      code.store(tables.region(P_W_RATES) + 8 * r);
    };
  });
  const sums = inChunks(module, DERIVATIVE, count, (code) =>
    writeSums(code, (r) => code.load(WORK, tables.region(P_W_RATES) + 8 * r)),
  );
  return inSequence(module, DERIVATIVE, [...rates, ...sums]);
}

/** Rates that are computed where they are first needed; those needed again stay in locals. */
export function keptRates(code: FunctionWriter, tables: ProblemTables, powers: Powers, y: Read): Read {
  const uses = new Int32Array(tables.reactions);
  for (const r of tables.changeReaction) uses[r]++;
  const locals = new Int32Array(tables.reactions).fill(-1);
  return (r) => {
    if (locals[r] >= 0) {
      code.get(locals[r]);
      return;
    }
    pushRate(code, tables, powers, y, r);
    if (uses[r] === 1) return;
    locals[r] = code.local();
    code.tee(locals[r]);
  };
}

/** Pushes the rate of merged reaction `r`. Factors that are the slot of 1 leave a product as it is. */
function pushRate(code: FunctionWriter, tables: ProblemTables, powers: Powers, y: Read, r: number): void {
  const { count, pairEnd, tripleEnd } = tables;
  const times = (slot: number) => {
    if (slot === count) return;
    y(slot);
    code.multiply();
  };
  code.load(WORK, tables.region(P_W_CONSTANTS) + 8 * r);
  if (r < tripleEnd) {
    times(tables.factorA[r]);
    times(tables.factorB[r]);
    if (r >= pairEnd) times(tables.factorC[r - pairEnd]);
    return;
  }
  const { generalStart, generalSpecies, generalOrder } = tables;
  for (let m = generalStart[r - tripleEnd]; m < generalStart[r - tripleEnd + 1]; m++) {
    timesPower(code, powers, y, generalSpecies[m], generalOrder[m]);
  }
}

/** Pushes dy/dt of unknown `i`: rates times net changes. A change of 1 or −1 is an addition or a subtraction. */
export function pushChange(code: FunctionWriter, tables: ProblemTables, rate: Read, i: number): void {
  const { changeStart, changeReaction, changeValue } = tables;
  const begin = changeStart[i];
  const end = changeStart[i + 1];
  if (begin === end) code.constant(-0);
  for (let e = begin; e < end; e++) {
    const value = changeValue[e];
    rate(changeReaction[e]);
    if (value !== 1 && value !== -1) {
      code.constant(value);
      code.multiply();
    }
    if (e === begin) {
      if (value === -1) code.negate();
    } else if (value === -1) code.subtract();
    else code.add();
  }
}
