import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import type { RunOverrides } from './network-runs.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { runMany } from './run-many.js';
import { NetworkSimulator } from './simulator.js';
import type { Solution } from './solution.js';
import type { SimulateOptions } from './types.js';

/** Options of {@link simulateMany}: those of `simulate` for all its runs. */
export interface SimulateManyOptions extends Omit<SimulateOptions, 'onProgress'> {
  /** Called now and then with the number of runs that have ended, and at the end. */
  onProgress?: (progress: { done: number; total: number }) => void;
}

/**
 * Simulates one network with several sets of overrides (`initial`, `parameters`, tolerances, times) on one engine. Two
 * runs at a time share the engine's vectors where they can; every result is what a run by itself gives, to the last bit.
 * @returns the solutions in the order of the runs
 * @throws (rejects) as `simulate`, with the first run that fails
 */
export async function simulateMany(
  network: Network,
  runs: readonly RunOverrides[],
  options: SimulateManyOptions = {},
): Promise<Solution[]> {
  const { onProgress, ...shared } = options;
  const simulator = await NetworkSimulator.create(network, shared);
  const total = runs.length;
  try {
    if (total > 0) cancelIfAsked(options);
    const solutions: Solution[] = [];
    const work = runMany(simulator, runs, (k, run, prepared) => {
      solutions[k] = simulator.runs.solution(prepared, run);
    });
    await drainPausing(work, (done) => {
      onProgress?.({ done, total });
      return () => cancelIfAsked(options);
    });
    onProgress?.({ done: total, total });
    return solutions;
  } finally {
    simulator.dispose();
  }
}

/** @throws SolveFailure when the caller has cancelled */
export function cancelIfAsked({
  signal,
  from = 0,
}: {
  signal?: AbortSignal | undefined;
  from?: number;
}): void {
  if (signal?.aborted) throw new SolveFailure('cancelled', { time: from, step: 0 });
}

/**
 * Drains work that tells how far it is, letting the host's events in every few milliseconds.
 * @param told called before each pause; what it returns is called after it
 */
export async function drainPausing(
  work: Generator<number, void>,
  told: (done: number) => () => void,
): Promise<void> {
  let paused = performance.now();
  for (const done of work) {
    if (performance.now() - paused < PAUSE_MILLISECONDS) continue;
    const after = told(done);
    await macrotask();
    after();
    paused = performance.now();
  }
}
