import { describe, expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { createRandom, idealNetwork, identityScaling, type Task, train } from '../../src/learning/index.js';
import { distance, runExample, steps } from './example.js';

const precise = { rtol: 1e-12, atol: 1e-15 };
const TWO = { inputs: 2, wiring: 'recurrent', theta: [0.5, -0.7, 0.3, 0.2] } as const;
const THREE = {
  inputs: 3,
  wiring: 'recurrent',
  theta: [0.4, -0.6, 0.2, 0.7, -0.3, 0.5, -0.2, 0.1, 0.6],
} as const;

describe('recurrent nodes', () => {
  it('turn by the matrix exponential', async () => {
    // Θ = ((0, −1), (1, 0)) is a rotation by T.
    const circuit = neuralCrn({ ...TWO, theta: [0, -1, 1, 0], horizon: 2 });
    const { value, outputs } = await runExample(circuit, [0.6, -0.8], undefined, { solver: precise });
    const turned = [0.6 * Math.cos(2) + 0.8 * Math.sin(2), 0.6 * Math.sin(2) - 0.8 * Math.cos(2)];
    expect(distance([value('Z[1]'), value('Z[2]')], turned)).toBeLessThan(1e-10);
    expect(outputs[0]).toBeCloseTo(turned[0] + turned[1], 10);
  });

  it('step along the gradient of their own loss, as finite differences say', async () => {
    for (const [options, x, y] of [
      [TWO, [0.6, -0.8], 0.5],
      [{ ...TWO, drift: 0.3, horizon: 0.7 }, [0.6, -0.8], 0.5],
      [THREE, [0.5, -0.4, 0.3], -0.2],
    ] as const) {
      const circuit = neuralCrn({ ...options, learnTime: 30 });
      const loss = async (theta: number[]) => {
        const at = neuralCrn({ ...options, theta });
        const [said] = (await runExample(at, [...x], undefined, { solver: precise })).outputs;
        return 0.5 * (said - y) ** 2;
      };
      const chemical = steps(await runExample(circuit, [...x], y, { solver: precise })).map((s) => s / -0.1);
      const size = Math.max(...chemical.map(Math.abs));
      const h = 5e-3;
      // All four weights of two nodes; of three nodes one in each row.
      for (const k of options.inputs === 2 ? [0, 1, 2, 3] : [1, 5, 6]) {
        const at = (by: number) => loss(options.theta.map((value, j) => (j === k ? value + by : value)));
        const near = (await at(h)) - (await at(-h));
        const far = (await at(2 * h)) - (await at(-2 * h));
        const slope = (8 * near - far) / (12 * h);
        expect(Math.abs(chemical[k] - slope) / size).toBeLessThan(1e-8);
      }
    }
  });

  it('have their Γ for random rates, at any rate of annihilation', async () => {
    const random = createRandom(7, 'rates');
    for (const annihilation of [0.3, 20, 3000]) {
      const [kf, kd, kx] = [random.uniform(2, 15), random.uniform(1, 6), random.uniform(1, 4)];
      const rate = random.uniform(0.05, 0.4);
      const circuit = neuralCrn({ ...TWO, rate, constants: { kf, kd, kx, annihilation } });
      expect(circuit.gamma).toBe(rate);
      const y = 0.4;
      const ran = await runExample(circuit, [0.7, 0.3], y, { learnTime: 40, solver: precise });
      const wanted = ['1,1', '1,2', '2,1', '2,2'].map(
        (at) => -rate * (ran.outputs[0] - y) * (ran.value(`S[1,${at}]`) + ran.value(`S[2,${at}]`)),
      );
      expect(distance(steps(ran), wanted) / Math.max(...wanted.map(Math.abs))).toBeLessThan(1e-9);
    }
  });

  it('do not depend on what both rails of a weight hold in common', async () => {
    const circuit = neuralCrn(TWO);
    const both = circuit.weights.flatMap(({ plus, minus }) => [plus, minus as string]);
    const contents = Object.fromEntries(both.map((name) => [name, 1]));
    const plain = await runExample(circuit, [0.6, -0.8], 0.5);
    const raised = await runExample(circuit, [0.6, -0.8], 0.5, { contents });
    expect(distance(raised.after.theta, plain.after.theta)).toBeLessThan(1e-8);
  });

  it('learn in proportion to their fuel, which burns to 1/(1 + n/n0)', async () => {
    const plain = await runExample(neuralCrn(TWO), [0.6, -0.8], 0.5);
    const fuelled = await runExample(neuralCrn({ ...TWO, fuel: 50 }), [0.6, -0.8], 0.5, {
      contents: { L: -0.5 },
    });
    const half = steps(plain).map((step) => step / 2);
    expect(distance(steps(fuelled), half)).toBeLessThan(1e-9);
    expect(fuelled.left.L).toBeCloseTo(0.5 / (1 + 0.5 / 50), 9);
  });

  it('are dosed with the input as their state, and say so', () => {
    const circuit = neuralCrn(TWO);
    expect(circuit.inputs.map(({ plus }) => plus)).toEqual(['Z[1]+', 'Z[2]+']);
    expect(circuit.start).toEqual([]);
    expect(circuit.digital[0]).toMatch(/^dosing: .* Z\[i\] \+= x_i and, to learn, Y \+= y/);
  });
});

describe('the ideal twin of a recurrent circuit', () => {
  it('takes the steps of the chemistry', async () => {
    for (const options of [TWO, { ...THREE, drift: -0.2 }]) {
      const circuit = neuralCrn({ ...options, learnTime: 30 });
      const twin = idealNetwork(circuit.options);
      const x = [0.5, -0.4, 0.3].slice(0, options.inputs);
      const ran = await runExample(circuit, x, 0.8, { solver: precise });
      expect(twin.outputs(x)[0]).toBeCloseTo(ran.outputs[0], 9);
      twin.step(x, [0.8]);
      expect(distance(twin.theta, ran.after.theta)).toBeLessThan(1e-9);
    }
  });

  it('trains as the chemistry does', async () => {
    const inputs = [
      [0.2, 0.9],
      [0.7, -0.3],
      [-0.5, 0.6],
      [0.9, 0.4],
    ];
    const set = { inputs, targets: inputs.map(([a, b]) => 2 * a - 0.5 * b) };
    const task: Task = {
      experiment: 'line',
      seed: 0,
      features: ['a', 'b'],
      target: 'y',
      train: set,
      validation: set,
      scaling: identityScaling(2, null),
      circuit: { ...TWO, learnTime: 15, rate: 0.2 },
      epochs: 15,
      order: 'fixed',
      notes: [],
    };
    const { metrics, history } = await train(task, { ideal: true, rtol: 1e-9, atol: 1e-12 }).result;
    const last = history[history.length - 1];
    expect(last.validationLoss).toBeLessThan(history[0].validationLoss / 20);
    expect(metrics.idealFinalLoss as number).toBeCloseTo(last.validationLoss, 8);
    expect(metrics.idealLargestDifference).toBeLessThan(1e-6);
  });
});
