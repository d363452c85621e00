import type { Observable } from '../network/model.js';
import { csvText } from './csv.js';
import type { RunStatus, Stats } from './types.js';

/** Concentrations at `times`, row by row, all species in the network's order. */
export interface Rows {
  times: Float64Array;
  values: Float64Array;
}

/** Collects the rows of a run, which may end before the last of them. */
export class Recorder {
  private values: Float64Array;
  private count = 0;
  private used = 0;

  /** @param saveAt the times of the rows, of which the last may not come */
  constructor(
    private readonly width: number,
    private readonly saveAt: Float64Array,
  ) {
    this.values = new Float64Array(Math.max(1, width * Math.min(saveAt.length, 1 << 20)));
  }

  readonly sink = (_: number, row: Float64Array): void => {
    if (this.used + this.width > this.values.length) {
      const larger = new Float64Array(Math.max(this.values.length * 2, this.used + this.width));
      larger.set(this.values);
      this.values = larger;
    }
    this.count++;
    this.values.set(row, this.used);
    this.used += this.width;
  };

  rows(): Rows {
    // Full values stay as they are: a further row would be put into a larger array.
    const full = this.used === this.values.length;
    return {
      times: this.saveAt.slice(0, this.count),
      values: full ? this.values : this.values.slice(0, this.used),
    };
  }
}

/** State at a time between saved rows, from the last row at or before it (−1: from the start). */
export type Between = (row: number, time: number) => Float64Array;

/** What a solution is made of. */
export interface SolutionParts<Work = Stats, Status extends string = RunStatus> {
  species: readonly string[];
  /** Weighted sums of species by index. */
  observables: readonly Observable[];
  rows: Rows;
  last: Float64Array;
  span: { from: number; to: number };
  status: Status;
  stats: Work;
  between: Between;
}

/** An observable of the state that begins at `row`. */
export function weigh({ terms }: Observable, values: Float64Array, row: number): number {
  let sum = 0;
  for (const { species, value } of terms) sum += value * values[row + species];
  return sum;
}

/**
 * What a run gave: concentrations at the saved times, and how it went. Runs of another kind count other work and may end
 * otherwise.
 */
export class Solution<Work = Stats, Status extends string = RunStatus> {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /** Names of the network's observables, in its order. */
  readonly observables: readonly string[];
  readonly times: Float64Array;
  readonly status: Status;
  readonly stats: Work;
  private readonly values: Float64Array;
  private readonly last: Float64Array;
  private readonly span: { from: number; to: number };
  private readonly between: Between;
  private readonly sums: readonly Observable[];
  private columns: Map<string, Float64Array> | undefined;

  constructor(parts: SolutionParts<Work, Status>) {
    this.species = parts.species;
    this.sums = parts.observables;
    this.observables = parts.observables.map(({ name }) => name);
    this.times = parts.rows.times;
    this.values = parts.rows.values;
    this.last = parts.last;
    this.span = parts.span;
    this.status = parts.status;
    this.stats = parts.stats;
    this.between = parts.between;
  }

  /**
   * One species or observable over the saved times.
   * @throws RangeError when the network has neither of this name
   */
  column(name: string): Float64Array {
    this.columns ??= new Map();
    let column = this.columns.get(name);
    if (column === undefined) {
      const place = this.species.indexOf(name);
      column = place < 0 ? this.sum(name) : new Float64Array(this.times.length);
      if (place >= 0) {
        for (let i = 0; i < column.length; i++) column[i] = this.values[i * this.species.length + place];
      }
      this.columns.set(name, column);
    }
    return column;
  }

  private sum(name: string): Float64Array {
    const observable = this.sums.find((one) => one.name === name);
    if (!observable)
      throw new RangeError(`the solution has no species or observable ${JSON.stringify(name)}`);
    return Float64Array.from(this.times, (_, i) => weigh(observable, this.values, i * this.species.length));
  }

  /** Concentrations of all species at the i-th saved time, in `species` order. */
  row(i: number): Float64Array {
    this.requireRow(i);
    return this.values.slice(i * this.species.length, (i + 1) * this.species.length);
  }

  /** All observables at the i-th saved time, in `observables` order. */
  observed(i: number): Float64Array {
    this.requireRow(i);
    const row = i * this.species.length;
    return Float64Array.from(this.sums, (observable) => weigh(observable, this.values, row));
  }

  private requireRow(i: number): void {
    if (Number.isInteger(i) && i >= 0 && i < this.times.length) return;
    throw new RangeError(`the solution has rows 0 to ${this.times.length - 1}, not ${i}`);
  }

  /**
   * Concentrations at any time of the run. A saved time gives the saved row; another is integrated from the last
   * saved row before it, with the run's own tolerances. At the edge of a phase: after its doses.
   */
  at(time: number): Record<string, number> {
    if (!(time >= this.span.from && time <= this.span.to)) {
      throw new RangeError(`the solution reaches from ${this.span.from} to ${this.span.to}, not ${time}`);
    }
    if (time === this.span.to) return this.final;
    let low = -1;
    let high = this.times.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= time) low = middle;
      else high = middle;
    }
    const saved = low >= 0 && this.times[low] === time;
    return this.named(saved ? this.row(low) : this.between(low, time));
  }

  /** Concentrations at the end (for a failed run: where it stopped). */
  get final(): Record<string, number> {
    return this.named(this.last);
  }

  /** Observables at the end (for a failed run: where it stopped). */
  get finalObserved(): Record<string, number> {
    return Object.fromEntries(this.sums.map((one) => [one.name, weigh(one, this.last, 0)]));
  }

  /** One record a saved time: `time`, every species and every observable by name. */
  toTable(): Record<string, number>[] {
    return Array.from(this.times, (time, i) => {
      const observed = this.observed(i);
      const sums = Object.fromEntries(this.observables.map((name, k) => [name, observed[k]]));
      return { time, ...this.named(this.row(i)), ...sums };
    });
  }

  /** Comma-separated values with the header `time,…species,…observables`; names with commas are quoted. */
  toCSV(): string {
    const body = Array.from(this.times, (time, i) => [time, ...this.row(i), ...this.observed(i)]);
    return csvText([['time', ...this.species, ...this.observables], ...body]);
  }

  private named(row: Float64Array): Record<string, number> {
    return Object.fromEntries(this.species.map((name, i) => [name, row[i]]));
  }
}
