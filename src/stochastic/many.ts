import { borrowEngine, returnEngine } from '../engine/pool.js';
import type { Network } from '../network/model.js';
import { drainPausing } from '../simulate/many.js';
import { EnsembleAssembly } from './assemble.js';
import type { StochasticEnsemble } from './ensemble.js';
import { type EnsemblePart, FailedRun, runPart } from './part.js';
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
  const engine = await borrowEngine(prepared.engine);
  try {
    const vessel = new StochasticVessel(engine, prepared);
    const work = runPart(vessel, prepared, { first, count: runs, keep });
    const take = (part: EnsemblePart) => assembly.add(0, part);
    await drainPausing(taking(work, take), (done) => {
      onProgress?.({ done, total: runs });
      return () => {};
    });
  } catch (error) {
    throw error instanceof FailedRun ? assembly.fail(0, error) : error;
  } finally {
    returnEngine(engine);
  }
  onProgress?.({ done: runs, total: runs });
  return assembly.finish();
}

/** Work whose result goes where it is wanted. */
function* taking<Result>(
  work: Generator<number, Result>,
  take: (result: Result) => void,
): Generator<number, void> {
  take(yield* work);
}
