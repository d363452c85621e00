import type { Network } from '../network/model.js';
import { EnsembleAssembly } from '../stochastic/assemble.js';
import type { StochasticEnsemble } from '../stochastic/ensemble.js';
import { StochasticFailure, type StochasticFailureDetails } from '../stochastic/failure.js';
import type { KeptRun } from '../stochastic/kept.js';
import { prepareEnsemble } from '../stochastic/prepare-many.js';
import type { StochasticFailureCode, StochasticManyOptions } from '../stochastic/types.js';
import type { PoolError } from './errors.js';
import type { PlainError } from './messages.js';
import type { Pool } from './pool.js';
import { shareOut } from './share-out.js';
import type { StochasticJob, StochasticJobResult } from './stochastic-job.js';

/** Options of {@link simulateStochasticOver}: those of `simulateStochasticMany`, and who does the work. */
export interface StochasticOverOptions extends StochasticManyOptions {
  /** Called when a worker has died: the runs that it had, first to last, are run once more. */
  onRetry?: (lost: { first: number; last: number; error: PoolError }) => void;
}

/** Parts for each worker, and runs of the largest: few enough to tell how far they are. */
const SHARES = 4;
const MOST_RUNS = 1024;

/** How many runs go to a worker at a time: a power of two, as their moments are merged in pairs. */
function share(runs: number, workers: number): number {
  const even = Math.min(MOST_RUNS, runs / (SHARES * workers));
  let size = 1;
  while (2 * size <= even) size *= 2;
  return size;
}

/** A failure of a worker's run, again. */
function failureOf({ details }: PlainError): StochasticFailure {
  const { code, ...rest } = details as unknown as StochasticFailureDetails & { code: StochasticFailureCode };
  return new StochasticFailure(code, rest);
}

/**
 * `simulateStochasticMany` over the workers of a pool. What it gives does not depend on their number, to the last bit.
 * @throws (rejects) as `simulateStochasticMany`; PoolError whose `index` is the first of the runs with which two workers have
 *   died
 */
export async function simulateStochasticOver(
  pool: Pool,
  network: Network,
  runs: number,
  { onRetry, ...options }: StochasticOverOptions = {},
): Promise<StochasticEnsemble> {
  const { prepared, first, keep } = prepareEnsemble(network, runs, options);
  const { signal, onProgress, first: _, keep: __, ...shared } = options;
  const assembly = new EnsembleAssembly(prepared, first);
  const cancelled = () => new StochasticFailure('cancelled', { time: prepared.from, events: 0 });
  if (signal?.aborted) throw assembly.complete(cancelled(), 0, undefined);
  let partial: { k: number; run: KeptRun | undefined } | undefined;
  const failure = await shareOut<StochasticJobResult>(pool, {
    job: 'stochastic',
    total: runs,
    size: share(runs, pool.size),
    input: (from, end): StochasticJob => ({
      network,
      options: shared,
      first: first + from,
      count: end - from,
      keep,
    }),
    take: (from, result) => {
      assembly.add(from, result.part);
      if (result.failure === undefined) return undefined;
      const { k, error, partial: run } = result.failure;
      if (partial === undefined || from + k < partial.k) partial = { k: from + k, run };
      return { k: from + k, error: failureOf(error) };
    },
    again: (from, end) => [[from, end]],
    signal,
    onProgress,
    onRetry,
  });
  if (signal?.aborted) throw assembly.complete(cancelled(), assembly.count, undefined);
  if (failure === undefined) return assembly.finish();
  const { k, error } = failure;
  throw error instanceof StochasticFailure ? assembly.complete(error, k, partial?.run) : error;
}

/** Options of the batch entry's `simulateStochasticMany`. */
export interface StochasticManyOverOptions extends StochasticOverOptions {
  /** Workers to start, or `'auto'`: what the machine can run at the same time. Default `'auto'`. */
  workers?: number | 'auto';
}

/** `simulateStochasticMany` with workers of its own, which end with it. */
export const simulateStochasticManyWith =
  (createPool: (options: { size?: number }) => Pool) =>
  async (
    network: Network,
    runs: number,
    { workers = 'auto', ...options }: StochasticManyOverOptions = {},
  ): Promise<StochasticEnsemble> => {
    const pool = createPool(workers === 'auto' ? {} : { size: workers });
    try {
      return await simulateStochasticOver(pool, network, runs, options);
    } finally {
      await pool.dispose();
    }
  };
