import type { EngineKind, SimulateOptions } from '../simulate/types.js';

/**
 * Ways to simulate. `'auto'` is exact: one of the next four by the number of channels and how many an event changes.
 * `'direct'`: linear search among propensities; `'sorted'`: the same, with channels that fire often in front;
 * `'rejection'`: composition and rejection, at a cost that hardly depends on the number of channels; `'next'`: the
 * next-reaction method, where each channel has a time of its own in a heap; `'tau'`: many events
 * at a leap where that changes no propensity by much more than `epsilon`, the others one by one.
 */
export type StochasticMethod = 'auto' | 'direct' | 'sorted' | 'rejection' | 'next' | 'tau';

/** What numbers of a result are: concentrations (amounts for species given as amounts), or molecules. */
export type StochasticUnit = 'concentration' | 'molecules';

/** Options that runs of an ensemble have in common. */
export interface EnsembleOptions
  extends Pick<
    SimulateOptions,
    'to' | 'from' | 'saveAt' | 'save' | 'initial' | 'parameters' | 'schedule' | 'maxSeconds' | 'signal'
  > {
  /**
   * Molecules that a concentration of 1 stands for, > 0: one number, or one by compartment. Where the network has
   * compartments, their sizes multiply it. Needed unless every species is given as an amount (in molecules).
   */
  volume?: number | Record<string, number>;
  /** Whole number from 0 to 2^53 − 1. Default 0. */
  seed?: number;
  /** Default `'auto'`. */
  method?: StochasticMethod;
  /** For `'tau'`: the relative change of a propensity that a leap may bring, above 0 and below 1. Default 0.03. */
  epsilon?: number;
  /** Default `'concentration'`. */
  unit?: StochasticUnit;
  /**
   * What becomes of a start or a dose that is no whole number of molecules. `'random'`: each run takes one of the two
   * whole numbers beside it, by chance, so that the mean is the number asked for; the result names the species. `'refuse'`:
   * a RangeError. Default `'random'`.
   */
  rounding?: 'random' | 'refuse';
  /** Default `'wasm'`. Both give the same bits. */
  engine?: EngineKind;
  /** Events, and leaps, allowed in one run. Default 1 000 000 000. */
  maxEvents?: number;
}

export interface StochasticOptions extends EnsembleOptions {
  /** Number of the run among those of its seed, from 0 to 2^53 − 1. Default 0: the first run of an ensemble. */
  run?: number;
  /** Called between slices of work with the time reached. */
  onProgress?: (progress: { time: number; fraction: number; events: number }) => void;
}

export interface StochasticManyOptions extends EnsembleOptions {
  /** Number of the first run among those of the seed; the others follow. Default 0. */
  first?: number;
  /** Keeps the runs themselves, for quantiles and distributions. Default false: their moments alone. */
  keep?: boolean;
  /** Called now and then with the number of runs that have ended, and at the end. */
  onProgress?: (progress: { done: number; total: number }) => void;
}

/** Work done, never times. */
export interface StochasticStats {
  /** Reactions that have happened, in leaps or one by one. */
  events: number;
  /** Leaps of `'tau'`, and those given up because they would have led below 0. */
  leaps: number;
  rejectedLeaps: number;
  /** Level crossings that caused doses or phases. */
  crossings: number;
  /** Since when nothing could happen any more; null when something still could at the end. */
  extinctAt: number | null;
}

/** Work of all runs of an ensemble together. */
export interface EnsembleStats extends Omit<StochasticStats, 'extinctAt'> {
  /** Runs in which nothing could happen any more at the end. */
  extinct: number;
}

/** Why a run did not reach its end. */
export type StochasticFailureCode =
  | 'eventLimit'
  | 'timeLimit'
  | 'cancelled'
  | 'blowUp'
  | 'negative'
  | 'propensity';

/** How a run ended. Only `'done'` reached its end. */
export type StochasticStatus = 'done' | StochasticFailureCode;
