import { PoolError } from './errors.js';
import { isLoss, type Pool } from './pool.js';

/** Runs to be shared out among the workers of a pool, in parts of consecutive ones. */
export interface Shares<Result> {
  job: string;
  total: number;
  /** Runs that a worker has at a time. */
  size: number;
  /** What the job is given for the runs from `first` to before `end`. It tells how many of them have ended. */
  input(first: number, end: number): unknown;
  /** Takes what a part has come to. @returns the first of its runs that has failed, if one has, and with what */
  take(first: number, result: Result): Failure | undefined;
  /** How a part is cut when its worker has died and it is run once more: pairs of first run and the one after the last. */
  again(first: number, end: number): [first: number, end: number][];
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
  onRetry?: ((lost: { first: number; last: number; error: PoolError }) => void) | undefined;
}

export interface Failure {
  /** Place of the run. */
  k: number;
  error: unknown;
}

/**
 * Shares runs out. When one fails, later ones are dropped and earlier ones go on: what is thrown is what one after the
 * other would have thrown first.
 * @returns the first run that has failed, or undefined; a PoolError whose `index` is the run with which two workers have
 *   died is a failure, too
 */
export async function shareOut<Result>(pool: Pool, shares: Shares<Result>): Promise<Failure | undefined> {
  const { job, total, size, signal, onProgress, onRetry } = shares;
  const done = new Map<number, number>();
  let failure: Failure | undefined;
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
  const run = async (first: number, end: number, isSecond: boolean): Promise<void> => {
    if (failure !== undefined && failure.k < first) return;
    const stop = new AbortController();
    const part = { first, stop };
    parts.add(part);
    try {
      const result = await pool.run<Result>(job, shares.input(first, end), {
        signal: stop.signal,
        onProgress: (ended) => tell(first, ended as number),
      });
      tell(first, end - first);
      const failed = shares.take(first, result);
      if (failed !== undefined) fail(failed.k, failed.error);
    } catch (error) {
      if (!isLoss(error)) fail(first, error);
      else if (isSecond) {
        const which = end - first === 1 ? `run ${first}` : `runs ${first} to ${end - 1}`;
        fail(first, new PoolError('workerDied', `${which}, twice: ${error.message}`, first));
      } else {
        done.delete(first);
        onRetry?.({ first, last: end - 1, error });
        await Promise.all(shares.again(first, end).map(([from, to]) => run(from, to, true)));
      }
    } finally {
      parts.delete(part);
    }
  };
  // One listener for all parts: hosts warn of a signal with many.
  const cancel = () => {
    for (const { stop } of parts) stop.abort(signal?.reason);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const begun: Promise<void>[] = [];
    for (let first = 0; first < total; first += size)
      begun.push(run(first, Math.min(first + size, total), false));
    await Promise.all(begun);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  return failure;
}
