import type { Observable } from '../network/model.js';
import { type Rows, Solution } from '../simulate/solution.js';
import type { StochasticStats, StochasticStatus, StochasticUnit } from './types.js';

/**
 * What one stochastic run gave at its saved times, as a `Solution`. `at` knows saved times and the end only: between them
 * anything may have happened.
 */
export class StochasticSolution extends Solution<StochasticStats, StochasticStatus> {
  /** What the numbers are. */
  readonly unit: StochasticUnit;
  /** With which the same run can be made again. */
  readonly seed: number;
  readonly run: number;
  /** Species of which a start or a dose was no whole number of molecules, and was rounded by chance. */
  readonly rounded: readonly string[];

  constructor(parts: {
    species: readonly string[];
    observables: readonly Observable[];
    rows: Rows;
    last: Float64Array;
    span: { from: number; to: number };
    status: StochasticStatus;
    stats: StochasticStats;
    unit: StochasticUnit;
    seed: number;
    run: number;
    rounded: readonly string[];
  }) {
    super({
      ...parts,
      between: (_, time) => {
        throw new RangeError(
          `a stochastic run is known at its saved times and at its end, not at ${time}: name the time in saveAt`,
        );
      },
    });
    this.unit = parts.unit;
    this.seed = parts.seed;
    this.run = parts.run;
    this.rounded = parts.rounded;
  }
}
