import { Lanes } from './lanes.js';
import type { EndedRun, RunOverrides } from './network-runs.js';
import type { Prepared } from './prepare.js';
import type { NetworkSimulator, OneRun } from './simulator.js';

/**
 * Runs a simulator with every set of overrides, as its `run` does one by one. To be drained; it tells now and then how
 * many have ended.
 * @param take gets each run when it has ended
 * @param fail is told which run failed, with what there is of it; what it is told last comes first in the list
 */
export function runMany(
  simulator: NetworkSimulator,
  runs: readonly RunOverrides[],
  take: (k: number, run: EndedRun, prepared: Prepared) => void,
  fail: (k: number, partial: EndedRun | undefined) => void = () => {},
): Generator<number, void> {
  const vessel = simulator.alive();
  const { base } = simulator.runs;
  const another = () => simulator.runs.fill(vessel.engine, base);
  const begun = new Map<number, OneRun>();
  return new Lanes(vessel, another).run({
    count: runs.length,
    phases: base.plan.phases.length,
    begin: (k, own) => {
      const run = simulator.begin(own, runs[k]);
      begun.set(k, run);
      return run.steps;
    },
    end: (k) => {
      const { ended, prepared } = begun.get(k) as OneRun;
      begun.delete(k);
      take(k, ended('done'), prepared);
    },
    fail: (k, _, error) => {
      const run = begun.get(k);
      fail(k, run && simulator.keepPartial(error, run));
      return error;
    },
  });
}
