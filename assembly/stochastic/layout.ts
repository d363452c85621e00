/**
 * Where things lie in stochastic simulation: a network compiled for it, a stream of random numbers, a run. Kernel and
 * host import it; docs/architecture.md draws the records.
 */

// ---- the compiled network: header words (i32); offsets are bytes from its first ------------------------------------
/** Species of the network: numbers of a state vector, which one slot holding 1 follows. */
export const Q_SPECIES: i32 = 0;
/** Channels; [0, PAIR_END) have the propensity c·n[a]·(n[b] − less), the others are sums of products. */
export const Q_CHANNELS: i32 = 1;
export const Q_PAIR_END: i32 = 2;
/** Species in whose number some propensity changes. */
export const Q_REACTANTS: i32 = 3;
export const Q_CHANNEL_OFFSET: i32 = 4; // C_BYTES each, and one more for where the last one's lists end
export const Q_TERM_START_OFFSET: i32 = 5; // i32[CHANNELS − PAIR_END + 1]
export const Q_TERM_COEFFICIENT_OFFSET: i32 = 6; // f64[…]
export const Q_FACTOR_START_OFFSET: i32 = 7; // i32[terms+1]
export const Q_FACTOR_SPECIES_OFFSET: i32 = 8; // i32[…]
export const Q_FACTOR_ORDER_OFFSET: i32 = 9; // f64[…]: n(n−1)… with so many factors, or the power −1 − order when below 0
export const Q_FACTOR_FALLS_OFFSET: i32 = 10; // i32[…]: 1 for n(n−1)…, 0 for a power
export const Q_CHANGE_OFFSET: i32 = 11; // V_BYTES each
export const Q_DEPENDENT_OFFSET: i32 = 12; // i32[…]: channels whose propensity a change touches
/** 0: each channel has a list of its own. Else i32[SPECIES+1]: each species has one, and a channel those of its changes. */
export const Q_READER_OFFSET: i32 = 13;
export const Q_REACTANT_OFFSET: i32 = 16; // i32[REACTANTS]
export const Q_ORDER_START_OFFSET: i32 = 17; // i32[REACTANTS+1]: orders in which it reacts, for the size of a leap
export const Q_ORDER_WEIGHT_OFFSET: i32 = 18; // f64[…]: order of the whole rate over its own
export const Q_ORDER_MEMBERS_OFFSET: i32 = 19; // i32[…]: its own, 1 for powers
export const Q_TIMID_OFFSET: i32 = 20; // i32[CHANNELS]: 1 where a leap has room for one event at most

// A channel: 32 bytes. f64 slots
export const C_COEFFICIENT: i32 = 0;
export const C_LESS: i32 = 1;
// i32 slots
export const C_A: i32 = 4;
export const C_B: i32 = 5;
export const C_CHANGES: i32 = 6; // first of its changes
export const C_DEPENDENTS: i32 = 7; // first of its dependents
export const C_BYTES: i32 = 32;

// A change: 16 bytes.
export const V_VALUE: i32 = 0; // f64: a whole number of molecules
export const V_SPECIES: i32 = 2; // i32
export const V_BYTES: i32 = 16;

// ---- a stream of random numbers: i32 words ---------------------------------------------------------------------------
export const D_KEY: i32 = 0; // [4]: seed, low and high; run, low and high
export const D_COUNTER: i32 = 4; // [4]: block, low and high; purpose; 0
export const D_NEXT: i32 = 8; // next unused word; DRAWN: none left
export const D_TABLES: i32 = 9; // tables of the exponential distribution
export const D_WORDS: i32 = 12; // [DRAWN]
export const D_BYTES: i32 = 128;
/** Words made at a time: four blocks. */
export const DRAWN: i32 = 16;
/** Layers of the exponential's ziggurat: tables x[0 … LAYERS], then e^−x of the same. */
export const LAYERS: i32 = 256;

