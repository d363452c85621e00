import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';
import { identityScaling, type Task, train } from '../../src/learning/index.js';
import { distance, runExample, steps } from './example.js';

const THETA = [1, -0.5, 0.2, -0.4, 0.9, 0.1, 0.3, 0.3, -0.6];
const X = [0.3, 0.8, 0.2];
const T = 0.9;

/** States at T of the two laws from z(0) = x, by Runge–Kutta at 1e-11, and their Jacobians. */
const laws = [
  { dynamics: 'quadratic', z: [0.216141, 0.987197, 0.352926], J: (z: number) => Math.abs(z) },
  { dynamics: 'cubic', z: [0.242971, 1.196002, 0.38485], J: (z: number) => z ** 2 / 2 },
] as const;

/** The area under K stages, and what it tends to. */
const area = (J: number, K: number) => (1 - (1 + (J * T) / K) ** -K) / J;
const held = (J: number) => (1 - Math.exp(-J * T)) / J;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

/** −e·F·x row by row: the step of one example per unit of rate. */
const stepOf = (z: readonly number[], F: (z: number) => number) =>
  z.flatMap((state) => X.map((x) => -(sum(z) - 1) * F(state) * x));

/** All that the law takes for instantaneous, made so fast that the stages alone are left to see. */
const fast = { kf: 5000, ka: 5000, kb: 5000, kr: 2000, annihilation: 1e4 };

async function step(options: Partial<NeuralCrnOptions>) {
  const circuit = neuralCrn({ inputs: 3, adjoint: 'frozen', horizon: T, theta: THETA, ...options });
  const ran = await runExample(circuit, X, 1, { learnTime: 30 });
  return steps(ran).map((value) => value / circuit.options.rate);
}

for (const { dynamics, z, J } of laws) {
  describe(`frozen adjoint, ${dynamics} nodes`, () => {
    it('steps by the area under its stages, within O(1/σ)', async () => {
      for (const stages of [1, 4, 16]) {
        const wanted = stepOf(z, (state) => area(J(state), stages));
        const off = async (constants: Record<string, number>) =>
          distance(await step({ dynamics, stages, constants }), wanted) / largest(wanted);
        expect(await off({ ...fast, sigma: 1000 })).toBeLessThan(6e-4);
        expect(await off({ ...fast, sigma: 100 })).toBeLessThan(6e-3);
        expect(await off({})).toBeLessThan(0.06);
      }
    });

    it('tends to (1 − e^{−J·T})/J as 1/K', async () => {
      const wanted = stepOf(z, (state) => held(J(state)));
      const off: number[] = [];
      for (const stages of [1, 4, 16]) {
        const made = await step({ dynamics, stages, constants: { ...fast, sigma: 1e4 } });
        off.push(distance(made, wanted) / largest(wanted));
      }
      expect(off[2]).toBeLessThan(0.02);
      // ½J²T²·e^{−JT}/K and higher orders.
      expect(off[0] / off[1]).toBeGreaterThan(2.5);
      expect(off[1] / off[2]).toBeGreaterThan(3.3);
      expect(off[1] / off[2]).toBeLessThan(4.3);
    });

    it('with one stage is the leaky adjoint', async () => {
      const constants = { ...fast, sigma: 1000 };
      const one = await step({ dynamics, stages: 1, constants });
      const { kb: _, ...rest } = constants;
      const leaky = await step({ dynamics, adjoint: 'leaky', constants: rest });
      expect(distance(one, leaky) / largest(leaky)).toBeLessThan(1e-3);
    });
  });
}

it('is exact at J = 0 whatever the rates', async () => {
  // Nodes that stay at 0 do not leak: what is left is −rate·e·x·T.
  const circuit = neuralCrn({
    inputs: 2,
    hidden: 2,
    dynamics: 'quadratic',
    adjoint: 'frozen',
    start: 0,
    rate: 0.2,
    constants: { sigma: 7, kf: 31, ka: 23, kb: 17, kx: 1.7, kz: 0.4 },
  });
  const ran = await runExample(circuit, [0.5, -0.3], 1, { learnTime: 40 });
  const wanted = [0.5, -0.3, 0.5, -0.3].map((x) => 0.2 * 0.9 * x);
  expect(distance(steps(ran), wanted)).toBeLessThan(1e-8);
});

it('needs two rails of nothing but what its law says: weights raised on both rails step alike', async () => {
  const circuit = neuralCrn({ inputs: 3, adjoint: 'frozen', dynamics: 'cubic', theta: THETA });
  const both = circuit.weights.flatMap(({ plus, minus }) => [plus, minus as string]);
  const contents = Object.fromEntries(both.map((name) => [name, 1]));
  const plain = await runExample(circuit, X, 1);
  const raised = await runExample(circuit, X, 1, { contents });
  expect(distance(raised.after.theta, plain.after.theta)).toBeLessThan(2e-3);
});

it('trains as its ideal twin does', async () => {
  const inputs = [
    [0.1, 0.9, 0.2],
    [0.8, 0.3, 0.2],
    [0.5, 0.6, 0.2],
    [0.9, 0.9, 0.2],
  ];
  const set = { inputs, targets: inputs.map(([a, b]) => a * b + b * b) };
  const task: Task = {
    experiment: 'products',
    seed: 0,
    features: ['a', 'b', 'c'],
    target: 'y',
    train: set,
    validation: set,
    scaling: identityScaling(3, null),
    circuit: {
      inputs: 3,
      dynamics: 'quadratic',
      adjoint: 'frozen',
      rate: 0.3,
      theta: THETA,
      constants: { ...fast, sigma: 300 },
    },
    epochs: 8,
    order: 'fixed',
    notes: [],
  };
  const { metrics, history } = await train(task, { ideal: true }).result;
  const last = history[history.length - 1];
  expect(last.validationLoss).toBeLessThan(history[0].validationLoss / 2);
  expect(metrics.idealFinalLoss as number).toBeCloseTo(last.validationLoss, 3);
  expect(metrics.idealLargestDifference).toBeLessThan(5e-3);
});
