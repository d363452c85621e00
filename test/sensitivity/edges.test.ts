import { describe, expect, it } from 'vitest';
import { createGradientSimulator, lossGradient, sensitivities } from '../../src/sensitivity/index.js';
import { differences } from '../tools/differences.js';
import { networkOf } from '../tools/network.js';

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

describe('at the edges of what is smooth', () => {
  it('a power of a base of 0 has a derivative by its exponent: 0', async () => {
    const network = networkOf('param z = 0, n = 2; init A = 1; A ->{1 + z^n} B');
    const solution = await sensitivities(network, { of: ['n', 'z'], to: 1, save: 2 });
    expect([...solution.sensitivity('A', 'n')]).toEqual([0, 0, 0]);
    expect([...solution.sensitivity('A', 'z')]).toEqual([0, 0, 0]);
  });

  it('a held species that is absent, by a root of which nothing runs, spoils no other gradient', async () => {
    // The slope of F's root is infinite there.
    const network = networkOf(`param k = 0
      init A = 1; const F = 0
      A -> B [rate k*A*F^0.5]
      A ->{0.3} C`);
    const data = { times: [1], values: { C: [0] } };
    const { initial, constants, parameters } = await lossGradient(network, data, { rtol: 1e-9, atol: 1e-12 });
    const C = 1 - Math.exp(-0.3);
    expect(constants[1]).toBeCloseTo(C * Math.exp(-0.3), 7);
    expect(parameters.k).toBeCloseTo(0, 12);
    expect(initial[0]).toBeCloseTo(C * C, 7);
    expect(initial[1]).toBe(0);
  });

  it('a grid that no memory holds is refused before it is tried', async () => {
    const network = networkOf('param k = 1; init A = 1; A ->{k} B');
    const run = sensitivities(network, { of: ['k', 'init:A', 'init:B'], to: 1, save: 1e8 });
    await expect(run).rejects.toThrow(
      /^100000001 saved times of 2 species by 3 quantities are more than 250000000 derivatives; save fewer/,
    );
  });
});

describe('what a run is made by', () => {
  const text = `param k = 0.7, c = 2
    init A = 2, E = 0.3
    A + E <->{k*c}{c} AE
    AE ->{exp(-c)} B + E
    2 B ->{k} A + C
    B -> C [rate k*B^1.5]`;
  const network = networkOf(text);
  const options = { to: 6, saveAt: [0.5, 3, 6], rtol: 1e-8, atol: 1e-11 } as const;
  const of = ['k', 'c', 'init:A', 'rate:3'];

  it('generated kernels give the bits of interpreted ones, forward and back', async () => {
    const rows = async (kernels: 'generated' | 'interpreted') => {
      const solution = await sensitivities(network, { ...options, of, kernels });
      expect(solution.stats.steps).toBeGreaterThan(10);
      return of.map((p) => [...solution.sensitivity('C', p)]);
    };
    expect(await rows('generated')).toEqual(await rows('interpreted'));
    const back = async (kernels: 'generated' | 'interpreted') => {
      const data = { times: [3, 6], values: { C: [0, 0] } };
      const simulator = await createGradientSimulator(network, data, { kernels, rtol: 1e-8, atol: 1e-11 });
      try {
        // The second run may go on by what the first has made.
        simulator.run();
        return simulator.run();
      } finally {
        simulator.dispose();
      }
    };
    expect(await back('generated')).toEqual(await back('interpreted'));
  });

  it.each([
    [
      'a start that is a parameter, overridden by an option',
      'param a = 2; init A = a, B = 3*a; A ->{a} B; B ->{1} A',
      { initial: { A: 1 } },
    ],
    [
      'a parameter of a parameter, overridden by an option',
      'param a = 2, b = a^2; init A = b; A ->{a} B; B ->{b} A',
      { parameters: { b: 1.3 } },
    ],
  ])('%s', async (_, source, given) => {
    const own = networkOf(source);
    const run = { to: 2, saveAt: [0, 1, 2], rtol: 1e-10, atol: 1e-13, ...given };
    const solution = await sensitivities(own, { of: ['a'], ...run });
    const wanted = await differences(own, 'a', run, 1e-2);
    const found = [0, 1, 2].flatMap((i) => [...solution.sensitivityRow(i, 'a')]);
    expect(largest(found.map((value, i) => value - wanted[i]))).toBeLessThan(1e-6);
  });

  it('doses that set, add and repeat in a cycle, with a schedule of the options in place of the phases', async () => {
    const own = networkOf(`param d = 0.4, k = 1; init A = 1
      f: A ->{k} B; g: B ->{0.5} C
      phase one 1: f; phase two 0.5: g
      dose A += d at one; dose B = d^2 at two
      dose C = d when C rises 0.55
      simulate to 7`);
    const run = { saveAt: [0.4, 1.2, 3.7, 6.8], rtol: 1e-11, atol: 1e-13 };
    for (const schedule of [
      undefined,
      [
        { name: 'x', duration: 0.7, active: '*' as const },
        { name: 'y', duration: 0.4, active: ['f'] },
      ],
    ]) {
      const options = { ...run, ...(schedule && { schedule }) };
      for (const p of ['d', 'k', 'init:A']) {
        const solution = await sensitivities(own, { of: [p], ...options });
        const wanted = await differences(own, p, options, 1e-3);
        const found = [0, 1, 2, 3].flatMap((i) => [...solution.sensitivityRow(i, p)]);
        expect(largest(found.map((value, i) => value - wanted[i])), p).toBeLessThan(
          2e-6 * Math.max(1, largest(wanted)),
        );
      }
    }
  });
});
