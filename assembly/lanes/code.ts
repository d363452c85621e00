/** The call of generated code that differs for pairs: shifts and what failed are in the record. */
export function callFactorPair(at: i32, problem: i32, pair: i32): void {
  call_indirect<void>(at, problem, pair);
}
