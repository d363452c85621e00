import { describe, expect, it } from 'vitest';
import {
  type BfcnnOptions,
  bfcnn,
  type CircuitClockOptions,
  drivenCounts,
  type LakinOptions,
  lakin,
} from '../../src/circuits/index.js';
import { gateExamples } from '../../src/learning/index.js';
import { analyse, printNetwork } from '../../src/network/index.js';
import { networkOf } from '../tools/network.js';

/** Neurons, weights (biases too), weights above the first layer. */
function shape(sizes: readonly number[]) {
  const above = sizes.slice(1);
  return {
    H: above.reduce((sum, n) => sum + n, 0),
    M: above.reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0),
    P: above.slice(1).reduce((sum, n, l) => sum + n * above[l], 0),
    inputs: sizes[0],
    outputs: sizes[sizes.length - 1],
  };
}

/** So many examples without a zero. */
const examples = (count: number, inputs: number, outputs: number, sign = 1) => ({
  inputs: Array.from({ length: count }, (_, s) => new Array<number>(inputs).fill(sign * (0.1 + 0.1 * s))),
  labels: Array.from({ length: count }, () => new Array<number>(outputs).fill(0.5)),
});

const shapes = [
  [2, 1],
  [2, 2, 1],
  [4, 3, 3],
  [3, 5, 4, 2],
  [1, 2, 2, 2, 1],
];
const xor = { sizes: [2, 2, 1], batch: 4, samples: gateExamples.xor };

describe('the size of a BFCNN', () => {
  it.each([
    [{ sizes: [2, 2, 1] }, 83, 196],
    [{ sizes: [2, 2, 1], batch: 4 }, 200, 565],
    [{ sizes: [4, 3, 3] }, 195, 507],
  ] as [BfcnnOptions, number, number][])('%j: %i species, %i reactions', (options, species, reactions) => {
    expect(bfcnn(options).counts).toEqual({ species, reactions, maxMolecularity: 2 });
  });

  it.each(shapes)('follows the formulas for layers of %j …', (...sizes) => {
    const { H, M, P, inputs, outputs } = shape(sizes);
    for (const B of [1, 3]) {
      for (const q of [1, 2]) {
        const samples = examples(q * B, inputs, outputs);
        const cursor = q > 1 ? 2 * q : 1;
        const species = B * (12 * H + inputs + outputs) + 4 * M + 7 + cursor;
        const reactions =
          B * (27 * H + 4 * (M - H) + 4 * P + inputs + 5 * outputs) +
          7 * M +
          q * B * (inputs + outputs) +
          10 +
          (q > 1 ? 2 * q : 0);
        const built = bfcnn({ sizes, batch: B, samples });
        expect(built.counts).toEqual({ species, reactions, maxMolecularity: 2 });
        expect(built.phases).toHaveLength(2 * (sizes.length - 1) + 5);
        const hard = bfcnn({ sizes, batch: B, samples, latch: 'majority' });
        expect(hard.counts).toEqual({ species: species + 1, reactions: reactions + 4, maxMolecularity: 2 });
        expect(hard.phases).toHaveLength(2 * (sizes.length - 1) + 6);
      }
      const dosed = bfcnn({ sizes, batch: B, data: 'dosed' });
      const stored = bfcnn({ sizes, batch: B });
      expect(stored.counts.species - dosed.counts.species).toBe(1);
      expect(stored.counts.reactions - dosed.counts.reactions).toBe(B * (inputs + outputs));
    }
  });

  it('grows with dual-rail inputs as its docstring says', () => {
    for (const sizes of shapes) {
      const B = 2;
      const { inputs, outputs } = shape(sizes);
      const signed = bfcnn({ sizes, batch: B, samples: examples(B, inputs, outputs, -1) });
      const plain = bfcnn({ sizes, batch: B, samples: examples(B, inputs, outputs) });
      const meetings = B * inputs * sizes[1];
      expect(signed.counts.species - plain.counts.species).toBe(B * inputs);
      expect(signed.counts.reactions - plain.counts.reactions).toBe(B * inputs + 4 * meetings);
    }
  });

  it('leaves out constants of value 0', () => {
    expect(bfcnn({ ...xor, data: 'constants' }).counts.reactions).toBe(565 - 6);
    expect(bfcnn({ ...xor, data: 'parameters' }).counts.reactions).toBe(565);
  });

  it.each([
    [{ kind: 'ring', gate: 'proxy', relayed: 'first' }, 303, 738],
    [{ kind: 'ring', gate: 'proxy' }, 283, 698],
    [{ kind: 'ring', gate: 'catalyst' }, 228, 588],
    [{ kind: 'coop', gate: 'proxy' }, 310, 779],
  ] as [CircuitClockOptions, number, number][])(
    'with a clock, %j: %i species, %i reactions',
    (clock, species, reactions) => {
      const { network } = bfcnn({ ...xor, data: 'constants', cursor: true });
      const order = clock.gate === 'proxy' ? 2 : 3;
      expect(drivenCounts(network, clock)).toEqual({ species, reactions, maxMolecularity: order });
    },
  );

  it('of one copy takes 38 relays more', () => {
    const { network } = bfcnn({ sizes: [2, 2, 1] });
    const plain = drivenCounts(network, { kind: 'ring', gate: 'catalyst' });
    expect([plain.species, plain.reactions]).toEqual([110, 223]);
    const relayed = drivenCounts(network, { kind: 'ring', gate: 'proxy', relayed: 'first' });
    expect([relayed.species, relayed.reactions]).toEqual([148, 299]);
  });
});

