import type { ReluNetwork } from './relu-network.js';

/**
 * What is reduced: nothing; every species that only turns into others but the inputs; the inputs, too, whose amounts then
 * are put into what they would turn into.
 */
export type Reduction = 'none' | 'inner' | 'all';

/**
 * How a weight a/c is made.
 *  - `'scale'`: by whole numbers: each layer is multiplied by its common denominator, and outputs are so many times larger.
 *    What is left of a transient falls exponentially;
 *  - `'divide'`: by chemistry, c molecules that come together. What is left falls as 1/t in pairs, as t^{−1/(c−1)} else.
 */
export type FractionForm = 'divide' | 'scale';

/** Options of {@link rateIndependent}. Only `network` must be given. */
export interface RateIndependentOptions {
  /** The trained network. */
  network: ReluNetwork;
  /** Inputs in the pot at the start, scaled as the first layer sees them. Default: none, a protocol adds them. */
  x?: readonly number[] | null;
  /** Rails of inputs: `'single'` takes inputs ≥ 0 only. Default `'dual'`. */
  inputRails?: 'single' | 'dual';
  /** Default `'inner'`. */
  reduce?: Reduction;
  /** Default `'scale'`. */
  fractions?: FractionForm;
  /** Most molecules that react at once: 2 divides by a tree of pairs, `'any'` by as many as the denominator. Default 2. */
  order?: 2 | 'any';
  /** Rate constant of all reactions, or of each in order: any that are > 0 give the same outputs. Default 1. */
  rates?: number | readonly number[];
  /** Length of the only phase, in which everything comes to rest. Default 10⁴ divided by the least rate constant. */
  duration?: number;
}

/** Every option with its value. */
export interface RateIndependentSettings {
  network: ReluNetwork;
  x: number[] | null;
  inputRails: 'single' | 'dual';
  reduce: Reduction;
  fractions: FractionForm;
  order: 2 | 'any';
  rates: number | number[];
  duration: number;
}
