import type { PreparedStochastic } from './prepare.js';
import type { StochasticEnd } from './run.js';
import { StochasticSolution } from './solution.js';

/**
 * What a number of the kernel's state is multiplied or divided by to be one of the result: a number of molecules becomes a
 * concentration, or the concentration of a held species a number of molecules.
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

/** Collects the rows of one run. */
export class RunRecorder {
  private readonly values: Float64Array;
  private count = 0;
  private readonly convert: (species: number, value: number) => number;

  constructor(private readonly prepared: PreparedStochastic) {
    this.values = new Float64Array(prepared.saveAt.length * prepared.species.length);
    this.convert = toUnit(prepared);
  }

  readonly sink = (row: number, values: Float64Array, at: number): void => {
    const width = this.prepared.species.length;
    for (let s = 0; s < width; s++) this.values[row * width + s] = this.convert(s, values[at + s]);
    this.count = row + 1;
  };

  /** @param last the state that the run has ended with */
  solution(run: number, last: Float64Array, end: StochasticEnd): StochasticSolution {
    const { prepared, count, convert } = this;
    const { species, from, saveAt, seed, unit } = prepared;
    const { status, stats, reached, rounded } = end;
    return new StochasticSolution({
      species,
      rows: { times: saveAt.slice(0, count), values: this.values.slice(0, count * species.length) },
      last: last.map((value, s) => convert(s, value)),
      span: { from, to: reached },
      status,
      stats,
      unit,
      seed,
      run,
      rounded: rounded.map((s) => species[s]),
    });
  }
}
