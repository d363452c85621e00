import type { PostedKernel } from '../engine/posted.js';
import type { KernelBuild } from '../engine/types.js';
import { fromPlainError, PoolError } from './errors.js';
import { mapWith } from './map.js';
import type { FromWorker, WorkerHandle } from './messages.js';
import type { JobOptions, Pool } from './pool-interface.js';
import { Watched } from './watched.js';

export type { JobOptions, MapOptions, Pool } from './pool-interface.js';

/** Which kernels a pool posts with its jobs: its workers have none of their own. */
export interface PostedKernels {
  /** What a job needs. */
  build(job: string, input: unknown): KernelBuild;
  post(build: KernelBuild): Promise<PostedKernel>;
}

export interface PoolSettings {
  /** Whole number ≥ 1. */
  size: number;
  /** Starts a worker whose script calls `serve`. */
  createWorker: () => WorkerHandle;
  /** The kernels that are posted with jobs. None starts before its own is there, or cannot be. */
  kernels?: PostedKernels;
  /** Milliseconds that a cancelled job has for coming to its end before its worker is ended. Default 5000. */
  grace?: number;
}

interface Waiting {
  id: number;
  job: string;
  input: unknown;
  options: JobOptions;
  resolve: (value: never) => void;
  reject: (reason: unknown) => void;
}

interface Slot {
  handle: WorkerHandle;
  /** What it is busy with; also a cancelled job that has not answered yet. */
  task: Waiting | undefined;
  /** Ends a worker that does not hear that its job is cancelled. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Runs a job of a list, and once more when its worker dies. @throws PoolError naming its place when that one dies too */
export async function twice<Out>(
  index: number,
  run: () => Promise<Out>,
  onRetry?: (index: number, error: PoolError) => void,
): Promise<Out> {
  try {
    return await run();
  } catch (error) {
    if (!isLoss(error)) throw error;
    onRetry?.(index, error);
  }
  try {
    return await run();
  } catch (error) {
    throw isLoss(error)
      ? new PoolError('workerDied', `number ${index} of the list, run twice: ${error.message}`, index)
      : error;
  }
}

export const isLoss = (error: unknown): error is PoolError =>
  error instanceof PoolError && error.code === 'workerDied';

/** A pool of workers of one kind: the same in Node and in pages, where `createPool` knows the workers' script. */
export function makePool({ size, createWorker, kernels: posted, grace = 5000 }: PoolSettings): Pool {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`size must be an integer ≥ 1, got ${size}`);
  const queue: Waiting[] = [];
  const slots = new Set<Slot>();
  const ending = new Set<Promise<void>>();
  const watched = new Watched<Waiting>((task, reason) => cancel(task, reason));
  let disposed = false;
  let lastId = 0;
  /** What there is of each build, or that it is not to be had. */
  const kernels = new Map<KernelBuild, PostedKernel | undefined>();
  const compiling = new Set<KernelBuild>();

  const settle = (task: Waiting, finish: () => void) => {
    watched.remove(task.options.signal, task);
    finish();
  };

  /** Takes a worker out for good. */
  const retire = (slot: Slot) => {
    slots.delete(slot);
    clearTimeout(slot.timer);
    const end = Promise.resolve(slot.handle.terminate()).then(
      () => {},
      () => {},
    );
    ending.add(end);
    void end.then(() => ending.delete(end));
  };

  const free = (slot: Slot) => {
    clearTimeout(slot.timer);
    slot.timer = undefined;
    slot.task = undefined;
    slot.handle.hold(false);
  };

  const hear = (slot: Slot, message: FromWorker) => {
    const { task } = slot;
    // One that is being ended may still answer; nothing must be done to it then, or its end is not waited for.
    if (!slots.has(slot) || task === undefined || task.id !== message.id) return;
    if (message.type === 'progress') {
      if (slot.timer === undefined) task.options.onProgress?.(message.value);
      return;
    }
    free(slot);
    settle(task, () => {
      if (message.type === 'result') task.resolve(message.value as never);
      else task.reject(fromPlainError(message.error));
    });
    dispatch();
  };

