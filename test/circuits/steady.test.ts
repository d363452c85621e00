import { describe, expect, it } from 'vitest';
import {
  type RncrnOptions,
  rncrn,
  rncrnField,
  type SequestrationOptions,
  type SmoothReluOptions,
  sequestration,
  smoothRelu,
} from '../../src/circuits/index.js';
import { simulate } from '../../src/index.js';
import { readNetwork } from '../../src/io/index.js';
import { fieldTasks, trainRncrn } from '../../src/learning/index.js';

const sizes = [2, 3, 2];
/** Hidden neurons by rows with their biases, then outputs. */
const weights = [1, -2, 0.5, -1.5, 0.7, 0.3, 0.2, 1.1, -1, 1, -1, 0.4, 0.1, 0.6, 0.9, -2, 0];

/** The network on numbers, neuron by neuron. */
function ideal(x: number[], law: (z: number, positive: number) => number): number[] {
  let e = 0;
  return [3, 2].reduce(
    (values, count) =>
      Array.from({ length: count }, () => {
        const parts = values.concat(1).map((value) => value * weights[e++]);
        const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
        return law(sum(parts), sum(parts.filter((part) => part > 0)));
      }),
    x,
  );
}

const atRest = async (network: Parameters<typeof simulate>[0], names: string[], to: number, initial = {}) => {
  const { final } = await simulate(network, { to, rtol: 1e-9, atol: 1e-13, initial });
  return names.map((name) => final[name]);
};

describe('smooth rectifiers', () => {
  it('are one species a neuron, whose rest is the ideal output from any start', async () => {
    for (const x of [
      [0, 0],
      [1, 0.3],
      [0.2, 2],
    ]) {
      const { network, outputs, counts } = smoothRelu({ sizes, weights, x, softness: 0.1 });
      // 16 weights that are not 0; a source and a self-decay each.
      expect(counts).toEqual({ species: 7, reactions: 16 + 2 * 5, maxMolecularity: 2 });
      const wanted = ideal(x, (z) => (z + Math.sqrt(z * z + 0.4)) / 2);
      for (const initial of [{}, { 'Y[1,1]': 4, 'Y[2,2]': 3 }]) {
        const own = await atRest(network, outputs, 60, initial);
        own.forEach((value, o) => {
          expect(value).toBeCloseTo(wanted[o], 7);
        });
      }
    }
  });
});

describe('sequestration perceptrons', () => {
  it('rest at their exact law, which nears max(0, z)/φ as γ grows', async () => {
    const x = [1, 0.3];
    const dilution = 0.5;
    const far = [];
    for (const gamma of [10, 1e3, 1e5]) {
      const { network, outputs, counts } = sequestration({ sizes, weights, x, gamma, dilution });
      expect(counts).toEqual({ species: 12, reactions: 16 + 3 * 5, maxMolecularity: 2 });
      const own = await atRest(network, outputs, 80);
      // φy + γy(y − z/φ) = p, by its positive root.
      const exact = ideal(x, (z, p) => {
        const b = dilution - (gamma * z) / dilution;
        return (-b + Math.sqrt(b * b + 4 * gamma * p)) / (2 * gamma);
      });
      own.forEach((value, o) => {
        expect(value).toBeCloseTo(exact[o], 6);
      });
      const limit = ideal(x, (z) => Math.max(0, z) / dilution);
      far.push(Math.max(...own.map((value, o) => Math.abs(value - limit[o]))));
    }
    expect(far[0] / far[1]).toBeGreaterThan(5);
    expect(far[1] / far[2]).toBeGreaterThan(5);
  });
});

