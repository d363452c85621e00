import { type Minimum, minimise } from '../fit/levenberg-marquardt.js';
import type { Random } from '../learning/random.js';
import type { Breath } from './breath.js';
import type { Courses } from './courses.js';
import { IntegralModel } from './integrals.js';
import { MOST_ORDER, type Weights } from './power-laws.js';
import { RunModel } from './runs.js';

const TOLERANCES = { reductionTolerance: 1e-6, stepTolerance: 1e-6, gradientTolerance: 1e-6 };
/** ln of the least and largest constant, in units of the data's own times and concentrations. */
const CONSTANTS = [-12, 8];

export interface Trained {
  weights: Weights;
  /** ½ Σ ((c − measured)/range)². */
  loss: number;
}

/** Weights near 0, and constants that turn a species over within a course. */
export function randomWeights(data: Courses, reactions: number, random: Random): Weights {
  const n = data.species.length;
  return Float64Array.from({ length: reactions * (n + 1) }, (_, p) =>
    p % (n + 1) === n ? random.normal(0, 1) : random.normal(0, 0.7),
  );
}

/** Fits integrals of the measurements. @returns undefined where nothing can be computed */
export async function trainOnIntegrals(
  data: Courses,
  start: Weights,
  breath: Breath,
  signal: AbortSignal | undefined,
): Promise<Trained | undefined> {
  const reactions = start.length / (data.species.length + 1);
  const model = new IntegralModel(data, reactions);
  if (model.residuals(start) === undefined) return undefined;
  return search(data, model, start, 80, breath, signal);
}

/** Trains through runs, from weights that integrals gave. @returns undefined where the runs go astray at once */
export async function trainOnRuns(
  data: Courses,
  start: Weights,
  iterations: number,
  breath: Breath,
  signal: AbortSignal | undefined,
): Promise<Trained | undefined> {
  const model = new RunModel(data, start.length / (data.species.length + 1));
  if (model.residuals(start) === undefined) return undefined;
  return search(data, model, start, iterations, breath, signal);
}

async function search(
  data: Courses,
  model: Pick<RunModel, 'residuals' | 'jacobian'>,
  start: Weights,
  maxIterations: number,
  breath: Breath,
  signal: AbortSignal | undefined,
): Promise<Trained> {
  const n = data.species.length;
  const bounds = (constant: number, weight: number) =>
    start.map((_, p) => (p % (n + 1) === n ? constant : weight));
  const found: Minimum = await minimise(
    {
      start,
      lower: bounds(CONSTANTS[0], -MOST_ORDER),
      upper: bounds(CONSTANTS[1], MOST_ORDER),
      residuals: async (x) => ((await breath.take()) ? model.residuals(x) : undefined),
      jacobian: async (x) => ((await breath.take()) ? model.jacobian(x) : undefined),
      ...(signal && { signal }),
    },
    { ...TOLERANCES, maxIterations },
  );
  return { weights: found.x, loss: found.loss };
}
