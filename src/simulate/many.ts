import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { NetworkSimulator, type RunOverrides } from './simulator.js';
import type { Solution } from './solution.js';
import type { SimulateOptions } from './types.js';

/** Options of {@link simulateMany}: those of `simulate` for all its runs. */
export interface SimulateManyOptions extends Omit<SimulateOptions, 'onProgress'> {
  /** Called now and then with the number of runs that have ended, and at the end. */
  onProgress?: (progress: { done: number; total: number }) => void;
}

/**
 * Simulates one network with several sets of overrides (`initial`, `parameters`, tolerances, times) on one engine. Two
 * runs at a time share the engine's vectors where they can; every result is what a run by itself gives, to the last bit.
 * @returns the solutions in the order of the runs
 * @throws (rejects) as `simulate`, with the first run that fails
 */
export async function simulateMany(
  network: Network,
  runs: readonly RunOverrides[],
  options: SimulateManyOptions = {},
): Promise<Solution[]> {
  const { onProgress, ...shared } = options;
  const simulator = await NetworkSimulator.create(network, shared);
  const cancelIfAsked = () => {
    if (options.signal?.aborted) throw new SolveFailure('cancelled', { time: options.from ?? 0, step: 0 });
  };
  try {
    if (runs.length > 0) cancelIfAsked();
    const solutions: Solution[] = [];
    let paused = performance.now();
    for (const done of simulator.runMany(runs, solutions)) {
      if (performance.now() - paused < PAUSE_MILLISECONDS) continue;
      onProgress?.({ done, total: runs.length });
      await macrotask();
      cancelIfAsked();
      paused = performance.now();
    }
    onProgress?.({ done: runs.length, total: runs.length });
    return solutions;
  } finally {
    simulator.dispose();
  }
}
