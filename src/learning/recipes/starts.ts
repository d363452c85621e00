import type { Random } from '../random.js';

/** Weights from N(0, d²), d by the number n of inputs; of a read-out, by that of nodes. */
export const normal = (deviation: (inputs: number) => number) => (random: Random, inputs: number) =>
  random.normal(0, deviation(inputs));
/** d = 1/√n. */
export const unit = normal((inputs) => 1 / Math.sqrt(inputs));
export const positiveUnit = (random: Random, inputs: number) => Math.abs(unit(random, inputs));

/** Losses agree to four digits with those at a thousandth of it. */
export const coarse = { rtol: 1e-3, atol: 1e-6 } as const;
