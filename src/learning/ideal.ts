import type { LinearCrnSettings } from '../circuits/index.js';
import { meanLoss } from './metrics.js';
import { wholeInput } from './whole-input.js';

/**
 * The reference the chemistry is compared with: stochastic gradient descent on signed numbers, with the model and
 * the update that the circuit is built to have. It never touches a pot.
 */
export interface IdealLearner {
  /** Signed weights; changed by `step`. */
  theta: number[];
  /** ŷ = Σ xᵢ(1 + θᵢT) + n·h·T, in concentration units. */
  predict(x: readonly number[]): number;
  /** One example: Δθᵢ = −LR·T·e·xᵢ with e = ŷ − y. Returns e. */
  step(x: readonly number[], y: number): number;
  /** Mean of ½e² over examples. */
  loss(inputs: readonly (readonly number[])[], targets: readonly number[]): number;
}

/** The ideal twin of a linear circuit. @param theta starting weights; default the circuit's own */
export function idealLinear(
  settings: LinearCrnSettings,
  theta: readonly number[] = settings.theta,
): IdealLearner {
  const { horizon, rate, inputs } = settings;
  const drift = settings.drift === false ? 0 : inputs * settings.drift * horizon;
  const learner: IdealLearner = {
    theta: [...theta],
    predict(given) {
      const x = wholeInput(settings, given);
      let sum = drift;
      for (let i = 0; i < x.length; i++) sum += x[i] * (1 + learner.theta[i] * horizon);
      return sum;
    },
    step(given, y) {
      const error = learner.predict(given) - y;
      const x = wholeInput(settings, given);
      for (let i = 0; i < x.length; i++) learner.theta[i] -= rate * horizon * error * x[i];
      return error;
    },
    loss: (inputs, targets) => meanLoss(inputs.map(learner.predict), targets),
  };
  return learner;
}
