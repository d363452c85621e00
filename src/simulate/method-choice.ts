import {
  type ExplicitTableau,
  type RosenbrockTableau,
  rodas4,
  rodas5p,
  type Tableau,
  tableaus,
  tsit5,
} from '../../assembly/tableaus';
import type { CompiledProblem } from '../compile/compile.js';
import type { MethodName } from './types.js';

/** The methods of a run: the one that it begins with, unless `other` suits the first step better, and may change to. */
export interface MethodChoice {
  first: Tableau;
  other?: Tableau;
  /** Explicit steps that cost as much as one of the Rosenbrock method's. */
  gain: number;
}

/** At and above this steps are so few and large that fewer stages are cheaper than a higher order. */
const LOOSE_RTOL = 1e-3;
/**
 * What a step costs besides its flops (calls, the error, the next size), counted in flops: from the times of steps of
 * networks with 2 to 90 unknowns.
 */
const STEP_FLOPS = 500;

function rosenbrockCost({ stages }: RosenbrockTableau, { dynamic, flops }: CompiledProblem): number {
  const sums = 2 * stages * (stages - 1) * dynamic.length;
  const linear = flops.jacobian + flops.factorisation + stages * flops.solve;
  return STEP_FLOPS + stages * flops.derivative + linear + sums;
}

function explicitCost({ stages }: ExplicitTableau, { dynamic, flops }: CompiledProblem): number {
  return STEP_FLOPS + (stages - 1) * flops.derivative + stages * (stages + 1) * dynamic.length;
}

/**
 * The methods for a problem. `auto` is a Rosenbrock method by the tolerance and Tsit5, changing between them as the run
 * shows what is cheaper; with fixed steps, where nothing is to be chosen, the Rosenbrock method alone.
 */
export function chooseMethod(
  { method, rtol, fixedStep }: { method: MethodName; rtol: number; fixedStep: number },
  problem: CompiledProblem,
): MethodChoice {
  if (method !== 'auto') return { first: tableaus[method], gain: 1 };
  const first = rtol >= LOOSE_RTOL ? rodas4 : rodas5p;
  if (fixedStep > 0) return { first, gain: 1 };
  return { first, other: tsit5, gain: rosenbrockCost(first, problem) / explicitCost(tsit5, problem) };
}
