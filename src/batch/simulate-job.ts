import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { cancelIfAsked, drainPausing, type SimulateManyOptions } from '../simulate/many.js';
import type { EndedRun, RunOverrides } from '../simulate/network-runs.js';
import { runMany } from '../simulate/run-many.js';
import { NetworkSimulator } from '../simulate/simulator.js';
import { toPlainError } from './errors.js';
import type { PlainError } from './messages.js';
import { type JobContext, Moved } from './serve.js';

/** What the job `simulate` takes: a network and runs of it. */
export interface SimulateJob {
  network: Network;
  runs: readonly RunOverrides[];
  options: Omit<SimulateManyOptions, 'signal' | 'onProgress'>;
}

/** What it gives back, as plain data. The same bytes for the same job. */
export interface SimulateJobResult {
  /** By run; those that come after a failure may be missing. */
  ended: (EndedRun | undefined)[];
  /** The first run that failed, and with what. */
  failure?: { k: number; error: PlainError; partial?: EndedRun };
}

/** Buffers of a run that may be moved: nobody else has them. Its end may be part of its rows. */
export const buffersOf = ({ rows, last }: EndedRun): ArrayBuffer[] => [
  ...new Set([rows.times, rows.values, last].map(({ buffer }) => buffer as ArrayBuffer)),
];

/** Simulates: the job `simulate` of the package's worker. A run that fails is a result. Tells how many have ended. */
export async function simulateJob(
  { network, runs, options }: SimulateJob,
  { signal, progress }: JobContext,
): Promise<Moved> {
  // Where none was posted.
  useInlinedKernel();
  const simulator = await NetworkSimulator.create(network, options);
  const ended: SimulateJobResult['ended'] = [];
  let failed: { k: number; partial: EndedRun | undefined } = { k: -1, partial: undefined };
  try {
    const work = runMany(
      simulator,
      runs,
      (k, run) => {
        ended[k] = run;
      },
      (k, partial) => {
        failed = { k, partial };
      },
    );
    await drainPausing(work, (done) => {
      progress(done);
      return () => cancelIfAsked({ signal });
    });
  } catch (error) {
    const { k, partial } = failed;
    if (k < 0) throw error;
    return moved({ ended, failure: { k, error: toPlainError(error), ...(partial && { partial }) } });
  } finally {
    simulator.dispose();
  }
  return moved({ ended });
}

function moved(result: SimulateJobResult): Moved {
  const runs = [...result.ended, result.failure?.partial];
  return new Moved(
    result,
    runs.flatMap((run) => (run === undefined ? [] : buffersOf(run))),
  );
}
