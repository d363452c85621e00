import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import { NetworkSimulator, type Simulator } from './simulator.js';
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
  const simulator = await NetworkSimulator.create(network, options, 'one');
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
