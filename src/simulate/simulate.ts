import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { NetworkSimulator, type RunOverrides, type Simulator } from './simulator.js';
import type { Solution } from './solution.js';
import type { SimulateOptions } from './types.js';

/**
 * Simulates a network once.
 *
 * Long runs let the host's events in every few milliseconds, so that `signal` and `onProgress` work.
 * @throws (rejects) RangeError or TypeError for bad options; SolveFailure, with what was saved as `partial`, when the
 *   run does not reach its end
 */
export async function simulate(network: Network, options: SimulateOptions = {}): Promise<Solution> {
  const simulator = await NetworkSimulator.create(network, options);
  try {
    if (options.signal?.aborted) throw new SolveFailure('cancelled', { time: options.from ?? 0, step: 0 });
    return await simulator.runPausing(options.onProgress);
  } finally {
    simulator.dispose();
  }
}

/**
 * Compiles a network once for many synchronous runs.
 * @throws (rejects) RangeError or TypeError for bad options
 */
export async function createSimulator(network: Network, options: SimulateOptions = {}): Promise<Simulator> {
  return NetworkSimulator.create(network, options);
}

/**
 * Simulates one network with several sets of overrides (`initial`, `parameters`, tolerances, times), one after the
 * other on one engine, in the order given.
 * @throws (rejects) as `simulate`, at the first run that fails
 */
export async function simulateMany(
  network: Network,
  runs: readonly RunOverrides[],
  options: Omit<SimulateOptions, 'onProgress'> & {
    onProgress?: (progress: { done: number; total: number }) => void;
  } = {},
): Promise<Solution[]> {
  const { onProgress, ...shared } = options;
  const simulator = await NetworkSimulator.create(network, shared);
  try {
    const solutions: Solution[] = [];
    let paused = performance.now();
    for (const run of runs) {
      if (options.signal?.aborted) throw new SolveFailure('cancelled', { time: options.from ?? 0, step: 0 });
      solutions.push(simulator.run(run));
      if (performance.now() - paused < PAUSE_MILLISECONDS) continue;
      onProgress?.({ done: solutions.length, total: runs.length });
      await macrotask();
      paused = performance.now();
    }
    onProgress?.({ done: runs.length, total: runs.length });
    return solutions;
  } finally {
    simulator.dispose();
  }
}