describe('the size of a leaky-ReLU network', () => {
  it('2-2-1 learning XOR: 80 species, 203 reactions', () => {
    const { counts, phases } = lakin({ ...xor, batch: 1, data: 'constants' });
    expect(counts).toEqual({ species: 80, reactions: 203, maxMolecularity: 2 });
    expect(phases).toEqual(['load', 'sum1', 'settle1', 'sum2', 'settle2', 'grad', 'update']);
  });

  it.each(shapes)('follows the formulas for layers of %j …', (...sizes) => {
    const { H, M, P, inputs, outputs } = shape(sizes);
    for (const B of [1, 3]) {
      for (const q of [1, 2]) {
        const cursor = q > 1 ? 2 * q : 0;
        const built = lakin({ sizes, batch: B, samples: examples(q * B, inputs, outputs) });
        expect(built.counts).toEqual({
          species: B * (10 * H + 2 * inputs + 2 * outputs) + 4 * M + Math.max(1, cursor),
          reactions:
            B * (23 * H + 8 * (M - H) + 4 * P + 2 * inputs + 6 * outputs) +
            6 * M +
            q * B * (inputs + outputs) +
            cursor,
          maxMolecularity: 2,
        });
      }
    }
  });
});

describe('as networks', () => {
  it('they are text like any other', () => {
    for (const { network } of [
      bfcnn({ ...xor, latch: 'majority' }),
      bfcnn({ sizes: [2, 1], data: 'dosed' }),
      lakin({ ...xor, batch: 1 }),
    ]) {
      const text = printNetwork(network);
      expect(printNetwork(networkOf(text))).toBe(text);
    }
  });

  it('a BFCNN keeps A + Q of every neuron and what its latch holds', () => {
    const sums = (options: Partial<BfcnnOptions>) =>
      analyse(bfcnn({ ...xor, ...options }).network).moieties.map(({ coefficients, total }) => [
        Object.keys(coefficients).sort().join(' + '),
        total,
      ]);
    expect(sums({})).toContainEqual(['A[2,1,4] + Q[2,1,4]', 1]);
    expect(sums({})).toContainEqual(['Go + Stop', 1]);
    expect(sums({ latch: 'majority' })).toContainEqual(['Blank + Go + Stop', 1]);
  });
});

