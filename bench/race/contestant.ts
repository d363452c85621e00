import type { Effort } from '../effort.js';
import type { BenchProblem } from '../problems.js';
import type { Timing } from '../timing.js';

/** Who competes with whom: the summaries take the best of a family. */
export type Family = 'wasm' | 'js' | 'npm' | 'naive' | 'native' | 'native folded';

export interface Measured extends Timing {
  /** Species in the network's order. */
  end: ArrayLike<number>;
  /** Accepted steps, where the solver tells. */
  steps?: number;
}

/** A solver as it enters a race: it makes what can be kept, solves as often as the effort allows, and times only that. */
export interface Contestant {
  name: string;
  family: Family;
  /**
   * @throws (rejects) Absent where this build or machine lacks it, TooSlow when one solve takes longer than the effort
   *   allows, any other error when it fails
   */
  measure(problem: BenchProblem, rtol: number, effort: Effort): Promise<Measured>;
}

/** One solve did not end within the seconds allowed. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
  constructor(readonly seconds: number) {
    super(`> ${seconds} s`);
  }
}
