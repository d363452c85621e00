import { useInlinedKernel } from '../engine/inlined.js';
import type { KernelUse } from '../kernels/generated.js';
import type { Network } from '../network/model.js';
import type { EndedRun, RunOverrides } from '../simulate/network-runs.js';
import { NetworkSimulator } from '../simulate/simulator.js';
import type { SimulateOptions } from '../simulate/types.js';
import { toPlainError } from './errors.js';
import type { PlainError } from './messages.js';
import { type JobContext, Moved } from './serve.js';
import { buffersOf } from './simulate-job.js';

/** What the job `run` takes: one run of a simulator that stays in the worker. */
export interface RunJob {
  /** The simulator's, among those of this worker. */
  key: number;
  /** What it is made of: needed by a worker that does not have it. */
  made?: { network: Network; options: Omit<SimulateOptions, 'signal' | 'onProgress'> };
  overrides: Omit<RunOverrides, 'signal'>;
}

/** What it tells, as `onProgress` of `simulate`. */
export type RunJobProgress = Parameters<NonNullable<SimulateOptions['onProgress']>>[0];

/** What it gives back. Its arrays are moved. */
export type RunJobResult =
  | { kind: 'ended'; run: EndedRun; kernels: KernelUse }
  | { kind: 'failed'; error: PlainError; partial?: EndedRun }
  /** The worker has no such simulator. */
  | { kind: 'unknown' };

const simulators = new Map<number, NetworkSimulator>();

/** Runs once with pauses: the job `run` of the package's worker. A run that fails is a result. */
export async function runJob(
  { key, made, overrides }: RunJob,
  { signal, progress }: JobContext,
): Promise<RunJobResult | Moved> {
  let simulator = simulators.get(key);
  if (simulator === undefined) {
    if (made === undefined) return { kind: 'unknown' };
    // Where none was posted.
    useInlinedKernel();
    simulator = await NetworkSimulator.create(made.network, made.options);
    simulators.set(key, simulator);
  }
  let run: EndedRun | undefined;
  try {
    await simulator.runPausing(progress, { ...overrides, signal }, (ended) => {
      run = ended;
    });
    const ended = run as unknown as EndedRun;
    return new Moved({ kind: 'ended', run: ended, kernels: simulator.kernels }, buffersOf(ended));
  } catch (error) {
    const partial = run as EndedRun | undefined;
    const failed = { kind: 'failed', error: toPlainError(error), ...(partial && { partial }) };
    return new Moved(failed, partial ? buffersOf(partial) : []);
  }
}
