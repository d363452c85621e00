import { expect, it } from 'vitest';
import { datasets } from '../../src/learning/index.js';

it('the older straight line has normal coordinates and a grid around 0', () => {
  const { train, validation, grid, threshold } = datasets.gaussianClassification({ seed: 1 });
  expect([train.targets.length, validation.targets.length, grid?.targets.length]).toEqual([100, 100, 1600]);
  expect(train.targets.filter((label) => label === 1).length).toBe(50);
  for (const { inputs, targets } of [train, validation]) {
    inputs.forEach(([x1, x2], k) => {
      expect(targets[k]).toBe(4 * x1 + 5 * x2 > 0 ? 1 : 0);
    });
  }
  expect(grid?.inputs[0]).toEqual([-2, -2]);
  expect(threshold).toBe(0.5);
  const all = [...train.inputs, ...validation.inputs].flat();
  expect(all.some((x) => Math.abs(x) > 2)).toBe(true);
});

it('rings may have a hole', () => {
  const { train } = datasets.rings({ inner: 0.3, outer: 0.8, hole: 0.25 });
  for (const [x1, x2] of train.inputs) {
    const r = Math.hypot(x1, x2);
    expect(r < 0.25 || (r > 0.3 && r < 0.8)).toBe(false);
  }
  expect(datasets.rings({ hole: 0 })).toEqual(datasets.rings());
  expect(() => datasets.rings({ hole: 0.5 })).toThrow(/rings need 0 ≤ hole < inner, got hole 0.5/);
});
