import { describe, expect, it } from 'vitest';
import {
  checkedReluNetwork,
  type RateIndependentCircuit,
  type RateIndependentOptions,
  type ReluNetwork,
  rateIndependent,
  reluOutputs,
  signedValue,
} from '../../src/circuits/index.js';
import { parseNetwork, printNetwork, rateIndependence, simulate } from '../../src/index.js';
import { createRandom } from '../../src/learning/index.js';

/** Rates between 10⁻³ and 10³. */
function randomRates(count: number, seed: number): number[] {
  const random = createRandom(seed, 'rates');
  return Array.from({ length: count }, () => 10 ** random.uniform(-3, 3));
}

async function outputsOf(circuit: RateIndependentCircuit): Promise<number[]> {
  const solution = await simulate(circuit.network, { rtol: 1e-9, atol: 1e-12 });
  const { final } = solution;
  return circuit.outputs.map((signal) => signedValue(signal, (name) => final[name]) / circuit.outputScale);
}

/** Worst difference from the digital network over draws of the rates. */
async function worst(options: RateIndependentOptions, draws: number): Promise<number> {
  const ideal = reluOutputs(checkedReluNetwork(options.network), options.x ?? []);
  let most = 0;
  for (let seed = 0; seed < draws; seed++) {
    const { counts } = rateIndependent(options);
    const own = await outputsOf(rateIndependent({ ...options, rates: randomRates(counts.reactions, seed) }));
    most = Math.max(most, ...own.map((value, k) => Math.abs(value - ideal[k])));
  }
  return most;
}

const TERNARY: ReluNetwork = {
  layers: [
    {
      weights: [
        [1, -1, 0],
        [-1, 1, 1],
        [0, 0, -1],
        [1, 1, 1],
      ],
      biases: [0.25, -0.5, 0.75, 0],
    },
    {
      weights: [
        [1, 0, -1, 1],
        [-1, 1, 1, 0],
      ],
      biases: [0.1, -0.3],
    },
    {
      weights: [
        [1, -1],
        [-1, -1],
        [0, 1],
      ],
    },
  ],
};
const RATIONAL: ReluNetwork = {
  layers: [
    {
      weights: [
        ['1/3', -0.75],
        ['5/6', 2],
        ['-1/7', '2/5'],
      ],
      biases: [0.2, -0.1, 0.05],
    },
    {
      weights: [
        [0.5, '-2/3', 3],
        ['4/3', '1/2', '-1/4'],
      ],
      biases: [-0.4, 0.6],
    },
  ],
};
const INPUTS = [
  [0.8, -0.6],
  [-1.1, 0.5],
];

