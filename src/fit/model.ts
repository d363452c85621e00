import type { Network } from '../network/model.js';
import { type Points, readObservations, residualsOf } from '../sensitivity/observations.js';
import type { Overrides } from '../sensitivity/runs.js';
import { type DifferentiatedSimulator, makeSimulator } from '../sensitivity/simulator.js';
import type { SensitivitySolution } from '../sensitivity/solution.js';
import { checkNumber } from '../simulate/check.js';
import { SolveFailure } from '../simulate/failure.js';
import type { Follower } from '../simulate/follower.js';
import { macrotask, PAUSE_MILLISECONDS } from '../simulate/pause.js';
import type { Vessel } from '../simulate/vessel.js';
import type { Experiment, FittedPoint, RunOptions } from './types.js';
import { outward, quantityAt, type Variable } from './variables.js';

/** An experiment as it is run. */
interface Trial {
  name: string;
  points: Points;
  overrides: Overrides;
}

/** The residuals of a network's runs as functions of what is varied. Not for two callers at once. */
export class FitModel {
  /** Of the network so far. */
  runs = 0;
  readonly measurements: number;
  private rested = performance.now();
  private readonly vessel: Vessel;
  private readonly tangents: Follower | undefined;

  private constructor(
    private readonly network: Network,
    private readonly simulator: DifferentiatedSimulator,
    private readonly trials: readonly Trial[],
    private readonly variables: readonly Variable[],
    private readonly signal: AbortSignal | undefined,
  ) {
    this.vessel = simulator.alive();
    this.tangents = this.vessel.follower;
    this.measurements = trials.reduce((sum, { points }) => sum + points.value.length, 0);
  }

  /** @throws (rejects) RangeError or TypeError for measurements and options that cannot be used */
  static async create(
    network: Network,
    experiments: readonly Experiment[],
    variables: (simulator: DifferentiatedSimulator) => Variable[],
    names: readonly string[],
    { from: given, signal, ...options }: RunOptions,
  ): Promise<FitModel> {
    const from = given === undefined ? 0 : checkNumber('from', given);
    const single = experiments.length === 1 && experiments[0].name === undefined;
    const trials = experiments.map((experiment, e): Trial => {
      const name = experiment.name ?? String(e + 1);
      const points = readObservations(network, single ? 'data' : `experiment ${name}`, experiment, from);
      const { initial, parameters } = experiment;
      const last = points.times[points.times.length - 1];
      // What is measured at the start alone is there before the run has gone anywhere.
      const overrides = { saveAt: points.times, to: last > from ? last : from + 1 };
      return {
        name,
        points,
        overrides: { ...overrides, ...(initial && { initial }), ...(parameters && { parameters }) },
      };
    });
    const [{ overrides }] = trials;
    const { saveAt, to } = overrides;
    const simulator = await makeSimulator(
      network,
      { ...options, from, of: names, saveAt: saveAt as Float64Array, to: to as number },
      'many',
    );
    try {
      return new FitModel(network, simulator, trials, variables(simulator), signal);
    } catch (error) {
      simulator.dispose();
      throw error;
    }
  }

  get varied(): readonly Variable[] {
    return this.variables;
  }

  dispose(): void {
    this.simulator.dispose();
  }

  /** (x − measured)/σ of all measurements, in the order of the experiments. @throws as a run does */
  async residuals(at: Float64Array): Promise<Float64Array> {
    const all = new Float64Array(this.measurements);
    let first = 0;
    for (const trial of this.trials) {
      const solution = await this.run(trial, at, undefined);
      const residuals = residualsOf(trial.points, this.rowsOf(solution), solution.species.length);
      all.set(residuals, first);
      first += residuals.length;
    }
    return all;
  }

  /** Their derivatives, a column for each variable in the scale in which it is varied. @throws as a run does */
  async jacobian(at: Float64Array): Promise<Float64Array[]> {
    const columns = this.variables.map(() => new Float64Array(this.measurements));
    let first = 0;
    for (const trial of this.trials) {
      const solution = await this.run(trial, at, this.tangents);
      const { points } = trial;
      this.variables.forEach(({ quantity, scale }, j) => {
        const rows = Array.from(points.times, (_, i) => solution.sensitivityRow(i, quantity.name));
        const slope = scale === 'log' ? outward(at[j], scale) : 1;
        for (let m = 0; m < points.value.length; m++) {
          const { species, weights } = points.columns[points.column[m]];
          const row = rows[points.row[m]];
          let sum = 0;
          for (let t = 0; t < species.length; t++) sum += weights[t] * row[species[t]];
          columns[j][first + m] = sum * points.weight[m] * slope;
        }
      });
      first += points.value.length;
    }
    return columns;
  }

  /** Every measurement beside what residuals say of it. */
  pointsOf(residuals: Float64Array): FittedPoint[] {
    let first = 0;
    return this.trials.flatMap(({ name, points }) => {
      const own = residuals.subarray(first, first + points.value.length);
      first += points.value.length;
      return Array.from(points.value, (measured, m) => ({
        experiment: name,
        time: points.times[points.row[m]],
        column: points.columns[points.column[m]].name,
        measured,
        fitted: measured + own[m] / points.weight[m],
        sigma: 1 / points.weight[m],
      }));
    });
  }

  private async run(
    { overrides }: Trial,
    at: Float64Array,
    follower: Follower | undefined,
  ): Promise<SensitivitySolution> {
    const { signal } = this;
    if (performance.now() - this.rested >= PAUSE_MILLISECONDS) {
      await macrotask();
      this.rested = performance.now();
    }
    if (signal?.aborted) throw new SolveFailure('cancelled', { time: 0, step: 0 });
    this.runs++;
    this.vessel.follower = follower;
    const varied = this.overridesAt(at);
    const merged: Overrides = { ...overrides, ...varied, ...(signal && { signal }) };
    if (overrides.initial) merged.initial = { ...overrides.initial, ...varied.initial };
    if (overrides.parameters) merged.parameters = { ...overrides.parameters, ...varied.parameters };
    return (await this.simulator.runPausing(undefined, merged)) as SensitivitySolution;
  }

  private overridesAt(at: Float64Array): Overrides {
    const parameters: Record<string, number> = {};
    const initial: Record<string, number> = {};
    const constants = new Map<number, number>();
    this.variables.forEach((variable, j) => {
      const { kind, index } = variable.quantity;
      const value = quantityAt(at[j], variable);
      if (kind === 'parameter') parameters[this.network.parameters[index].name] = value;
      else if (kind === 'initial') initial[this.network.species[index].name] = value;
      else constants.set(index, value);
    });
    return {
      ...(Object.keys(parameters).length > 0 && { parameters }),
      ...(Object.keys(initial).length > 0 && { initial }),
      ...(constants.size > 0 && { constants }),
    };
  }

  private rowsOf(solution: SensitivitySolution): Float64Array {
    const width = solution.species.length;
    const rows = new Float64Array(solution.times.length * width);
    for (let i = 0; i < solution.times.length; i++) rows.set(solution.row(i), i * width);
    return rows;
  }
}
