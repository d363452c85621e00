/**
 * The one truth that kernel and host share: where things lie in the compiled problem, in a run's workspace and in a
 * method's table, and what status codes mean. `problem.ts` draws the records. All `*_OFFSET` words of the problem's
 * header are byte offsets from its first byte, those of the workspace from the workspace's first byte.
 */

export const MAGIC: i32 = 0x4e43524e; // "NRCN"
export const VERSION: i32 = 1;

// ---- the compiled problem: header words (i32) --------------------------------------------------------------------
export const P_MAGIC: i32 = 0;
export const P_VERSION: i32 = 1;
/** Bytes of the whole record. */
export const P_BYTES: i32 = 2;
/** Species of the network: the length of the state vector, which one slot holding 1 follows. */
export const P_FULL: i32 = 3;
/** Dynamic species: the unknowns. */
export const P_COUNT: i32 = 4;
/** Merged reactions; [0, PAIR_END) have at most two factors, [PAIR_END, TRIPLE_END) three, the rest are general. */
export const P_REACTIONS: i32 = 5;
export const P_PAIR_END: i32 = 6;
export const P_TRIPLE_END: i32 = 7;
/** Entries of the filled pattern of L + U. */
export const P_FILL: i32 = 8;
/** Jacobian entries of the form c·y[a], then c·y[a]·y[b], then general. */
export const P_JAC_PAIRS: i32 = 9;
export const P_JAC_TRIPLES: i32 = 10;
export const P_JAC_GENERAL: i32 = 11;
/** Rate constants before folding. */
export const P_RAW: i32 = 12;
/** Bytes of the workspace that a run needs. */
export const P_WORK_BYTES: i32 = 13;
/** Conserved sums of the unknowns. */
export const P_MOIETIES: i32 = 14;

export const P_DYNAMIC_OFFSET: i32 = 16; // i32[COUNT]: place in the state vector
export const P_RAW_OFFSET: i32 = 17; // f64[RAW]
export const P_FOLD_START_OFFSET: i32 = 18; // i32[REACTIONS+1]: terms of each merged reaction
export const P_FOLD_RAW_OFFSET: i32 = 19; // i32[terms]: which raw constant
export const P_FOLD_FACTOR_OFFSET: i32 = 20; // f64[terms]: ratio of this reaction's change to the merged one's
export const P_FOLD_A_OFFSET: i32 = 21; // i32[terms]: held factor in the state vector
export const P_FOLD_B_OFFSET: i32 = 22; // i32[terms]
export const P_FOLD_MORE_START_OFFSET: i32 = 23; // i32[terms+1]: further held factors
export const P_FOLD_MORE_SPECIES_OFFSET: i32 = 24; // i32[…]
export const P_FOLD_MORE_ORDER_OFFSET: i32 = 25; // f64[…]
export const P_FACTOR_A_OFFSET: i32 = 26; // i32[TRIPLE_END]: dynamic index, COUNT for "1"
export const P_FACTOR_B_OFFSET: i32 = 27; // i32[TRIPLE_END]
export const P_FACTOR_C_OFFSET: i32 = 28; // i32[TRIPLE_END − PAIR_END]
export const P_GENERAL_START_OFFSET: i32 = 29; // i32[REACTIONS − TRIPLE_END + 1]
export const P_GENERAL_SPECIES_OFFSET: i32 = 30; // i32[…]
export const P_GENERAL_ORDER_OFFSET: i32 = 31; // f64[…]
export const P_CHANGE_START_OFFSET: i32 = 32; // i32[COUNT+1]: reactions that change each unknown
export const P_CHANGE_REACTION_OFFSET: i32 = 33; // i32[…]
export const P_CHANGE_VALUE_OFFSET: i32 = 34; // f64[…]
export const P_JAC_START_OFFSET: i32 = 35; // i32[JAC_PAIRS+JAC_TRIPLES+1]: constants summed into each coefficient
export const P_JAC_REACTION_OFFSET: i32 = 36; // i32[…]
export const P_JAC_WEIGHT_OFFSET: i32 = 37; // f64[…]
export const P_JAC_PLACE_OFFSET: i32 = 38; // i32[JAC_PAIRS+JAC_TRIPLES]: entry of the filled pattern
export const P_JAC_A_OFFSET: i32 = 39; // i32[JAC_PAIRS+JAC_TRIPLES]
export const P_JAC_B_OFFSET: i32 = 40; // i32[JAC_TRIPLES]
export const P_GEN_PLACE_OFFSET: i32 = 41; // i32[JAC_GENERAL]
export const P_GEN_REACTION_OFFSET: i32 = 42; // i32[JAC_GENERAL]: merged reaction
export const P_GEN_TERM_OFFSET: i32 = 43; // i32[JAC_GENERAL]: entry of GENERAL_SPECIES to differentiate by
export const P_GEN_WEIGHT_OFFSET: i32 = 44; // f64[JAC_GENERAL]: net change
export const P_LU_ROW_OFFSET: i32 = 45; // i32[COUNT+1]
export const P_LU_COLUMN_OFFSET: i32 = 46; // i32[FILL], ascending in each row
export const P_LU_DIAGONAL_OFFSET: i32 = 47; // i32[COUNT]
/**
 * Where most of an elimination is in long runs of neighbouring columns, the entries right of each diagonal as segments:
 * single entries up to SINGLE_END, then a run up to RUN_END. No segments otherwise.
 */