describe('what cannot be built is refused with the reason', () => {
  const both: [object, RegExp][] = [
    [{}, /sizes must be at least two numbers of neurons, inputs first and outputs last, got undefined/],
    [{ sizes: [3] }, /sizes must be at least two numbers/],
    [{ sizes: [2, 0, 1] }, /sizes\[2\] must be an integer ≥ 1, got 0/],
    [{ sizes: [2, 1], layers: 3 }, /there is no option "layers"/],
    [{ sizes: [2, 1], batch: 1.5 }, /batch must be an integer ≥ 1, got 1.5/],
    [{ sizes: [2, 1], rate: 0 }, /rate must be a finite number > 0, got 0/],
    [{ sizes: [2, 1], phaseLength: Number.NaN }, /phaseLength must be a finite number > 0, got NaN/],
    [{ sizes: [2, 1], data: 'file' }, /data must be 'parameters', 'constants' or 'dosed', got "file"/],
    [{ sizes: [2, 1], data: 'constants' }, /samples must be given with data 'constants'/],
    [{ sizes: [2, 1], data: 'dosed', samples: gateExamples.or }, /samples are stored; with data 'dosed'/],
    [{ sizes: [2, 1], data: 'dosed', cursor: true }, /cursor: there are no stored batches/],
    [{ sizes: [2, 1], samples: gateExamples.or, cursor: false }, /cursor: 4 batches need one/],
    [{ sizes: [2, 1], batch: 3, samples: gateExamples.or }, /4 rows are no multiple of 3/],
    [{ sizes: [3, 1], samples: gateExamples.or }, /samples.inputs\[1\] must have 3 values, got 2/],
    [{ sizes: [2, 1], samples: { inputs: [[1, 2]], labels: [] } }, /1 rows of inputs, but 0 of labels/],
    [{ sizes: [2, 1], weights: [1, 2] }, /weights needs 3 values, got 2/],
    [{ sizes: [2, 1], weights: [1, 2, Number.POSITIVE_INFINITY] }, /weights\[3\] must be a finite number/],
  ];
  it.each(both)('%j', (options, message) => {
    expect(() => bfcnn(options as BfcnnOptions)).toThrow(message);
    expect(() => lakin(options as LakinOptions)).toThrow(message);
  });

  it.each<[Partial<BfcnnOptions>, RegExp]>([
    [{ tolerance: -1 }, /tolerance must be a finite number ≥ 0, got -1/],
    [{ latch: 'hard' as 'soft' }, /latch must be 'soft' or 'majority', got "hard"/],
    [{ inputRails: 'three' as 'dual' }, /inputRails must be 'single' or 'dual'/],
    [{ samples: { inputs: [[0, 1]], labels: [[2]] } }, /labels\[1\] cannot be 2: outputs are sigmoids/],
    [
      { samples: { inputs: [[0, -1]], labels: [[1]] }, inputRails: 'single' },
      /inputRails 'single' cannot hold negative inputs/,
    ],
  ])('of a BFCNN: %j', (options, message) => {
    expect(() => bfcnn({ sizes: [2, 1], ...options })).toThrow(message);
  });

  it('of a leaky-ReLU network: a slope beyond 1', () => {
    expect(() => lakin({ sizes: [2, 1], slope: 1.1 })).toThrow(/slope must be > 0 and at most 1, got 1.1/);
  });

  it('a clock for reactions that run in some phases only', () => {
    const { network } = bfcnn({ sizes: [2, 1] });
    expect(() => drivenCounts(network, { kind: 'ring', length: 13 })).toThrow(/odd number ≥ 15, got 13/);
    expect(() => drivenCounts(network, { kind: 'coop', length: 15 })).toThrow(
      /multiple of 7, .* ≥ 14, got 15/,
    );
  });
});
