import { describe, expect, it } from 'vitest';
import { tasks, train } from '../../src/learning/index.js';

describe('XOR by chemistry', () => {
  it('rectified nodes learn it in a few epochs, from either seed, like their ideal twin', async () => {
    for (const seed of [0, 1]) {
      const { metrics, circuit, history } = await train(tasks.xor.create({ seed, epochs: 5 }), {
        ideal: true,
      }).result;
      expect(circuit.counts).toEqual({ species: 91, reactions: 264, maxMolecularity: 2 });
      expect(history[0].validationAccuracy).toBeLessThan(0.8);
      expect(metrics.gridAccuracy).toBeGreaterThan(0.9);
      expect(metrics.validationR2).toBeUndefined();
      expect(metrics.idealLargestDifference).toBeLessThan(0.1);
    }
  });

  it('cubic nodes with a leaking adjoint per node learn it', async () => {
    const { metrics, circuit } = await train(tasks.xor.create({ recipe: 'cubic-leaky' })).result;
    expect(circuit.counts).toEqual({ species: 60, reactions: 174, maxMolecularity: 3 });
    expect(metrics.gridAccuracy).toBeGreaterThan(0.8);
  });

  it('the constant adjoint does not: all rows of Θ move alike', async () => {
    const { metrics, weights } = await train(tasks.xor.create({ recipe: 'cubic-constant', epochs: 10 }))
      .result;
    expect(metrics.gridAccuracy).toBeLessThan(0.65);
    const [first, last] = [weights[0], weights[weights.length - 1]];
    const moved = last.map((value, k) => value - first[k]);
    for (const column of [0, 1, 2]) {
      expect(Math.abs(moved[column] - moved[3 + column])).toBeLessThan(0.02);
      expect(Math.abs(moved[column] - moved[6 + column])).toBeLessThan(0.02);
    }
  });
});

it('the exact gradient of quadratic nodes follows its ideal twin to four digits of loss', async () => {
  const task = tasks['product-regression'].create({ recipe: 'exact', epochs: 10 });
  const { metrics, history } = await train(task, { ideal: true }).result;
  expect(Math.abs(history[10].validationLoss / (metrics.idealFinalLoss as number) - 1)).toBeLessThan(1e-3);
});
