import { describe, expect, it } from 'vitest';
import { checkedReluNetwork, rateIndependent, reluOutputs } from '../../src/circuits/index.js';
import {
  learnerTasks,
  quantisedClassifier,
  rateIndependentSystem,
  runLearner,
  trainQuantised,
  withRandomRates,
} from '../../src/learning/index.js';
import { iris } from '../../src/learning/iris.js';

describe('training with weights of few values', () => {
  const { train } = iris({ seed: 1 });
  const examples = { inputs: train.inputs.map((row) => row.map((x) => x / 4 - 1)), classes: train.targets };

  it('finds ternary weights that classify, the same for the same seed', () => {
    const { network, accuracy, loss, epoch } = trainQuantised(examples, { seed: 4, epochs: 200 });
    expect(accuracy).toBeGreaterThan(0.9);
    expect(epoch).toBeGreaterThan(1);
    for (const { weights } of network.layers) {
      expect(weights.flat().filter((value) => ![-1, 0, 1].includes(value as number))).toEqual([]);
    }
    // What it reports is what the network does.
    const digital = checkedReluNetwork(network);
    let sum = 0;
    let right = 0;
    examples.inputs.forEach((x, k) => {
      const outputs = reluOutputs(digital, x);
      const powers = outputs.map((value) => Math.exp(value));
      sum -= Math.log(powers[examples.classes[k]] / powers.reduce((all, power) => all + power, 0));
      if (outputs.indexOf(Math.max(...outputs)) === examples.classes[k]) right++;
    });
    expect(right / 120).toBe(accuracy);
    expect(sum / 120).toBeCloseTo(loss, 10);
    expect(trainQuantised(examples, { seed: 4, epochs: 200 }).network).toEqual(network);
    expect(trainQuantised(examples, { seed: 5, epochs: 200 }).network).not.toEqual(network);
  });

  it('with finer weights comes nearer', () => {
    const of = (options: object) => trainQuantised(examples, { seed: 4, epochs: 200, ...options });
    const fine = of({ parts: 8, limit: 2 });
    expect(fine.loss).toBeLessThan(of({}).loss);
    const values = checkedReluNetwork(fine.network).layers.flatMap(({ weights }) => weights.flat());
    expect(values.every(({ denominator }) => 8 % denominator === 0)).toBe(true);
    expect(
      Math.max(...values.map(({ numerator, denominator }) => Math.abs(numerator / denominator))),
    ).toBeLessThanOrEqual(2);
  });

  it.each<[object, RegExp]>([
    [{ parts: 0 }, /parts must be an integer ≥ 1, got 0/],
    [{ hidden: [0] }, /hidden\[1\] must be an integer ≥ 1, got 0/],
    [{ limit: 0.5 }, /limit must be > 0 and a multiple of 1\/parts = 1\/1, got 0.5/],
    [{ rate: -1 }, /rate must be a finite number > 0, got -1/],
  ])('refuses %j', (options, message) => {
    expect(() => trainQuantised(examples, options)).toThrow(message);
  });

  it.each([
    [{ inputs: [[1], [2, 3]], classes: [0, 1] }, /inputs\[2\] must have 1 finite values/],
    [{ inputs: [[1]], classes: [0.5] }, /classes\[1\] must be the number of a class from 0, got 0.5/],
    [{ inputs: [[1]], classes: [] }, /rows with a class each, got 1 and 0/],
  ])('refuses rows %j', (rows, message) => {
    expect(() => trainQuantised(rows)).toThrow(message);
  });
});

describe('irises by a rate-independent network', () => {
  it.each(['ternary', 'unreduced', 'quarters'] as const)(
    '%s: all decided as digitally, at rates over six decades',
    async (recipe) => {
      const report = await runLearner(learnerTasks['rate-independent-iris'].create({ seed: 2, recipe }));
      expect(report).toMatchObject({ status: 'done', history: [], weights: { names: [] } });
      expect(report.predictions.chemistry).toHaveLength(150);
      expect(report.metrics.agreement).toBe(1);
      expect(report.metrics.outputDifference).toBeLessThan(1e-2);
      expect(report.metrics.accuracy).toBeGreaterThan(0.93);
      expect(report.metrics.accuracy).toBe(report.metrics.twinAccuracy);
    },
  );

  it('has the sizes of the published network', () => {
    const { network } = quantisedClassifier(iris(), { epochs: 1 });
    expect(rateIndependent({ network, reduce: 'none' }).counts).toEqual({
      species: 54,
      reactions: 40,
      maxMolecularity: 2,
    });
    expect(rateIndependent({ network }).counts.reactions).toBe(16);
    expect(network.outputs.names).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  it('draws a rate for every reaction, the same for the same seed', () => {
    const { network } = quantisedClassifier(iris(), { epochs: 1 });
    const rates = withRandomRates({ network, reduce: 'none' }, 7).rates as number[];
    expect(rates).toHaveLength(40);
    expect(Math.min(...rates)).toBeGreaterThan(1e-3);
    expect(Math.min(...rates)).toBeLessThan(1e-1);
    expect(Math.max(...rates)).toBeGreaterThan(1e1);
    expect(Math.max(...rates)).toBeLessThan(1e3);
    expect(withRandomRates({ network, reduce: 'none' }, 7).rates).toEqual(rates);
  });

  it('learns nothing, and says so', async () => {
    const options = { network: { layers: [{ weights: [[1, -1]] }] } };
    const circuit = rateIndependent(options);
    await expect(rateIndependentSystem.pot(circuit)).rejects.toThrow(/examples must be given/);
    await expect(rateIndependentSystem.pot(rateIndependent({ ...options, x: [1, 2] }))).rejects.toThrow(
      /x: the circuit has inputs of its own/,
    );
    const examples = { inputs: [[3, 1]], labels: [[1]] };
    const pot = await rateIndependentSystem.pot(circuit, {}, examples);
    expect(
      pot
        .predict([
          [3, 1],
          [-1, 2],
        ])
        .map(([y]) => Math.round(1e6 * y) / 1e6),
    ).toEqual([2, -3]);
    expect(() => pot.step()).toThrow(/infers and does not learn/);
    pot.dispose();
    const single = await rateIndependentSystem.pot(
      rateIndependent({ ...options, inputRails: 'single' }),
      {},
      examples,
    );
    expect(() => single.predict([[-1, 0]])).toThrow(/inputs\[1\]\[1\] cannot be -1 on a single rail/);
    single.dispose();
  });
});
