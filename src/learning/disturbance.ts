import { exp } from '../../assembly/math';
import { createRandom, type Random } from './random.js';

/**
 * How a factor is spread: `logNormal` exp(σ·N(0, 1)), `uniform` from 1 − σ to 1 + σ. Both have the median 1.
 */
export type Spread = 'logNormal' | 'uniform';

/** One factor. Draws the same from the stream whatever σ is. */
export function spreadFactor(random: Random, sigma: number, spread: Spread): number {
  return spread === 'uniform' ? 1 + sigma * random.uniform(-1, 1) : exp(sigma * random.normal());
}

/**
 * Errors of the hand that doses, and of the schedule: drawn anew for every dose and every phase in the training pot. The
 * pot in which losses are measured is spared, so that they say what was learned. Plain data.
 */
export interface Disturbance {
  /** An integer from 0. */
  seed: number;
  /** Which of several runs with that seed it is; each has streams of its own. Default 0. */
  draw?: number;
  /** Of every species that is dosed. */
  doses?: { sigma: number; spread: Spread };
  /** Of every phase's length. */
  durations?: { sigma: number; spread: Spread };
}

/** What a pot multiplies doses and lengths of phases by. */
export interface Hand {
  dose(): number;
  duration(): number;
}

/** A hand that does as it is told. */
export const STEADY: Hand = { dose: () => 1, duration: () => 1 };

/** The hand that a disturbance describes. */
export function handOf({ seed, draw = 0, doses, durations }: Disturbance): Hand {
  const factors = (name: string, errors: { sigma: number; spread: Spread } | undefined) => {
    if (errors === undefined) return () => 1;
    const random = createRandom(seed, `${name} ${draw}`);
    return () => spreadFactor(random, errors.sigma, errors.spread);
  };
  return { dose: factors('doses', doses), duration: factors('durations', durations) };
}
