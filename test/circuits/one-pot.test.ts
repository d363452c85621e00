import { describe, expect, it } from 'vitest';
import { type OnePotOptions, onePot } from '../../src/circuits/index.js';
import { simulate } from '../../src/index.js';
import { gateExamples } from '../../src/learning/index.js';
import { analyse, printNetwork } from '../../src/network/index.js';
import { networkOf } from '../tools/network.js';

const examples = (count: number, inputs: number, outputs: number, sign = 1) => ({
  inputs: Array.from({ length: count }, (_, s) => new Array<number>(inputs).fill(sign * (0.1 + 0.1 * s))),
  labels: Array.from({ length: count }, () => new Array<number>(outputs).fill(0.5)),
});

describe('the size of a one-pot learner', () => {
  it('2-3-1 learning XOR: 194 species, 597 reactions, no phases', () => {
    const circuit = onePot({ sizes: [2, 3, 1], samples: gateExamples.xor });
    expect(circuit.counts).toEqual({ species: 194, reactions: 597, maxMolecularity: 2 });
    expect([circuit.phases, circuit.network.phases, circuit.network.doses]).toEqual([[], [], []]);
    // Six of its constants are 0.
    expect(onePot({ sizes: [2, 3, 1], samples: gateExamples.xor, data: 'constants' }).counts.reactions).toBe(
      597 - 6,
    );
  });

  it.each([[[2, 1]], [[4, 3, 3]], [[3, 5, 4, 2]]])('follows the formulas for layers of %j', (sizes) => {
    const above = sizes.slice(1);
    const H = above.reduce((sum, n) => sum + n, 0);
    const M = above.reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0);
    const P = above.slice(1).reduce((sum, n, l) => sum + n * above[l], 0);
    const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]];
    for (const B of [1, 3]) {
      const plain = onePot({ sizes, samples: examples(B, inputs, outputs) });
      expect(plain.counts).toEqual({
        species: B * (10 * H + inputs) + 2 * M,
        reactions: B * (23 * H + 4 * (M - H) + 4 * P + 2 * inputs + 2 * outputs) + M,
        maxMolecularity: 2,
      });
      const signed = onePot({ sizes, samples: examples(B, inputs, outputs, -1) });
      expect(signed.counts.species - plain.counts.species).toBe(B * inputs);
      expect(signed.counts.reactions - plain.counts.reactions).toBe(B * inputs + 4 * B * inputs * sizes[1]);
    }
  });

  it('without learning it is sums and rectifiers alone', () => {
    const { counts } = onePot({ sizes: [2, 3, 1], learns: false });
    // Inputs, rails of sums, neurons, rails of weights; sums, biases, decays, annihilations, three of a rectifier and its source.
    expect(counts.species).toBe(2 + 8 + 4 + 26);
    expect(counts.reactions).toBe(2 * 9 + 4 * (2 + 2 + 1 + 4));
  });
});

it('is text like any other, and keeps G + Q of every neuron', () => {
  const { network } = onePot({
    sizes: [2, 2, 1],
    samples: gateExamples.or,
    weights: [1, -1, 0, 0.5, 1, 2, -1, 1, 0],
  });
  const text = printNetwork(network);
  expect(printNetwork(networkOf(text))).toBe(text);
  const sums = analyse(network).moieties.map(({ coefficients, total }) => [
    Object.keys(coefficients).sort().join(' + '),
    total,
  ]);
  expect(sums).toHaveLength(3 * 4);
  expect(sums).toContainEqual(['G[2,1,4] + Q[2,1,4]', 1]);
});

it('a neuron rests at the smooth rectifier of its sum, with its slope', async () => {
  for (const w of [-3, -0.4, 0, 0.7, 2]) {
    const samples = { inputs: [[1]], labels: [[0.3]] };
    // So slow a learner stands still.
    const { network } = onePot({ sizes: [1, 1], samples, weights: [w, 0.1], rate: 1e-9 });
    const { final } = await simulate(network, { to: 20, rtol: 1e-9, atol: 1e-12 });
    const z = w + 0.1;
    const a = (z + Math.sqrt(z * z + 0.2)) / 2;
    expect(final['A[1,1,1]']).toBeCloseTo(a, 6);
    const h = 1e-6;
    const slope = ((z + h + Math.sqrt((z + h) ** 2 + 0.2)) / 2 - a) / h;
    expect(final['G[1,1,1]']).toBeCloseTo(slope, 5);
    expect(final['Z[1,1,1]+'] - final['Z[1,1,1]-']).toBeCloseTo((0.3 - a) * slope, 5);
  }
});

describe('what cannot be built is refused with the reason', () => {
  it.each<[object, RegExp]>([
    [{}, /sizes must be at least two numbers of neurons/],
    [{ sizes: [2, 1], batch: 2 }, /there is no option "batch"/],
    [{ sizes: [2, 1], softness: 0 }, /softness must be a finite number > 0, got 0/],
    [{ sizes: [2, 1], speed: -1 }, /speed must be a finite number > 0, got -1/],
    [{ sizes: [2, 1], stretch: 0 }, /stretch must be a finite number > 0, got 0/],
    [{ sizes: [2, 1], data: 'dosed' }, /data must be 'parameters' or 'constants', got "dosed"/],
    [{ sizes: [2, 1], learns: 1 }, /learns must be true or false, got 1/],
    [{ sizes: [2, 1], learns: false, samples: gateExamples.or }, /samples are for learning/],
    [{ sizes: [3, 1], samples: gateExamples.or }, /samples.inputs\[1\] must have 3 values, got 2/],
    [{ sizes: [2, 1], samples: { inputs: [], labels: [] } }, /samples must fill whole batches/],
    [{ sizes: [2, 1], samples: { inputs: [[0, 1]], labels: [[-2]] } }, /labels\[1\]\[1\] cannot be -2/],
    [{ sizes: [1, 1], samples: examples(1, 1, 1, -1), inputRails: 'single' }, /cannot hold negative inputs/],
    [{ sizes: [2, 1], inputRails: 'three' }, /inputRails must be 'single' or 'dual'/],
    [{ sizes: [2, 1], weights: [1] }, /weights needs 3 values, got 1/],
  ])('%j', (options, message) => {
    expect(() => onePot(options as OnePotOptions)).toThrow(message);
  });
});
