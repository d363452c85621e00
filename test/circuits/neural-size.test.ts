import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';

function size(options: NeuralCrnOptions): [number, number, number] {
  const { reactions, species, maxMolecularity } = neuralCrn({ rate: 0.05, ...options }).counts;
  return [reactions, species, maxMolecularity];
}

const laws = [
  ['quadratic', 2],
  ['cubic', 3],
] as const;

for (const n of [2, 3, 4, 5, 6]) {
  describe(`size with ${n} inputs`, () => {
    it('constant adjoint', () => {
      for (const [dynamics, order] of laws) {
        const constant = { inputs: n, dynamics, adjoint: 'constant' } as const;
        const own = { ...constant, wiring: 'diagonal' } as const;
        expect(size({ ...own, drift: 0.1 })).toEqual([22 * n + 5, 8 * n + 6, order]);
        expect(size(own)).toEqual([20 * n + 5, 8 * n + 4, order]);
        expect(size({ ...constant, wiring: 'full' })).toEqual([
          13 * n * n + 7 * n + 5,
          4 * n * n + 4 * n + 4,
          order,
        ]);
      }
      expect(size({ inputs: n })).toEqual([20 * n + 5, 8 * n + 6, 2]);
      expect(size({ inputs: n, rails: 'positive' })).toEqual([9 * n + 6, 5 * n + 5, 2]);
    });

    it('leaky adjoint', () => {
      for (const [dynamics, order] of laws) {
        expect(size({ inputs: n, dynamics, adjoint: 'leaky' })).toEqual([
          13 * n * n + 16 * n + 9,
          4 * n * n + 6 * n + 6,
          order,
        ]);
      }
    });

    it('frozen adjoint', () => {
      for (const [dynamics, order] of laws) {
        for (const K of [1, 4, 7]) {
          expect(size({ inputs: n, dynamics, adjoint: 'frozen', stages: K })).toEqual([
            13 * n * n + (12 + 8 * K) * n + 9,
            4 * n * n + (6 + 2 * K) * n + 6,
            order,
          ]);
        }
      }
    });

    it('recurrent nodes', () => {
      if (n > 4) return;
      const [reactions, species] = [
        4 * n ** 4 + 7 * n ** 3 + 7 * n ** 2 + 3 * n + 5,
        2 * n ** 3 + 2 * n ** 2 + 2 * n + 4,
      ];
      expect(size({ inputs: n, wiring: 'recurrent' })).toEqual([reactions, species, 2]);
      expect(size({ inputs: n, wiring: 'recurrent', drift: 0.1 })).toEqual([
        reactions + 2 * n,
        species + 2,
        2,
      ]);
    });

    it('exact adjoint', () => {
      for (const [dynamics, order] of laws) {
        expect(size({ inputs: n, dynamics, wiring: 'diagonal', adjoint: 'exact' })).toEqual([
          24 * n + 5,
          9 * n + 4,
          order,
        ]);
        for (const m of [2, n, 7]) {
          const options = { inputs: n, hidden: m, dynamics, start: m === n ? 'input' : 0 } as const;
          const [reactions, species] = [9 * m * n + 13 * m + 2 * n + 5, 2 * m * n + 5 * m + 2 * n + 4];
          expect(size(options)).toEqual([reactions, species, order]);
          expect(size({ ...options, drift: 0.1 })).toEqual([reactions + 2 * m, species + 2, order]);
          if (dynamics === 'cubic') {
            expect(size({ ...options, exactCubic: true })).toEqual([reactions + 3 * m, species, 3]);
          }
        }
      }
      // One rail for the inputs.
      expect(size({ inputs: n, dynamics: 'quadratic', inputRails: 'single' })).toEqual([
        5 * n * n + 13 * n + n + 5,
        2 * n * n + 5 * n + n + 4,
        2,
      ]);
    });

    it('output weights', () => {
      for (const m of [2, 3, 8]) {
        for (const c of [1, 2, 3]) {
          const options = { inputs: n, hidden: m, outputs: c, readout: 'trained' } as const;
          const node = [
            5 * m * n + 15 * c * m + 15 * m + 4 * c + n,
            2 * m * n + 4 * c * m + 7 * m + 3 * c + n,
          ];
          expect(size({ ...options, dynamics: 'quadratic' })).toEqual([...node, 2]);
          expect(size({ ...options, dynamics: 'cubic' })).toEqual([...node, 3]);
          expect(size({ ...options, dynamics: 'cubic', exactCubic: true })).toEqual([
            node[0] + 3 * m,
            node[1],
            3,
          ]);
          const relu = [
            5 * m * n + 11 * c * m + 17 * m + 4 * c + n + 2,
            2 * m * n + 4 * c * m + 8 * m + 3 * c + n + 1,
          ];
          expect(size({ ...options, dynamics: 'relu' })).toEqual([...relu, 2]);
          // Constant adjoint: one F for all quadratic and cubic nodes, and none that decays or grows by itself.
          for (const [dynamics, order] of laws) {
            expect(size({ ...options, dynamics, adjoint: 'constant' })).toEqual([
              node[0] - 4 * m + 2,
              node[1] - m + 1,
              order,
            ]);
          }
          expect(size({ ...options })).toEqual([node[0] - 6 * m + 2, node[1] - m + 1, 2]);
          expect(size({ ...options, dynamics: 'relu', adjoint: 'constant' })).toEqual([
            relu[0] - 3 * m,
            relu[1],
            2,
          ]);
          // Fixed output weights: no M (2c·m reactions that write it, 2c·m that make it), no annihilation of W.
          expect(size({ ...options, dynamics: 'relu', readout: 'signed' })).toEqual([
            relu[0] - 5 * c * m,
            relu[1] - 2 * c * m,
            2,
          ]);
          // The fuel, what burns it, and 2c·m reactions that discard M.
          expect(size({ ...options, dynamics: 'relu', fuel: 2000 })).toEqual([
            relu[0] + 1 + 2 * c * m,
            relu[1] + 1,
            2,
          ]);
        }
      }
    });

    it('one linear node with a hinge', () => {
      expect(size({ inputs: n, error: 'hinge' })).toEqual([11 * n + 13, 4 * n + 9, 2]);
    });

    it('rectified nodes', () => {
      for (const m of [2, 3, 8]) {
        for (const K of [1, 2, 3]) {
          const options = { inputs: n, hidden: m, outputs: K, dynamics: 'rectified' } as const;
          expect(size(options)).toEqual([
            9 * m * n + 4 * m + 11 * K + 2 * n - 1,
            2 * m * n + (2 * n - 1) + 4 * m + 6 * K,
            2,
          ]);
          expect(size({ ...options, inputRails: 'single' })).toEqual([
            5 * m * n + 8 * m + 11 * K + n,
            2 * m * n + n + 4 * m + 6 * K,
            2,
          ]);
        }
      }
    });
  });
}

