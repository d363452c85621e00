import { expect, it } from 'vitest';
import { loadDigits } from '../../src/digits/index.js';
import { type EpochRecord, tasks, train } from '../../src/learning/index.js';

/** In every epoch chemistry and ideal twin decide alike, to three images of a thousand. */
function followsTwin(history: readonly EpochRecord[]): void {
  for (const { validationAccuracy, idealValidationAccuracy, trainAccuracy, idealTrainAccuracy } of history) {
    expect(Math.abs(validationAccuracy! - idealValidationAccuracy!)).toBeLessThanOrEqual(0.003);
    expect(Math.abs(trainAccuracy! - idealTrainAccuracy!)).toBeLessThanOrEqual(0.003);
  }
}

it('digits of 8 × 8 pixels, 16 nodes: 90 % of the validation images in three epochs, over five seeds', async () => {
  loadDigits();
  const reached: number[] = [];
  for (let seed = 0; seed < 5; seed++) {
    const { history } = await train(tasks.digits.create({ seed, epochs: 3 }), { ideal: true }).result;
    followsTwin(history);
    reached.push(history[3].validationAccuracy!);
  }
  expect(reached.sort((a, b) => a - b)[2]).toBeGreaterThanOrEqual(0.9);
});

it('digits of 14 × 14 pixels, 24 nodes: 92 % of the validation images in five epochs', async () => {
  loadDigits();
  const { history } = await train(tasks['digits-14'].create({ seed: 0 }), { ideal: true }).result;
  followsTwin(history);
  expect(history[5].validationAccuracy!).toBeGreaterThanOrEqual(0.92);
});
