import { createRequire } from 'node:module';
import { plainSystem } from '../plain-system.js';
import { timeCalls } from '../timing.js';
import { atolFor } from '../tolerances.js';
import type { Contestant } from './contestant.js';
import { Deadline } from './deadline.js';
import { type Derivative, derivativeOf } from './derivative.js';

// By hand, because neither package has types that this project's compiler accepts; these are the parts that race.
const load = createRequire(import.meta.url);

interface OdexSolver {
  maxSteps: number;
  relativeTolerance: number;
  absoluteTolerance: number;
  solve(
    derivative: Derivative,
    from: number,
    initial: number[],
    to: number,
  ): { y: number[]; outcome: number; nAccept: number };
}
const odex = load('odex') as { Solver: new (dimension: number) => OdexSolver };

const numeric = load('numeric') as {
  dopri(
    from: number,
    to: number,
    initial: number[],
    derivative: Derivative,
    tolerance: number,
    mostSteps: number,
  ): { x: number[]; y: number[][]; msg: string };
};

/** Steps after which a package gives up by itself; the time allowed is over long before. */
const MOST_STEPS = 1e9;

/** odex: Hairer & Wanner's extrapolation code, explicit, orders to 18. */
export const odexContestant: Contestant = {
  name: 'odex',
  family: 'npm',
  async measure(problem, rtol, effort) {
    const system = plainSystem(problem.network);
    const slope = derivativeOf(system);
    const deadline = new Deadline(effort.seconds);
    const solver = new odex.Solver(system.species.length);
    solver.maxSteps = MOST_STEPS;
    solver.relativeTolerance = rtol;
    solver.absoluteTolerance = atolFor(rtol, problem);
    const derivative = (t: number, y: number[]) => {
      deadline.check();
      return slope(t, y);
    };
    let found = { y: system.initial, outcome: 0, nAccept: 0 };
    const timing = await timeCalls(() => {
      deadline.start();
      found = solver.solve(derivative, 0, system.initial, problem.to);
    }, effort);
    if (found.outcome !== 0) throw new Error(`outcome ${found.outcome}`);
    return { ...timing, end: found.y, steps: found.nAccept };
  },
};

/** numeric keeps every step: three arrays of the state, so many bytes in all. */
const MOST_BYTES = 5e8;
const BYTES_A_VALUE = 24;
const BYTES_A_STEP = 200;

/** numeric.dopri: Dormand & Prince's explicit pair of order 5 with one absolute tolerance for all species. */
export const numericContestant: Contestant = {
  name: 'numeric',
  family: 'npm',
  async measure(problem, rtol, effort) {
    const system = plainSystem(problem.network);
    const slope = derivativeOf(system);
    const deadline = new Deadline(effort.seconds);
    // It knows no relative tolerance: the largest concentration at the start stands for the scale.
    const tolerance = rtol * Math.max(...system.initial);
    const mostSteps = Math.floor(MOST_BYTES / (system.species.length * BYTES_A_VALUE + BYTES_A_STEP));
    const derivative = (t: number, y: number[]) => {
      deadline.check();
      return slope(t, y);
    };
    let found = { x: [0], y: [system.initial], msg: '' };
    const timing = await timeCalls(() => {
      deadline.start();
      found = numeric.dopri(0, problem.to, system.initial, derivative, tolerance, mostSteps);
    }, effort);
    const last = found.x.length - 1;
    if (found.x[last] < problem.to) throw new Error(found.msg || `more than ${mostSteps} steps`);
    return { ...timing, end: found.y[last], steps: last };
  },
};
