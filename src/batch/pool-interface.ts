import type { PoolError } from './errors.js';

/** Options of one job. */
export interface JobOptions {
  /** Cancels: the job's promise rejects with the signal's reason at once, and its worker is told to stop. */
  signal?: AbortSignal;
  /**
   * Waits for what a cancelled job itself ends with, where its worker has begun it and answers in time. Default false:
   * rejects at once.
   */
  hearOut?: boolean;
  /** Called when a worker takes the job up. */
  onStart?: () => void;
  /** Called with whatever the job tells of its progress. */
  onProgress?: (value: unknown) => void;
}

/** Options of {@link Pool.map}. */
export interface MapOptions<Out> {
  signal?: AbortSignal;
  /** Called with what job `index` tells of its progress. */
  onProgress?: (index: number, value: unknown) => void;
  /** Called when the worker of job `index` has died and the job is about to be run again. */
  onRetry?: (index: number, error: PoolError) => void;
  /** Called when job `index` is done, in the order in which jobs end. */
  onResult?: (index: number, value: Out) => void;
}

/** Workers that run named jobs, each one job at a time, in the order in which the jobs were asked for. */
export interface Pool {
  /** Most workers at work together. They are started when there is something to do. */
  readonly size: number;
  /**
   * True where jobs outlive this process, as in a queue: a job that is asked for again is known by what it is, and is
   * not done twice.
   */
  readonly durable?: boolean;
  /**
   * Runs one job. Input and result are cloned.
   * @throws what the job throws, with its name, message and `code`; PoolError when the pool could not run it
   */
  run<Out>(job: string, input: unknown, options?: JobOptions): Promise<Out>;
  /**
   * Runs a job for every input; the results come in the order of the inputs, whatever the number of workers. A job
   * whose worker dies is run once more. The first failure cancels the rest and is thrown.
   */
  map<Out>(job: string, inputs: readonly unknown[], options?: MapOptions<Out>): Promise<Out[]>;
  /** Ends all workers; jobs that are not done fail with PoolError `disposed`. Resolves when they have ended. */
  dispose(): Promise<void>;
}
