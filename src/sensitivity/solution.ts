import type { SpeciesTerm } from '../network/model.js';
import { csvText } from '../simulate/csv.js';
import { Solution, type SolutionParts } from '../simulate/solution.js';
import type { QuantityName } from './quantities.js';

/** Derivatives at the saved times, time by time, by one quantity after the other, of all species in the network's order. */
export interface Sensitivities {
  of: readonly QuantityName[];
  /** The quantities themselves. */
  sizes: Float64Array;
  rows: Float64Array;
}

/** A solution with its derivatives by some quantities: of the concentrations at each saved time, the time held fixed. */
export class SensitivitySolution extends Solution {
  /** What it is differentiated by. */
  readonly of: readonly QuantityName[];
  private readonly sizes: Float64Array;
  private readonly derivatives: Float64Array;
  private readonly weighed: SolutionParts['observables'];

  constructor(parts: SolutionParts, { of, sizes, rows }: Sensitivities) {
    super(parts);
    this.weighed = parts.observables;
    this.of = of;
    this.sizes = sizes;
    this.derivatives = rows;
  }

  /**
   * ∂x/∂p over the saved times: of a species or observable, by the unit of `quantity`.
   * @throws RangeError when the solution has neither of this name or was not differentiated by that
   */
  sensitivity(name: string, quantity: QuantityName): Float64Array {
    const first = this.indexOf(quantity) * this.species.length;
    const width = this.of.length * this.species.length;
    const terms = this.termsOf(name);
    return Float64Array.from(this.times, (_, i) => {
      let sum = 0;
      for (const { species, value } of terms) sum += value * this.derivatives[i * width + first + species];
      return sum;
    });
  }

  /**
   * (p/x)·∂x/∂p over the saved times: by how many per cent the concentration changes for one per cent of the quantity. NaN
   * where the concentration is 0.
   * @throws RangeError as `sensitivity`
   */
  relativeSensitivity(name: string, quantity: QuantityName): Float64Array {
    const size = this.sizes[this.of.indexOf(quantity)];
    const concentration = this.column(name);
    return this.sensitivity(name, quantity).map((slope, i) =>
      concentration[i] === 0 ? Number.NaN : (slope * size) / concentration[i],
    );
  }

  /**
   * ∂x/∂p of all species in `species` order at the i-th saved time.
   * @throws RangeError when there is no such time, or the solution was not differentiated by that
   */
  sensitivityRow(i: number, quantity: QuantityName): Float64Array {
    // It checks the time.
    const { length } = this.row(i);
    const first = (i * this.of.length + this.indexOf(quantity)) * length;
    return this.derivatives.slice(first, first + length);
  }

  /**
   * Comma-separated values: `time`, then for every quantity p and species X a column `dX/dp`, or `dlnX/dlnp` of relative
   * ones, whose cells are empty where the concentration is 0.
   * @param options `species`: which, or observables, default all species; `relative`: default false
   */
  sensitivitiesToCSV(options: { species?: readonly string[]; relative?: boolean } = {}): string {
    const { species = this.species, relative = false } = options;
    const d = relative ? 'dln' : 'd';
    const columns = this.of.flatMap((quantity) =>
      species.map((name) => ({
        head: `${d}${name}/${d}${quantity}`,
        values: relative ? this.relativeSensitivity(name, quantity) : this.sensitivity(name, quantity),
      })),
    );
    const head = ['time', ...columns.map((column) => column.head)];
    const body = Array.from(this.times, (time, i) => [
      time,
      ...columns.map(({ values }) => (Number.isNaN(values[i]) ? '' : values[i])),
    ]);
    return csvText([head, ...body]);
  }

  private termsOf(name: string): readonly SpeciesTerm[] {
    const species = this.species.indexOf(name);
    if (species >= 0) return [{ species, value: 1 }];
    const observable = this.weighed.find((one) => one.name === name);
    if (observable !== undefined) return observable.terms;
    throw new RangeError(`the solution has no species or observable ${JSON.stringify(name)}`);
  }

  private indexOf(quantity: QuantityName): number {
    const q = this.of.indexOf(quantity);
    if (q >= 0) return q;
    throw new RangeError(
      `the solution has no derivatives by ${JSON.stringify(quantity)}; it has those by ${this.of.join(', ')}`,
    );
  }
}