describe('recurrent neural reaction networks', () => {
  const two: RncrnOptions = {
    beta: [0.5, 0],
    alpha: [
      [1, -2, 0],
      [0.3, -0.4, -1],
    ],
    omega: [
      [1, -1],
      [0, 2],
      [-0.5, 0.25],
    ],
    theta: [0.1, 0, -3],
    start: [1, 2],
  };

  it('have a reaction for every number that is not 0', () => {
    const { counts } = rncrn(two);
    // One inflow, five α, five ω, two θ, a source and a self-decay for each of three neurons.
    expect(counts).toEqual({ species: 5, reactions: 1 + 5 + 5 + 2 + 6, maxMolecularity: 2 });
  });

  it('follow their field as neurons grow faster', async () => {
    const { settings } = rncrn(two);
    // The field itself, by short midpoint steps.
    const field = rncrnField(settings);
    let x = [1, 2];
    const h = 1e-3;
    for (let k = 0; k < 1000; k++) {
      const a = field(x);
      const b = field(x.map((value, i) => value + (h / 2) * a[i]));
      x = x.map((value, i) => value + h * b[i]);
    }
    const far = await Promise.all(
      [1e-2, 1e-3, 1e-4].map(async (mu) => {
        const own = await atRest(rncrn({ ...two, mu }).network, ['X_1', 'X_2'], 1);
        return Math.max(...own.map((value, i) => Math.abs(value - x[i])));
      }),
    );
    expect(far[0] / far[1]).toBeGreaterThan(5);
    expect(far[2]).toBeLessThan(1e-3);
  });

  it('are read from the text that the authors use, to the same course', async () => {
    const { network } = rncrn(two);
    const number = (k: number) => Number(k.toPrecision(12));
    const sol = await simulate(network, { to: 2, rtol: 1e-9, atol: 1e-12 });
    const lines = [
      '#X_1=1.0,X_2=2.0,Y_1=0.0,Y_2=0.0,Y_3=0.0',
      '0->X_1,0.5',
      'X_1 + Y_1->Y_1 + X_1 + X_1,1',
      'X_1 + Y_2->Y_2,2',
      'X_2 + Y_1->Y_1 + X_2 + X_2,0.3',
      'X_2 + Y_2->Y_2,0.4',
      'X_2 + Y_3->Y_3,1',
      ...[
        'X_1 + Y_1->X_1 + Y_1 + Y_1,1',
        'X_2 + Y_1->X_2,1',
        'X_2 + Y_2->X_2 + Y_2 + Y_2,2',
        'X_1 + Y_3->X_1,0.5',
        'X_2 + Y_3->X_2 + Y_3 + Y_3,0.25',
        'Y_1->Y_1 + Y_1,0.1',
        'Y_3->0,3',
        ...['Y_1', 'Y_2', 'Y_3'].flatMap((y) => [`0->${y},1`, `${y} + ${y}->${y},1`]),
      ].map((line) => line.replace(/,([\d.]+)$/, (_, k) => `,${number(Number(k) * 100)}`)),
    ];
    const read = readNetwork(lines.join('\n'), { file: 'hopf.txt' });
    expect([read.format.name, read.issues]).toEqual(['list', []]);
    const other = await simulate(read.network!, { to: 2, rtol: 1e-9, atol: 1e-12 });
    for (const name of ['X_1', 'X_2', 'Y_3']) expect(other.final[name]).toBeCloseTo(sol.final[name], 6);
  });
});

describe('training a recurrent neural reaction network', () => {
  it('gives one that rests where the field does, on either side of its threshold', async () => {
    const task = fieldTasks.bistable;
    const { settings, rmse, scale } = await trainRncrn(task, task);
    expect(rmse).toBeLessThan(scale / 20);
    expect([...settings.alpha, ...settings.omega].every((value) => Number(value.toFixed(3)) === value)).toBe(
      true,
    );
    for (const [start, rest] of [
      [0.4, 1],
      [2.8, 1],
      [3.2, 5],
      [6, 5],
    ]) {
      const { network, counts } = rncrn({ ...settings, start: [start] });
      expect(counts).toEqual({ species: 4, reactions: 16, maxMolecularity: 2 });
      const [own] = await atRest(network, ['X_1'], 60);
      expect(Math.abs(own - rest)).toBeLessThan(0.1);
    }
  });

  it('refuses what it cannot train', async () => {
    const { field, box } = fieldTasks.bistable;
    await expect(trainRncrn({ field, box: [[0, 1]] })).rejects.toThrow(/box\[1\] must have bounds 0 < least/);
    await expect(trainRncrn({ field, box }, { neurons: 0 })).rejects.toThrow(
      /neurons must be an integer ≥ 1/,
    );
    await expect(trainRncrn({ field: () => [Number.NaN], box })).rejects.toThrow(/field must give 1 finite/);
    await expect(trainRncrn({ field, box }, { beta: [-1] })).rejects.toThrow(/beta\[1\] must be ≥ 0, got -1/);
    await expect(trainRncrn({ field, box }, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('what cannot be built is refused with the reason', () => {
  it.each<[object, RegExp]>([
    [{}, /sizes must be at least two numbers/],
    [{ sizes: [2, 1], x: [1] }, /x needs 2 values, got 1/],
    [{ sizes: [2, 1], x: [1, -1] }, /x\[2\] must be ≥ 0, got -1: inputs are amounts/],
    [{ sizes: [2, 1], weights: [1] }, /weights needs 3 values, got 1/],
    [{ sizes: [2, 1], bias: 1 }, /there is no option "bias"/],
  ])('%j', (options, message) => {
    expect(() => smoothRelu(options as SmoothReluOptions)).toThrow(message);
    expect(() => sequestration(options as SequestrationOptions)).toThrow(message);
  });

  it.each<[object, RegExp]>([
    [{}, /beta must be an array of numbers/],
    [{ beta: [1], theta: [1], alpha: [1, 2], omega: [1] }, /alpha needs 1 values, got 2/],
    [{ beta: [1], theta: [1], alpha: [1], omega: [1], mu: 0 }, /mu must be a finite number > 0, got 0/],
    [{ beta: [-1], theta: [1], alpha: [1], omega: [1] }, /beta\[1\] must be ≥ 0, got -1/],
  ])('%j', (options, message) => {
    expect(() => rncrn(options as RncrnOptions)).toThrow(message);
  });
});
