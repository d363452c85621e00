import type { Estimate } from '../fit/types.js';
import type { Network } from '../network/model.js';

/** Options of {@link discover}. */
export interface DiscoverOptions {
  /** Names of all species. Default: what the first experiment measured. */
  species?: readonly string[];
  /** How many reactions are learned before any are pruned. */
  reactions: number;
  /**
   * Random starts at most: they are made in batches of ten, until two that went through training and rounding have come to
   * the same reactions. Default 40.
   */
  starts?: number;
  /** Of the random starts. Default 0. */
  seed?: number;
  onProgress?: (progress: DiscoverProgress) => void;
  signal?: AbortSignal;
}

export interface DiscoverProgress {
  /** `'starts'`: integrals; `'training'`: runs; `'rounding'`: whole numbers, whose constants are fitted. */
  stage: 'starts' | 'training' | 'rounding';
  /** Of all work, 0 to 1, roughly. */
  fraction: number;
  /** Root mean square of the errors as parts of each species' range, the best so far. */
  error: number;
}

/** Whether a species' measurements have one standard deviation, or one proportional to the concentration. */
export type ErrorKind = 'constant' | 'proportional';

/** One reaction that was found. */
export interface DiscoveredReaction {
  /** As a text of the network's language, without its constant: `A + B -> C`. */
  reaction: string;
  constant: number;
  /** Of the constant; missing where the measurements do not tell it. */
  standardError?: number;
  /** In which the constant lies with a probability of 0.95. */
  interval?: [low: number, high: number];
}

/** What {@link discover} has found. */
export interface Discovery {
  /** Mass action, all starts 0: an experiment's are its own. */
  network: Network;
  reactions: DiscoveredReaction[];
  estimates: Estimate[];
  /** `'cancelled'`: the best so far. */
  reason: 'done' | 'cancelled';
  /**
   * Whether two trainings came to these reactions, and rounding cost little: where not, other reactions may be behind the
   * measurements.
   */
  agreed: boolean;
  /** Root mean square of (c − measured) as part of each species' range. */
  error: number;
  /** The same with the weights that were trained, before they were rounded. */
  unroundedError: number;
  measurements: number;
  /** Which errors the measurements of each species were found to have, in their order: the last fit is weighed by them. */
  errors: ErrorKind[];
  /** Reactions that were learned and given up: that changed nothing, were equal to others, or explained nothing. */
  pruned: number;
  /** W before rounding, in the order in which they were learned: what each reaction changes, by species. */
  weights: number[][];
  /** Of the finalists: what each came to. */
  finalists: { error: number; unroundedError: number; isSame: boolean }[];
}
