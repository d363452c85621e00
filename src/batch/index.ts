/**
 * Batches: many jobs over a pool of workers, with the same results whatever their number. In Node the package's
 * entry is the Node half, with the same names; this one is for pages.
 */
import { postedKernels } from './kernel-for.js';
import type { WorkerHandle } from './messages.js';
import { makePool, type Pool } from './pool.js';
import { robustnessWith } from './robustness.js';
import { simulateManyWith } from './simulate-many.js';
import { simulateStochasticManyWith } from './stochastic-many.js';
import { handleOf, webWorker } from './web.js';

export * from './shared.js';

export interface PoolOptions {
  /** Workers, a whole number ≥ 1. Default: what the machine can run at the same time. */
  size?: number;
  /**
   * Starts a worker whose script calls `serve`, by `new Worker` or {@link startWorker}. Default: the package's own, which
   * knows the jobs `train`, `learn`, `simulate` and `stochastic`.
   */
  createWorker?: () => Worker | WorkerHandle;
}

/** Workers that this machine can run at the same time. */
export const defaultSize = (): number => Math.max(1, navigator.hardwareConcurrency || 1);

/** Starts a worker from a script, an ES module: what `createWorker` is to return. */
export const startWorker = (script: URL): WorkerHandle => webWorker(new Worker(script, { type: 'module' }));

/**
 * Starts a pool of workers.
 *
 * ```ts
 * const pool = createPool();
 * const seeds = [0, 1, 2, 3].map((seed) => ({ task: 'xor', seed }));
 * const results = await pool.map<TrainJobResult>('train', seeds);
 * await pool.dispose();
 * ```
 */
export function createPool({ size, createWorker }: PoolOptions = {}): Pool {
  return makePool({
    size: size ?? defaultSize(),
    kernels: postedKernels,
    createWorker: () =>
      // Written so that bundlers find the script.
      handleOf(createWorker?.() ?? new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })),
  });
}

/**
 * `simulateMany` of the main entry, by workers of its own: the same solutions to the last bit, whatever their number. For
 * several lists give {@link simulateOver} a pool to keep.
 */
export const simulateMany = /* @__PURE__ */ simulateManyWith(createPool);

/** How something bears up when it is not quite as it was designed, by workers of its own: see {@link robustnessOver}. */
export const robustness = /* @__PURE__ */ robustnessWith(createPool);

/**
 * `simulateStochasticMany` of the main entry, by workers of its own: the same ensemble to the last bit, whatever their number.
 * For several ensembles give {@link simulateStochasticOver} a pool to keep.
 */
export const simulateStochasticMany = /* @__PURE__ */ simulateStochasticManyWith(createPool);
