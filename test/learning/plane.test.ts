import { describe, expect, it } from 'vitest';
import { datasets, type PlaneDataset } from '../../src/learning/index.js';

const count = ({ train }: PlaneDataset) => [
  train.targets.filter((label) => label === 0).length,
  train.targets.filter((label) => label !== 0).length,
];

describe('points in the plane', () => {
  it('have the sizes of the authors', () => {
    const sizes = (['xor', 'and', 'or', 'rings', 'linearClassification'] as const).map((name) => {
      const data = datasets[name]();
      return [name, ...count(data), data.validation.targets.length, data.grid?.targets.length ?? 0];
    });
    expect(sizes).toEqual([
      ['xor', 51, 50, 31, 1600],
      ['and', 51, 50, 11, 1600],
      ['or', 51, 150, 11, 1600],
      ['rings', 51, 50, 201, 0],
      ['linearClassification', 51, 50, 101, 3600],
    ]);
  });

  it('lie in their ranges and carry the labels of their rules', () => {
    const { train, validation, grid, threshold } = datasets.xor({ seed: 4 });
    expect(threshold).toBe(0.5);
    for (const set of [train, validation, grid!]) {
      set.inputs.forEach(([x1, x2], k) => {
        expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x1, x2)).toBeLessThanOrEqual(1);
        expect(set.targets[k]).toBe(x1 > 0.5 !== x2 > 0.5 ? 1 : 0);
      });
    }
    expect(grid!.inputs[0]).toEqual([0, 0]);
    expect(grid!.inputs[1599]).toEqual([1, 1]);
    const ring = datasets.rings({ seed: 4 });
    ring.train.inputs.forEach(([x1, x2], k) => {
      const r = Math.hypot(x1, x2);
      expect(ring.train.targets[k] === 0 ? r <= 0.45 : r >= 0.5 && r <= 1).toBe(true);
    });
    const moved = datasets.rings({ centre: 1, inner: 0.4, outer: 0.6, label: 2 });
    expect(moved.threshold).toBe(1);
    expect(Math.min(...moved.train.inputs.flat())).toBeGreaterThanOrEqual(0);
    const line = datasets.linearClassification();
    line.validation.inputs.forEach(([x1, x2], k) => {
      expect(line.validation.targets[k]).toBe(x1 + 2 * x2 > 2 ? 4 : 0);
    });
  });

  it('mix the classes, and are the same for the same seed', () => {
    const { train } = datasets.xor({ seed: 7 });
    const changes = train.targets.filter((label, k) => k > 0 && label !== train.targets[k - 1]).length;
    expect(changes).toBeGreaterThan(20);
    // Where one class is rarer in the plane, too: its last points must not end every epoch.
    for (const data of [datasets.and({ seed: 7 }), datasets.or({ seed: 7 })]) {
      const last = data.train.targets.slice(-25);
      expect(new Set(last).size, data.name).toBe(2);
    }
    expect(datasets.xor({ seed: 7 })).toEqual(datasets.xor({ seed: 7 }));
    expect(datasets.xor({ seed: 8 }).train).not.toEqual(train);
  });

  it('refuse what they cannot make', () => {
    expect(() => datasets.xor({ lower: 0 })).toThrow('lower must be a positive integer, got 0');
    expect(() => datasets.rings({ inner: 0.7 })).toThrow(/0 < inner ≤ outer < 1/);
    expect(() => datasets.rings({ label: 0 })).toThrow(/label must be/);
  });
});

describe('nonlinear regressions', () => {
  it('have the laws, sizes and starting weights of the authors', () => {
    const { train, validation, theta } = datasets.productRegression({ seed: 2, noise: 0 });
    expect([train.targets.length, validation.targets.length]).toEqual([50, 100]);
    train.inputs.forEach(([x1, x2], k) => {
      expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(0.5);
      expect(Math.max(x1, x2)).toBeLessThan(2);
      expect(train.targets[k]).toBeCloseTo(x1 * x2 + x2 * x2, 12);
    });
    expect(theta).toHaveLength(3);
    expect(Math.min(...theta)).toBeGreaterThanOrEqual(0);
    const sine = datasets.sineRegression({ seed: 2, noise: 0 });
    const [x1, x2] = sine.train.inputs[0];
    expect(sine.train.targets[0]).toBeCloseTo(Math.sin(x1) + x2 * x2, 12);
    expect(() => datasets.sineRegression({ noise: -1 })).toThrow(/noise/);
    expect(() => datasets.productRegression({ train: 0 })).toThrow(/train must be/);
  });
});
