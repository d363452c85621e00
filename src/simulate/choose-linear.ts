import { type CompiledProblem, compileProblem, defaultKrylov } from '../compile/compile.js';
import { workloadOf } from '../compile/workload.js';
import type { Network } from '../network/model.js';
import { gmresPays, operationsWorthCounting } from './choose-bdf.js';
import type { Settings } from './settings.js';

function wantsGmres(
  network: Network,
  active: readonly number[],
  { linearSolver, tableau }: Settings,
): boolean {
  if (linearSolver !== 'auto' || !('maxOrder' in tableau)) return linearSolver === 'gmres';
  return gmresPays(workloadOf(network, active, operationsWorthCounting));
}

/** Compiles a phase for the linear solver of the settings. No fill is computed where GMRES is taken. */
export function compileFor(network: Network, active: readonly number[], settings: Settings): CompiledProblem {
  return compileProblem(network, active, wantsGmres(network, active, settings) ? defaultKrylov : 0);
}
