/**
 * Which method and which linear solver a phase's size asks for, from the work of one step. Nanoseconds on the machine on
 * which they were fitted (BCR, hypercubes of 64 to 1024 states, diffusing Brusselators); only ratios matter.
 */
import type { CompiledProblem } from '../compile/compile.js';
import type { Operations } from '../compile/operations.js';
import type { Workload } from '../compile/workload.js';

// One operation of a derivative, term of the Jacobian, multiplication and entry of a factorisation, entry of a solve.
const DERIVATIVE = 0.85;
const JACOBIAN = 2;
const ELIMINATION = 0.65;
const ENTRY = 3;
const SOLVE = 1.2;
/** Vectors of one step, by unknown. */
const ROSENBROCK_VECTORS = 24;
const BDF_VECTORS = 25;
/** What a step of bdf takes: derivatives and solves, factorisations, Jacobians. */
const ITERATIONS = 1.6;
const FACTORISATIONS = 0.1;
const JACOBIANS = 0.1;
const STAGES = 8;
/** GMRES in one step: passes over the entries (products and preconditioner), vectors by unknown. */
const GMRES_PASSES = 10;
const GMRES_VECTORS = 60;
/** LU needs no check and cannot fail to converge: GMRES must be this much cheaper. */
const GMRES_ADVANTAGE = 2;
/** bdf takes about this many times the steps for the same digits (three times for the same tolerance). */
const BDF_STEPS = 6;

/** Linear algebra of one step of bdf. */
const luStep = ({ fill, operations }: Workload) =>
  FACTORISATIONS * (ELIMINATION * operations + ENTRY * fill) + ITERATIONS * SOLVE * fill;
const gmresStep = ({ entries, unknowns }: Pick<Workload, 'entries' | 'unknowns'>) =>
  (GMRES_PASSES * SOLVE + FACTORISATIONS * ENTRY) * entries + GMRES_VECTORS * unknowns;

/** Multiplications of a factorisation from which on GMRES is taken whatever else there is: no need to count further. */
export const operationsWorthCounting = (work: Pick<Workload, 'entries' | 'unknowns'>): number =>
  (GMRES_ADVANTAGE * gmresStep(work)) / (FACTORISATIONS * ELIMINATION);

/** Whether GMRES beats LU in bdf: where the fill explodes. */
export const gmresPays = (work: Workload): boolean => luStep(work) > GMRES_ADVANTAGE * gmresStep(work);

/**
 * Whether bdf beats the Rosenbrock methods at equal digits: where a factorisation outweighs many derivatives, or GMRES
 * replaces it. Says nothing of how often a run starts anew, which costs bdf some thirty short steps each time.
 */
export function bdfPays(work: Workload): boolean {
  const { unknowns, derivative, jacobian, fill, operations } = work;
  const evaluation = DERIVATIVE * derivative;
  const rosenbrock =
    STAGES * (evaluation + SOLVE * fill) +
    ROSENBROCK_VECTORS * unknowns +
    JACOBIAN * jacobian +
    ELIMINATION * operations +
    ENTRY * fill;
  const linear = gmresPays(work) ? gmresStep(work) : luStep(work);
  const bdf = ITERATIONS * evaluation + JACOBIANS * JACOBIAN * jacobian + BDF_VECTORS * unknowns + linear;
  return rosenbrock > BDF_STEPS * bdf;
}

/** Operations of an average step of bdf with a problem's linear solver. */
export function averageStep(
  { derivative, jacobian, factorisation, solve }: Operations,
  { dynamic, incomplete }: CompiledProblem,
): number {
  const vectors = incomplete ? BDF_VECTORS + GMRES_VECTORS : BDF_VECTORS;
  const linear = (incomplete ? GMRES_PASSES : ITERATIONS) * solve + FACTORISATIONS * factorisation;
  return Math.round(ITERATIONS * derivative + JACOBIANS * jacobian + linear + vectors * dynamic.length);
}
