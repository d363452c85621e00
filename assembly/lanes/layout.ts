/**
 * The workspace of two runs that share every vector: each number of a run's workspace is here a pair, the first run's
 * and the second's, so a region lies at twice its offset. What differs by run and is not arithmetic on vectors (times,
 * sizes, counters, rows) stays in the run's own record.
 */

// ---- the pair's record, at the start of its workspace ------------------------------------------------------------
// pairs of f64
export const L_STEP: i32 = 0; // sizes of the attempt
export const L_SHIFT: i32 = 1; // 1/(hγ)
// i32 words, the second run's after the first's
export const L_WORK: i32 = 16; // workspace of the run's own
export const L_STATUS: i32 = 18; // what `advance` would have returned
export const L_SINGULAR: i32 = 20; // unknown whose pivot failed, or −1
// i32 words
export const L_PROBLEM: i32 = 22;
export const L_STALE: i32 = 8; // 1: STATE of both runs is behind that of the pair
export const L_CODE: i32 = 23; // first place of generated code for two runs in the function table, 0: none

// ---- what `advanceLanes` returns beside what `advance` does -------------------------------------------------------
export const PARTED: i32 = 5; // has changed its method, and the other run has not: it goes on without it
