import type { PoolError } from './errors.js';
import type { Pool } from './pool-interface.js';

/** Runs a job of a list in the end, perhaps more than once. */
type Persist = <Out>(
  index: number,
  run: () => Promise<Out>,
  onRetry?: (index: number, error: PoolError) => void,
) => Promise<Out>;

/** `map` of a pool, by its `run`: the results come in the order of the inputs, and the first failure cancels the rest. */
export const mapWith =
  (run: Pool['run'], persist: Persist): Pool['map'] =>
  async (job, inputs, options = {}) => {
    const { signal, onProgress, onRetry, onResult } = options;
    const rest = new AbortController();
    const stop = () => rest.abort(signal?.reason);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.all(
        inputs.map(async (input, index) => {
          const once = () =>
            run<never>(job, input, {
              signal: rest.signal,
              onProgress: (progress) => onProgress?.(index, progress),
            });
          const value = await persist(index, once, onRetry);
          onResult?.(index, value);
          return value;
        }),
      );
    } catch (error) {
      rest.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };
