import { weigh } from '../simulate/solution.js';
import type { PreparedStochastic } from './prepare.js';
import type { StochasticEnd } from './run.js';
import { StochasticSolution } from './solution.js';

/** One run as plain data, in the numbers of the kernel's state. */
export interface KeptRun {
  /** Row by row; of a run that has failed, the rows that there are. */
  values: Float64Array;
  /** What it has ended with. */
  last: Float64Array;
  end: StochasticEnd;
}

/** Collects the rows of one run after the other. */
export class RowCollector {
  private readonly width: number;
  private readonly cells: number;
  /** The rows of the present run, as far as they have come. */
  values: Float64Array;
  private rows = 0;

  constructor({ species, saveAt }: PreparedStochastic) {
    this.width = species.length;
    this.cells = this.width * saveAt.length;
    this.values = new Float64Array(this.cells);
  }

  readonly sink = (row: number, state: Float64Array, at: number): void => {
    const { values, width } = this;
    const to = row * width;
    for (let s = 0; s < width; s++) values[to + s] = state[at + s];
    this.rows = row + 1;
  };

  /** Another run begins. */
  begin(): void {
    this.rows = 0;
  }

  /** The present run, for good. */
  keep(last: Float64Array, end: StochasticEnd): KeptRun {
    const saved = this.rows * this.width;
    const values = saved === this.cells ? this.values : this.values.slice(0, saved);
    this.values = new Float64Array(this.cells);
    return { values, last, end };
  }
}

/**
 * What makes a number of the kernel's state one of the result: a number of molecules a concentration, or the concentration
 * of a held species a number of molecules.
 */
export function toUnit({
  unit,
  held,
  given,
}: PreparedStochastic): (species: number, value: number) => number {
  const { volumes } = given;
  if (unit === 'molecules') return (s, value) => (held[s] === 1 ? value * volumes[s] : value);
  return (s, value) => (held[s] === 1 ? value : value / volumes[s]);
}

/**
 * What ensembles have moments of: rows of the kernel's numbers, each with the network's observables behind it in the unit
 * of the result.
 */
export function withObservables(prepared: PreparedStochastic): (values: Float64Array) => Float64Array {
  const { species, saveAt, network } = prepared;
  const { observables = [] } = network;
  if (observables.length === 0) return (values) => values;
  const convert = toUnit(prepared);
  const width = species.length;
  const state = new Float64Array(width);
  const wide = width + observables.length;
  return (values) => {
    const all = new Float64Array(saveAt.length * wide);
    for (let row = 0; row < saveAt.length; row++) {
      const own = values.subarray(row * width, (row + 1) * width);
      all.set(own, row * wide);
      own.forEach((value, s) => {
        state[s] = convert(s, value);
      });
      observables.forEach((one, k) => {
        all[row * wide + width + k] = weigh(one, state, 0);
      });
    }
    return all;
  };
}

/** A run as a solution. */
export function solutionOf(
  prepared: PreparedStochastic,
  run: number,
  { values, last, end }: KeptRun,
): StochasticSolution {
  const { species, from, saveAt, seed, unit } = prepared;
  const convert = toUnit(prepared);
  const width = species.length;
  return new StochasticSolution({
    species,
    observables: prepared.network.observables ?? [],
    rows: {
      times: saveAt.slice(0, width === 0 ? 0 : values.length / width),
      values: values.map((value, i) => convert(i % width, value)),
    },
    last: last.map((value, s) => convert(s, value)),
    span: { from, to: end.reached },
    status: end.status,
    stats: end.stats,
    unit,
    seed,
    run,
    rounded: end.rounded.map((s) => species[s]),
  });
}
