import { fit as fitNetwork } from '../fit/fit.js';
import type { Experiment, FitResult } from '../fit/types.js';
import type { Courses } from './courses.js';
import { networkOf, type WholeReaction } from './structure.js';
import type { ErrorKind } from './types.js';

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
  sigmaOf: (experiment: string, species: number, time: number) => number,
): Experiment[] {
  return experiments.map((experiment, e) => ({
    times: experiment.times,
    values: Object.fromEntries(species.map((name) => [name, experiment.values[name]])),
    name: courses[e].name,
    sigma: Object.fromEntries(
      species.map((name, s) => [
        name,
        Array.from(experiment.times, (time) => sigmaOf(courses[e].name, s, time)),
      ]),
    ),
    initial: Object.fromEntries(species.map((name, s) => [name, courses[e].start[s] * concentration])),
  }));
}

/** @returns undefined where the network cannot be run */
export async function fitStructure(
  data: Courses,
  experiments: readonly Experiment[],
  reactions: readonly WholeReaction[],
  { errors, signal }: { errors?: Errors; signal?: AbortSignal | undefined },
): Promise<Fitted | undefined> {
  if (reactions.length === 0) return undefined;
  const ranges = data.ranges.map((range) => range * data.concentration);
  let result: FitResult;
  try {
    result = await fitNetwork(
      networkOf(data.species, reactions),
      weighed(experiments, data, errors?.sigmaOf ?? ((_, s) => ranges[s])),
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

/** Standard deviations of measurements, and how they go with what is measured. */
export interface Errors {
  sigmaOf: (experiment: string, species: number, time: number) => number;
  /** By species. */
  kinds: ErrorKind[];
}

/** Part of a species' range below which errors that are proportional to concentrations no longer fall. */
const LEAST_PROPORTIONAL = 1e-3;

/**
 * The errors of each species after a fit: of one standard deviation, or of one that is proportional to the concentration,
 * whichever is likelier (the normal density's; both have one number).
 */
export function errorsOf(data: Courses, { result }: Fitted): Errors {
  const sigmas = new Map<string, number>();
  const keyOf = (experiment: string, s: number, time: number) => `${s} ${time} ${experiment}`;
  const kinds = data.species.map((name, s): ErrorKind => {
    const own = result.points.filter(({ column }) => column === name);
    const range = data.ranges[s] * data.concentration;
    const shapes = {
      constant: () => 1,
      proportional: (fitted: number) => Math.max(Math.abs(fitted), LEAST_PROPORTIONAL * range),
    };
    const [first, second] = (['constant', 'proportional'] as const).map((kind) => {
      const shape = shapes[kind];
      const squares = own.reduce(
        (sum, { fitted, measured }) => sum + ((fitted - measured) / shape(fitted)) ** 2,
        0,
      );
      const scale = Math.max(
        Math.sqrt(squares / own.length),
        LEAST_SIGMA * (kind === 'constant' ? range : 1),
      );
      const cost = own.reduce((sum, { fitted }) => sum + Math.log(scale * shape(fitted)), 0);
      return { kind, cost, sigma: (fitted: number) => scale * shape(fitted) };
    });
    const likelier = second.cost < first.cost ? second : first;
    for (const { experiment, time, fitted } of own) {
      sigmas.set(keyOf(experiment, s, time), likelier.sigma(fitted));
    }
    return likelier.kind;
  });
  // Where nothing was measured, any number above 0 will do.
  return { kinds, sigmaOf: (experiment, s, time) => sigmas.get(keyOf(experiment, s, time)) ?? 1 };
}
