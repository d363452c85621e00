import { describe, expect, it } from 'vitest';
import { tasks, train } from '../../src/learning/index.js';

/** Part of the grid, or of the validation rows, that a run decides rightly; and its largest |θ − θ of the twin|. */
async function run(task: keyof typeof tasks, recipe: string, seed: number) {
  const { metrics } = await train(tasks[task].create({ seed, recipe }), { ideal: true, measureEvery: 100 })
    .result;
  return {
    part: (metrics.gridAccuracy ?? metrics.validationAccuracy) as number,
    apart: metrics.idealLargestDifference as number,
  };
}

// Seeds that nothing was chosen on, and that the tables do not show.
const seeds = [300, 301, 302];

describe('classifiers learn from every start', () => {
  it.each([
    ['xor', 'rectified', 0.94],
    ['rings', 'rectified', 0.94],
    ['and', 'rectified', 0.92],
    ['or', 'rectified', 0.94],
    ['xor', 'cubic-wide', 0.86],
    ['xor', 'quadratic-wide', 0.86],
    ['xor', 'relu', 0.75],
    ['linear-classification', 'hinge', 0.95],
  ] as const)('%s, %s', async (task, recipe, least) => {
    for (const seed of seeds) {
      const { part } = await run(task, recipe, seed);
      expect(part, `seed ${seed}`).toBeGreaterThanOrEqual(least);
    }
  });
});

it('cubic nodes with the mixed terms stay with their twin through 40 epochs', async () => {
  for (const seed of seeds) {
    const { apart } = await run('xor', 'cubic-wide', seed);
    expect(apart, `seed ${seed}`).toBeLessThan(1e-3);
  }
});

it('the constant adjoint does not learn XOR', async () => {
  for (const seed of seeds) expect((await run('xor', 'cubic-constant', seed)).part).toBeLessThan(0.7);
});
