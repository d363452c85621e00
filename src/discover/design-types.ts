import type { Network } from '../network/model.js';

/** Options of {@link design}. */
export interface DesignOptions {
  /** Weight of Σ k beside half the mean square of (x − wanted)/σ, in the second half of the training. Default 3e-4. */
  sparsity?: number;
  /** Root mean square of (x − wanted)/σ that a network may have. Default 0.02. */
  tolerance?: number;
  /** Steps of training from one start. Default 600. */
  steps?: number;
  /** Of ln k in a step, about. Default 0.05. */
  rate?: number;
  /** Of all rate constants. Default 10. */
  most?: number;
  /** Random starts, of which the best counts. Default 1. */
  starts?: number;
  /** Of the first start; each other has the next. Default 0. */
  seed?: number;
  onProgress?: (progress: DesignProgress) => void;
  signal?: AbortSignal;
}

export interface DesignProgress {
  /** From 1. */
  start: number;
  starts: number;
  stage: 'training' | 'pruning';
  /** Of all work, 0 to 1, roughly. */
  fraction: number;
  /** Root mean square of (x − wanted)/σ now. */
  error: number;
}

/** What came of one start. */
export interface DesignStart {
  seed: number;
  /** With all candidates. */
  trainedError: number;
  /** With what was left of them. */
  error: number;
  reactions: number;
  /** Whether the error is within the tolerance. */
  reached: boolean;
}

/** What {@link design} has found: the best of its starts. */
export interface Design {
  /** The candidates' species, and the reactions that are left. */
  network: Network;
  reactions: { reaction: string; constant: number }[];
  /** How many reactions there were to choose from. */
  candidates: number;
  /** Root mean square of (x − wanted)/σ. */
  error: number;
  reached: boolean;
  /** `'cancelled'`: the best so far. */
  reason: 'done' | 'cancelled';
  /** Half the mean square over the steps of training, without the penalty. */
  losses: number[];
  starts: DesignStart[];
}
