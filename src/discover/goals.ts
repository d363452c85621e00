import type { Experiment } from '../fit/types.js';
import type { Network } from '../network/model.js';
import type { GradientSimulator } from '../sensitivity/gradients.js';
import { createGradientSimulator } from '../sensitivity/loss-gradient.js';
import {
  cotangentsOf,
  type Observations,
  type Points,
  readObservations,
  residualsOf,
} from '../sensitivity/observations.js';
import type { Solution } from '../simulate/solution.js';

interface Trial {
  name: string;
  points: Points;
  initial: Record<string, number>;
}

/** What a network with some constants does, compared with what it is to do. */
export interface Judged {
  /** Half the mean square of (x − wanted)/σ. */
  loss: number;
  /** By rate constant. */
  gradient: Float64Array;
  /** How much passes through each reaction: the largest ∫ rate dt of any run. */
  flows: Float64Array;
}

/** The loss of a network's runs by its rate constants, and its gradient by the kernel's adjoint. */
export class Goals {
  private current!: Trial;
  private readonly flows: Float64Array;
  private constants: Float64Array = new Float64Array();

  private constructor(
    private readonly network: Network,
    private readonly trials: readonly Trial[],
    private readonly simulator: GradientSimulator,
  ) {
    this.flows = new Float64Array(network.reactions.length);
  }

  /** @throws (rejects) RangeError or TypeError for what cannot be wanted of the network */
  static async create(network: Network, wanted: readonly Experiment[]): Promise<Goals> {
    const trials = wanted.map((one, e): Trial => {
      const name = one.name ?? String(e + 1);
      const points = readObservations(network, `experiment ${name}`, one as Observations, 0);
      return { name, points, initial: one.initial ?? {} };
    });
    let goals: Goals | undefined;
    const simulator = await createGradientSimulator(network, (solution) => (goals as Goals).judge(solution), {
      to: 1,
      rtol: 1e-5,
      atol: 1e-8,
      maxSteps: 20_000,
      errorControl: 'state',
    });
    goals = new Goals(network, trials, simulator);
    return goals;
  }

  /**
   * @param part of each experiment's times that are looked at, the first ones
   * @throws SolveFailure when a run does not reach its end
   */
  at(constants: Float64Array, part = 1): Judged {
    const gradient = new Float64Array(constants.length);
    let [squares, count] = [0, 0];
    this.flows.fill(0);
    this.constants = constants;
    for (const trial of this.trials) {
      const seen = within(trial, part);
      this.current = seen;
      const { times, value } = seen.points;
      const { loss, constants: slopes } = this.simulator.run({
        constants,
        initial: seen.initial,
        saveAt: times,
        to: times[times.length - 1],
      });
      squares += loss;
      count += value.length;
      for (let r = 0; r < gradient.length; r++) gradient[r] += slopes[r];
    }
    return { loss: squares / count, gradient: gradient.map((one) => one / count), flows: this.flows.slice() };
  }

  dispose(): void {
    this.simulator.dispose();
  }

  private judge(solution: Solution): { loss: number; cotangents: Float64Array } {
    const { points, initial } = this.current;
    const { times } = points;
    const { network } = this;
    const width = network.species.length;
    const rows = new Float64Array(times.length * width);
    for (let i = 0; i < times.length; i++) rows.set(solution.row(i), i * width);
    this.addFlows(
      times,
      rows,
      network.species.map(({ name }) => initial[name] ?? 0),
    );
    const residuals = residualsOf(points, rows, width);
    const loss = residuals.reduce((sum, residual) => sum + residual * residual, 0) / 2;
    return { loss, cotangents: cotangentsOf(points, residuals, width) };
  }

  /** By trapezoids between saved times: a measure of which reactions matter, not a number to report. */
  private addFlows(times: Float64Array, rows: Float64Array, start: readonly number[]): void {
    const { network, flows, constants } = this;
    const width = network.species.length;
    network.reactions.forEach(({ reactants }, r) => {
      const rateAt = (i: number) =>
        reactants.reduce(
          (rate, { species, value }) =>
            rate * Math.max(0, i < 0 ? start[species] : rows[i * width + species]) ** value,
          constants[r],
        );
      let [sum, last, before] = [0, 0, rateAt(-1)];
      for (let i = 0; i < times.length; i++) {
        const now = rateAt(i);
        sum += ((before + now) / 2) * (times[i] - last);
        last = times[i];
        before = now;
      }
      flows[r] = Math.max(flows[r], sum);
    });
  }
}

/** The first part of a trial. */
function within(trial: Trial, part: number): Trial {
  const { points } = trial;
  if (part === 1) return trial;
  const times = points.times.slice(0, Math.ceil(part * points.times.length));
  const pick = <T extends Int32Array | Float64Array>(all: T): T =>
    all.filter((_, m) => points.row[m] < times.length) as T;
  return {
    ...trial,
    points: {
      ...points,
      times,
      row: pick(points.row),
      column: pick(points.column),
      value: pick(points.value),
      weight: pick(points.weight),
    },
  };
}
