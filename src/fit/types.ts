import type { Network } from '../network/model.js';
import type { Observations } from '../sensitivity/observations.js';
import type { QuantityName } from '../sensitivity/quantities.js';
import type { SimulateOptions } from '../simulate/types.js';
import type { FitReason } from './levenberg-marquardt.js';

/** Measurements of one run of the network, and how that run differs from the network's own. */
export interface Experiment extends Observations {
  /** For messages and results. Default: its number, from 1. */
  name?: string;
  /** Starting concentrations, in place of the network's. */
  initial?: Record<string, number>;
  /** Values of parameters, in place of the network's. */
  parameters?: Record<string, number>;
}

/** How one quantity is varied. */
export interface Variation {
  /** Default: the network's own value. */
  start?: number;
  /** Default 0, or −∞ where the start is below it. */
  lower?: number;
  /** Default ∞. */
  upper?: number;
  /** `'log'` varies the logarithm, and takes bounds > 0. Default: that of the options. */
  scale?: 'linear' | 'log';
}

/** Options of {@link fit}: of `simulate` those of the solver, and its own. */
export interface FitOptions extends RunOptions {
  /** What is varied, by name: parameters `k1`, rate constants `rate:3`, starting concentrations `init:A`. */
  vary: Readonly<Record<QuantityName, Variation>>;
  /** Default `'linear'`. */
  scale?: 'linear' | 'log';
  /** Steps that go downhill from one start. Default 200. */
  maxIterations?: number;
  /** Starts: the given one, and others spread over the bounds, which must then be finite. Default 1. */
  starts?: number;
  /** Of the other starts. Default 0. */
  seed?: number;
  /** Part of the probability that intervals hold. Default 0.95. */
  confidence?: number;
  /** Called now and then. */
  onProgress?: (progress: FitProgress) => void;
}

export interface FitProgress {
  /** From 1. */
  start: number;
  starts: number;
  /** Steps downhill from this start. */
  iteration: number;
  /** ½ Σ ((x − measured)/σ)² now. */
  loss: number;
  /** Runs of the network so far, those with derivatives among them. */
  runs: number;
}

/** What of the options of a fit is for its runs. */
export type RunOptions = Pick<
  SimulateOptions,
  | 'rtol'
  | 'atol'
  | 'method'
  | 'engine'
  | 'kernels'
  | 'maxSteps'
  | 'maxSeconds'
  | 'from'
  | 'schedule'
  | 'signal'
>;

/** What the fit says of one quantity. */
export interface Estimate {
  name: QuantityName;
  value: number;
  start: number;
  lower: number;
  upper: number;
  scale: 'linear' | 'log';
  /** The bound that it was pressed against; it then has no standard error. */
  atBound?: 'lower' | 'upper';
  /** False where the measurements do not tell it, or not it alone; missing where a fit ended before that was known. */
  identifiable?: boolean;
  /** Of the quantity, or with scale `'log'` of its logarithm; from the Jacobian at the minimum. */
  standardError?: number;
  /** Within which the quantity lies, by Student's t at the confidence asked for. */
  interval?: [low: number, high: number];
}

/** A direction in which the measurements do not change: moving the quantities so changes nothing. */
export type Combination = Record<QuantityName, number>;

/** One start of a fit. */
export interface FitStart {
  /** By quantity, in the order of `estimates`. */
  from: number[];
  to: number[];
  /** ½ Σ ((x − measured)/σ)² at its end; ∞ when the network could not be run from there. */
  loss: number;
  reason: FitReason | 'failed';
  iterations: number;
}

/** A measurement beside what the fitted network gives. */
export interface FittedPoint {
  experiment: string;
  time: number;
  /** Species or observable. */
  column: string;
  measured: number;
  fitted: number;
  sigma: number;
}

/** What {@link fit} found: the best of its starts. */
export interface FitResult {
  estimates: Estimate[];
  /** Whether the best start has come to a minimum. */
  converged: boolean;
  reason: FitReason;
  /** ½ Σ ((x − measured)/σ)². */
  loss: number;
  measurements: number;
  /** Measurements less quantities that no bound holds. */
  degreesOfFreedom: number;
  /** Σ ((x − measured)/σ)² by the degrees of freedom: about 1 where σ is right; the variance of the residuals without σ. */
  reducedChiSquare: number;
  /** Correlations of the estimates that have standard errors, NaN for the others, in the order of `estimates`. */
  correlations: number[][];
  /** Directions that the measurements do not tell, of length 1 in the scale that was varied. */
  unidentifiable: Combination[];
  iterations: number;
  /** Runs of the network, those with derivatives among them. */
  runs: number;
  starts: FitStart[];
  points: FittedPoint[];
  /** The network with the estimates in place of what it had. */
  network: Network;
}