it('has the sizes that are quoted', () => {
  const quadratic = { inputs: 3, dynamics: 'quadratic' } as const;
  expect(size({ ...quadratic, wiring: 'diagonal', adjoint: 'constant' })).toEqual([65, 28, 2]);
  expect(size({ ...quadratic, adjoint: 'constant' })).toEqual([143, 52, 2]);
  expect(size({ ...quadratic, adjoint: 'leaky' })).toEqual([174, 60, 2]);
  expect(size(quadratic)).toEqual([131, 43, 2]);
  expect(size({ inputs: 3, dynamics: 'cubic', exactCubic: true })).toEqual([140, 43, 3]);
  expect(size({ inputs: 4, hidden: 3, outputs: 2, dynamics: 'quadratic', readout: 'trained' })).toEqual([
    207, 79, 2,
  ]);
  const cubic = { inputs: 4, hidden: 3, outputs: 2, dynamics: 'cubic', readout: 'trained' } as const;
  expect(size({ ...cubic, exactCubic: true })).toEqual([216, 79, 3]);
  expect(size({ ...quadratic, adjoint: 'frozen' })).toEqual([258, 84, 2]);
  expect(size({ inputs: 2, wiring: 'recurrent' })).toEqual([159, 32, 2]);
  expect(size({ inputs: 3, wiring: 'recurrent' })).toEqual([590, 82, 2]);
  expect(size({ inputs: 5, hidden: 3, outputs: 2, dynamics: 'relu' })).toEqual([207, 90, 2]);
  expect(size({ inputs: 3, hidden: 8, dynamics: 'relu' })).toEqual([353, 151, 2]);
  expect(size({ inputs: 65, hidden: 16, outputs: 10, dynamics: 'relu' })).toEqual([7339, 2944, 2]);
  expect(size({ inputs: 3, dynamics: 'rectified' })).toEqual([264, 91, 2]);
  expect(size({ inputs: 5, hidden: 3, outputs: 3, dynamics: 'rectified' })).toEqual([189, 69, 2]);
  expect(size({ inputs: 3, error: 'hinge' })).toEqual([46, 21, 2]);
});

describe('growth with the inputs', () => {
  const grown = (options: Omit<NeuralCrnOptions, 'inputs'>) => {
    const sizes = [2, 3, 4, 5, 6].map((inputs) => size({ inputs, ...options }));
    const steps = (values: number[]) => values.slice(1).map((value, k) => value - values[k]);
    const of = (values: number[]) => ({ first: steps(values), second: steps(steps(values)) });
    return {
      reactions: of(sizes.map(([reactions]) => reactions)),
      species: of(sizes.map(([, species]) => species)),
    };
  };

  it('is linear for diagonal circuits', () => {
    const quadratic = { dynamics: 'quadratic', wiring: 'diagonal' } as const;
    expect(grown({}).reactions.first).toEqual([20, 20, 20, 20]);
    expect(grown({ rails: 'positive' }).reactions.first).toEqual([9, 9, 9, 9]);
    for (const [adjoint, reactions, species] of [
      ['constant', 20, 8],
      ['exact', 24, 9],
      ['leaky', 29, 10],
      ['frozen', 57, 18],
    ] as const) {
      const { reactions: r, species: s } = grown({ ...quadratic, adjoint });
      expect(r.first).toEqual(new Array(4).fill(reactions));
      expect(s.first).toEqual(new Array(4).fill(species));
    }
  });

  it('is quadratic for full matrices', () => {
    for (const [adjoint, reactions, species] of [
      ['constant', 26, 8],
      ['exact', 18, 4],
      ['leaky', 26, 8],
      ['frozen', 26, 8],
    ] as const) {
      const { reactions: r, species: s } = grown({ dynamics: 'quadratic', adjoint });
      expect(r.second).toEqual(new Array(3).fill(reactions));
      expect(s.second).toEqual(new Array(3).fill(species));
    }
    // With a fixed number of nodes it is linear.
    expect(grown({ dynamics: 'relu', hidden: 8 }).reactions.second).toEqual([0, 0, 0]);
    expect(grown({ dynamics: 'rectified', hidden: 8 }).reactions.second).toEqual([0, 0, 0]);
  });
});
