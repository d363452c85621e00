/** Stores of sweeps in files: for Node. */
import type { SweepPlan } from '../sweep/plan.js';
import { FileStore, type OpenStoreOptions } from './store.js';

export { StoreError, type StoreErrorCode } from './errors.js';
export { FileStore, type OpenStoreOptions } from './store.js';

/**
 * Opens the store of a sweep, or makes it: what `runSweep` keeps its outcomes in, and goes on from.
 *
 * ```ts
 * const plan = planSweep(sweep);
 * const store = openStore('out/results.jsonl', plan);
 * const { outcomes } = await runSweep(pool, plan, { store });
 * store.close();
 * ```
 * @throws StoreError
 */
export const openStore = (path: string, plan: SweepPlan, options?: OpenStoreOptions): FileStore =>
  FileStore.open(path, plan, options);
