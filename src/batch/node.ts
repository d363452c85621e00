/** Batches in Node: the one file that knows worker threads. The same names as the browser's entry. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PoolOptions } from './index.js';
import { postedKernels } from './kernel-for.js';
import type { WorkerHandle } from './messages.js';
import { makePool, type Pool } from './pool.js';
import { robustnessWith } from './robustness.js';
import { simulateManyWith } from './simulate-many.js';
import { simulateStochasticManyWith } from './stochastic-many.js';

export * from './shared.js';

/** Workers that this machine can run at the same time. */
export const defaultSize = (): number => availableParallelism();

/** Starts a worker thread: see the browser's `startWorker`. */
export const startWorker = (script: URL): WorkerHandle =>
  threadWorker(new Worker(script, { name: 'neural-crn' }));

function threadWorker(worker: Worker): WorkerHandle {
  return {
    post: (message) => worker.postMessage(message),
    listen({ message, end }) {
      let reason: string | undefined;
      worker.on('message', message);
      worker.on('messageerror', (error) => end(`a message could not be read: ${error.message}`));
      // Comes before `exit`, and says why.
      worker.on('error', (error) => {
        reason = `${error.name}: ${error.message}`;
      });
      worker.on('exit', (code) => end(reason ?? `it exited with code ${code}`));
    },
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/** Starts a pool: see the browser's `createPool`. Default size: the processors available. */
export function createPool({ size, createWorker }: PoolOptions = {}): Pool {
  return makePool({
    size: size ?? defaultSize(),
    kernels: postedKernels,
    createWorker: () => {
      const worker = createWorker?.() ?? startWorker(new URL('./worker.js', import.meta.url));
      return 'listen' in worker ? worker : threadWorker(worker as unknown as Worker);
    },
  });
}

/**
 * `simulateMany` of the main entry, by workers of its own: the same solutions to the last bit, whatever their number. For
 * several lists give `simulateOver` a pool to keep.
 */
export const simulateMany = /* @__PURE__ */ simulateManyWith(createPool);

/** How something bears up when it is not quite as it was designed, by workers of its own: see {@link robustnessOver}. */
export const robustness = /* @__PURE__ */ robustnessWith(createPool);

/**
 * `simulateStochasticMany` of the main entry, by workers of its own: the same ensemble to the last bit, whatever their number.
 * For several ensembles give `simulateStochasticOver` a pool to keep.
 */
export const simulateStochasticMany = /* @__PURE__ */ simulateStochasticManyWith(createPool);
