import { describe, expect, it } from 'vitest';
import { perceptron, perturbation } from '../../src/circuits/index.js';
import {
  gateExamples,
  gateNames,
  learnerTasks,
  narrowNormal,
  perceptronSystem,
  perturbationSystem,
  runLearner,
  separableGates,
  signedExamples,
  startingWeights,
} from '../../src/learning/index.js';
import { distance } from '../circuits/example.js';

const fine = { rtol: 1e-9, atol: 1e-12 };

it('there are 16 functions of two bits, 14 of them separable', () => {
  const values = gateNames.map((name) => gateExamples[name].labels.flat().join(''));
  expect(new Set(values).size).toBe(16);
  expect(separableGates).toHaveLength(14);
  expect(signedExamples(gateExamples.and)).toEqual({
    inputs: [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ],
    labels: [[-0.9], [-0.9], [-0.9], [0.9]],
  });
});

describe('a weight-loop perceptron', () => {
  it('makes the steps of its twin', async () => {
    const options = perceptronSystem.choose(gateExamples.nand, { seed: 3 });
    const circuit = perceptron(options);
    const [pot, twin] = [await perceptronSystem.pot(circuit, fine), perceptronSystem.twin(circuit)];
    const outputs: number[] = [];
    for (let k = 0; k < 12; k++) {
      const [own, ideal] = [pot.step(), twin.step()];
      expect(own).toMatchObject({ step: k + 1, rows: ideal.rows, going: 1 });
      expect(own.outputs[0][0]).toBeCloseTo(ideal.outputs[0][0], 6);
      expect(distance(pot.weights(), twin.weights)).toBeLessThan(1e-6);
      outputs.push(...ideal.outputs[0]);
    }
    // It had something to learn.
    expect(distance(twin.weights, options.weights ?? [])).toBeGreaterThan(0.1);
    expect(
      distance(pot.predict(gateExamples.nand.inputs).flat(), gateExamples.nand.inputs.flatMap(twin.outputs)),
    ).toBeLessThan(1e-6);
    pot.dispose();
  });

  it.each(separableGates)('learns %s, as its twin', async (recipe) => {
    const report = await runLearner(learnerTasks['perceptron-gates'].create({ seed: 1, recipe }));
    expect(report).toMatchObject({
      status: 'done',
      origin: 'reconstruction',
      metrics: { accuracy: 1, twinAccuracy: 1 },
    });
    // What is shown is learned to the end unless the answer was nearly undecided.
    expect(report.metrics.difference).toBeLessThan(1e-3);
  });

  it('cannot learn XOR, and neither can its twin', async () => {
    const circuit = perceptronSystem.choose(gateExamples.xor, { seed: 1 });
    const task = learnerTasks['perceptron-gates'].create();
    const { metrics } = await runLearner({ ...task, circuit });
    expect(metrics.accuracy).toBeLessThan(1);
    expect(metrics.twinAccuracy).toBeLessThan(1);
  });

  it('learns from other examples, and no clock drives it', async () => {
    const circuit = perceptron({ inputs: 3, weights: [0.1, 0.2, 0.3, -0.1] });
    await expect(perceptronSystem.pot(circuit)).rejects.toThrow(/examples must be given/);
    await expect(perceptronSystem.drive(circuit, { kind: 'coop' })).rejects.toThrow(
      /clock: examples are dosed/,
    );
    const examples = {
      inputs: [
        [1, 0, 1],
        [0, 1, 1],
      ],
      labels: [[0], [1]],
    };
    const pot = await perceptronSystem.pot(circuit, fine, examples);
    const twin = perceptronSystem.twin(circuit, examples);
    for (let k = 0; k < 4; k++) [pot.step(), twin.step()];
    expect(distance(pot.weights(), twin.weights)).toBeLessThan(1e-6);
    pot.dispose();
  });
});

describe('a network that perturbs its weights', () => {
  it('its twin goes down the slope of Σ(y − a)²', () => {
    const examples = signedExamples(gateExamples.xor);
    const weights = startingWeights([2, 3, 1], 5, narrowNormal);
    const options = { sizes: [2, 3, 1], samples: examples, weights, rate: 0.3, perturbation: 1e-6 };
    const circuit = perturbation(options);
    const loss = (start: number[]) => {
      const twin = perturbationSystem.twin(perturbation({ ...options, weights: start }));
      return examples.inputs.reduce(
        (sum, x, s) => sum + (twin.outputs(x)[0] - examples.labels[s][0]) ** 2,
        0,
      );
    };
    const twin = perturbationSystem.twin(circuit);
    twin.step();
    weights.forEach((weight, e) => {
      const h = 1e-5;
      const moved = (by: number) => loss(weights.map((w, k) => (k === e ? w + by : w)));
      expect(twin.weights[e] - weight).toBeCloseTo((-0.3 * (moved(h) - moved(-h))) / (2 * h), 5);
    });
  });

  it.each<[string, number[], number]>([
    ['two layers', [2, 3, 1], 1e-7],
    ['three layers and two outputs', [2, 2, 2, 2], 1e-7],
    ['one layer', [2, 1], 1e-7],
  ])('of %s makes the steps of its twin', async (_, sizes, most) => {
    const { inputs, labels } = signedExamples(gateExamples.or);
    const samples = {
      inputs,
      labels: labels.map(([y]) =>
        Array.from({ length: sizes[sizes.length - 1] }, (_, o) => (o === 0 ? y : -y / 2)),
      ),
    };
    const weights = startingWeights(sizes, 2, narrowNormal);
    const circuit = perturbation({ sizes, samples, weights, phaseLength: 30 });
    const [pot, twin] = [
      await perturbationSystem.pot(circuit, { rtol: 1e-11, atol: 1e-14 }),
      perturbationSystem.twin(circuit),
    ];
    for (let k = 0; k < 2; k++) {
      const [own, ideal] = [pot.step(), twin.step()];
      // Read before a weight is moved.
      expect(own.error).toBeCloseTo(ideal.error, 7);
      expect(distance(pot.weights(), twin.weights)).toBeLessThan(most);
    }
    expect(distance(twin.weights, weights)).toBeGreaterThan(0.01);
    expect(distance(pot.predict(inputs).flat(), inputs.flatMap(twin.outputs))).toBeLessThan(1e-6);
    pot.dispose();
  });

  it('learns XOR', async () => {
    const report = await runLearner(learnerTasks['perturbation-gates'].create({ seed: 1, epochs: 30 }));
    expect(report).toMatchObject({ status: 'done', metrics: { accuracy: 1, twinAccuracy: 1 } });
    report.predictions.chemistry?.forEach(([output], s) => {
      expect(Math.sign(output)).toBe([-1, 1, 1, -1][s]);
    });
    expect(report.metrics.difference).toBeLessThan(1e-3);
  });
});
