import { fromPlainError } from '../batch/errors.js';
import type { WorkerHandle } from '../batch/messages.js';
import type { Pool } from '../batch/pool.js';
import type { RunJob, RunJobProgress, RunJobResult } from '../batch/run-job.js';
import { useInlinedKernel } from '../engine/inlined.js';
import type { KernelUse } from '../kernels/generated.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { NetworkRuns, type RunOverrides } from '../simulate/network-runs.js';
import type { Solution } from '../simulate/solution.js';
import type { SimulateOptions } from '../simulate/types.js';

/** What a run in a worker may change of the options its simulator was made with. */
export interface WorkerRunOverrides extends RunOverrides {
  /** Called with the time reached, some times a second. Default: the simulator's own. */
  onProgress?: SimulateOptions['onProgress'];
}

/** A {@link Simulator} whose runs are done by a worker, one after the other in the order in which they are asked for. */
export interface WorkerSimulator {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /** What the last run ended with. */
  readonly kernels: KernelUse;
  /**
   * Runs to the end, elsewhere. The solution's arrays are moved, not copied. Its `at`, between saved rows, integrates
   * on in this thread.
   * @throws (rejects) SolveFailure when the end is not reached or the run is cancelled, with what was saved as `partial`
   *   unless the worker had to be ended; RangeError or TypeError for bad overrides; PoolError `workerDied` when the
   *   worker ended, `disposed` after `dispose`. The next run gets a new worker.
   */
  run(overrides?: WorkerRunOverrides): Promise<Solution>;
  /** Ends the worker; runs that are not done reject. */
  dispose(): Promise<void>;
}

/** Options of `createWorkerSimulator` beside those of its runs. */
export interface WorkerOptions {
  /**
   * Starts the worker; called again when one has died. Default: `new Worker` of the package's `worker.js`, which lies
   * beside this file and which Vite and webpack find by themselves. Elsewhere give one of the export `neural-crn/worker`.
   */
  createWorker?: () => Worker | WorkerHandle;
}

let lastKey = 0;

/** The worker's half is the job `run`. */
export async function workerSimulator(
  network: Network,
  options: SimulateOptions,
  createPool: () => Pool,
): Promise<WorkerSimulator> {
  const { signal: ownSignal, onProgress: ownProgress, ...own } = options;
  const runs = new NetworkRuns(network, options);
  useInlinedKernel();
  await runs.ready();
  const pool = createPool();
  const key = ++lastKey;
  let kernels: KernelUse = { kind: 'interpreted', note: undefined };
  /** Whether the worker has been sent the network; one that has died has not. */
  let isSent = false;

  const send = async (job: RunJob, options: Parameters<Pool['run']>[2]): Promise<RunJobResult> => {
    const whole: RunJob = { ...job, made: { network, options: own } };
    const isFirst = !isSent;
    isSent = true;
    const result = await pool.run<RunJobResult>('run', isFirst ? whole : job, options);
    return result.kind === 'unknown' ? pool.run<RunJobResult>('run', whole, options) : result;
  };

  const run = async (given: WorkerRunOverrides = {}): Promise<Solution> => {
    const { signal = ownSignal, onProgress = ownProgress, ...overrides } = given;
    const prepared = runs.prepared({ ...overrides, ...(signal && { signal }) });
    let reached: Pick<RunJobProgress, 'time' | 'steps'> = { time: prepared.from, steps: 0 };
    const cancelled = () => new SolveFailure('cancelled', { time: reached.time, step: reached.steps });
    if (signal?.aborted) throw cancelled();
    let result: RunJobResult;
    try {
      result = await send(
        { key, overrides },
        {
          ...(signal && { signal }),
          hearOut: true,
          onProgress: (progress) => {
            reached = progress as RunJobProgress;
            onProgress?.(reached as RunJobProgress);
          },
        },
      );
    } catch (error) {
      // Cancelled before it began, or in a worker that did not hear of it.
      if (signal?.aborted && error === signal.reason) throw cancelled();
      throw error;
    }
    if (result.kind === 'ended') {
      kernels = result.kernels;
      return runs.solution(prepared, result.run);
    }
    if (result.kind === 'unknown') throw new Error('the worker forgot its simulator at once');
    const error = fromPlainError(result.error);
    if (error instanceof SolveFailure && result.partial) {
      error.partial = runs.solution(prepared, result.partial);
    }
    throw error;
  };

  return {
    species: runs.species,
    get kernels() {
      return kernels;
    },
    run,
    dispose: () => pool.dispose(),
  };
}
