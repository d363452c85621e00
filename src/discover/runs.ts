import type { Courses } from './courses.js';
import { PowerLaws, type Weights } from './power-laws.js';

/** Steps over the longest course at least: measurements far apart are bridged by several. */
const STEPS = 100;
/** Concentrations beyond this, in units of the largest measured one, have run away. */
const RUNAWAY = 100;

/**
 * Runs of reactions whose stoichiometry is not yet whole, by the classical Runge–Kutta method on a grid that holds the times
 * of the measurements, and their exact derivatives by all weights ("discretise, then differentiate"). No network has such
 * reactions, hence no kernel runs them.
 */
export class RunModel {
  private readonly laws: PowerLaws;
  private readonly measured: number;

  constructor(
    private readonly data: Courses,
    reactions: number,
  ) {
    this.laws = new PowerLaws(data.species.length, reactions);
    this.measured = data.count;
  }

  /** (c(t) − measured)/range, or undefined where a run goes astray. */
  residuals(weights: Weights): Float64Array | undefined {
    const found = new Float64Array(this.measured);
    return this.sweep(weights, found, undefined) ? found : undefined;
  }

  jacobian(weights: Weights): Float64Array[] | undefined {
    const columns = Array.from({ length: this.laws.size }, () => new Float64Array(this.measured));
    return this.sweep(weights, undefined, columns) ? columns : undefined;
  }

  private sweep(
    weights: Weights,
    residuals: Float64Array | undefined,
    columns: Float64Array[] | undefined,
  ): boolean {
    const { laws, data } = this;
    const n = laws.species;
    const stepper = new Stepper(laws, columns === undefined ? 0 : laws.size);
    let m = 0;
    for (const { times, values, start } of data.courses) {
      stepper.begin(start);
      let time = 0;
      for (let i = 0; i < times.length; i++) {
        const gap = times[i] - time;
        const steps = Math.ceil(gap * STEPS - 1e-9);
        for (let k = 0; k < steps; k++) stepper.step(weights, gap / steps);
        time = times[i];
        const { state, tangents } = stepper;
        if (!state.every((value) => Math.abs(value) < RUNAWAY)) return false;
        for (let s = 0; s < n; s++) {
          const value = values[i * n + s];
          if (Number.isNaN(value)) continue;
          const per = 1 / data.ranges[s];
          if (residuals !== undefined) residuals[m] = (state[s] - value) * per;
          columns?.forEach((column, p) => {
            column[m] = tangents[s * laws.size + p] * per;
          });
          m++;
        }
      }
    }
    return true;
  }
}

const STAGES = [
  { at: 0, weight: 1 / 6 },
  { at: 0.5, weight: 1 / 3 },
  { at: 0.5, weight: 1 / 3 },
  { at: 1, weight: 1 / 6 },
];

/** A state and, where they are wanted, its derivatives by all weights: species by species. */
class Stepper {
  readonly state: Float64Array;
  readonly tangents: Float64Array;
  private readonly stage: Float64Array;
  private readonly slope: Float64Array;
  private readonly sum: Float64Array;
  private readonly matrix: Float64Array;
  private readonly stageTangents: Float64Array;
  private readonly slopeTangents: Float64Array;
  private readonly sumTangents: Float64Array;

  /** @param directions the number of weights, or 0 for the state alone */
  constructor(
    private readonly laws: PowerLaws,
    private readonly directions: number,
  ) {
    const n = laws.species;
    [this.state, this.stage, this.slope, this.sum] = [0, 0, 0, 0].map(() => new Float64Array(n));
    [this.tangents, this.stageTangents, this.slopeTangents, this.sumTangents] = [0, 0, 0, 0].map(
      () => new Float64Array(n * directions),
    );
    this.matrix = new Float64Array(n * n);
  }

  begin(start: Float64Array): void {
    this.state.set(start);
    this.tangents.fill(0);
  }

  step(weights: Weights, h: number): void {
    const { laws, state, stage, slope, sum } = this;
    const { tangents, stageTangents, slopeTangents, sumTangents } = this;
    sum.fill(0);
    sumTangents.fill(0);
    for (const { at, weight } of STAGES) {
      for (let s = 0; s < stage.length; s++) stage[s] = state[s] + at * h * slope[s];
      for (let k = 0; k < stageTangents.length; k++) {
        stageTangents[k] = tangents[k] + at * h * slopeTangents[k];
      }
      laws.at(weights, stage);
      laws.derivative(weights, slope);
      this.differentiate(weights);
      for (let s = 0; s < stage.length; s++) sum[s] += weight * slope[s];
      for (let k = 0; k < sumTangents.length; k++) sumTangents[k] += weight * slopeTangents[k];
    }
    for (let s = 0; s < stage.length; s++) state[s] += h * sum[s];
    for (let k = 0; k < tangents.length; k++) tangents[k] += h * sumTangents[k];
  }

  /** J·S + ∂f/∂weights at the stage. */
  private differentiate(weights: Weights): void {
    const { laws, directions, stage, matrix, stageTangents, slopeTangents } = this;
    if (directions === 0) return;
    const { species: n, reactions, rates } = laws;
    laws.jacobian(weights, stage, matrix);
    slopeTangents.fill(0);
    for (let s = 0; s < n; s++) {
      const to = s * directions;
      for (let q = 0; q < n; q++) {
        const factor = matrix[s * n + q];
        if (factor === 0) continue;
        const from = q * directions;
        for (let p = 0; p < directions; p++) slopeTangents[to + p] += factor * stageTangents[from + p];
      }
      for (let r = 0; r < reactions; r++) {
        const row = r * (n + 1);
        const flow = weights[row + s] * rates[r];
        slopeTangents[to + row + s] += rates[r];
        slopeTangents[to + row + n] += flow;
        for (let q = 0; q < n; q++) slopeTangents[to + row + q] += flow * laws.slope(weights, r, q);
      }
    }
  }
}