  const lose = (slot: Slot, reason: string) => {
    if (!slots.has(slot)) return;
    const { task } = slot;
    retire(slot);
    if (task !== undefined) {
      const error = new PoolError(
        'workerDied',
        `the worker that ran job "${task.job}" ended before it was done: ${reason}`,
      );
      settle(task, () => task.reject(error));
    }
    dispatch();
  };

  const openSlot = (): Slot => {
    const slot: Slot = { handle: createWorker(), task: undefined, timer: undefined };
    slots.add(slot);
    slot.handle.listen({
      message: (message) => hear(slot, message),
      end: (reason) => lose(slot, reason),
    });
    return slot;
  };

  const idleSlot = (): Slot | undefined => {
    for (const slot of slots) if (slot.task === undefined) return slot;
    return slots.size < size ? openSlot() : undefined;
  };

  /** A worker without a kernel says why there is none, if its job asks for it. */
  const compileFirst = async (build: KernelBuild) => {
    if (compiling.has(build)) return;
    compiling.add(build);
    let kernel: PostedKernel | undefined;
    try {
      kernel = await posted?.post(build);
    } catch {
      // See above.
    }
    kernels.set(build, kernel);
    dispatch();
  };

  function dispatch(): void {
    while (queue.length > 0 && !disposed) {
      const { job, input } = queue[0];
      const build = posted?.build(job, input);
      if (build !== undefined && !kernels.has(build)) {
        void compileFirst(build);
        return;
      }
      const kernel = build && kernels.get(build);
      let slot: Slot | undefined;
      try {
        slot = idleSlot();
        if (slot === undefined) return;
        const task = queue.shift() as Waiting;
        slot.task = task;
        slot.handle.hold(true);
        task.options.onStart?.();
        slot.handle.post({
          type: 'run',
          id: task.id,
          job: task.job,
          input: task.input,
          ...(kernel && { kernel }),
        });
      } catch (error) {
        // No worker could be started, or the input cannot be cloned: this job fails, the next may do better.
        const task = slot?.task ?? (queue.shift() as Waiting);
        if (slot !== undefined) free(slot);
        settle(task, () => task.reject(error));
      }
    }
  }

  function cancel(task: Waiting, reason: unknown): void {
    const place = queue.indexOf(task);
    if (place >= 0) queue.splice(place, 1);
    const waits = place < 0 && task.options.hearOut === true;
    for (const slot of slots) {
      if (slot.task !== task || slot.timer !== undefined) continue;
      slot.timer = setTimeout(() => {
        retire(slot);
        if (waits) settle(task, () => task.reject(reason));
        dispatch();
      }, grace);
      // A timer is a number in pages. The busy worker keeps the process alive until then.
      (slot.timer as { unref?: () => void }).unref?.();
      slot.handle.post({ type: 'cancel', id: task.id });
    }
    if (!waits) settle(task, () => task.reject(reason));
  }

  const run = <Out>(job: string, input: unknown, options: JobOptions = {}) =>
    new Promise<Out>((resolve, reject) => {
      const { signal } = options;
      if (disposed) throw new PoolError('disposed', `the pool is disposed of and cannot run "${job}"`);
      signal?.throwIfAborted();
      const task: Waiting = { id: ++lastId, job, input, options, resolve, reject };
      watched.add(signal, task);
      queue.push(task);
      dispatch();
    });

  const dispose = async () => {
    disposed = true;
    const unfinished = queue.splice(0);
    for (const slot of [...slots]) {
      if (slot.task !== undefined) unfinished.push(slot.task);
      retire(slot);
    }
    for (const task of unfinished) {
      settle(task, () =>
        task.reject(new PoolError('disposed', `the pool was disposed of before job "${task.job}" was done`)),
      );
    }
    await Promise.all(ending);
  };

  return { size, run, map: mapWith(run, twice), dispose };
}
