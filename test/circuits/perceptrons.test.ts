import { describe, expect, it } from 'vitest';
import {
  type PerceptronOptions,
  type PerturbationOptions,
  perceptron,
  perceptronWithSample,
  perturbation,
  signedValue,
} from '../../src/circuits/index.js';
import { parseNetwork, printNetwork, simulate } from '../../src/index.js';
import { gateExamples, signedExamples } from '../../src/learning/index.js';

describe('a weight-loop perceptron', () => {
  it.each([1, 2, 5])('of %i inputs has its size', (n) => {
    expect(perceptron({ inputs: n }).counts).toEqual({
      species: 6 * n + 12,
      reactions: 11 * n + 17,
      maxMolecularity: 2,
    });
  });

  it.each([
    // z = 0.3 − 0.2 + 0.4 > 0, and 0 was asked for: half of η each, of three.
    [[1, 1], 0, 1, [-0.2, -0.2, -0.2]],
    [[1, 1], 1, 1, [0, 0, 0]],
    // z = −0.2 + 0.1: the input that is 0 learns nothing.
    [[0, 1], 1, 0, [0, 0.3, 0.3]],
    [[0, 1], 0, 0, [0, 0, 0]],
    [[0, 0], 0, 1, [0, 0, -0.6]],
  ])('of inputs %j and label %i answers %i, and changes its weights by %j', async (x, y, answer, changes) => {
    const weights = x[0] === 0 && x[1] === 1 ? [0.3, -0.2, 0.1] : [0.3, -0.2, 0.4];
    const circuit = perceptron({ weights, rate: 0.6 });
    const solution = await simulate(perceptronWithSample(circuit, x, y), { rtol: 1e-9, atol: 1e-12 });
    const { final } = solution;
    const [T] = [circuit.settings.phaseLength];
    const at = solution.at(1.999 * T);
    expect(at[answer === 1 ? 'Y1' : 'Y0']).toBeCloseTo(Math.abs(zOf(weights, x)), 6);
    expect(at[answer === 1 ? 'Y0' : 'Y1']).toBeCloseTo(0, 6);
    circuit.weights.forEach(({ signal }, i) => {
      expect(signedValue(signal, (name) => final[name]) - weights[i]).toBeCloseTo(changes[i], 6);
    });
    // Nothing is left for the next example.
    for (const name of [
      'X1[1]',
      'X0[1]',
      'X1[2]',
      'X0[2]',
      'Y1',
      'Y0',
      'D1',
      'D0',
      'S[0]+',
      'S[1]-',
      'E+',
      'E-',
      'Z+',
    ]) {
      expect(final[name], name).toBeLessThan(1e-7);
    }
  });

  it.each<[object, RegExp]>([
    [{ input: 2 }, /there is no option "input" \(did you mean "inputs"\?\)/],
    [{ inputs: 0 }, /inputs must be an integer ≥ 1, got 0/],
    [{ weights: [1, 2] }, /weights needs 3 values, got 2/],
    [{ rate: 0 }, /rate must be a finite number > 0, got 0/],
    [
      { samples: { inputs: [[0, 0.5]], labels: [[1]] } },
      /samples\.inputs\[1\] must be 2 of 0 and 1, got \[0,0\.5\]/,
    ],
    [{ samples: { inputs: [[0, 1]], labels: [[2]] } }, /samples\.labels\[1\] must be 1 of 0 and 1/],
    [{ samples: { inputs: [], labels: [] } }, /rows with a label each, got 0 of inputs/],
  ])('refuses %j', (options, message) => {
    expect(() => perceptron(options as PerceptronOptions)).toThrow(message);
  });
});

const zOf = (weights: readonly number[], x: readonly number[]): number =>
  weights[0] * x[0] + weights[1] * x[1] + weights[2];

describe('a network that perturbs its weights', () => {
  const xor = signedExamples(gateExamples.xor);

  it.each([
    [[2, 3, 1], 4],
    [[2, 2, 1], 4],
    [[3, 1], 2],
    [[2, 3, 3, 2], 3],
  ])('%j with %i copies has its size', (sizes, batch) => {
    const last = sizes.length - 1;
    const [inputs, outputs] = [sizes[0], sizes[last]];
    const samples = {
      inputs: Array.from({ length: batch }, () => new Array<number>(inputs).fill(0.5)),
      labels: Array.from({ length: batch }, () => new Array<number>(outputs).fill(0.5)),
    };
    const circuit = perturbation({ sizes, samples });
    const neurons = sizes.slice(1).reduce((sum, count) => sum + count, 0);
    const weights = circuit.weights.length;
    expect(circuit.counts).toEqual({
      species: batch * (7 * neurons + 2 * inputs + 4 * outputs) + 6 * weights + 8,
      reactions:
        batch * (16 * neurons + 6 * (weights - neurons) + 2 * inputs + 12 * outputs) +
        12 * weights +
        batch * (inputs + outputs) +
        10,
      maxMolecularity: 2,
    });
    expect(circuit.phases).toHaveLength(2 * last + 4);
    expect(circuit.rounds).toBe(weights + 1);
    expect(circuit.digital[1]).toContain(`${weights + 1} times a step`);
  });

  it('prints as text that reads back', () => {
    const { network } = perturbation({ sizes: [2, 2, 1], samples: xor, data: 'constants' });
    const { network: again, issues } = parseNetwork(printNetwork(network));
    expect(issues).toEqual([]);
    expect(printNetwork(again!)).toBe(printNetwork(network));
  });

  it.each<[object, RegExp]>([
    [
      { sizes: [2, 1], samples: xor, batch: 2 },
      /batch: a step learns from all examples, so 4 of them need as many copies, not 2/,
    ],
    [{ sizes: [2, 1], cursor: true }, /cursor: a step learns from all examples/],
    [{ sizes: [2, 1], perturbation: 0 }, /perturbation must be a finite number > 0, got 0/],
    [
      { sizes: [1, 1], samples: { inputs: [[1]], labels: [[2]] } },
      /samples\.labels\[1\] cannot be 2: outputs are tanh/,
    ],
    [{ sizes: [2, 1], delta: 1 }, /there is no option "delta"/],
  ])('refuses %j', (options, message) => {
    expect(() => perturbation(options as PerturbationOptions)).toThrow(message);
  });
});
