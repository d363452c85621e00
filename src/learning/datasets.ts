import type { Dataset, Samples } from './data.js';
import { iris } from './iris.js';
import { planes } from './plane.js';
import { createRandom, type Random } from './random.js';
import { sine } from './sine.js';

/** A generated data set with the starting weights that belong to it. */
export interface GeneratedDataset extends Dataset {
  seed: number;
  /** Starting values of θ, one per input. */
  theta: number[];
}

export interface LinearRegressionOptions {
  /** Default 0. */
  seed?: number;
  /** Training examples. Default 41. */
  train?: number;
  /** Validation examples. Default 101. */
  validation?: number;
  /** Standard deviation of the label's noise. Default 0.4. */
  noise?: number;
}

/**
 * The linear regression task of Nagipogu & Reif ("Neural CRNs", 2024; public simulation code, branch
 * `linear_regression`): y = x1 + 2·x2 + 1 + N(0, 0.4), x uniform in [1, 5)², starting weights uniform in [0.1, 0.5).
 *
 * Their circuit has no trained intercept: with its drift of 0.1 the best reachable loss is about 0.108, while the
 * noise alone would leave 0.08.
 */
function linearRegression(options: LinearRegressionOptions = {}): GeneratedDataset {
  const { seed = 0, train = 41, validation = 101, noise = 0.4 } = options;
  checkCounts({ train, validation }, noise);
  const data = createRandom(seed, 'data');
  const weights = createRandom(seed, 'weights');
  const draw = (count: number): Samples =>
    samples(count, data, (random) => {
      const x1 = random.uniform(1, 5);
      const x2 = random.uniform(1, 5);
      return { input: [x1, x2], target: x1 + 2 * x2 + 1 + random.normal(0, noise) };
    });
  return {
    name: 'linear-regression',
    seed,
    features: ['x1', 'x2'],
    target: 'y',
    train: draw(train),
    validation: draw(validation),
    theta: [weights.uniform(0.1, 0.5), weights.uniform(0.1, 0.5)],
  };
}

export interface NonlinearRegressionOptions {
  /** Default 0. */
  seed?: number;
  /** Training examples. Default 50. */
  train?: number;
  /** Validation examples. Default 100. */
  validation?: number;
  /** Standard deviation of the label's noise. Default 0.1. */
  noise?: number;
}

/** y = law(x1, x2) + noise with x uniform in [0.5, 2)², and starting weights |N(0, 0.4)|, one for a constant input. */
function nonlinear(
  name: string,
  law: (x1: number, x2: number) => number,
  { seed = 0, train = 50, validation = 100, noise = 0.1 }: NonlinearRegressionOptions,
): GeneratedDataset {
  checkCounts({ train, validation }, noise);
  const data = createRandom(seed, 'data');
  const weights = createRandom(seed, 'weights');
  const draw = (count: number): Samples =>
    samples(count, data, (random) => {
      const x1 = random.uniform(0.5, 2);
      const x2 = random.uniform(0.5, 2);
      return { input: [x1, x2], target: law(x1, x2) + random.normal(0, noise) };
    });
  return {
    name,
    seed,
    features: ['x1', 'x2'],
    target: 'y',
    train: draw(train),
    validation: draw(validation),
    theta: [1, 2, 3].map(() => Math.abs(weights.normal(0, 0.4))),
  };
}

/** The nonlinear regression y = x1·x2 + x2² + N(0, 0.1) of the same authors (branch `nonlinear_regression_z2_dotprod`). */
function productRegression(options: NonlinearRegressionOptions = {}): GeneratedDataset {
  return nonlinear('product-regression', (x1, x2) => x1 * x2 + x2 * x2, options);
}

/** The nonlinear regression y = sin x1 + x2² + N(0, 0.1) of the same authors (branch `…_sinxx2`). */
function sineRegression(options: NonlinearRegressionOptions = {}): GeneratedDataset {
  return nonlinear('sine-regression', (x1, x2) => sine(x1) + x2 * x2, options);
}

function checkCounts(counts: Record<string, number>, noise: number): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`${name} must be a positive integer, got ${count}`);
  }
  if (!(noise >= 0 && Number.isFinite(noise))) {
    throw new RangeError(`noise must be a finite number ≥ 0, got ${noise}`);
  }
}

function samples(
  count: number,
  random: Random,
  example: (random: Random) => { input: number[]; target: number },
): Samples {
  const result: Samples = { inputs: [], targets: [] };
  for (let i = 0; i < count; i++) {
    const { input, target } = example(random);
    result.inputs.push(input);
    result.targets.push(target);
  }
  return result;
}

/** Generators of the tasks, each the same for the same seed on every host. */
export const datasets = { linearRegression, productRegression, sineRegression, ...planes, iris };
