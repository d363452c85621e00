import { positive } from '../network/limits.js';
import type { Dataset, Samples } from './data.js';
import { createRandom, type Random } from './random.js';

/** A generated classification of points in the plane. Labels are 0 and `high`. */
export interface PlaneDataset extends Dataset {
  seed: number;
  /** At or above it a label or prediction means the upper class. */
  threshold: number;
  /** Points on a square grid with their true labels, where the task has such a test. */
  grid?: Samples;
}

export interface PlaneOptions {
  /** Default 0. */
  seed?: number;
  /** Training points with the lower label, and with the upper one. Defaults are the authors'. */
  lower?: number;
  upper?: number;
  /** Validation points. */
  validation?: number;
}

/** What tells one plane task from another. */
interface Shape {
  name: string;
  /** The grid, and both coordinates where they are uniform. */
  from: number;
  to: number;
  /** Draws a coordinate. Default: uniform in [from, to). */
  draw?: (random: Random) => number;
  /** 1 for the upper class, 0 for the lower, −1 for a point that belongs to neither and is drawn again. */
  side(x1: number, x2: number): number;
  high: number;
  lower: number;
  upper: number;
  /** Validation points: how many in all, as they come, or how many of each class. */
  validation: number | readonly [number, number];
  /** Points on each side of the test grid; 0 for none. */
  grid: number;
}

/**
 * Points are drawn until both classes have their number; a point of a full class is dropped. So the numbers are exact: 51
 * and 50 where the authors' loop for the first class runs one past its end. Then they are shuffled: the class that is
 * rarer in the plane would else fill up the end of every epoch, and the last examples of an epoch count most.
 */
function quota(shape: Shape, lower: number, upper: number, random: Random): Samples {
  const samples: Samples = { inputs: [], targets: [] };
  const open = [lower, upper];
  while (open[0] + open[1] > 0) {
    const [x1, x2] = point(shape, random);
    const side = shape.side(x1, x2);
    if (side < 0 || open[side] === 0) continue;
    open[side]--;
    samples.inputs.push([x1, x2]);
    samples.targets.push(side * shape.high);
  }
  const order = random.shuffle(samples.targets.map((_, row) => row));
  return {
    inputs: order.map((row) => samples.inputs[row]),
    targets: order.map((row) => samples.targets[row]),
  };
}

function point({ from, to, draw = (source) => source.uniform(from, to) }: Shape, random: Random) {
  const x1 = draw(random);
  return [x1, draw(random)] as const;
}

function free(shape: Shape, count: number, random: Random): Samples {
  const samples: Samples = { inputs: [], targets: [] };
  while (samples.targets.length < count) {
    const [x1, x2] = point(shape, random);
    const side = shape.side(x1, x2);
    if (side < 0) continue;
    samples.inputs.push([x1, x2]);
    samples.targets.push(side * shape.high);
  }
  return samples;
}

/** All points of a uniform grid, both ends included, that belong to a class. */
function gridOf(shape: Shape): Samples {
  const samples: Samples = { inputs: [], targets: [] };
  const at = (k: number) => shape.from + ((shape.to - shape.from) * k) / (shape.grid - 1);
  for (let a = 0; a < shape.grid; a++) {
    for (let b = 0; b < shape.grid; b++) {
      const side = shape.side(at(a), at(b));
      if (side < 0) continue;
      samples.inputs.push([at(a), at(b)]);
      samples.targets.push(side * shape.high);
    }
  }
  return samples;
}

function generate(shape: Shape, options: PlaneOptions): PlaneDataset {
  const { seed = 0, lower = shape.lower, upper = shape.upper } = options;
  const counts = { lower, upper, validation: options.validation ?? 1 };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`${name} must be a positive integer, got ${count}`);
  }
  const random = createRandom(seed, 'data');
  const train = quota(shape, lower, upper, random);
  const held = options.validation ?? shape.validation;
  const validation =
    typeof held === 'number' ? free(shape, held, random) : quota(shape, held[0], held[1], random);
  return {
    name: shape.name,
    seed,
    features: ['x1', 'x2'],
    target: 'label',
    train,
    validation,
    threshold: shape.high / 2,
    ...(shape.grid > 0 && { grid: gridOf(shape) }),
  };
}

const square = { from: 0, to: 1, high: 1, grid: 40 } as const;
const high = (x: number) => (x > 0.5 ? 1 : 0);

