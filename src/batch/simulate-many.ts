import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { cancelIfAsked, type SimulateManyOptions } from '../simulate/many.js';
import { NetworkRuns, type RunOverrides } from '../simulate/network-runs.js';
import type { Solution } from '../simulate/solution.js';
import { fromPlainError, PoolError } from './errors.js';
import { isLoss, type Pool } from './pool.js';
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
  const total = runs.length;
  const done = new Map<number, number>();
  let failure: { k: number; error: unknown } | undefined;
  const parts = new Set<{ first: number; stop: AbortController }>();
  /** What comes after a failure is not asked for any more. */
  const fail = (k: number, error: unknown) => {
    if (failure !== undefined && failure.k < k) return;
    failure = { k, error };
    for (const { first, stop } of parts) if (first > k) stop.abort(error);
  };
  const tell = (first: number, ended: number) => {
    done.set(first, ended);
    let sum = 0;
    for (const count of done.values()) sum += count;
    onProgress?.({ done: sum, total });
  };
  const take = (first: number, result: SimulateJobResult) => {
    result.ended.forEach((run, k) => {
      if (run) solutions[first + k] = all.solution(all.prepared(runs[first + k]), run);
    });
    if (result.failure === undefined) return;
    const { k, error, partial } = result.failure;
    const thrown = fromPlainError(error);
    if (thrown instanceof SolveFailure && partial) {
      thrown.partial = all.solution(all.prepared(runs[first + k]), partial);
    }
    fail(first + k, thrown);
  };
  const run = async (first: number, end: number, isSecond: boolean): Promise<void> => {
    if (failure !== undefined && failure.k < first) return;
    const stop = new AbortController();
    const part = { first, stop };
    const cancel = () => stop.abort(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    parts.add(part);
    try {
      const job: SimulateJob = { network, runs: runs.slice(first, end), options };
      const result = await pool.run<SimulateJobResult>('simulate', job, {
        signal: stop.signal,
        onProgress: (ended) => tell(first, ended as number),
      });
      tell(first, end - first);
      take(first, result);
    } catch (error) {
      if (!isLoss(error)) fail(first, error);
      else if (isSecond)
        fail(first, new PoolError('workerDied', `run ${first}, twice: ${error.message}`, first));
      else {
        done.delete(first);
        onRetry?.({ first, last: end - 1, error });
        // One by one, so that a run that kills its worker is known.
        const again = Array.from({ length: end - first }, (_, k) => run(first + k, first + k + 1, true));
        await Promise.all(again);
      }
    } finally {
      parts.delete(part);
      signal?.removeEventListener('abort', cancel);
    }
  };
  const size = share(total, pool.size);
  const begun: Promise<void>[] = [];
  for (let first = 0; first < total; first += size)
    begun.push(run(first, Math.min(first + size, total), false));
  await Promise.all(begun);
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
