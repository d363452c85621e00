/**
 * Work off a page's main thread: a simulator with the core's interface whose runs a worker does. In Node the package's
 * entry is the Node half, with the same names.
 */
import { createPool } from '../batch/index.js';
import type { Network } from '../network/model.js';
import type { SimulateOptions } from '../simulate/types.js';
import { type WorkerOptions, type WorkerSimulator, workerSimulator } from './worker-simulator.js';

export { PoolError, type PoolErrorCode } from '../batch/errors.js';
export type { WorkerHandle } from '../batch/messages.js';
export type { WorkerOptions, WorkerRunOverrides, WorkerSimulator } from './worker-simulator.js';

/**
 * Makes a simulator whose runs a worker does: the same bits, off the main thread. The worker starts with the first run.
 *
 * ```ts
 * const simulator = await createWorkerSimulator(network, { to: 100 });
 * const solution = await simulator.run({ signal, onProgress: ({ fraction }) => show(fraction) });
 * await simulator.dispose();
 * ```
 * @throws (rejects) RangeError or TypeError for bad options; Error where the engine is not to be had
 */
export async function createWorkerSimulator(
  network: Network,
  options: SimulateOptions = {},
  worker: WorkerOptions = {},
): Promise<WorkerSimulator> {
  return workerSimulator(network, options, () => createPool({ ...worker, size: 1 }));
}
