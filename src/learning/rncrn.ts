import { type RncrnSettings, rncrnField, rncrnSettings } from '../circuits/index.js';
import { minimise } from '../fit/levenberg-marquardt.js';
import { wholeFrom } from '../network/limits.js';
import { createRandom } from './random.js';

/** What a recurrent neural reaction network is to follow. */
export interface FieldTask {
  /** dx/dt at x. */
  field: (x: readonly number[]) => readonly number[];
  /** Least and most of each visible species: the box in which the field is learned. Bounds > 0. */
  box: readonly (readonly [least: number, most: number])[];
}

export interface FieldTrainOptions {
  /** Neurons N. Default 6. */
  neurons?: number;
  /** Inflows βᵢ, which are not trained. Default 0 each. */
  beta?: readonly number[];
  /** γ. Default 1. */
  gamma?: number;
  /** Of the starting weights. Default 0. */
  seed?: number;
  /** Starts of which the best is taken. Default 3. */
  starts?: number;
  /** Points along each side of the box. Default 15. */
  points?: number;
  /** Steps of the fit. Default 150. */
  maxIterations?: number;
  /** Digits behind the point of all constants, as a file or a laboratory has them. Default 3. */
  digits?: number;
  /** µ of the circuit. Default 0.01. */
  mu?: number;
  signal?: AbortSignal;
}

export interface FieldTrainResult {
  /** Options of `rncrn`. */
  settings: RncrnSettings;
  /** Root mean square of what is wrong with the field over the points, and of the field itself. */
  rmse: number;
  scale: number;
}

/**
 * Trains a recurrent neural reaction network to follow a vector field, outside chemistry: Dack, Qureshi, Ouldridge & Plesa (arXiv
 * 2406.03456) train with Adam; here Levenberg and Marquardt's method fits β + x·Σ αy(x) to the field over a grid of points, from
 * several random starts, and rounds.
 * @throws (rejects) RangeError naming a bad option; the signal's reason when it is aborted
 */
export async function trainRncrn(
  { field, box }: FieldTask,
  options: FieldTrainOptions = {},
): Promise<FieldTrainResult> {
  const { neurons: N = 6, seed = 0, starts = 3, points = 15, maxIterations = 150, digits = 3 } = options;
  const { gamma = 1, mu = 0.01, signal } = options;
  const V = box.length;
  const { beta = new Array<number>(V).fill(0) } = options;
  for (const [name, value] of Object.entries({ neurons: N, starts, points, maxIterations }))
    wholeFrom(name, value, 1);
  if (!Number.isInteger(digits) || digits < 0 || digits > 15) {
    throw new RangeError(`digits must be an integer from 0 to 15, got ${digits}`);
  }
  box.forEach(([least, most], i) => {
    if (least > 0 && most > least && Number.isFinite(most)) return;
    throw new RangeError(`box[${i + 1}] must have bounds 0 < least < most, got ${least} and ${most}`);
  });
  const grid = gridOf(box, points);
  const wanted = grid.flatMap((x) => {
    const rates = field(x);
    if (rates.length === V && rates.every(Number.isFinite)) return [...rates];
    throw new RangeError(`field must give ${V} finite numbers at ${x.join(', ')}, got ${rates}`);
  });
  const random = createRandom(seed, 'weights');
  const settingsOf = (p: Float64Array, round = (value: number) => value): RncrnSettings =>
    rncrnSettings({
      beta: [...beta],
      alpha: Array.from(p.subarray(0, V * N), round),
      omega: Array.from(p.subarray(V * N, 2 * V * N), round),
      theta: Array.from(p.subarray(2 * V * N), round),
      gamma,
      mu,
    });
  settingsOf(new Float64Array((2 * V + 1) * N));
  const size = (2 * V + 1) * N;
  let best: { x: Float64Array; loss: number } | undefined;
  for (let s = 0; s < starts; s++) {
    const widths = box.map(([least, most]) => most - least);
    const start = Float64Array.from({ length: size }, (_, p) => {
      if (p < V * N) return random.normal(0, 0.3);
      // Corners of rectifiers lie all over the box.
      return p < 2 * V * N ? random.normal(0, 4 / widths[p % V]) : random.normal(0, 2);
    });
    for (let j = 0; j < N; j++) {
      for (let i = 0; i < V; i++) {
        start[2 * V * N + j] -= start[V * N + j * V + i] * random.uniform(box[i][0], box[i][1]);
      }
    }
    const minimum = await minimise(
      {
        start,
        lower: new Float64Array(size).fill(-1e3),
        upper: new Float64Array(size).fill(1e3),
        residuals: (p) => Promise.resolve(residualsOf(settingsOf(p), grid, wanted)),
        jacobian: (p) => Promise.resolve(columnsOf(settingsOf(p), grid)),
        ...(signal && { signal }),
      },
      { maxIterations, reductionTolerance: 1e-8, stepTolerance: 1e-8, gradientTolerance: 1e-8 },
    );
    signal?.throwIfAborted();
    if (best === undefined || minimum.loss < best.loss) best = minimum;
  }
  const unit = 10 ** digits;
  const settings = settingsOf((best as { x: Float64Array }).x, (value) => Math.round(value * unit) / unit);
  const mean = (values: ArrayLike<number>) =>
    Math.sqrt(Array.from(values, (value) => value * value).reduce((a, b) => a + b, 0) / values.length);
  return { settings, rmse: mean(residualsOf(settings, grid, wanted)), scale: mean(wanted) };
}

