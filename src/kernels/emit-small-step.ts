/**
 * One Rosenbrock step of the smallest problems as one straight line: derivatives, solutions and sums of all stages with
 * every unknown in a local, in the order of `assembly/methods/rosenbrock.ts`. No stage is called, and nothing between
 * the first and the last of them goes through memory but what the interpolant reads.
 */
import { P_W_DERIVATIVE, P_W_INCREMENTS, P_W_STAGE, P_W_STATE } from '../../assembly/layout';
import { keptRates, pushChange } from './emit-derivative.js';
import type { Powers } from './emit-powers.js';
import { pushBackward, pushForward } from './emit-solve.js';
import { rowOfA, rowOfC, type StepShape, stepRate } from './emit-step.js';
import { addProducts, single } from './lanes.js';
import type { ModuleWriter } from './module-writer.js';
import { STEP, WORK } from './signatures.js';
import type { ProblemTables } from './tables.js';

/** Adds the function `(problem, work, tableau, h)`; returns its number. */
export function addSmallStep(
  module: ModuleWriter,
  tables: ProblemTables,
  powers: Powers,
  { stages, explicit }: StepShape,
): number {
  const { count } = tables;
  const code = module.begin(STEP);
  const unknowns = Array.from({ length: count }, (_, i) => i);
  const lane = single(code, WORK, 0);
  const locals = () => unknowns.map(() => code.local());
  const rate = stepRate(code);
  const state = locals();
  for (const i of unknowns) {
    code.load(WORK, tables.region(P_W_STATE) + 8 * i);
    code.set(state[i]);
  }
  /** Of each stage, by unknown. */
  const increments: number[][] = [];
  const u = locals();

  /** Makes the right sides that `push` gives into the increments of stage `s`. */
  const solve = (s: number, push: (i: number) => void) => {
    const x = locals();
    const component = (i: number) => code.get(x[i]);
    for (const i of unknowns) {
      push(i);
      pushForward(code, tables, component, i);
      code.set(x[i]);
    }
    for (const i of [...unknowns].reverse()) {
      pushBackward(code, tables, component, i);
      code.set(x[i]);
      lane.store(tables.region(P_W_INCREMENTS) + 8 * (s * count + i), () => code.get(x[i]));
    }
    increments.push(x);
  };
  const addLast = () => {
    const last = increments[increments.length - 1];
    for (const i of unknowns) {
      code.get(u[i]);
      code.get(last[i]);
      code.add();
      code.set(u[i]);
    }
  };

  solve(0, (i) => {
    // The interpreted step adds to a vector of zeros, which makes −0 to 0.
    code.constant(0);
    code.load(WORK, tables.region(P_W_DERIVATIVE) + 8 * i);
    code.add();
  });
  for (let s = 1; s < stages; s++) {
    const of = (i: number) => increments.map((x) => x[i]);
    if (s < explicit) {
      const a = rowOfA(code, s);
      for (const i of unknowns) {
        code.get(state[i]);
        addProducts(code, lane, a, of(i), true);
        code.set(u[i]);
      }
    } else addLast();
    const c = rowOfC(code, s, rate);
    const rates = keptRates(code, tables, powers, (i) => code.get(u[i]));
    solve(s, (i) => {
      addProducts(code, lane, c, of(i), false);
      pushChange(code, tables, rates, i);
      code.add();
    });
  }
  addLast();
  for (const i of unknowns) lane.store(tables.region(P_W_STAGE) + 8 * i, () => code.get(u[i]));
  return module.add(code);
}
