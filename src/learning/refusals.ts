import type { Circuit } from '../circuits/index.js';
import { CircuitFailure } from './failure.js';
import type { Pot } from './pot.js';

/** The example that was learned last. */
interface Place {
  epoch: number;
  /** Row of the training set, from 0. */
  sample: number;
}

/** Debt species above this after phase 2, with no weight left to pay it, mean a weight below zero (concentration). */
const DEBT = 1e-6;

/**
 * With positive rails a decrease makes debt N, which eats weight P. Debt left over when P is used up is a weight
 * below zero, which this form cannot hold. (Debt below the weight is only the tail of the gradient: it will be paid.)
 * @throws CircuitFailure `negativeWeight`
 */
export function refuseDebt({ rails, weights }: Circuit, pot: Pot, { epoch, sample }: Place): void {
  if (rails !== 'positive') return;
  weights.forEach((signal, i) => {
    const debt = pot.read(signal.minus as string);
    if (debt <= DEBT || debt <= pot.read(signal.plus)) return;
    throw new CircuitFailure(
      'negativeWeight',
      `a weight would go negative: use dual rails (${signal.plus}, epoch ${epoch}, row ${sample + 1}; ` +
        `${debt.toPrecision(3)} of ${signal.minus} is left after phase 2)`,
      {
        hint: 'use dual rails, or a lower rate if the weight should stay positive',
        epoch,
        sample,
        weight: i + 1,
      },
    );
  });
}

/** @throws CircuitFailure `diverged` when an error is as large as `limit`, or no number */
export function refuseRunaway(
  { options }: Circuit,
  errors: readonly number[],
  limit: number,
  { epoch, sample }: Place,
): void {
  if (errors.every((error) => Math.abs(error) < limit)) return;
  throw new CircuitFailure(
    'diverged',
    `the error grows without bound (epoch ${epoch}, row ${sample + 1}): rate ${options.rate} is too ` +
      'large for these inputs',
    { hint: 'lower the rate, or scale the inputs down', epoch, sample },
  );
}
