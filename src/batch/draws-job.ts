import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { cancelIfAsked, drainPausing, type SimulateManyOptions } from '../simulate/many.js';
import type { EndedRun, RunOverrides } from '../simulate/network-runs.js';
import { runMany } from '../simulate/run-many.js';
import { NetworkSimulator } from '../simulate/simulator.js';
import { toPlainError } from './errors.js';
import type { PlainError } from './messages.js';
import { type JobContext, Moved } from './serve.js';
import { buffersOf } from './simulate-job.js';

/** What the job `draws` takes: a network and runs of it, some of which may fail. */
export interface DrawsJob {
  network: Network;
  runs: readonly RunOverrides[];
  options: Omit<SimulateManyOptions, 'signal' | 'onProgress'>;
}

/** What it gives back, one for every run. Arrays are moved. */
export type DrawsJobResult = ({ run: EndedRun } | { error: PlainError })[];

/** Simulates all runs, also after one that fails: the job `draws` of the package's worker. */
export async function drawsJob(
  { network, runs, options }: DrawsJob,
  { signal, progress }: JobContext,
): Promise<Moved> {
  // Where none was posted.
  useInlinedKernel();
  const simulator = await NetworkSimulator.create(network, options);
  const result: DrawsJobResult = [];
  let ended = 0;
  try {
    let left = [...runs.keys()];
    while (left.length > 0) {
      const these = left;
      let failed = -1;
      const work = runMany(
        simulator,
        these.map((k) => runs[k]),
        (k, run) => {
          result[these[k]] = { run };
          ended++;
        },
        (k) => {
          failed = these[k];
        },
      );
      try {
        await drainPausing(work, () => {
          progress(ended);
          return () => cancelIfAsked({ signal });
        });
      } catch (error) {
        if (failed < 0) throw error;
        result[failed] = { error: toPlainError(error) };
        ended++;
      }
      // Those behind one that failed were given up, unless they had ended before.
      left = these.filter((k) => result[k] === undefined);
    }
  } finally {
    simulator.dispose();
  }
  return new Moved(
    result,
    result.flatMap((one) => ('run' in one ? buffersOf(one.run) : [])),
  );
}
