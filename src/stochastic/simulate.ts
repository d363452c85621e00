import { borrowFullEngine } from '../engine/full.js';
import { returnEngine } from '../engine/pool.js';
import type { Network } from '../network/model.js';
import { macrotask, PAUSE_MILLISECONDS } from '../simulate/pause.js';
import { StochasticFailure } from './failure.js';
import { RowCollector, solutionOf } from './kept.js';
import { checkStream, ensembleOptionNames, type PreparedStochastic, prepareStochastic } from './prepare.js';
import { beginRun } from './run.js';
import type { StochasticSolution } from './solution.js';
import type { StochasticOptions } from './types.js';
import { StochasticVessel } from './vessel.js';

/**
 * Simulates a network once as a jump process: whole molecules, reactions one at a time (or many at a leap, by method `'tau'`).
 * The same seed and run give the same result, to the last bit, on every engine and host.
 *
 * Long runs let the host's events in every few milliseconds, so that `signal` and `onProgress` work.
 * @throws (rejects) RangeError or TypeError for bad options; StochasticFailure, with what was saved as `partial`, when the
 *   run does not reach its end
 */
export async function simulateStochastic(
  network: Network,
  options: StochasticOptions = {},
): Promise<StochasticSolution> {
  const names = [...ensembleOptionNames, 'run', 'onProgress'];
  const prepared = prepareStochastic(network, options, names);
  const run = checkStream('run', options.run ?? 0);
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError('onProgress must be a function');
  }
  if (prepared.signal?.aborted) {
    throw new StochasticFailure('cancelled', { time: prepared.from, events: 0 });
  }
  const engine = await borrowFullEngine(prepared.engine);
  try {
    return await once(new StochasticVessel(engine, prepared), prepared, run, onProgress);
  } finally {
    returnEngine(engine);
  }
}

async function once(
  vessel: StochasticVessel,
  prepared: PreparedStochastic,
  run: number,
  onProgress: StochasticOptions['onProgress'],
): Promise<StochasticSolution> {
  const { from, to } = prepared;
  const rows = new RowCollector(prepared);
  const one = beginRun(vessel, prepared, run, rows.sink);
  let paused = performance.now();
  try {
    while (!one.steps.next().done) {
      if (performance.now() - paused < PAUSE_MILLISECONDS) continue;
      const { time, events } = one.told();
      onProgress?.({ time, fraction: (time - from) / (to - from), events });
      await macrotask();
      paused = performance.now();
    }
  } catch (error) {
    if (error instanceof StochasticFailure) {
      const kept = rows.keep(vessel.state.slice(), one.end(error.code, error.time));
      error.partial = solutionOf(prepared, run, kept);
    }
    throw error;
  }
  const end = one.end('done');
  onProgress?.({ time: to, fraction: 1, events: end.stats.events });
  return solutionOf(prepared, run, rows.keep(vessel.state.slice(), end));
}
