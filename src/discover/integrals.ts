import type { Courses } from './courses.js';
import { PowerLaws, type Weights } from './power-laws.js';

/** Rows of one course that residuals are taken at, at most. */
const MOST_ROWS = 8;
/** Weight of Σ W² beside each residual's square: starts with many molecules on the left are kept from being minima. */
const RIDGE = 1e-6;

/**
 * The weak form of the rate equations, c(t) − c(0) = W ∫ r(c) dt, with the integrals taken over the measurements themselves
 * by trapezoids: no equation is solved, so weights far from the truth do no harm, and noise averages out. It gives starts for
 * training through runs.
 */
export class IntegralModel {
  private readonly laws: PowerLaws;
  private readonly filled: Float64Array[];
  private readonly rows: Int32Array[];
  private readonly count: number;
  private readonly ridge: number;

  constructor(
    private readonly data: Courses,
    reactions: number,
  ) {
    const { courses, species } = data;
    this.laws = new PowerLaws(species.length, reactions);
    this.filled = courses.map(({ times, values, start }) => filledIn(times, values, start));
    this.rows = courses.map(({ times }) => {
      const rows = Math.min(MOST_ROWS, times.length);
      return Int32Array.from({ length: rows }, (_, k) => Math.round(((k + 1) * times.length) / rows));
    });
    this.count = this.rows.reduce((sum, rows) => sum + rows.length, 0) * species.length;
    this.ridge = Math.sqrt(RIDGE * this.count);
  }

  /** (c(0) + W ∫ r dt − c(t))/range, and a ridge: a small part of every W. */
  residuals(weights: Weights): Float64Array | undefined {
    const { count, ridge } = this;
    const found = new Float64Array(count + weights.length);
    this.sweep(weights, found, undefined);
    weights.forEach((weight, p) => {
      if (!this.isConstant(p)) found[count + p] = ridge * weight;
    });
    return found.every(Number.isFinite) ? found : undefined;
  }

  jacobian(weights: Weights): Float64Array[] {
    const { count, ridge } = this;
    const columns = Array.from({ length: weights.length }, () => new Float64Array(count + weights.length));
    this.sweep(weights, undefined, columns);
    columns.forEach((column, p) => {
      if (!this.isConstant(p)) column[count + p] = ridge;
    });
    return columns;
  }

  private isConstant(p: number): boolean {
    const { species } = this.laws;
    return p % (species + 1) === species;
  }

  private sweep(
    weights: Weights,
    residuals: Float64Array | undefined,
    columns: Float64Array[] | undefined,
  ): void {
    const { laws, data } = this;
    const { species: n, reactions, rates } = laws;
    const width = n + 1;
    // Of each reaction: its rate, and the rate's derivatives by its weights and b.
    const [before, now] = [new Float64Array(reactions * width), new Float64Array(reactions * width)];
    const integrals = new Float64Array(reactions * width);
    let first = 0;
    data.courses.forEach(({ times, start }, e) => {
      const filled = this.filled[e];
      const rows = this.rows[e];
      integrals.fill(0);
      let last = 0;
      let next = 0;
      for (let i = 0; i <= times.length; i++) {
        laws.at(weights, filled, i * n);
        for (let r = 0; r < reactions; r++) {
          now[r * width + n] = rates[r];
          if (columns === undefined) continue;
          for (let s = 0; s < n; s++) now[r * width + s] = rates[r] * laws.slope(weights, r, s);
        }
        const time = i === 0 ? 0 : times[i - 1];
        if (i > 0) {
          const half = (time - last) / 2;
          for (let k = 0; k < integrals.length; k++) integrals[k] += half * (before[k] + now[k]);
        }
        last = time;
        before.set(now);
        if (i !== rows[next]) continue;
        for (let s = 0; s < n; s++) {
          const m = first + next * n + s;
          const per = 1 / data.ranges[s];
          let sum = start[s] - filled[i * n + s];
          for (let r = 0; r < reactions; r++) {
            const row = r * width;
            const weight = weights[row + s];
            sum += weight * integrals[row + n];
            if (columns === undefined) continue;
            for (let q = 0; q < n; q++) columns[row + q][m] = weight * integrals[row + q] * per;
            columns[row + s][m] += integrals[row + n] * per;
            columns[row + n][m] = weight * integrals[row + n] * per;
          }
          if (residuals !== undefined) residuals[m] = sum * per;
        }
        next++;
      }
      first += rows.length * n;
    });
  }
}

/** The start and all rows, with straight lines where nothing was measured. */
function filledIn(times: Float64Array, values: Float64Array, start: Float64Array): Float64Array {
  const n = start.length;
  const filled = new Float64Array((times.length + 1) * n);
  filled.set(start);
  filled.set(values, n);
  for (let s = 0; s < n; s++) {
    let known = 0;
    for (let i = 1; i <= times.length; i++) {
      if (Number.isNaN(filled[i * n + s])) continue;
      fillBetween(filled, times, s, n, known, i);
      known = i;
    }
    for (let i = known + 1; i <= times.length; i++) filled[i * n + s] = filled[known * n + s];
  }
  return filled;
}

function fillBetween(
  filled: Float64Array,
  times: Float64Array,
  s: number,
  n: number,
  from: number,
  to: number,
): void {
  const at = (i: number) => (i === 0 ? 0 : times[i - 1]);
  for (let i = from + 1; i < to; i++) {
    const part = (at(i) - at(from)) / (at(to) - at(from));
    filled[i * n + s] = (1 - part) * filled[from * n + s] + part * filled[to * n + s];
  }
}
