import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reaction } from '../../src/network/model.js';
import { kernelAt } from '../tools/kernel-at.js';
import { naiveDerivative } from '../tools/naive.js';
import { type RandomNetwork, randomNetwork } from '../tools/random-network.js';

const runs = { seed: 20_240_900, numRuns: 150 };

/** What of the field's traps a network has. */
function trapsOf({ reactions, species }: RandomNetwork['network']): string[] {
  const traps: [string, boolean][] = reactions.flatMap(({ reactants, products, orders }, r) => {
    const made = new Map(products.map(({ species, value }) => [species, value]));
    const order = orders.reduce((sum, { value }) => sum + value, 0);
    return [
      ['a duplicate', reactions.slice(0, r).some((other) => sameReaction(other, reactions[r]))],
      ['2 X', reactants.some(({ value }) => value === 2)],
      ['a catalyst', reactants.some(({ species, value }) => made.get(species) === value)],
      ['autocatalysis', reactants.some(({ species, value }) => (made.get(species) ?? 0) > value)],
      ['order 0', order === 0],
      ['order 5', order === 5],
      ['a fractional order', orders.some(({ value }) => !Number.isInteger(value))],
      ['a species of order 5', orders.some(({ value }) => value === 5)],
      ['orders apart from reactants', JSON.stringify(orders) !== JSON.stringify(reactants)],
    ] as [string, boolean][];
  });
  traps.push(['a held species', species.some(({ constant }) => constant)]);
  return traps.filter(([, is]) => is).map(([name]) => name);
}

const sameReaction = (one: Reaction, other: Reaction): boolean =>
  JSON.stringify([one.reactants, one.products, one.orders]) ===
  JSON.stringify([other.reactants, other.products, other.orders]);

describe('the random networks', () => {
  it('have what goes wrong in compilers of rate laws, often', () => {
    const seen = new Map<string, number>();
    for (const { network } of fc.sample(randomNetwork(), runs)) {
      for (const trap of new Set(trapsOf(network))) seen.set(trap, (seen.get(trap) ?? 0) + 1);
    }
    const rare = [...seen].filter(([, count]) => count < 10);
    expect(rare).toEqual([]);
    expect([...seen.keys()].sort()).toEqual([
      '2 X',
      'a catalyst',
      'a duplicate',
      'a fractional order',
      'a held species',
      'a species of order 5',
      'autocatalysis',
      'order 0',
      'order 5',
      'orders apart from reactants',
    ]);
  });
});

/** Central differences of the naive derivative; `scale` bounds what rounding does to them. */
function differences({ network, constants, state }: RandomNetwork) {
  const n = state.length;
  const jacobian = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const scale = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    const h = 1e-5 * state[j];
    const at = (shift: number) =>
      naiveDerivative(
        network,
        constants,
        state.map((x, i) => (i === j ? x + shift : x)),
      );
    const up = at(h);
    const down = at(-h);
    for (let i = 0; i < n; i++) {
      jacobian[i][j] = (up.value[i] - down.value[i]) / (2 * h);
      scale[i][j] = up.magnitude[i] / state[j];
    }
  }
  return { jacobian, scale };
}

