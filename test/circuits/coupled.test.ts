import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';
import { createRandom, idealNetwork } from '../../src/learning/index.js';
import { distance, runExample, steps } from './example.js';

const precise = { rtol: 1e-12, atol: 1e-15 };
const random = createRandom(4, 'coupling');
const numbers = (count: number) => Array.from({ length: count }, () => random.normal(0, 0.6));
/** Three nodes, four inputs. */
const options = {
  inputs: 4,
  hidden: 3,
  dynamics: 'quadratic',
  coupling: [
    [0, 0.5, -0.4],
    [-0.7, 0.2, 0.3],
    [0.6, -0.2, -0.3],
  ],
  theta: numbers(12),
  start: 0,
  horizon: 1.5,
  learnTime: 20,
} satisfies NeuralCrnOptions;
const x = [0.7, 0.3, 0.5, 1];
const y = 0.4;

/** Largest deviation of the applied gradient from that of the ideal twin, relative to the largest component. */
async function off(more: Partial<NeuralCrnOptions>): Promise<number> {
  const circuit = neuralCrn({ ...options, ...more } as NeuralCrnOptions);
  const twin = idealNetwork(circuit.options);
  const before = [...twin.theta];
  twin.step(x, [y]);
  const wanted = twin.theta.map((value, k) => value - before[k]);
  const made = steps(await runExample(circuit, x, y, { solver: precise }));
  return distance(made, wanted) / Math.max(...wanted.map(Math.abs));
}

describe('coupled nodes', () => {
  it('have their size, 326 reactions of 80 species with three nodes and four positive inputs', () => {
    for (const [n, m] of [
      [2, 2],
      [4, 3],
      [3, 5],
    ]) {
      const at = { inputs: n, hidden: m, coupling: new Array(m * m).fill(0.1), start: 0 } as const;
      const [reactions, species] = [
        9 * m * n + 2 * n + 4 * m ** 3 + 14 * m ** 2 + 8 * m + 4,
        2 * m * n + 2 * n + 4 * m ** 2 + 4 * m + 4,
      ];
      for (const [dynamics, order] of [
        ['quadratic', 2],
        ['cubic', 3],
      ] as const) {
        expect(neuralCrn({ ...at, dynamics }).counts).toEqual({ reactions, species, maxMolecularity: order });
      }
    }
    const { counts } = neuralCrn({ ...options, inputRails: 'single' });
    expect(counts).toEqual({ reactions: 326, species: 80, maxMolecularity: 2 });
  });

  it('quadratic: step along the gradient up to O(1/kZ)', async () => {
    const made: number[] = [];
    for (const kZ of [1e3, 1e4, 1e5]) made.push(await off({ constants: { kZ } }));
    expect(made[1]).toBeLessThan(5e-4);
    expect(made[0] / made[1]).toBeGreaterThan(8);
    expect(made[1] / made[2]).toBeGreaterThan(8);
  });

  it('linear, and cubic with its mixed terms: exact at any rate of annihilation', async () => {
    expect(await off({ dynamics: 'linear', constants: { kZ: 5, kP: 3 } })).toBeLessThan(1e-8);
    expect(await off({ dynamics: 'cubic', exactCubic: true, constants: { kZ: 10 } })).toBeLessThan(1e-8);
  });

  it('have their Γ for random rates', async () => {
    const names = ['kf', 'kd', 'kalpha', 'kx', 'kphi', 'ka'];
    for (const rate of [0.05, 0.4]) {
      const constants = Object.fromEntries(names.map((name) => [name, random.uniform(1, 8)]));
      const more = { dynamics: 'cubic', exactCubic: true, learnTime: 30, rate, drift: 0.2 } as const;
      expect(await off({ ...more, constants: { ...constants, kZ: 50 } })).toBeLessThan(1e-8);
    }
  });

  it('the twin descends its own loss, from a state or from the input', () => {
    for (const more of [
      {},
      { hidden: 4, coupling: numbers(16), theta: numbers(16), start: 'input' },
    ] as const) {
      const { options: settings } = neuralCrn({ ...options, dynamics: 'cubic', ...more } as NeuralCrnOptions);
      const loss = (theta: number[]) => 0.5 * (idealNetwork(settings, { theta }).outputs(x)[0] - y) ** 2;
      const twin = idealNetwork(settings);
      const before = [...twin.theta];
      twin.step(x, [y]);
      const h = 1e-5;
      before.forEach((value, k) => {
        const at = (by: number) => loss(before.map((other, j) => (j === k ? other + by : other)));
        expect(Math.abs((value - twin.theta[k]) / 0.1 - (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-8);
      });
    }
  });

  it('without coupling are nodes of the exact adjoint', () => {
    const { coupling: _, ...rest } = options;
    const apart = idealNetwork(neuralCrn(rest).options);
    const coupled = idealNetwork(neuralCrn({ ...options, coupling: new Array(9).fill(0) }).options);
    expect(coupled.outputs(x)[0]).toBeCloseTo(apart.outputs(x)[0], 8);
    apart.step(x, [y]);
    coupled.step(x, [y]);
    expect(distance(coupled.theta, apart.theta)).toBeLessThan(1e-8);
  });

  it('learn in proportion to their fuel', async () => {
    const circuit = neuralCrn({ ...options, fuel: 'constant', coupling: numbers(9) });
    const whole = steps(await runExample(circuit, x, y));
    const half = steps(await runExample(circuit, x, y, { contents: { L: -0.5 } }));
    expect(
      distance(
        half,
        whole.map((step) => step / 2),
      ),
    ).toBeLessThan(1e-8);
  });

  it('are refused where they are not built', () => {
    const refused = /coupling is built for wiring 'full', adjoint 'exact', readout 'sum'/;
    expect(() => neuralCrn({ ...options, adjoint: 'leaky' })).toThrow(refused);
    expect(() => neuralCrn({ ...options, readout: 'trained' })).toThrow(refused);
    expect(() => neuralCrn({ inputs: 2, wiring: 'recurrent', coupling: [0, 1, 1, 0] })).toThrow(refused);
    expect(() => neuralCrn({ inputs: 1, pipeline: 'staged', coupling: [1] })).toThrow(/coupling belongs to/);
    expect(() => neuralCrn({ ...options, dynamics: 'rectified' })).toThrow(RangeError);
    expect(() => neuralCrn({ ...options, coupling: [1] })).toThrow(/coupling needs 9 values, got 1/);
  });
});
