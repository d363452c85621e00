/**
 * The four kernels of two runs: generated code where the host has made some for pairs (L_CODE), else the interpreted
 * ones. Both do in each lane what the kernels of one run do.
 */
import { callDerivative, callJacobian, callSolve } from '../code';
import { CODE_DERIVATIVE, CODE_FACTOR, CODE_JACOBIAN, CODE_SOLVE } from '../layout';
import { getI } from '../memory';
import { callFactorPair } from './code';
import { derivative, jacobian } from './kinetics';
import { L_CODE } from './layout';
import { blamePivots, factor, solve } from './lu';

/** dy/dt at `y` into `out`. */
export function evaluate(problem: i32, pair: i32, y: i32, out: i32): void {
  const code = getI(pair, L_CODE);
  if (code == 0) derivative(problem, pair, y, out);
  else callDerivative(code + CODE_DERIVATIVE, problem, pair, y, out);
}

/** The Jacobians at `y`, into the workspace. */
export function differentiate(problem: i32, pair: i32, y: i32): void {
  const code = getI(pair, L_CODE);
  if (code == 0) jacobian(problem, pair, y);
  else callJacobian(code + CODE_JACOBIAN, problem, pair, y);
}

/** Factors with the shifts in the record, and notes there which unknown's pivot failed. */
export function factorise(problem: i32, pair: i32): void {
  const code = getI(pair, L_CODE);
  if (code == 0) factor(problem, pair);
  else {
    callFactorPair(code + CODE_FACTOR, problem, pair);
    blamePivots(problem, pair);
  }
}

/** Solves W x = x + add in place with the factors of the last `factorise`. */
export function solveFactored(problem: i32, pair: i32, x: i32, add: i32): void {
  const code = getI(pair, L_CODE);
  if (code == 0) solve(problem, pair, x, add);
  else callSolve(code + CODE_SOLVE, problem, pair, x, add);
}