describe.each([
  { name: 'WebAssembly', options: { engine: 'wasm' } },
  { name: 'JavaScript', options: { engine: 'js' } },
  { name: 'generated', options: { engine: 'wasm', generated: true } },
] as const)('the $name kernel on random networks', ({ options }) => {
  it('has the derivative of the definition', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async (random) => {
        const { derivative } = await kernelAt(random.network, random.constants, random.state, options);
        const { value, magnitude } = naiveDerivative(random.network, random.constants, random.state);
        value.forEach((wanted, s) => {
          expect(Math.abs(derivative[s] - wanted)).toBeLessThanOrEqual(1e-13 * magnitude[s]);
        });
      }),
      runs,
    );
  });

  it('has the Jacobian of that derivative', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async (random) => {
        const { jacobian, dynamic } = await kernelAt(random.network, random.constants, random.state, options);
        const wanted = differences(random);
        for (const i of dynamic) {
          for (const j of dynamic) {
            const bound = 1e-7 * wanted.scale[i][j] + 1e-9;
            expect(Math.abs(jacobian[i][j] - wanted.jacobian[i][j])).toBeLessThanOrEqual(bound);
          }
        }
      }),
      runs,
    );
  });

  it('solves its linear systems', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomNetwork(),
        fc.double({ min: 0.1, max: 1e3, noNaN: true }),
        async (random, spread) => {
          const at = await kernelAt(random.network, random.constants, random.state, options);
          // A shift above the row sums makes the matrix diagonally dominant: the residual must be at rounding.
          const rowSum = Math.max(
            0,
            ...at.jacobian.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)),
          );
          const shift = rowSum + spread;
          const b = at.dynamic.map((_, i) => Math.cos(i + 1));
          const x = at.solve(shift, b);
          expect(x).not.toBeNull();
          at.dynamic.forEach((row, i) => {
            const product = at.dynamic.reduce((sum, column, j) => sum + at.jacobian[row][column] * x![j], 0);
            expect(Math.abs(shift * x![i] - product - b[i])).toBeLessThanOrEqual(1e-12);
          });
        },
      ),
      runs,
    );
  });
});

describe.each([
  { name: 'WebAssembly', options: { engine: 'wasm' } },
  { name: 'JavaScript', options: { engine: 'js' } },
  { name: 'generated', options: { engine: 'wasm', generated: true } },
] as const)('the factors of the $name kernel', ({ options }) => {
  it('multiply to the matrix within the rounding of elimination', async () => {
    let factored = 0;
    await fc.assert(
      fc.asyncProperty(
        randomNetwork(),
        // Small shifts leave matrices that are not dominated by their diagonal.
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        async (random, shift) => {
          const at = await kernelAt(random.network, random.constants, random.state, options);
          const factors = at.factors(shift);
          if (factors === null) return;
          factored++;
          const { lower, upper } = factors;
          const n = at.dynamic.length;
          at.dynamic.forEach((row, i) => {
            at.dynamic.forEach((column, j) => {
              const wanted = (i === j ? shift : 0) - at.jacobian[row][column];
              let product = 0;
              let size = 0;
              for (let k = 0; k <= Math.min(i, j); k++) {
                product += lower[i][k] * upper[k][j];
                size += Math.abs(lower[i][k] * upper[k][j]);
              }
              // |W − LU| ≤ γₙ|L||U| (Higham, Accuracy and Stability of Numerical Algorithms, theorem 9.3), and as much for the
              // products of this test, for multipliers by a reciprocal and for the shift.
              expect(Math.abs(product - wanted)).toBeLessThanOrEqual(4 * (n + 1) * Number.EPSILON * size);
            });
          });
        },
      ),
      runs,
    );
    expect(factored).toBeGreaterThan(runs.numRuns / 2);
  });
});

describe('the two engines', () => {
  it('agree to the bit on derivative and Jacobian', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async ({ network, constants, state }) => {
        const wasm = await kernelAt(network, constants, state, { engine: 'wasm' });
        const js = await kernelAt(network, constants, state, { engine: 'js' });
        expect(js.derivative).toEqual(wasm.derivative);
        expect(js.jacobian).toEqual(wasm.jacobian);
      }),
      runs,
    );
  });
});

/** A → ∅ at the rate k·Aᵒ. */
const power = (order: number): RandomNetwork['network'] => ({
  species: [{ name: 'A', initial: { kind: 'number', value: 0 }, constant: false }],
  parameters: [],
  reactions: [
    {
      label: null,
      reactants: [{ species: 0, value: 1 }],
      products: [],
      orders: [{ species: 0, value: order }],
      rate: { kind: 'number', value: 2 },
      law: 'explicit',
    },
  ],
  phases: [],
  doses: [],
  simulation: {},
});

