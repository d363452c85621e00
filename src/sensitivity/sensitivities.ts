import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { makeSimulator, type SensitivityOptions, type SensitivitySimulator } from './simulator.js';
import type { SensitivitySolution } from './solution.js';

/**
 * Simulates a network once, with the derivatives of its concentrations by parameters, rate constants, starting
 * concentrations and doses: forward sensitivities s = ∂x/∂p, which obey s′ = J(x)·s + ∂f/∂p, by the very steps of the
 * state (Hindmarsh & Serban, CVODES; Caracotsios & Stewart, Comput. Chem. Eng. 9 (1985) 359–365). They follow phases, doses,
 * held species and level events, whose times move with the quantities too.
 *
 * @throws (rejects) RangeError or TypeError for bad options and for quantities without a finite derivative; SolveFailure,
 *   whose `partial` is a `SensitivitySolution` of what was saved, when the run does not reach its end
 */
export async function sensitivities(
  network: Network,
  options: SensitivityOptions,
): Promise<SensitivitySolution> {
  const simulator = await makeSimulator(network, options, 'one');
  try {
    if (options.signal?.aborted) throw new SolveFailure('cancelled', { time: options.from ?? 0, step: 0 });
    return (await simulator.runPausing(options.onProgress)) as SensitivitySolution;
  } finally {
    simulator.dispose();
  }
}

/**
 * As {@link sensitivities}, compiled once for many synchronous runs.
 * @throws (rejects) RangeError or TypeError for bad options
 */
export async function createSensitivitySimulator(
  network: Network,
  options: SensitivityOptions,
): Promise<SensitivitySimulator> {
  return makeSimulator(network, options, 'many');
}
