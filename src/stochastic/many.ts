import { borrowFullEngine } from '../engine/full.js';
import { returnEngine } from '../engine/pool.js';
import type { Network } from '../network/model.js';
import { EnsembleAssembly } from './assemble.js';
import type { StochasticEnsemble } from './ensemble.js';
import { FailedRun, runPartPausing } from './part.js';
import { prepareEnsemble } from './prepare-many.js';
import type { StochasticManyOptions } from './types.js';
import { StochasticVessel } from './vessel.js';

/**
 * Makes many stochastic runs of one network on one engine: run k of them is `simulateStochastic` with `run: first + k`. Mean
 * and variance are formed as the runs go by.
 * @param runs whole number from 1 on
 * @throws (rejects) RangeError or TypeError for bad options; StochasticFailure with the first run that does not reach
 *   its end: its number as `run`, what there is of it as `partial`, the runs before it as `ensemble`
 */
export async function simulateStochasticMany(
  network: Network,
  runs: number,
  options: StochasticManyOptions = {},
): Promise<StochasticEnsemble> {
  const { prepared, first, keep } = prepareEnsemble(network, runs, options);
  const { onProgress } = options;
  const assembly = new EnsembleAssembly(prepared, first);
  const engine = await borrowFullEngine(prepared.engine);
  try {
    const vessel = new StochasticVessel(engine, prepared);
    const part = await runPartPausing(vessel, prepared, { first, count: runs, keep }, (done) =>
      onProgress?.({ done, total: runs }),
    );
    assembly.add(0, part);
  } catch (error) {
    if (!(error instanceof FailedRun)) throw error;
    assembly.add(0, error.before);
    throw assembly.complete(error.failure, error.k, error.partial);
  } finally {
    returnEngine(engine);
  }
  onProgress?.({ done: runs, total: runs });
  return assembly.finish();
}