describe('rate laws at the edges', () => {
  it('an order below 1 has a finite slope at zero, taken at the absolute tolerance', async () => {
    const { derivative, jacobian } = await kernelAt(power(0.5), [2], [0], { atol: 1e-6 });
    expect(derivative[0]).toBeCloseTo(0, 300);
    expect(jacobian[0][0]).toBeCloseTo(-2 * 0.5 * 1e-6 ** -0.5, 6);
  });

  it('a fractional order pulls a slightly negative concentration back', async () => {
    const { derivative } = await kernelAt(power(1.5), [2], [-1e-8]);
    expect(derivative[0]).toBeCloseTo(2 * 1e-8 ** 1.5, 20);
    expect(derivative[0]).toBeGreaterThan(0);
  });

  it.each([
    [5, 1.1],
    [3, 0.7],
    [2, 1.3],
    [1, 0.4],
    [0, 9],
  ])('order %i at %f', async (order, x) => {
    const network = power(order);
    if (order === 0) network.reactions[0].orders = [];
    const { derivative, jacobian } = await kernelAt(network, [2], [x]);
    expect(derivative[0]).toBeCloseTo(-2 * x ** order, 13);
    expect(jacobian[0][0]).toBeCloseTo(order === 0 ? 0 : -2 * order * x ** (order - 1), 13);
  });
});

/** Species that turn into their neighbours and back, all at the rate 1: the columns of J sum to 0. */
const chain = (names: readonly number[]): RandomNetwork['network'] => ({
  ...power(1),
  species: names.map((_, i) => ({
    name: `S${i}`,
    initial: { kind: 'number', value: 1 },
    constant: false,
  })),
  reactions: names.slice(1).flatMap((to, i) =>
    [
      [names[i], to],
      [to, names[i]],
    ].map(([from, into]) => ({
      label: null,
      reactants: [{ species: from, value: 1 }],
      products: [{ species: into, value: 1 }],
      orders: [{ species: from, value: 1 }],
      rate: { kind: 'number' as const, value: 1 },
      law: 'massAction' as const,
    })),
  ),
});

describe.each([
  { name: 'WebAssembly', options: { engine: 'wasm' } },
  { name: 'JavaScript', options: { engine: 'js' } },
  { name: 'generated', options: { engine: 'wasm', generated: true } },
] as const)('a matrix that cannot be factored, in the $name kernel', ({ options }) => {
  it('is reported where its only pivot is 0, and not beside it', async () => {
    // J = [[−1]]: shift −1 makes the only pivot zero.
    const at = await kernelAt(power(1), [1], [1], options);
    expect(at.solve(-1, [1])).toBeNull();
    expect(at.solve(1, [1])).toEqual([0.5]);
  });

  it('is reported where elimination leaves a row of zeros, whatever the order of the species', async () => {
    const orders = fc
      .integer({ min: 2, max: 12 })
      .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));
    await fc.assert(
      fc.asyncProperty(orders, async (names) => {
        const network = chain(names);
        const ones = names.map(() => 1);
        const at = await kernelAt(
          network,
          network.reactions.map(() => 1),
          ones,
          options,
        );
        // All pivots are whole numbers, so that the last is 0 without rounding.
        expect(at.solve(0, ones)).toBeNull();
        expect(at.solve(1, ones)).not.toBeNull();
      }),
      { ...runs, numRuns: 40 },
    );
  });

  it.each([Infinity, -Infinity, Number.NaN])('is reported where a pivot is %d', async (k) => {
    const at = await kernelAt(power(1), [k], [1], options);
    expect(at.solve(1, [1])).toBeNull();
  });

  it('is none where entries are as large and as small as numbers get', async () => {
    for (const k of [1e-308, 1e-300, 1e300, 1.7e308]) {
      const at = await kernelAt(power(1), [k], [1], options);
      const x = at.solve(1, [1]);
      expect(x![0] * (1 + k)).toBeCloseTo(1, 12);
    }
  });
});
