import type { Network } from '../../network/index.js';
import { positive, wholeFrom } from '../../network/limits.js';
import { finite } from '../checks.js';
import { type Counts, countsOf } from '../circuit.js';
import { PhasedDraft } from '../draft.js';
import { matrix } from '../given.js';
import { upTo } from '../layered/parts.js';
import type { LearnerAbout } from '../learner.js';
import { type Names, refuseUnknown } from '../names.js';
import { addReaction } from '../reactions.js';

/** The numbers of a recurrent neural reaction network of V visible species and N fast neurons. */
export interface RncrnParameters {
  /** Inflow βᵢ ≥ 0 of each visible species. */
  beta: readonly number[];
  /** What neuron j does to species i: αᵢⱼ, row by row (V × N). */
  alpha: readonly (number | readonly number[])[];
  /** What species i does to neuron j: ωⱼᵢ, row by row (N × V). */
  omega: readonly (number | readonly number[])[];
  /** θⱼ. */
  theta: readonly number[];
}

/** Options of {@link rncrn}. */
export interface RncrnOptions extends RncrnParameters {
  /** γ > 0 of the neurons. Default 1. */
  gamma?: number;
  /** How much faster than the visible species the neurons are: µ > 0, the smaller the faster. Default 0.01. */
  mu?: number;
  /** Where the visible species start, ≥ 0. Default 0. */
  start?: readonly number[];
}

export interface RncrnSettings {
  beta: number[];
  /** V × N. */
  alpha: number[];
  /** N × V. */
  omega: number[];
  theta: number[];
  gamma: number;
  mu: number;
  start: number[];
}

/** A recurrent neural reaction network: see {@link rncrn}. */
export interface RncrnCircuit extends LearnerAbout {
  settings: RncrnSettings;
  network: Network;
  counts: Counts;
  visible: string[];
  neurons: string[];
  digital: string[];
}

export const rncrnAbout: LearnerAbout = {
  system: 'rncrn',
  title: "Recurrent neural reaction network, authors' reactions",
  origin: 'authors',
  source: 'Dack, Qureshi, Ouldridge & Plesa, arXiv 2406.03456',
};

const NAMES: Names<RncrnOptions> = {
  beta: true,
  alpha: true,
  omega: true,
  theta: true,
  gamma: true,
  mu: true,
  start: true,
};

/** Fills in and checks. @throws RangeError or TypeError naming the option */
export function rncrnSettings(options: RncrnOptions): RncrnSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { gamma = 1, mu = 0.01 } = options;
  positive({ gamma, mu });
  const V = listLength('beta', options.beta);
  const N = listLength('theta', options.theta);
  const start =
    options.start === undefined ? new Array<number>(V).fill(0) : matrix('start', options.start, V);
  const beta = matrix('beta', options.beta, V);
  for (const [name, values] of Object.entries({ beta, start })) {
    values.forEach((value, i) => {
      if (value < 0) throw new RangeError(`${name}[${i + 1}] must be ≥ 0, got ${value}`);
    });
  }
  return {
    beta,
    alpha: matrix('alpha', options.alpha, V * N),
    omega: matrix('omega', options.omega, N * V),
    theta: matrix('theta', options.theta, N),
    gamma,
    mu,
    start,
  };
}

function listLength(name: string, values: unknown): number {
  if (!Array.isArray(values)) throw new TypeError(`${name} must be an array of numbers, got ${values}`);
  wholeFrom(`the length of ${name}`, values.length, 1);
  values.forEach((value, i) => {
    finite(`${name}[${i + 1}]`, value);
  });
  return values.length;
}

/**
 * A recurrent neural reaction network: visible species whose rates fast neurons make, so that they follow a vector field that was
 * learned. Dack, Qureshi, Ouldridge & Plesa, "Recurrent neural chemical reaction networks that approximate arbitrary dynamics"
 * (arXiv 2406.03456), their reactions:
 * ```
 * ∅ -> X (β)      X + Y -> 2 X + Y (α > 0)      X + Y -> Y (|α|, α < 0)            dx/dt = β + x·Σ αy
 * X + Y -> X + 2 Y (ω/µ, ω > 0)      X + Y -> X (|ω|/µ)      Y -> 2 Y or ∅ (|θ|/µ)
 * ∅ -> Y (γ/µ)      2 Y -> Y (1/µ)                                          µ·dy/dt = γ + y(Σ ωx + θ) − y²
 * ```
 * At rest y = (z + √(z² + 4γ))/2 with z = Σ ωx + θ. Constants of value 0 have no reaction. Species are named as in the authors'
 * files, `X_1` and `Y_1`.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function rncrn(options: RncrnOptions): RncrnCircuit {
  const settings = rncrnSettings(options);
  const { beta, alpha, omega, theta, gamma, mu, start } = settings;
  const visible = upTo(beta.length).map((i) => `X_${i}`);
  const neurons = upTo(theta.length).map((j) => `Y_${j}`);
  const draft = new PhasedDraft();
  draft.params({ mu, gamma });
  const add = (label: string, reactants: string[], products: string[], rate: string | number) => {
    addReaction(draft.always, label, reactants, products, rate);
  };
  visible.forEach((x, i) => {
    draft.declare(x, start[i]);
    if (beta[i] !== 0) add(`flow[${i + 1}]`, [], [x], beta[i]);
    neurons.forEach((y, j) => {
      const value = alpha[i * theta.length + j];
      if (value === 0) return;
      const label = `act[${i + 1},${j + 1}]`;
      add(label, [x, y], value > 0 ? [x, x, y] : [y], Math.abs(value));
    });
  });
  neurons.forEach((y, j) => {
    visible.forEach((x, i) => {
      const value = omega[j * beta.length + i];
      if (value === 0) return;
      const label = `sense[${j + 1},${i + 1}]`;
      add(label, [x, y], value > 0 ? [x, y, y] : [x], `${Math.abs(value)}/mu`);
    });
    if (theta[j] !== 0) add(`bias[${j + 1}]`, [y], theta[j] > 0 ? [y, y] : [], `${Math.abs(theta[j])}/mu`);
    add(`seep[${j + 1}]`, [], [y], 'gamma/mu');
    add(`crowd[${j + 1}]`, [y, y], [y], '1/mu');
  });
  const network = draft.finish();
  return {
    ...rncrnAbout,
    title: `RNCRN with ${visible.length} visible species and ${neurons.length} neurons, authors' reactions`,
    settings,
    network,
    counts: countsOf(network),
    visible,
    neurons,
    digital: ['training: all numbers are rate constants, fitted outside to a vector field'],
  };
}

/** The rates of the visible species where the neurons are at rest, µ → 0: what the network stands for. */
export function rncrnField(settings: RncrnSettings): (x: readonly number[]) => number[] {
  const { beta, alpha, omega, theta, gamma } = settings;
  const [V, N] = [beta.length, theta.length];
  return (x) => {
    const y = theta.map((bias, j) => {
      let z = bias;
      for (let i = 0; i < V; i++) z += omega[j * V + i] * x[i];
      const root = Math.sqrt(z * z + 4 * gamma);
      return z > 0 ? (z + root) / 2 : (2 * gamma) / (root - z);
    });
    return beta.map((inflow, i) => {
      let drive = 0;
      for (let j = 0; j < N; j++) drive += alpha[i * N + j] * y[j];
      return inflow + x[i] * drive;
    });
  };
}