/** All points of a grid in a box. */
function gridOf(box: FieldTask['box'], points: number): number[][] {
  return box.reduce<number[][]>(
    (grid, [least, most]) =>
      grid.flatMap((x) =>
        Array.from({ length: points }, (_, k) => [
          ...x,
          points === 1 ? (least + most) / 2 : least + ((most - least) * k) / (points - 1),
        ]),
      ),
    [[]],
  );
}

function residualsOf(settings: RncrnSettings, grid: readonly number[][], wanted: readonly number[]) {
  const own = rncrnField(settings);
  return Float64Array.from(grid.flatMap(own), (value, k) => value - wanted[k]);
}

/** Derivatives of the field by α, ω and θ, a column each. */
function columnsOf({ beta, alpha, omega, theta, gamma }: RncrnSettings, grid: readonly number[][]) {
  const [V, N] = [beta.length, theta.length];
  const columns = Array.from({ length: (2 * V + 1) * N }, () => new Float64Array(grid.length * V));
  grid.forEach((x, g) => {
    for (let j = 0; j < N; j++) {
      let z = theta[j];
      for (let i = 0; i < V; i++) z += omega[j * V + i] * x[i];
      const root = Math.sqrt(z * z + 4 * gamma);
      const y = z > 0 ? (z + root) / 2 : (2 * gamma) / (root - z);
      const slope = y / root;
      for (let i = 0; i < V; i++) {
        const row = g * V + i;
        columns[i * N + j][row] = x[i] * y;
        const reach = x[i] * alpha[i * N + j] * slope;
        for (let k = 0; k < V; k++) columns[V * N + j * V + k][row] = reach * x[k];
        columns[2 * V * N + j][row] = reach;
      }
    }
  });
  return columns;
}

/** Fields by name, with the neurons and the box that suit them. */
export const fieldTasks = {
  /** One species with rests at 1 and 5 and a threshold at 3. */
  bistable: {
    title: 'one species that rests at 1 or at 5, with a threshold at 3',
    field: ([x]: readonly number[]) => [-0.1 * (x - 1) * (x - 3) * (x - 5)],
    box: [[0.2, 6]],
    neurons: 3,
    beta: [1.5],
    points: 60,
  },
  /** The normal form of a supercritical Hopf bifurcation around (5, 5): a limit cycle of radius 2, ω = 1. */
  hopf: {
    title: 'two species on a limit cycle of radius 2 around 5, 5',
    field: ([x, y]: readonly number[]) => {
      const [u, v] = [x - 5, y - 5];
      const pull = (4 - u * u - v * v) / 8;
      return [u * pull - v, v * pull + u];
    },
    box: [
      [2.4, 7.6],
      [2.4, 7.6],
    ],
    neurons: 6,
    beta: [0.5, 0.5],
    points: 11,
  },
} as const satisfies Record<
  string,
  FieldTask & Pick<FieldTrainOptions, 'neurons' | 'beta' | 'points'> & { title: string }
>;
