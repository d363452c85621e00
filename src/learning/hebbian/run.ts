import type { HebbianCircuit } from '../../circuits/index.js';
import { positive } from '../../network/limits.js';
import { simulate } from '../../simulate/inlined.js';
import type { SimulateOptions } from '../../simulate/types.js';
import { simulateStochastic } from '../../stochastic/inlined.js';
import type { StochasticOptions } from '../../stochastic/types.js';
import { poissonSpikes, type Spike, spikeSchedule } from './spikes.js';
import type { HebbianTask } from './tasks.js';

export interface HebbianRunOptions extends Pick<SimulateOptions, 'rtol' | 'atol' | 'engine' | 'signal'> {
  /** Of the spike trains; of molecules, too. Default 0. */
  seed?: number;
  /** Molecules that a concentration of 1 stands for: a stochastic run. Default: a deterministic one. */
  volume?: number;
  /** Time between rows. Default 1. */
  every?: number;
  onProgress?: (progress: { time: number; fraction: number }) => void;
}

/** What a neuron did under a spike train. Plain data, times in the unit of the constants. */
export interface HebbianRun {
  seed: number;
  spikes: Spike[];
  times: Float64Array;
  membrane: Float64Array;
  signal: Float64Array;
  /** Channel by channel. */
  weights: Float64Array[];
  /** Mean weights over the last quarter of each pattern, channel by channel. */
  settled: number[][];
  /** Of each pattern: mean of the weights that ought to be strong over the mean of the others. */
  ratios: number[];
}

/**
 * The spike trains of a task, and until when they last.
 * @throws RangeError for a task that does not fit the neuron
 */
export function taskSpikes(
  { settings: { channels } }: HebbianCircuit,
  { patterns }: HebbianTask,
  seed = 0,
): { spikes: Spike[]; to: number } {
  const wrong = patterns.find(({ rates }) => rates.length !== channels);
  if (wrong !== undefined) {
    throw new RangeError(
      `channels: the task has spike trains for ${wrong.rates.length}, the neuron has ${channels}`,
    );
  }
  return { spikes: poissonSpikes(patterns, seed), to: patterns[patterns.length - 1].to };
}

/** How much of a pattern's end is averaged. */
const LAST = 0.25;

/**
 * Runs a Hebbian neuron under a task's spike trains, which the seed decides: deterministically, or with a volume by molecules.
 * @throws (rejects) RangeError or TypeError for a task that does not fit the neuron; what the simulation fails with
 */
export async function runHebbian(
  circuit: HebbianCircuit,
  task: HebbianTask,
  options: HebbianRunOptions = {},
): Promise<HebbianRun> {
  const { seed = 0, volume, every = 1, rtol = 1e-6, atol = 1e-9, engine, signal, onProgress } = options;
  positive({ every });
  const { patterns, strong } = task;
  const { spikes, to } = taskSpikes(circuit, task, seed);
  const count = Math.round(to / every);
  const shared = {
    to,
    saveAt: Float64Array.from({ length: count + 1 }, (_, k) => (k === count ? to : k * every)),
    schedule: spikeSchedule(circuit, spikes, to),
    ...(engine && { engine }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  } satisfies StochasticOptions & SimulateOptions;
  const solution =
    volume === undefined
      ? await simulate(circuit.network, { ...shared, rtol, atol })
      : await simulateStochastic(circuit.network, { ...shared, volume, seed });
  const column = (name: string) => Float64Array.from(solution.column(name));
  const times = Float64Array.from(solution.times);
  const weights = circuit.weights.map(column);
  const settled = patterns.map(({ to: end }, p) => {
    const begin = p === 0 ? 0 : patterns[p - 1].to;
    const rows = [...times.keys()].filter((k) => times[k] >= end - LAST * (end - begin) && times[k] <= end);
    return weights.map((values) => mean(rows.map((k) => values[k])));
  });
  const ratios = settled.map((values, p) => {
    const isStrong = (n: number) => (strong[p] as readonly number[]).includes(n + 1);
    return mean(values.filter((_, n) => isStrong(n))) / mean(values.filter((_, n) => !isStrong(n)));
  });
  return {
    seed,
    spikes,
    times,
    membrane: column(circuit.membrane),
    signal: column(circuit.signal),
    weights,
    settled,
    ratios,
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
