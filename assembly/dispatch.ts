/**
 * The four kernels of a problem: its own generated code where the host has made some (R_CODE), else the interpreted
 * ones, which read the problem's tables. Both do the same operations in the same order.
 */
import { callDerivative, callFactor, callJacobian, callSolve } from './code';
import { derivative, jacobian } from './kinetics';
import { CODE_DERIVATIVE, CODE_FACTOR, CODE_JACOBIAN, CODE_SOLVE, R_CODE } from './layout';
import { factor, solve } from './linalg/lu';
import { getI } from './memory';

/** dy/dt of the unknowns at `y` into `out`. */
export function evaluate(problem: i32, work: i32, y: i32, out: i32): void {
  const code = getI(work, R_CODE);
  if (code == 0) derivative(problem, work, y, out);
  else callDerivative(code + CODE_DERIVATIVE, problem, work, y, out);
}

/** The Jacobian at `y`, into the workspace. */
export function differentiate(problem: i32, work: i32, y: i32): void {
  const code = getI(work, R_CODE);
  if (code == 0) jacobian(problem, work, y);
  else callJacobian(code + CODE_JACOBIAN, problem, work, y);
}

/** Factors shift·I − J: −1, or the unknown whose pivot is zero or not finite. */
export function factorise(problem: i32, work: i32, shift: f64): i32 {
  const code = getI(work, R_CODE);
  if (code == 0) return factor(problem, work, shift);
  return callFactor(code + CODE_FACTOR, problem, work, shift);
}

/** Solves W x = x + add in place with the factors of the last `factorise`. */
export function solveFactored(problem: i32, work: i32, x: i32, add: i32): void {
  const code = getI(work, R_CODE);
  if (code == 0) solve(problem, work, x, add);
  else callSolve(code + CODE_SOLVE, problem, work, x, add);
}
