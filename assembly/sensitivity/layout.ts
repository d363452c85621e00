/**
 * The record that a run with sensitivities has beside its workspace: where things lie in it. The host makes it, for one
 * compiled problem and a number of quantities, and writes its tables.
 *
 *     ┌──────────────────────────────────────────────────┐
 *     │ header: 64 words (S_*)                            │
 *     ├──────────────────────────────────────────────────┤
 *     │ pattern of the Jacobian without fill, by rows     │
 *     │ … and where each of its summands goes             │
 *     │ changes, gathered by reaction                     │
 *     ├──────────────────────────────────────────────────┤
 *     │ of each stage: J(uᵢ), DJ(y)[Uᵢ], M(uᵢ)+DM(y)[Uᵢ]   │
 *     ├──────────────────────────────────────────────────┤
 *     │ tangents │ those before │ those to come           │  forward: four quantities to a block
 *     │ stages of one block, rows of the interpolant      │
 *     ├──────────────────────────────────────────────────┤
 *     │ cotangents of state, stages and constants         │  adjoint
 *     └──────────────────────────────────────────────────┘
 *
 * A block holds the tangents ∂y/∂p of four quantities p, interleaved: unknown i of the quantities a, b, c, d is at
 * 4i, 4i+1, 4i+2, 4i+3, so that an entry of a matrix that is read once serves four products. Quantities that fill up the
 * last block are zero.
 */

// i32 words
export const S_BLOCKS: i32 = 0;
export const S_QUANTITIES: i32 = 1; // without those that fill up the last block
export const S_ENTRIES: i32 = 2; // of the pattern
export const S_CONTROLLED: i32 = 3; // 1: the tangents' error is controlled too
// Addresses of what changes from stretch to stretch; 0: none.
export const S_ROWS: i32 = 4; // f64[rows][BLOCKS][COUNT][4]: tangents at saved times
export const S_SOURCE_START: i32 = 5; // i32[BLOCKS+1]: reactions whose constants the quantities of a block change
export const S_SOURCE_REACTION: i32 = 6; // i32[…]: merged reaction
export const S_SOURCE_VALUE: i32 = 7; // f64[…][4]: derivative of its effective constant
// Byte offsets from the record's first byte: tables …
export const S_ROW_START: i32 = 16; // i32[COUNT+1]
export const S_COLUMN: i32 = 17; // i32[ENTRIES]
export const S_PLACE: i32 = 18; // i32[JAC_PAIRS+JAC_TRIPLES]: entry of the pattern
export const S_GEN_PLACE: i32 = 19; // i32[JAC_GENERAL]
export const S_CHANGE_START: i32 = 20; // i32[REACTIONS+1]
export const S_CHANGE_UNKNOWN: i32 = 21; // i32[…]
export const S_CHANGE_VALUE: i32 = 22; // f64[…]
// … work that both ways share …
export const S_POINT: i32 = 24; // f64[COUNT+1]: the point of a stage
export const S_INCREMENT: i32 = 25; // f64[COUNT+1]: its increment, then 0
export const S_SLOPES: i32 = 26; // f64[stages][ENTRIES]: Jacobian at the points of the stages
export const S_CURVES: i32 = 27; // f64[stages][ENTRIES]: its derivative at the old state along the increments
export const S_MONOMIALS: i32 = 28; // f64[stages][REACTIONS]
// … of tangents …
export const S_SCALES: i32 = 32; // f64[4·BLOCKS]: sizes of the quantities
export const S_STATE: i32 = 33; // f64[BLOCKS][COUNT][4]: tangents now; this and the next two change places
export const S_OLD: i32 = 34; // … before the last accepted step
export const S_NEXT: i32 = 35; // … after the present attempt
export const S_INCREMENTS: i32 = 36; // f64[MAX_STAGES][COUNT][4] of one block
export const S_STAGE: i32 = 37; // f64[COUNT][4] of one block
export const S_DENSE: i32 = 38; // f64[BLOCKS][MAX_DENSE][COUNT][4]
export const S_WEIGHTS: i32 = 40; // f64[stages][2][MAX_STAGES]: of the sums at the stages of the present step
export const S_TOTALS: i32 = 39; // f64[BLOCKS][MOIETIES][4]
// … and of cotangents.
export const S_COTANGENT: i32 = 44; // f64[COUNT]: of the state after a step, then of that before it
export const S_BEFORE: i32 = 45; // f64[COUNT]: what the state before a step gathers
export const S_OF_INCREMENTS: i32 = 46; // f64[MAX_STAGES][COUNT]
export const S_SOLVED: i32 = 47; // f64[COUNT]
export const S_OF_POINT: i32 = 48; // f64[COUNT]
export const S_OF_CONSTANTS: i32 = 49; // f64[REACTIONS]: of the effective constants, over all steps
export const S_HEADER_WORDS: i32 = 64;

/** Quantities to a block. */
export const LANES: i32 = 4;

// ---- a step on the tape: f64 slots, then the unknowns of the state before it -------------------------------------
export const TAPE_FROM: i32 = 0; // time at which it began
export const TAPE_TO: i32 = 1; // … and ended
export const TAPE_SIZE: i32 = 2;
export const TAPE_TABLE: i32 = 3; // address of the method's table
export const TAPE_SLOTS: i32 = 4;
