import { csvText } from '../simulate/csv.js';
import type { Moments } from './moments.js';
import type { StochasticSolution } from './solution.js';
import type { EnsembleStats, StochasticUnit } from './types.js';

/** What many runs of one network gave at their saved times: moments, and the runs themselves where they were kept. */
export class StochasticEnsemble {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /** Names of the network's observables, in its order. */
  readonly observables: readonly string[];
  readonly times: Float64Array;
  /** How many runs it is made of. */
  readonly runs: number;
  /** What the numbers are. */
  readonly unit: StochasticUnit;
  readonly seed: number;
  /** Number of its first run; the others follow. */
  readonly first: number;
  readonly stats: EnsembleStats;
  /** Species of which a start or a dose was no whole number of molecules, and was rounded by chance. */
  readonly rounded: readonly string[];
  /** The runs in order, if they were kept; otherwise empty. */
  readonly solutions: readonly StochasticSolution[];
  private readonly moments: Moments;

  constructor(parts: {
    species: readonly string[];
    observables: readonly string[];
    times: Float64Array;
    unit: StochasticUnit;
    seed: number;
    first: number;
    stats: EnsembleStats;
    rounded: readonly string[];
    solutions: readonly StochasticSolution[];
    /** Row by row, species by species and then observable by observable, in the unit of the result. */
    moments: Moments;
  }) {
    this.species = parts.species;
    this.observables = parts.observables;
    this.times = parts.times;
    this.runs = parts.moments.count;
    this.unit = parts.unit;
    this.seed = parts.seed;
    this.first = parts.first;
    this.stats = parts.stats;
    this.rounded = parts.rounded;
    this.solutions = parts.solutions;
    this.moments = parts.moments;
  }

  /**
   * Mean of one species or observable over the saved times.
   * @throws RangeError when the network has no such name
   */
  mean(name: string): Float64Array {
    return this.column(this.moments.mean, name);
  }

  /** Variance (divided by runs − 1) of one species or observable over the saved times; not a number for a single run. */
  variance(name: string): Float64Array {
    return this.column(this.moments.squares, name).map((sum) => sum / (this.runs - 1));
  }

  /** Standard deviation: the square root of the variance. */
  sd(name: string): Float64Array {
    return this.variance(name).map(Math.sqrt);
  }

  /**
   * A quantile of one species or observable over the saved times, exact: between the two runs next to it in order, linearly (type 7 of
   * Hyndman & Fan 1996).
   * @param p 0 to 1; 0.5 is the median
   * @throws RangeError when the runs were not kept, or for a species or p that cannot be
   */
  quantile(name: string, p: number): Float64Array {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile is from 0 to 1, not ${p}`);
    const { solutions } = this;
    if (solutions.length === 0) {
      throw new RangeError(
        'quantiles are taken from the runs themselves, which were not kept: give keep: true',
      );
    }
    const columns = solutions.map((solution) => solution.column(name));
    const place = p * (columns.length - 1);
    const below = Math.floor(place);
    const above = Math.ceil(place);
    return Float64Array.from(this.times, (_, i) => {
      const sorted = Float64Array.from(columns, (column) => column[i]).sort();
      return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    });
  }

  /** Comma-separated values with the header `time,A mean,A sd,B mean,…`, observables behind species. */
  toCSV(): string {
    const names = [...this.species, ...this.observables];
    const columns = names.flatMap((name) => [this.mean(name), this.sd(name)]);
    const head = names.flatMap((name) => [`${name} mean`, `${name} sd`]);
    const body = Array.from(this.times, (time, i) => [time, ...columns.map((column) => column[i])]);
    return csvText([['time', ...head], ...body]);
  }

  private column(values: Float64Array, name: string): Float64Array {
    const names = [...this.species, ...this.observables];
    const place = names.indexOf(name);
    if (place < 0) throw new RangeError(`the ensemble has no species or observable ${JSON.stringify(name)}`);
    return Float64Array.from(this.times, (_, i) => values[i * names.length + place]);
  }
}
