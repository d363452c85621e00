/**
 * The ways into simulation with the kernel's bytes inlined, as all entries but `/slim` have them. Functions, not
 * values, so that bundlers drop those that are not called, and with the last of them the bytes.
 */
import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { simulateMany as many, type SimulateManyOptions } from './many.js';
import type { RunOverrides } from './network-runs.js';
import { createReactor as reactor } from './reactor.js';
import { simulate as once, createSimulator as simulator } from './simulate.js';
import type { Simulator } from './simulator.js';
import type { Solution } from './solution.js';
import type { Reactor, SimulateOptions, SolverOptions } from './types.js';

/**
 * Simulates a network once.
 *
 * Long runs let the host's events in every few milliseconds, so that `signal` and `onProgress` work.
 * @throws (rejects) RangeError or TypeError for bad options; SolveFailure, with what was saved as `partial`, when the
 *   run does not reach its end
 */
export async function simulate(network: Network, options?: SimulateOptions): Promise<Solution> {
  useInlinedKernel();
  return once(network, options);
}

/**
 * Compiles a network once for many synchronous runs.
 * @throws (rejects) RangeError or TypeError for bad options
 */
export async function createSimulator(network: Network, options?: SimulateOptions): Promise<Simulator> {
  useInlinedKernel();
  return simulator(network, options);
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
  options?: SimulateManyOptions,
): Promise<Solution[]> {
  useInlinedKernel();
  return many(network, runs, options);
}

/**
 * Makes a pot for a network: its state starts at the network's initial concentrations, and each of its phases can be
 * run by name, any number of times, for its own or another duration. Doses at the start of phases, and at which crossing
 * one starts, are the caller's business.
 * @throws (rejects) RangeError or TypeError naming a bad option
 */
export async function createReactor(network: Network, options?: SolverOptions): Promise<Reactor> {
  useInlinedKernel();
  return reactor(network, options);
}