/** XOR of both coordinates, cut at 0.5: 51 zeros and 50 ones in [0, 1)², 31 validation points, a grid of 40 × 40. */
function xor(options: PlaneOptions = {}): PlaneDataset {
  const side = (x1: number, x2: number) => high(x1) ^ high(x2);
  return generate({ ...square, name: 'xor', side, lower: 51, upper: 50, validation: 31 }, options);
}

/** AND of both coordinates, cut at 0.5: 51 zeros and 50 ones, 11 validation points, a grid of 40 × 40. */
function and(options: PlaneOptions = {}): PlaneDataset {
  const side = (x1: number, x2: number) => high(x1) & high(x2);
  return generate({ ...square, name: 'and', side, lower: 51, upper: 50, validation: 11 }, options);
}

/** OR of both coordinates, cut at 0.5: 51 zeros and 150 ones, 11 validation points, a grid of 40 × 40. */
function or(options: PlaneOptions = {}): PlaneDataset {
  const side = (x1: number, x2: number) => high(x1) | high(x2);
  return generate({ ...square, name: 'or', side, lower: 51, upper: 150, validation: 11 }, options);
}

export interface RingsOptions extends PlaneOptions {
  /** Radius of the inner disc, which is the lower class. Default 0.45; the authors' ReLU classifiers have 0.4 and 0.3. */
  inner?: number;
  /** Radius of a hole in the disc. Default 0; one of those classifiers has 0.04. */
  hole?: number;
  /** Radius at which the outer ring begins. Default 0.5; it ends at 1. */
  outer?: number;
  /** Both coordinates of the centre. Default 0; the authors' quadratic classifier has 1. */
  centre?: number;
  /** Label of the outer ring. Default 1; the authors' quadratic classifier has 2. */
  label?: number;
}

/** A disc in a ring: 51 points within `inner`, 50 between `outer` and 1, and 101 + 100 validation points. */
function rings(options: RingsOptions = {}): PlaneDataset {
  const { inner = 0.45, outer = 0.5, hole = 0, centre = 0, label = 1, ...rest } = options;
  if (!(hole >= 0 && hole < inner)) {
    throw new RangeError(`rings need 0 ≤ hole < inner, got hole ${hole} and inner ${inner}`);
  }
  if (!(inner > 0 && inner <= outer && outer < 1)) {
    throw new RangeError(`rings need 0 < inner ≤ outer < 1, got inner ${inner} and outer ${outer}`);
  }
  positive({ label });
  if (!Number.isFinite(centre)) throw new RangeError(`centre must be a finite number, got ${centre}`);
  const side = (x1: number, x2: number) => {
    const r = Math.sqrt((x1 - centre) * (x1 - centre) + (x2 - centre) * (x2 - centre));
    if (r < hole) return -1;
    return r <= inner ? 0 : r >= outer && r <= 1 ? 1 : -1;
  };
  const shape = { from: centre - 1, to: centre + 1, high: label, lower: 51, upper: 50, grid: 0 };
  return generate({ ...shape, name: 'rings', side, validation: [101, 100] }, rest);
}

/** A straight line, x1 + 2·x2 > 2 in [0, 2)², labels 0 and 4: 51 + 50 points for each set, a grid of 60 × 60. */
function linearClassification(options: PlaneOptions = {}): PlaneDataset {
  const side = (x1: number, x2: number) => (x1 + 2 * x2 > 2 ? 1 : 0);
  const shape = { from: 0, to: 2, high: 4, lower: 51, upper: 50, grid: 60 };
  return generate({ ...shape, name: 'linear-classification', side, validation: [51, 50] }, options);
}

/**
 * The older straight line of the same authors (branch `linear`), 4·x1 + 5·x2 > 0 with coordinates from N(0, 1), labels 0 and 1:
 * 50 + 50 training and 100 validation points, a grid of 40 × 40 over [−2, 2]².
 */
function gaussianClassification(options: PlaneOptions = {}): PlaneDataset {
  const side = (x1: number, x2: number) => (4 * x1 + 5 * x2 > 0 ? 1 : 0);
  const counts = { lower: 50, upper: 50, validation: 100, grid: 40 };
  const draw = (random: Random) => random.normal();
  const shape = { from: -2, to: 2, draw, high: 1, side, ...counts };
  return generate({ ...shape, name: 'gaussian-classification' }, options);
}

/** The classifications of Nagipogu & Reif (arXiv 2409.00034; public simulation code). */
export const planes = { linearClassification, gaussianClassification, xor, rings, and, or };
