/** The ways into stochastic simulation with the full kernel's bytes, fetched when they are needed: see `src/simulate/inlined.ts`. */
import { useInlinedFullKernel } from '../engine/inlined-full.js';
import type { Network } from '../network/model.js';
import type { StochasticEnsemble } from './ensemble.js';
import { simulateStochasticMany as many } from './many.js';
import {
  createStochasticReactor as reactor,
  type StochasticReactor,
  type StochasticReactorOptions,
} from './reactor.js';
import { simulateStochastic as once } from './simulate.js';
import type { StochasticSolution } from './solution.js';
import type { StochasticManyOptions, StochasticOptions } from './types.js';

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
  options?: StochasticOptions,
): Promise<StochasticSolution> {
  useInlinedFullKernel();
  return once(network, options);
}

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
  options?: StochasticManyOptions,
): Promise<StochasticEnsemble> {
  useInlinedFullKernel();
  return many(network, runs, options);
}

/**
 * Makes a pot for a network, as `createReactor` does, that runs its phases as jump processes of whole molecules.
 * @throws (rejects) RangeError or TypeError naming a bad option
 */
export async function createStochasticReactor(
  network: Network,
  options: StochasticReactorOptions,
): Promise<StochasticReactor> {
  useInlinedFullKernel();
  return reactor(network, options);
}
