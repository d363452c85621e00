import type { CsvData } from '../../learning/index.js';
import type { Network } from '../../network/model.js';

/** What an option may be set to: JSON. */
export type OptionValue = number | string | boolean | null | OptionValue[] | { [name: string]: OptionValue };

/** Options by name, such as `parameters.k1`, `initial.A`, `rtol`, `circuit.rate`; `k1` and `rate` are short for those. */
export type OptionValues = Record<string, OptionValue>;

/** Numbers from `from` to `to`, both included. */
export interface NumberRange {
  from: number;
  to: number;
  /** How many, at least 2. Of a grid; a Latin hypercube has as many as samples. */
  points?: number;
  /** `'log'`: equal ratios, both ends > 0. Default `'linear'`. */
  scale?: 'linear' | 'log';
  /** Rounds to whole numbers. Default false. */
  whole?: boolean;
}

/** Samples that fill a space evenly: each factor's range is cut into as many strata, and each has one sample. */
export interface LatinDesign {
  /** How many, at least 1. */
  samples: number;
  /** Default 0. */
  seed?: number;
  /** By option: a range, or values of which every one is taken equally often. */
  over: Record<string, NumberRange | OptionValue[]>;
}

/** Repetitions with seeds of their own: so many from 0 on, or these. */
export type Replicates = number | readonly number[];

/** What is simulated. */
export interface SimulateTarget {
  kind: 'simulate';
  network: Network;
}

/** What is simulated by molecules, a run for each case. */
export interface StochasticTarget {
  kind: 'stochastic';
  network: Network;
}

/** What is trained: a task by name, or a table. */
export type TrainTarget =
  | { kind: 'train'; task: string }
  | { kind: 'train'; data: CsvData /** Name in reports. Default `'csv'`. */; name?: string };

/**
 * Many runs that differ in some options. Where there are several designs every case of one is combined with every case
 * of the others, in the order `grid`, `latin`, `list`, `replicates`, of which the last changes fastest.
 */
export interface Sweep {
  target: SimulateTarget | StochasticTarget | TrainTarget;
  /** Of every case. */
  options?: OptionValues;
  /** Every combination of these values; the last option changes fastest. */
  grid?: Record<string, NumberRange | OptionValue[]>;
  latin?: LatinDesign;
  /** Cases one by one. An option that one of them lacks is as in `options`, or at its default. */
  list?: readonly OptionValues[];
  /** For trainings and stochastic runs. */
  replicates?: Replicates;
  /**
   * What is kept of every case. Simulations: `final X`, `max X from 50 to 100`, `min X`, `mean X`, `range X` (largest less
   * smallest), `at 2.5 X`, the same without a species for all of them, `stats`, or one of its counters as `stats steps`;
   * default `final` and `stats`. Stochastic runs: the same with counters of their own; where nothing but `final`, `at` and
   * counters is kept and no grid is asked for, the times of `at` are what is saved. Trainings: `losses`, `metrics`, `size`, `stats`, or one of them such as `gridAccuracy`;
   * default `losses` and `metrics`. `{ what, as }` gives a column a name of its own.
   */
  take?: readonly (string | { what: string; as: string })[];
}

/** Something wrong with a sweep, and where: `grid.k1.points`. */
export interface SweepIssue {
  path: string;
  message: string;
  hint?: string;
}

/** A sweep that cannot be. */
export class SweepError extends RangeError {
  override readonly name = 'SweepError';
  constructor(
    /** All that is wrong, at least one. */
    readonly issues: readonly SweepIssue[],
  ) {
    super(issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
  }
}