export const P_SEGMENTS: i32 = 80;
export const P_SEGMENT_START_OFFSET: i32 = 81; // i32[COUNT+1]: segments of each row
export const P_SINGLE_END_OFFSET: i32 = 82; // i32[SEGMENTS]
export const P_RUN_END_OFFSET: i32 = 83; // i32[SEGMENTS]
export const P_MOIETY_START_OFFSET: i32 = 63; // i32[MOIETIES+1]
export const P_MOIETY_SPECIES_OFFSET: i32 = 64; // i32[…]: unknown
export const P_MOIETY_WEIGHT_OFFSET: i32 = 65; // f64[…]

// Workspace: byte offsets from its first byte. The run's record (below) comes first.
export const P_W_CONSTANTS: i32 = 48; // f64[REACTIONS]: effective constants
export const P_W_JAC_COEFFICIENTS: i32 = 49; // f64[JAC_PAIRS+JAC_TRIPLES]
export const P_W_RATES: i32 = 50; // f64[REACTIONS]
export const P_W_STATE: i32 = 51; // f64[COUNT+1+ELIMINATED]: concentrations now, 1, those that follow from sums
export const P_W_OLD: i32 = 52; // f64[COUNT+1+ELIMINATED]: concentrations before the last accepted step
export const P_W_STAGE: i32 = 53; // f64[COUNT+1+ELIMINATED]
export const P_W_DERIVATIVE: i32 = 54; // f64[COUNT]: at STATE
export const P_W_DERIVATIVE_STAGE: i32 = 55; // f64[COUNT]
export const P_W_INCREMENTS: i32 = 56; // f64[MAX_STAGES][COUNT]; explicit methods: derivatives of the stages
export const P_W_JACOBIAN: i32 = 57; // f64[FILL]
export const P_W_LU: i32 = 58; // f64[FILL]
export const P_W_PIVOTS: i32 = 59; // f64[COUNT]: reciprocals of the diagonal of U
export const P_W_ROW: i32 = 60; // f64[COUNT]: one row, dense; explicit methods: the last stage but one
export const P_W_DENSE: i32 = 61; // f64[MAX_DENSE][COUNT]
export const P_W_ATOL: i32 = 62; // f64[WIDTH]
/**
 * Species taken out of the unknowns by a conserved sum: the m-th by the m-th sum, of which it is the last member. They
 * stand in a state vector after the slot of 1 and are computed before rates are read. While there are any, only
 * the interpreted derivative and Jacobian of one run will do: others would not compute them.
 */
export const P_ELIMINATED: i32 = 68;
export const P_ELIMINATED_OFFSET: i32 = 69; // i32[ELIMINATED]: place in the state vector of all species
/** Numbers of a saved row: COUNT, or COUNT + 1 + ELIMINATED when there are any of these. */
export const P_WIDTH: i32 = 70;
export const P_W_TOTALS: i32 = 66; // f64[MOIETIES+ELIMINATED]: the sums at the start of the run; corrections
export const P_W_FORMULA: i32 = 72; // f64[FORMULA_SLOTS]: multistep methods: the formula of the present attempt
export const P_W_KRYLOV: i32 = 73; // f64[KRYLOV+4][COUNT]: GMRES' basis, right-hand side, a product, residual
export const P_W_HESSENBERG: i32 = 74; // f64[KRYLOV+3][KRYLOV+1]: columns, rotations, rotated right-hand side
/** > 0: the pattern has no room for fill, factors are incomplete, and GMRES solves with up to so many vectors. */
export const P_KRYLOV: i32 = 79;
export const P_HEADER_WORDS: i32 = 96;

