/** The calls of generated code that differ for pairs: shifts and sizes are in the record. */
export function callFactorPair(at: i32, problem: i32, pair: i32): void {
  call_indirect<void>(at, problem, pair);
}

export function callStepPair(at: i32, problem: i32, pair: i32, tableau: i32): void {
  call_indirect<void>(at, problem, pair, tableau);
}
