/**
 * Calls of generated kernels by their place in the module's function table, where the host puts them. The JavaScript
 * engine, which has none, swaps this file for `src/engine/js/code.ts`.
 */

export function callDerivative(at: i32, problem: i32, work: i32, y: i32, out: i32): void {
  call_indirect<void>(at, problem, work, y, out);
}

export function callJacobian(at: i32, problem: i32, work: i32, y: i32): void {
  call_indirect<void>(at, problem, work, y);
}

export function callFactor(at: i32, problem: i32, work: i32, shift: f64): i32 {
  return call_indirect<i32>(at, problem, work, shift);
}

export function callSolve(at: i32, problem: i32, work: i32, x: i32, add: i32): void {
  call_indirect<void>(at, problem, work, x, add);
}
