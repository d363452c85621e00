import { type CompiledProblem, compileProblem, defaultKrylov } from '../compile/compile.js';
import { workloadOf } from '../compile/workload.js';
import type { Network } from '../network/model.js';
import { bdfPays, gmresPays, operationsWorthCounting } from './choose-bdf.js';
import { LOOSE_RTOL } from './method-choice.js';
import type { Settings } from './settings.js';

/** Networks of fewer species are not looked at: `auto` takes no `bdf` for them. */
const LARGE = 300;

/**
 * Whether a phase is to be compiled for GMRES: where `bdf` is asked for and its fill explodes; with `auto` only in one
 * long phase, since each restart costs `bdf` some thirty short steps.
 */
function wantsGmres(
  network: Network,
  active: readonly number[],
  { linearSolver, method, rtol, fixedStep }: Settings,
  restarts: boolean,
): boolean {
  if (linearSolver === 'gmres') return true;
  if (linearSolver === 'lu') return false;
  if (method === 'bdf') return gmresPays(workloadOf(network, active, operationsWorthCounting));
  if (method !== 'auto' || restarts || rtol >= LOOSE_RTOL || fixedStep > 0) return false;
  if (network.species.length < LARGE) return false;
  const work = workloadOf(network, active, operationsWorthCounting);
  return gmresPays(work) && bdfPays(work);
}

/** Whether a member of each conserved sum is taken out of the unknowns. */
export const eliminates = ({ conservation }: Settings): boolean => conservation === 'eliminate';

/**
 * Compiles a phase for the linear solver of the settings. No fill is computed where GMRES is taken.
 * @param restarts whether a run may begin anew on its way: at the edge of a phase, or at a crossing
 */
export function compileFor(
  network: Network,
  active: readonly number[],
  settings: Settings,
  restarts: boolean,
): CompiledProblem {
  const krylov = wantsGmres(network, active, settings, restarts) ? defaultKrylov : 0;
  return compileProblem(network, active, { krylov, eliminate: eliminates(settings) });
}