// ---- a run's record, at the start of its workspace ---------------------------------------------------------------
// f64 slots
export const R_TIME: i32 = 0; // since the run began: the rates do not depend on time, and small steps need its digits
export const R_END: i32 = 1;
export const R_STEP: i32 = 2; // size to try next
export const R_STEP_DONE: i32 = 3; // size of the last accepted step
export const R_TIME_OLD: i32 = 4; // where that step began
export const R_RTOL: i32 = 5;
export const R_FIXED: i32 = 6; // > 0: fixed steps without error control
export const R_FIRST: i32 = 7; // > 0: first step given by the caller
export const R_ROOT_OLD: i32 = 8; // p-th root of the last accepted error, floored
export const R_ERROR: i32 = 9; // error norm of the last attempt
export const R_EVENT_TIME: i32 = 10; // when the level of the event due is crossed
export const R_EVENT_THETA: i32 = 11; // … as a fraction of the last accepted step
// i32 slots
export const R_PROBLEM: i32 = 24;
export const R_FULL_STATE: i32 = 25;
export const R_TABLE: i32 = 26;
export const R_SAVE_TIMES: i32 = 27;
export const R_SAVE_COUNT: i32 = 28;
export const R_SAVE_NEXT: i32 = 29;
export const R_ROWS: i32 = 30;
export const R_ROWS_CAPACITY: i32 = 31;
export const R_ROWS_USED: i32 = 32;
export const R_FLAGS: i32 = 33;
export const R_CAUSE: i32 = 34; // why the last attempt was rejected
export const R_SPECIES: i32 = 35; // unknown to blame for it
export const R_COUNT_STEPS: i32 = 36;
export const R_COUNT_REJECTED_ERROR: i32 = 37;
export const R_COUNT_REJECTED_NEGATIVE: i32 = 38;
export const R_COUNT_REJECTED_NON_FINITE: i32 = 39;
export const R_COUNT_DERIVATIVES: i32 = 40;
export const R_COUNT_JACOBIANS: i32 = 41;
export const R_COUNT_FACTORISATIONS: i32 = 42;
export const R_COUNT_SOLVES: i32 = 43;
export const R_EVENTS: i32 = 44; // table of events (E_*)
export const R_EVENT_COUNT: i32 = 45;
export const R_EVENT: i32 = 46; // the event due, or −1
// f64 slot
export const R_GROWTH: i32 = 26; // largest step that follows growth from beneath the tolerance; 0: no limit
export const R_SCALE: i32 = 28; // what the rows of INCREMENTS are multiplied by in the dense output
export const R_GAIN: i32 = 29; // explicit steps that cost as much as one of the Rosenbrock method's
export const R_FASTEST: i32 = 30; // bound on the rates of the last Jacobian
// i32 slots
export const R_OTHER: i32 = 68; // table of the method that may take over, 0: none
export const R_STREAK: i32 = 69; // accepted steps of late that speak for the other kind of method
export const R_PATIENCE: i32 = 70; // … and how many the explicit method needs to be left
export const R_COUNT_SWITCHES: i32 = 71;
export const R_SWITCHED: i32 = 72; // R_COUNT_STEPS at the last change
export const R_CODE: i32 = 47; // first place of the problem's generated code in the function table, 0: none
// Sensitivities (sensitivity/layout.ts): 0 without.
export const R_TANGENTS: i32 = 48; // record of the tangents that are carried along, or of the adjoint
export const R_TAPE: i32 = 49; // where accepted steps are put down
export const R_TAPE_CAPACITY: i32 = 50; // steps
export const R_TAPE_USED: i32 = 51;
// Multistep methods, f64 slots.
export const R_M_SCALE: i32 = 40; // step in whose powers the Nordsieck rows are scaled; 0 before the first attempt
export const R_M_GAMMA: i32 = 41; // γ of the factors
export const R_M_RATE: i32 = 42; // convergence rate of Newton's iteration with them
export const R_M_HISTORY: i32 = 43; // [MAX_ORDER]: sizes of the last steps, the latest first
export const R_M_RATIO: i32 = 48; // FORMULA_RATIO of the step whose correction is saved; 0: none is
export const R_M_MOST: i32 = 49; // largest growth allowed to the next step; 1 after a rejection
export const R_M_CORRECTION: i32 = 50; // norm of the present correction
// … and i32 slots.
export const R_COUNT_REJECTED_NEWTON: i32 = 103;
export const R_COUNT_LINEAR: i32 = 102; // products with the Jacobian in GMRES
export const R_M_ORDER: i32 = 104;
export const R_M_ORDER_NEXT: i32 = 105;
export const R_M_WAIT: i32 = 106; // steps until another order is thought of
export const R_M_STEPS: i32 = 107; // accepted, as a clock for what follows
export const R_M_FACTORED: i32 = 108; // R_M_STEPS when the factors were made; −1: never
export const R_M_DIFFERENTIATED: i32 = 109; // … and the Jacobian
export const R_M_FAILURES: i32 = 110; // rejections since the last accepted step
export const R_M_UNSOLVED: i32 = 111; // grows with linear systems that GMRES could not solve, falls with steps
export const R_BYTES: i32 = 512;

