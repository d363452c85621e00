import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Network, simulate } from '../../src/index.js';
import { kernelAt } from '../tools/kernel-at.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

describe('traps of rounding', () => {
  it('constants that span thirty decades: the slow stay exact beside the fast', async () => {
    const network = networkOf(`init A = 1, C = 1, E = 1
      A ->{1e-15} B
      C ->{1e15} D
      E <->{1e15}{1e-15} F
      G + F ->{1} H`);
    const { final } = await simulate(network, { to: 1e3, rtol: 1e-9, atol: 1e-20 });
    // B = 1 − e^(−1e−12), and all of C and E has turned at once.
    expect(final.B / 1e-12).toBeCloseTo(1, 6);
    expect(final.A).toBeCloseTo(1, 11);
    expect(final.D).toBeCloseTo(1, 11);
    expect(final.F).toBeCloseTo(1, 11);
    expect(final.C).toBeLessThan(1e-15);
    expect([final.G, final.H]).toEqual([0, 0]);
  });

  it('species that are absent at first and come later, one by the other', async () => {
    const k = 0.5;
    const network = networkOf(`init A = 1; A ->{${k}} B; B ->{${k}} C; C ->{${k}} D; 2 D ->{0} X`);
    const { final } = await simulate(network, { to: 2, rtol: 1e-10, atol: 1e-14 });
    const e = Math.exp(-1);
    expect(final.B).toBeCloseTo(e, 9);
    expect(final.C).toBeCloseTo(e / 2, 9);
    expect(final.D).toBeCloseTo(1 - 2.5 * e, 9);
    expect(final.X).toBe(0);
  });

  it('nothing there at all, and what a source makes of it', async () => {
    const empty = await simulate(networkOf('A + B ->{1} C'), { to: 1e6, save: 2 });
    expect([...empty.row(2)]).toEqual([0, 0, 0]);
    const { final } = await simulate(networkOf('->{1e-12} A; A ->{1e-3} B'), {
      to: 10,
      rtol: 1e-9,
      atol: 1e-24,
    });
    expect(final.A / (1e-9 * -Math.expm1(-0.01))).toBeCloseTo(1, 7);
  });

  it('no species at all: times, and nothing in them', async () => {
    const solution = await simulate(networkOf(''), { to: 1, save: 2 });
    expect([solution.status, [...solution.times], solution.final]).toEqual(['done', [0, 0.5, 1], {}]);
  });

  it.each([Number.NaN, Infinity])('%d in a network is refused with its place', async (value) => {
    const of = (spoil: (network: Network) => void) => {
      const network = networkOf('init A = 1; A -> B [rate 2*A]');
      spoil(network);
      return simulate(network, { to: 1 });
    };
    const number = { kind: 'number', value } as const;
    const spoilt = [
      of(({ reactions: [one] }) => Object.assign(one, { rate: number })),
      of(({ species: [one] }) => Object.assign(one, { initial: number })),
      of(({ reactions: [one] }) => Object.assign(one.orders[0], { value })),
      of(({ reactions: [one] }) => Object.assign(one.products[0], { value })),
    ];
    const words = [/rate constant of `A -> B/, /`init` of `A` is/, /order/, /stoichiometr|product|amount/i];
    for (const [k, run] of spoilt.entries()) {
      await expect(run).rejects.toBeInstanceOf(RangeError);
      await expect(run).rejects.toThrow(words[k]);
    }
  });

  it('no time at all is refused', async () => {
    await expect(simulate(networkOf('A -> B'), { to: 0 })).rejects.toThrow('to must be greater than 0');
  });
});

describe('units of concentration', () => {
  it('scaling concentrations, constants and tolerances together scales the bits', async () => {
    const scale = 1024;
    const at = (c: number) =>
      networkOf(`init A = ${c}, B = ${0.4 * c}
        A + B ->{3/${c}} C
        C ->{0.7} A + B
        2 C ->{0.2/${c}} D
        D ->{0.1} 2 A
        ->{0.05*${c}} B`);
    const options = { to: 5, rtol: 1e-8, save: 4 };
    const small = await simulate(at(1), { ...options, atol: 2 ** -40 });
    const large = await simulate(at(scale), { ...options, atol: scale * 2 ** -40 });
    expect(large.stats).toEqual(small.stats);
    for (let i = 0; i <= 4; i++)
      expect([...large.row(i)]).toEqual(Array.from(small.row(i), (x) => scale * x));
  });
});

/** Gaussian elimination with partial pivoting, dense: shares nothing with the package. */
function denseSolve(matrix: number[][], b: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = rows[i][n];
    for (let j = i + 1; j < n; j++) sum -= rows[i][j] * x[j];
    x[i] = sum / rows[i][i];
  }
  return x;
}

describe('linear systems of badly scaled networks', () => {
  it('sparse factors in both engines solve what dense elimination with pivots solves', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        randomNetwork(),
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 16, maxLength: 16 }),
        async ({ network, constants, state }, decades) => {
          const spread = constants.map((k, r) => k * 10 ** decades[r]);
          const [wasm, js] = [
            await kernelAt(network, spread, state, { engine: 'wasm' }),
            await kernelAt(network, spread, state, { engine: 'js' }),
          ];
          const { dynamic, jacobian } = wasm;
          const sums = jacobian.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
          // Above all row sums: what is solved is well-posed, though its rows differ by sixteen decades.
          const shift = 2 * Math.max(1, ...sums);
          const b = dynamic.map((_, i) => Math.cos(i + 1));
          const x = wasm.solve(shift, b);
          expect(x).not.toBeNull();
          expect(js.solve(shift, b)).toEqual(x);
          const matrix = dynamic.map((row, i) =>
            Array.from(dynamic, (column, j) => (i === j ? shift : 0) - jacobian[row][column]),
          );
          const wanted = denseSolve(matrix, [...b]);
          const size = Math.max(...wanted.map(Math.abs));
          wanted.forEach((value, i) => {
            expect(Math.abs(x![i] - value)).toBeLessThanOrEqual(1e-13 * size);
            compared++;
          });
        },
      ),
      { seed: 20_260_702, numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
