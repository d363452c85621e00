import { describe, expect, it } from 'vitest';
import { analyse, simulate } from '../../src/index.js';
import { referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

describe('conserved sums', () => {
  const cases = [
    ...referenceProblems.flatMap(({ name, text, ends }) =>
      ends.map(({ to, atol }) => ({ name: `${name} to ${to}`, text, to, atol: atol ?? 1e-12 })),
    ),
    {
      name: 'enzyme kinetics',
      text: 'init E = 0.3, S = 2 \n E + S <->{50}{3} ES \n ES ->{4} E + P',
      to: 100,
      atol: 1e-12,
    },
  ];
  it.each(cases)('$name keeps its moieties', async ({ text, to, atol }) => {
    const network = networkOf(text);
    const { moieties } = analyse(network);
    const solution = await simulate(network, { to, atol, rtol: 1e-8, save: 50 });
    for (const { coefficients, total } of moieties) {
      for (let i = 0; i < solution.times.length; i++) {
        const terms = Object.entries(coefficients).map(([name, c]) => c * solution.column(name)[i]);
        const sum = terms.reduce((s, term) => s + term, 0);
        const size = terms.reduce((s, term) => s + Math.abs(term), 0);
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-12 * size);
      }
    }
  });

  it('finds the moieties it is about', () => {
    const found = Object.fromEntries(
      cases.map(({ name, text }) => [name, analyse(networkOf(text)).moieties.length]),
    );
    expect(found).toMatchObject({ 'robertson to 100000': 1, 'enzyme kinetics': 2 });
  });
});

describe('symmetries', () => {
  const text = 'init A = 1, B = 0.4 \n A + B ->{3} C \n C ->{0.7} A + B \n 2 C ->{0.2} D \n D ->{0.1} 2 A';

  it('a reversible pair comes to rest at k⁺/k⁻', async () => {
    const { final } = await simulate(networkOf('init A = 2 \n A <->{3}{0.5} B'), {
      to: 40,
      rtol: 1e-10,
      atol: 1e-14,
    });
    expect(final.B / final.A).toBeCloseTo(6, 9);
  });

  it('does not depend on the order of species and reactions', async () => {
    const lines = text.split('\n').map((line) => line.trim());
    const turned = [lines[0], ...lines.slice(1).reverse()].join('\n');
    const options = { to: 5, rtol: 1e-10, atol: 1e-13 };
    const a = (await simulate(networkOf(text), options)).final;
    const b = (await simulate(networkOf(`init D = 0 \n ${turned}`), options)).final;
    for (const name of Object.keys(a)) expect(b[name]).toBeCloseTo(a[name], 11);
  });

  it('scaling time and rates together changes nothing', async () => {
    const fast = networkOf(text.replace(/\{([\d.]+)\}/g, (_, k) => `{${Number(k)} * 1024}`));
    const options = { rtol: 1e-8, atol: 1e-11 };
    const slow = await simulate(networkOf(text), { ...options, to: 5 });
    const scaled = await simulate(fast, { ...options, to: 5 / 1024 });
    // A power of two scales exactly, so the steps and the bits are the same.
    expect(scaled.final).toEqual(slow.final);
    expect(scaled.stats).toEqual(slow.stats);
  });
});

describe('the compiler changes nothing', () => {
  it('a held species folded into a constant gives what the plain network gives', async () => {
    // An outside reaction of rate zero that "changes" F keeps it among the unknowns.
    const folded = networkOf(
      'init F = 2, A = 1, B = 0 \n F + A ->{0.3} F + B \n B ->{0.1} A \n 2 F + B -> 2 F + C',
    );
    const plain = networkOf(
      'init F = 2, A = 1, B = 0 \n F + A ->{0.3} F + B \n B ->{0.1} A \n 2 F + B -> 2 F + C \n F ->{0} ∅',
    );
    const options = { to: 3, rtol: 1e-10, atol: 1e-13 };
    const a = (await simulate(folded, options)).final;
    const b = (await simulate(plain, options)).final;
    for (const name of Object.keys(a)) expect(b[name]).toBeCloseTo(a[name], 11);
  });

  it('folds any number of held factors, of any order', async () => {
    const held = networkOf(`
      init P = 2, X = 3, Q = 0.5, Z = 0
      P + X -> Z + P + X
      P + X + Q -> Z + P + X + Q
      ∅ -> Z [rate 0.1*P^2*X*Q^0.5]
    `);
    const { final } = await simulate(held, { to: 2, rtol: 1e-10, atol: 1e-13 });
    expect(final.Z).toBeCloseTo(2 * (6 + 3 + 0.1 * 4 * 3 * Math.SQRT1_2), 10);
  });

  it('a reaction written twice runs twice', async () => {
    const twice = await simulate(networkOf('init A = 1 \n A -> B \n A -> B'), {
      to: 1,
      rtol: 1e-10,
      atol: 1e-13,
    });
    expect(twice.final.A).toBeCloseTo(Math.exp(-2), 9);
  });

  it('A + A and 2 A are the same reaction, without a factorial', async () => {
    const options = { to: 1, rtol: 1e-10, atol: 1e-13 };
    const sum = await simulate(networkOf('init A = 1 \n A + A -> A'), options);
    const power = await simulate(networkOf('init A = 1 \n 2 A -> A'), options);
    expect(sum.final).toEqual(power.final);
    expect(sum.final.A).toBeCloseTo(0.5, 9);
  });

  it('a constant species drives and is not used up', async () => {
    const { final } = await simulate(networkOf('const F = 1 \n F -> A + F \n F + A -> ∅'), { to: 30 });
    expect(final.F).toBe(1);
    expect(final.A).toBeCloseTo(1, 5);
  });
});