// ---- generated code: places in the function table after R_CODE -----------------------------------------------------
export const CODE_DERIVATIVE: i32 = 0;
export const CODE_JACOBIAN: i32 = 1;
export const CODE_FACTOR: i32 = 2;
export const CODE_SOLVE: i32 = 3;
export const CODE_STEP: i32 = 4; // of the shape of the run's table

// ---- a level event: 16 bytes -------------------------------------------------------------------------------------
export const E_LEVEL: i32 = 0; // f64
export const E_UNKNOWN: i32 = 2; // i32
export const E_DIRECTION: i32 = 3; // i32: 1 rises, −1 falls
export const E_BYTES: i32 = 16;

// Flags of R_FLAGS.
export const FLAG_DERIVATIVE: i32 = 1; // derivative at STATE is known
export const FLAG_JACOBIAN: i32 = 2; // Jacobian at STATE is known
export const FLAG_REJECTED: i32 = 4; // the last attempt was rejected
export const FLAG_DENSE: i32 = 8; // interpolant of the last accepted step is known
export const FLAG_GROWTH: i32 = 16; // R_GROWTH is that of STATE

// ---- what `advance` returns --------------------------------------------------------------------------------------
export const RUNNING: i32 = 0;
export const DONE: i32 = 1;
export const ROWS_FULL: i32 = 2; // take the rows, then call again
export const STEP_TOO_SMALL: i32 = 3; // R_CAUSE says why
export const EVENT: i32 = 4; // stands at a level crossing: R_EVENT says which; the host begins anew from here
export const TAPE_FULL: i32 = 5; // take the steps, then call again

// ---- causes of a rejection ---------------------------------------------------------------------------------------
export const CAUSE_NONE: i32 = 0;
export const CAUSE_ERROR: i32 = 1;
export const CAUSE_NEGATIVE: i32 = 2;
export const CAUSE_NON_FINITE: i32 = 3;
export const CAUSE_SINGULAR: i32 = 4;
export const CAUSE_NEWTON: i32 = 5; // Newton's iteration did not converge
export const CAUSE_LINEAR: i32 = 6; // incomplete factors do not serve: the host goes on with complete ones

// ---- a method's table --------------------------------------------------------------------------------------------
export const MAX_STAGES: i32 = 8;
export const MAX_DENSE: i32 = 3;
// i32 words
export const T_STAGES: i32 = 0;
export const T_EXPLICIT: i32 = 1; // stages with an `a` row of their own; the later ones add the last increment
export const T_ROOT: i32 = 2; // the controller takes this root of the error
export const T_FAMILY: i32 = 3;
export const T_MAX_ORDER: i32 = 8; // multistep methods
// f64 slots
export const T_GAMMA: i32 = 2;
export const T_STABILITY: i32 = 3; // explicit methods: where the interval of stability ends on the negative real axis
export const T_A: i32 = 8; // [MAX_STAGES][MAX_STAGES]
export const T_C: i32 = 72; // [MAX_STAGES][MAX_STAGES]
export const T_ERROR: i32 = 72; // [MAX_STAGES]: explicit methods, which have no C
export const T_H: i32 = 136; // [MAX_DENSE][MAX_STAGES]
export const T_BYTES: i32 = 1280;
// values of T_FAMILY
export const FAMILY_ROSENBROCK: i32 = 0;
export const FAMILY_EXPLICIT: i32 = 1;
export const FAMILY_MULTISTEP: i32 = 2;

// ---- multistep methods -------------------------------------------------------------------------------------------
export const MAX_ORDER: i32 = 5;
// Rows of INCREMENTS beside the Nordsieck rows 0 … MAX_ORDER.
export const ROW_SAVED: i32 = 6; // correction of the step before last
export const ROW_CORRECTION: i32 = 7;
// Rows of DENSE, which a multistep method's interpolant does not need.
export const ROW_DELTA: i32 = 0;
export const ROW_SLOPE: i32 = 1; // predicted h·y′
export const ROW_WEIGHTS: i32 = 2; // reciprocals of the tolerances
// f64 slots of P_W_FORMULA
export const FORMULA_L: i32 = 0; // [MAX_ORDER+1]: what one unit of correction adds to each Nordsieck row
export const FORMULA_ERROR: i32 = 8; // makes the correction's norm the error
export const FORMULA_LOWER: i32 = 9; // … the last row's the error of the order below
export const FORMULA_HIGHER: i32 = 10; // … a change of the correction that of the order above
export const FORMULA_RATIO: i32 = 11; // relates corrections of steps of different size
export const FORMULA_SLOTS: i32 = 12;

// ---- what species gain that are folded out of a phase (unfold.ts) ----------------------------------------------------
export const U_BYTES: i32 = 8; // before the factors
