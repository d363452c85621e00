/**
 * The stages of one Rosenbrock step for tables of one shape: the operations of `assembly/methods/rosenbrock.ts`, in
 * their order for each unknown. Sums over the increments take one pass, two unknowns at a time.
 */
import { L_STEP } from '../../assembly/lanes/layout';
import {
  MAX_STAGES,
  P_W_DERIVATIVE,
  P_W_DERIVATIVE_STAGE,
  P_W_INCREMENTS,
  P_W_STAGE,
  P_W_STATE,
  T_A,
  T_C,
} from '../../assembly/layout';
import type { FunctionWriter } from './function-writer.js';
import { addProducts, type Coefficient, coefficientOf, eachComponent, type Lane } from './lanes.js';
import type { ModuleWriter } from './module-writer.js';
import { PROBLEM, STEP, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

/** What of a method's table decides the code of its step; the numbers are read from memory. */
export interface StepShape {
  stages: number;
  /** Stages with an `a` row of their own; the later ones add the last increment. */
  explicit: number;
}

const TABLEAU = 2;
const STEP_SIZE = 3;

/** Adds the function `(problem, work, tableau, h)`, which calls the two given by number; returns its own. */
export function addStep(
  module: ModuleWriter,
  tables: ProblemTables,
  { stages, explicit }: StepShape,
  { derivative, solve }: { derivative: number; solve: number },
): number {
  const { count } = tables;
  const state = tables.region(P_W_STATE);
  const stage = tables.region(P_W_STAGE);
  const slope = tables.region(P_W_DERIVATIVE_STAGE);
  const increment = (s: number) => tables.region(P_W_INCREMENTS) + 8 * s * count;
  const code = module.begin(STEP);
  const call = (func: number, ...regions: number[]) => {
    code.get(PROBLEM);
    code.get(WORK);
    for (const offset of regions) code.address(WORK, offset);
    code.call(func);
  };
  const addLast = (lane: Lane, last: number) =>
    lane.store(stage, () => {
      lane.load(stage);
      lane.load(increment(last));
      lane.add();
    });

  const rate = stepRate(code);
  code.constant(0);
  const zero = coefficientOf(code);
  eachComponent(code, WORK, count, (lane) => lane.store(increment(0), () => lane.push(zero)));
  call(solve, increment(0), tables.region(P_W_DERIVATIVE));
  for (let s = 1; s < stages; s++) {
    const a = s < explicit ? rowOfA(code, s) : [];
    const c = rowOfC(code, s, rate);
    eachComponent(code, WORK, count, (lane) => {
      if (s >= explicit) addLast(lane, s - 1);
      const u = c.map((_, j) => {
        const local = lane.local();
        lane.load(increment(j));
        code.set(local);
        return local;
      });
      if (s < explicit) {
        lane.store(stage, () => {
          lane.load(state);
          addProducts(code, lane, a, u, true);
        });
      }
      lane.store(increment(s), () => addProducts(code, lane, c, u, false));
    });
    call(derivative, stage, slope);
    call(solve, increment(s), slope);
  }
  eachComponent(code, WORK, count, (lane) => addLast(lane, stages - 1));
  return module.add(code);
}

/** The local of 1/h. */
export function stepRate(code: FunctionWriter): number {
  const rate = code.local();
  code.constant(1);
  code.argument(STEP_SIZE, L_STEP);
  code.divide();
  code.set(rate);
  return rate;
}

/** The numbers aₛⱼ of stage s, j < s. */
export function rowOfA(code: FunctionWriter, s: number): Coefficient[] {
  return Array.from({ length: s }, (_, j) => {
    code.loadShared(TABLEAU, 8 * (T_A + s * MAX_STAGES + j));
    return coefficientOf(code);
  });
}

/** The numbers cₛⱼ/h of stage s, j < s. */
export function rowOfC(code: FunctionWriter, s: number, rate: number): Coefficient[] {
  return Array.from({ length: s }, (_, j) => {
    code.loadShared(TABLEAU, 8 * (T_C + s * MAX_STAGES + j));
    code.get(rate);
    code.multiply();
    return coefficientOf(code);
  });
}