// ---- a run's record --------------------------------------------------------------------------------------------------
// f64 slots
export const S_TIME: i32 = 0; // since the stretch began
export const S_END: i32 = 1;
export const S_NEXT: i32 = 2; // when the next event comes, where FLAG_DRAWN says that it is known
export const S_TOTAL: i32 = 3; // sum of the propensities
export const S_LEAST: i32 = 4; // sums outside of these are formed anew, to be free of rounding
export const S_MOST: i32 = 5;
export const S_EXTINCT: i32 = 6; // when the last propensity became 0; −1: some is above
export const S_FIRINGS: i32 = 7; // reactions that have happened
export const S_EVENTS: i32 = 8; // … one by one
export const S_EPSILON: i32 = 9; // relative change of a propensity that a leap may bring
export const S_LEAPS: i32 = 10;
export const S_REJECTED: i32 = 11; // leaps that would have led below 0
// i32 slots
export const S_PROBLEM: i32 = 32;
export const S_STATE: i32 = 33; // f64[SPECIES+1]: molecules, 1
export const S_STREAM: i32 = 34;
export const S_PROPENSITIES: i32 = 35; // f64[CHANNELS]: by place where SELECTION is sorted, else by channel
export const S_SELECTION: i32 = 36;
export const S_FLAGS: i32 = 37;
export const S_SAVE_TIMES: i32 = 38;
export const S_SAVE_COUNT: i32 = 39;
export const S_SAVE_NEXT: i32 = 40;
export const S_ROWS: i32 = 41;
export const S_ROWS_CAPACITY: i32 = 42;
export const S_ROWS_USED: i32 = 43;
export const S_CROSSINGS: i32 = 44; // table of crossings (X_*)
export const S_CROSSING_COUNT: i32 = 45;
export const S_CHANNEL: i32 = 47; // to blame for what `advanceEvents` returned
export const S_SPECIES: i32 = 48;
export const S_FRESH: i32 = 49; // events until the sums are formed anew
export const S_STALLED: i32 = 50; // events of late for which time stood still
export const S_ORDER: i32 = 51; // i32[CHANNELS]: sorted: channel at each place
export const S_PLACE: i32 = 52; // i32[CHANNELS]: sorted: place of each channel; rejection: place within its group; next: its node
export const S_GROUPS: i32 = 53; // rejection: table of groups (G_*)
export const S_GROUP: i32 = 54; // i32[CHANNELS]: rejection: group of each channel, −1: none
export const S_POOL: i32 = 55; // i32[POOL_WORDS]: rejection: members of the groups
export const S_POOL_WORDS: i32 = 56;
export const S_BASE: i32 = 57; // rejection: exponent of the lowest group
export const S_POOL_TOP: i32 = 58; // rejection: words of POOL in use
export const S_EXACT: i32 = 59; // events to go one by one before the next leap is thought of; −1: never leap
// Addresses of the problem's tables, noted at the start of a stretch.
export const S_CHANNELS: i32 = 61;
export const S_CHANGES: i32 = 62;
export const S_DEPENDENTS: i32 = 63;
export const S_HEAP: i32 = 28; // next: nodes (H_*) from HEAP_ROOT on, and at the end three that never come
export const S_LEFT: i32 = 29; // f64[CHANNELS]: next: mean waits left to a channel that waits for ever as things stand
export const S_READERS: i32 = 30; // 0: each channel has a list of its own
export const S_PAIR_END: i32 = 31;
export const S_LEAP_WORK: i32 = 60; // f64: means and variances by species, flows of critical channels, the state tried; then i32 marks by channel
export const S_BYTES: i32 = 256;

// Flags of S_FLAGS.
export const FLAG_DRAWN: i32 = 1; // S_NEXT is known
export const FLAG_STALE: i32 = 2; // propensities are those of the state, but not yet laid out for selection

// Values of S_SELECTION.
export const SELECT_DIRECT: i32 = 0;
export const SELECT_SORTED: i32 = 1;
export const SELECT_REJECTION: i32 = 2;
export const SELECT_NEXT: i32 = 3;

// ---- a crossing: 24 bytes --------------------------------------------------------------------------------------------
export const X_LEVEL: i32 = 0; // f64: molecules
export const X_SPECIES: i32 = 2; // i32
export const X_DIRECTION: i32 = 3; // i32: 1 rises, −1 falls
export const X_PAST: i32 = 4; // i32: whether the species was past the level
export const X_DUE: i32 = 5; // i32: 1 where the last change has passed it; one event may pass several
export const X_BYTES: i32 = 24;

// ---- a group of propensities of one binary order of magnitude: 32 bytes ----------------------------------------------
export const G_SUM: i32 = 0; // f64
export const G_BOUND: i32 = 1; // f64: above every member
export const G_COUNT: i32 = 4; // i32
export const G_START: i32 = 5; // i32: first word of POOL
export const G_ROOM: i32 = 6; // i32
export const G_BYTES: i32 = 32;
export const GROUPS: i32 = 64;

// ---- a node of the heap of waiting channels: 16 bytes ----------------------------------------------------------------
export const H_TIME: i32 = 0; // f64: when it fires; infinite: never, as things stand
export const H_CHANNEL: i32 = 2; // i32
export const H_BYTES: i32 = 16;
/** So that the four children of a node, 4(n − 2) and the next three, share a cache line. */
export const HEAP_ROOT: i32 = 3;
export const HEAP_ALIGNMENT: i32 = 64;

// ---- what `advanceEvents` returns beside RUNNING, DONE, ROWS_FULL and EVENT of the other layout ----------------------
export const NEGATIVE_NUMBER: i32 = 16; // CHANNEL would take SPECIES below 0
export const TOO_MANY: i32 = 17; // CHANNEL would take SPECIES beyond 2^53
export const NO_PROPENSITY: i32 = 18; // that of CHANNEL is negative or not finite
export const STALLED: i32 = 19; // events come so fast that time stands still
