/** The entry `/web` in Node: the same names, with worker threads. */
import { createPool } from '../batch/node.js';
import type { Network } from '../network/model.js';
import type { SimulateOptions } from '../simulate/types.js';
import { type WorkerOptions, type WorkerSimulator, workerSimulator } from './worker-simulator.js';

export { PoolError } from '../batch/errors.js';

/** See the browser's `createWorkerSimulator`. */
export async function createWorkerSimulator(
  network: Network,
  options: SimulateOptions = {},
  worker: WorkerOptions = {},
): Promise<WorkerSimulator> {
  return workerSimulator(network, options, () => createPool({ ...worker, size: 1 }));
}