describe('a rate-independent network', () => {
  it.each([
    [4, 8, 3],
    [10, 8, 4],
    [196, 64, 10],
  ])('%i-%i-%i has the sizes of the published networks', (inputs, hidden, outputs) => {
    const weights = (rows: number, columns: number) =>
      Array.from({ length: rows }, (_, j) => Array.from({ length: columns }, (_, i) => ((i + j) % 3) - 1));
    const network = { layers: [{ weights: weights(hidden, inputs) }, { weights: weights(outputs, hidden) }] };
    const build = (reduce: 'none' | 'inner' | 'all') => rateIndependent({ network, reduce });
    expect(build('none').counts).toEqual({
      species: 2 * inputs + 5 * hidden + 2 * outputs,
      reactions: 2 * inputs + 4 * hidden,
      maxMolecularity: 2,
    });
    expect(build('inner').counts.reactions).toBe(2 * inputs + hidden);
    expect(build('all').counts.reactions).toBe(hidden);
    for (const reduce of ['none', 'inner', 'all'] as const) {
      expect(rateIndependence(build(reduce).network)).toEqual({
        independent: true,
        competitions: [],
        endless: [],
      });
    }
  });

  it.each(['none', 'inner', 'all'] as const)(
    'reduced %s gives the digital outputs at any rates',
    async (reduce) => {
      for (const x of [
        [0.7, -1.2, 0.4],
        [-0.3, 0.9, -2],
        [0, 0, 0],
      ]) {
        expect(await worst({ network: TERNARY, x, reduce }, 3)).toBeLessThan(1e-6);
      }
    },
  );

  it.each([
    ['inner', 7],
    ['all', 3],
  ] as const)(
    'with fractions scaled, reduced %s, gives the digital outputs at any rates',
    async (reduce, count) => {
      for (const x of INPUTS) expect(await worst({ network: RATIONAL, x, reduce }, 3)).toBeLessThan(1e-6);
      const { counts, outputScale } = rateIndependent({ network: RATIONAL, reduce });
      expect(counts).toMatchObject({ reactions: count, maxMolecularity: 2 });
      // 3, 4, 6, 7 and 5 in the first layer, 2, 3 and 4 in the second.
      expect(outputScale).toBe(420 * 12);
    },
  );

  it('with fractions divided in pairs comes as near as time allows: what is left falls as 1/t', async () => {
    for (const x of INPUTS) {
      const off = await Promise.all(
        [1e4, 1e6].map((time) => {
          const options = { network: RATIONAL, x, fractions: 'divide', duration: 1e3 * time } as const;
          return worst(options, 2);
        }),
      );
      expect(off[1]).toBeLessThan(1e-4);
      expect(off[0] / off[1]).toBeGreaterThan(50);
      expect(off[0] / off[1]).toBeLessThan(200);
    }
    const circuit = rateIndependent({ network: RATIONAL, fractions: 'divide' });
    expect(rateIndependence(circuit.network).independent).toBe(true);
    expect(circuit.counts.maxMolecularity).toBe(2);
  });

  it('with fractions divided by as many molecules as the denominator needs longer still', async () => {
    const network: ReluNetwork = {
      layers: [
        {
          weights: [
            ['1/3', '-2/3'],
            [1, '1/3'],
          ],
          biases: [0.2, -0.1],
        },
        { weights: [[1, '2/3']] },
      ],
    };
    const options = { network, x: [0.8, -0.6], fractions: 'divide', order: 'any' } as const;
    const off = [
      await worst({ ...options, duration: 1e9 }, 2),
      await worst({ ...options, duration: 1e13 }, 2),
    ];
    expect(off[1]).toBeLessThan(1e-4);
    // t^−1/2 with three.
    expect(off[0] / off[1]).toBeGreaterThan(50);
    expect(off[0] / off[1]).toBeLessThan(200);
    expect(rateIndependent(options).counts.maxMolecularity).toBe(3);
  });

  it.each([2, 3, 5, 6, 7, 12, 16])('divides by %i in pairs', async (parts) => {
    const network: ReluNetwork = { layers: [{ weights: [[`${parts - 1}/${parts}`]] }] };
    const circuit = rateIndependent({ network, x: [2], inputRails: 'single', fractions: 'divide' });
    expect(circuit.counts).toMatchObject({ reactions: Math.ceil(Math.log2(parts)), maxMolecularity: 2 });
    expect(rateIndependence(circuit.network).independent).toBe(true);
    // What is left of pairs falls as 1/t only.
    expect((await outputsOf(circuit))[0]).toBeCloseTo((2 * (parts - 1)) / parts, 2);
  });

  it('takes inputs as what they turn into where they are reduced away', () => {
    const { inputs, network } = rateIndependent({ network: TERNARY, reduce: 'all' });
    // Through the first hidden layer (of the weights 1, −1, 0, 1) to the memories and the outputs.
    expect(inputs[0].plus).toEqual({
      ...{ 'M[1,1]': 1, 'I[1,2]-': 1, 'M[1,4]': 1 },
      ...{ 'M[2,1]': 2, 'I[2,2]-': 1, 'Y[3,1]+': 2, 'Y[3,2]-': 2 },
    });
    expect(network.species.some(({ name }) => name.startsWith('X'))).toBe(false);
  });

  it('prints as text that reads back', () => {
    const { network } = rateIndependent({ network: RATIONAL, x: [1, -2] });
    const { network: again, issues } = parseNetwork(printNetwork(network));
    expect(issues).toEqual([]);
    expect(printNetwork(again!)).toBe(printNetwork(network));
  });

  it.each<[object, RegExp]>([
    [{ network: { layers: [] } }, /layers must be a list of at least one layer/],
    [
      { network: { layers: [{ weights: [[1, 2], [1]] }] } },
      /layers\[1\]\.weights\[2\] must be a row of 2 weights, got 1/,
    ],
    [
      { network: { layers: [{ weights: [[1, Math.PI]] }] } },
      /layers\[1\]\.weights\[1\]\[2\] must be .*1024, got 3\.14.*; round it first/,
    ],
    [{ network: { layers: [{ weights: [['a']] }] } }, /must be a whole number or a fraction, got "a"/],
    [{ network: { layers: [{ weights: [['1/0']] }] } }, /got "1\/0"/],
    [
      { network: { layers: [{ weights: [[1]], bias: [1] }] } },
      /there is no field "layers\[1\]\.bias"; the fields are layers\[1\]\.weights/,
    ],
    [
      { network: { layers: [{ weights: [[1]] }, { weights: [[1, 1]] }] } },
      /layers\[2\]\.weights\[1\] must be a row of 1 weights, got 2/,
    ],
    [
      { network: { layers: [{ weights: [[1]], activation: 'tanh' }] } },
      /layers\[1\]\.activation must be 'relu' or 'none', got "tanh"/,
    ],
    [{ network: TERNARY, reduce: 'some' }, /reduce must be 'none' or 'inner' or 'all', got "some"/],
    [{ network: TERNARY, x: [1] }, /x must have 3 values, got 1/],
    [
      { network: TERNARY, x: [1, -1, 0], inputRails: 'single' },
      /x\[2\] cannot be -1 with inputRails 'single'/,
    ],
    [{ network: TERNARY, rates: [1, 2] }, /rates must be one number or \d+, one a reaction, got 2/],
    [{ network: TERNARY, rates: 0 }, /rates must be a finite number > 0/],
    [{ network: TERNARY, rate: 1 }, /there is no option "rate" \(did you mean "rates"\?\)/],
  ])('refuses %j', (options, message) => {
    expect(() => rateIndependent(options as RateIndependentOptions)).toThrow(message);
  });
});
