import {
  bdf,
  type ExplicitTableau,
  type RosenbrockTableau,
  rodas4,
  rodas5p,
  type Tableau,
  tableaus,
  tsit5,
} from '../../assembly/tableaus';
import type { CompiledProblem } from '../compile/compile.js';
import type { StepShape } from '../kernels/emit-step.js';
import type { MethodName } from './types.js';

/** The methods of a run: the one that it begins with, unless `other` suits the first step better, and may change to. */
export interface MethodChoice {
  first: Tableau;
  other?: Tableau;
  /** Explicit steps that cost as much as one of the Rosenbrock method's. */
  gain: number;
  /** What of the Rosenbrock method decides generated code. */
  shape: StepShape;
}

/** At and above this steps are so few and large that fewer stages are cheaper than a higher order. */
export const LOOSE_RTOL = 1e-3;
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
 * Below this gain `auto` does not change methods: what explicit steps save there is less than what generated code
 * gives the Rosenbrock method alone.
 */
export const LEAST_GAIN = 1.85;

const byTolerance = (rtol: number): RosenbrockTableau => (rtol >= LOOSE_RTOL ? rodas4 : rodas5p);

/** Explicit steps that cost as much as one of the Rosenbrock method's. */
export const explicitGain = (rtol: number, problem: CompiledProblem): number =>
  rosenbrockCost(byTolerance(rtol), problem) / explicitCost(tsit5, problem);

const shapeOf = ({ stages, a }: RosenbrockTableau): StepShape => ({ stages, explicit: a.length });

/**
 * The methods for a problem. `auto` is a Rosenbrock method by the tolerance, or `bdf` for a problem that was compiled
 * without fill. Where its steps are so much dearer than
 * those of Tsit5 that it pays, it changes between the two as the run shows what is cheaper; not with fixed steps.
 */
export function chooseMethod(
  { method, rtol, fixedStep }: { method: MethodName; rtol: number; fixedStep: number },
  problem: CompiledProblem,
): MethodChoice {
  const rosenbrock = byTolerance(rtol);
  if (method !== 'auto') {
    const first = tableaus[method];
    return { first, gain: 1, shape: shapeOf(first.family === 'rosenbrock' ? first : rosenbrock) };
  }
  // Only GMRES, and so `bdf` alone, solves with factors that have no room for fill.
  if (problem.incomplete) return { first: bdf, gain: 1, shape: shapeOf(rosenbrock) };
  const alone = { first: rosenbrock, gain: 1, shape: shapeOf(rosenbrock) };
  if (fixedStep > 0) return alone;
  const gain = explicitGain(rtol, problem);
  return gain < LEAST_GAIN ? alone : { ...alone, other: tsit5, gain };
}
