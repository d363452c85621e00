import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { cancelIfAsked, type SimulateManyOptions } from '../simulate/many.js';
import { NetworkRuns, type RunOverrides } from '../simulate/network-runs.js';
import type { Solution } from '../simulate/solution.js';
import { fromPlainError, type PoolError } from './errors.js';
import type { Pool } from './pool.js';
import { shareOut } from './share-out.js';
import type { SimulateJob, SimulateJobResult } from './simulate-job.js';

/** Options of {@link simulateOver}: those of `simulateMany`, and who does the work. */
export interface SimulateOverOptions extends SimulateManyOptions {
  /** Called when a worker has died: the runs that it had, first to last, are each run once more. */
  onRetry?: (lost: { first: number; last: number; error: PoolError }) => void;
}

/** Runs that a worker has at a time: few enough to share out evenly, many enough to fill its vectors. */
const MOST_RUNS = 64;
const SHARES = 4;

/** How many runs go to a worker at a time; an even number, so that none is left without company. */
function share(runs: number, workers: number): number {
  return Math.min(MOST_RUNS, 2 * Math.ceil(runs / (2 * SHARES * workers)));
}

/**
 * `simulateMany` over the workers of a pool. What a run gives does not depend on who runs it, or beside what.
 * @throws (rejects) as `simulateMany`; PoolError whose `index` is the run with which two workers have died
 */
export async function simulateOver(
  pool: Pool,
  network: Network,
  runs: readonly RunOverrides[],
  { signal, onProgress, onRetry, ...options }: SimulateOverOptions = {},
): Promise<Solution[]> {
  cancelIfAsked({ signal, ...options });
  useInlinedKernel();
  const all = new NetworkRuns(network, options);
  await all.ready();
  const solutions: Solution[] = [];
  const failure = await shareOut<SimulateJobResult>(pool, {
    job: 'simulate',
    total: runs.length,
    size: share(runs.length, pool.size),
    input: (first, end): SimulateJob => ({ network, runs: runs.slice(first, end), options }),
    take: (first, result) => {
      result.ended.forEach((run, k) => {
        if (run) solutions[first + k] = all.solution(all.prepared(runs[first + k]), run);
      });
      if (result.failure === undefined) return undefined;
      const { k, error, partial } = result.failure;
      const thrown = fromPlainError(error);
      if (thrown instanceof SolveFailure && partial) {
        thrown.partial = all.solution(all.prepared(runs[first + k]), partial);
      }
      return { k: first + k, error: thrown };
    },
    // One by one, so that a run that kills its worker is known.
    again: (first, end) => Array.from({ length: end - first }, (_, k) => [first + k, first + k + 1]),
    signal,
    onProgress,
    onRetry,
  });
  cancelIfAsked({ signal, ...options });
  if (failure !== undefined) throw failure.error;
  return solutions;
}

/** Options of the batch entry's `simulateMany`. */
export interface SimulateManyOverOptions extends SimulateOverOptions {
  /** Workers to start, or `'auto'`: what the machine can run at the same time. Default `'auto'`. */
  workers?: number | 'auto';
}

/** `simulateMany` with workers of its own, which end with it. */
export const simulateManyWith =
  (createPool: (options: { size?: number }) => Pool) =>
  async (
    network: Network,
    runs: readonly RunOverrides[],
    { workers = 'auto', ...options }: SimulateManyOverOptions = {},
  ): Promise<Solution[]> => {
    const pool = createPool(workers === 'auto' ? {} : { size: workers });
    try {
      return await simulateOver(pool, network, runs, options);
    } finally {
      await pool.dispose();
    }
  };
