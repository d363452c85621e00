import { fit as fitNetwork } from '../fit/fit.js';
import type { Experiment, FitResult } from '../fit/types.js';
import type { Courses } from './courses.js';
import { networkOf, type WholeReaction } from './structure.js';

/** Whole reactions with the constants that fit best, by runs of the kernel. */
export interface Fitted {
  reactions: WholeReaction[];
  result: FitResult;
  /** ½ Σ ((c − measured)/range)². */
  loss: number;
  /** Bayes' information criterion, but for a constant: the least is the best. */
  criterion: number;
}

/** Part of a species' range that no error is taken to be less than. */
const LEAST_SIGMA = 1e-6;

/** The measurements as `fit` takes them, every species with one standard deviation. */
function weighed(
  experiments: readonly Experiment[],
  { species, courses, concentration }: Courses,
  sigma: ArrayLike<number>,
): Experiment[] {
  return experiments.map((experiment, e) => ({
    times: experiment.times,
    values: Object.fromEntries(species.map((name) => [name, experiment.values[name]])),
    name: courses[e].name,
    sigma: Object.fromEntries(species.map((name, s) => [name, sigma[s]])),
    initial: Object.fromEntries(species.map((name, s) => [name, courses[e].start[s] * concentration])),
  }));
}

/** @returns undefined where the network cannot be run */
export async function fitStructure(
  data: Courses,
  experiments: readonly Experiment[],
  reactions: readonly WholeReaction[],
  { sigma, signal }: { sigma?: ArrayLike<number>; signal?: AbortSignal | undefined },
): Promise<Fitted | undefined> {
  if (reactions.length === 0) return undefined;
  const ranges = data.ranges.map((range) => range * data.concentration);
  let result: FitResult;
  try {
    result = await fitNetwork(
      networkOf(data.species, reactions),
      weighed(experiments, data, sigma ?? ranges),
      {
        vary: Object.fromEntries(
          reactions.map(({ constant }, r) => [`rate:${r + 1}`, { start: constant, lower: 0 }]),
        ),
        maxIterations: 60,
        ...(signal && { signal }),
      },
    );
  } catch (error) {
    if ((error as Error).name === 'SolveFailure') return undefined;
    throw error;
  }
  const squares = result.points.reduce((sum, { column, fitted, measured }) => {
    const part = (fitted - measured) / ranges[data.species.indexOf(column)];
    return sum + part * part;
  }, 0);
  const whole = reactions.map(({ change }, r) => ({ change, constant: result.estimates[r].value }));
  return { reactions: whole, result, loss: squares / 2, criterion: criterionOf(data, squares, whole.length) };
}

/** m ln(Σ squares/m) + q ln m (Schwarz, Ann. Statist. 6 (1978) 461–464), each reaction counting as one number. */
function criterionOf({ count }: Courses, squares: number, reactions: number): number {
  return count * Math.log(Math.max(squares / count, LEAST_SIGMA ** 2)) + reactions * Math.log(count);
}

/** Standard deviations of each species' errors, as they are after a fit. */
export function errorsOf(data: Courses, { result }: Fitted): number[] {
  return data.species.map((name, s) => {
    const own = result.points.filter(({ column }) => column === name);
    const squares = own.reduce((sum, { fitted, measured }) => sum + (fitted - measured) ** 2, 0);
    return Math.max(Math.sqrt(squares / own.length), LEAST_SIGMA * data.ranges[s] * data.concentration);
  });
}
