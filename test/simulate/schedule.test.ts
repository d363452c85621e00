import { describe, expect, it } from 'vitest';
import { createReactor, simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const text = `
  init B = 0
  grow: A ->{1} B
  decay: B ->{2} ∅
  phase one 1: grow
  phase two 2: decay
  dose A += 1 at one
`;
const tight = { rtol: 1e-10, atol: 1e-14 };

describe('a schedule of phases', () => {
  it('runs each phase with its own reactions and doses, once by default', async () => {
    const solution = await simulate(networkOf(text), { ...tight, saveAt: [0, 0.5, 1, 2, 3] });
    const [a, b] = [solution.column('A'), solution.column('B')];
    // The row at 0 shows the dose.
    expect(a[0]).toBe(1);
    expect(a[1]).toBeCloseTo(Math.exp(-0.5), 9);
    expect(b[2]).toBeCloseTo(1 - Math.exp(-1), 9);
    expect(b[3]).toBeCloseTo((1 - Math.exp(-1)) * Math.exp(-2), 9);
    expect(a[4]).toBe(a[2]);
    expect(solution.times.at(-1)).toBe(3);
  });

  it('begins again after the last phase, doses included', async () => {
    const solution = await simulate(networkOf(text), { ...tight, to: 4, saveAt: [3, 4] });
    const left = Math.exp(-1);
    // The row at an edge shows the state after its doses.
    expect(solution.column('A')[0]).toBeCloseTo(left + 1, 9);
    expect(solution.column('A')[1]).toBeCloseTo((left + 1) * Math.exp(-1), 9);
  });

  it('ends inside a phase when told to', async () => {
    const { final } = await simulate(networkOf(text), { ...tight, to: 1.25 });
    expect(final.B).toBeCloseTo((1 - Math.exp(-1)) * Math.exp(-0.5), 9);
  });

  it('at() resumes across edges and doses', async () => {
    const network = networkOf(text);
    const sparse = await simulate(network, { ...tight, to: 6, saveAt: [0, 6] });
    const dense = await simulate(network, { ...tight, to: 6, saveAt: [0.7, 1, 2.5, 3, 3.4, 5] });
    dense.times.forEach((t, i) => {
      expect(sparse.at(t).A).toBeCloseTo(dense.column('A')[i], 8);
      expect(sparse.at(t).B).toBeCloseTo(dense.column('B')[i], 8);
    });
  });

  it('a dose may set, and must not take more than there is', async () => {
    const network = networkOf('init A = 5 \n A ->{1} B \n phase p 1: * \n dose A = 2 at p');
    expect((await simulate(network, { ...tight, save: 1 })).column('A')[0]).toBe(2);
    await expect(
      simulate(network, {
        schedule: [{ name: 'p', duration: 1, active: '*', doses: [{ species: 'A', amount: -6 }] }],
      }),
    ).rejects.toThrow(/dose of A at phase p would make its concentration -1/);
  });

  it('a schedule given as an option replaces the text', async () => {
    const { final } = await simulate(networkOf(text), {
      ...tight,
      schedule: [
        { name: 'load', duration: 1, active: ['grow'], doses: [{ species: 'A', amount: 2 }] },
        { name: 'rest', duration: 1, active: ['grow'] },
      ],
    });
    expect(final.A).toBeCloseTo(2 * Math.exp(-2), 9);
  });

  it('unlabelled reactions run in every phase, a family by its base name', async () => {
    const network = networkOf(`
      init A = 1, B = 1, C = 1
      f[1]: A -> ∅
      f[2]: B -> ∅
      C -> ∅
      phase one 1: f[*]
      phase two 1: f[2]
    `);
    const { final } = await simulate(network, tight);
    expect(final.A).toBeCloseTo(Math.exp(-1), 9);
    expect(final.B).toBeCloseTo(Math.exp(-2), 9);
    expect(final.C).toBeCloseTo(Math.exp(-2), 9);
  });

  it('the steps of a phase do not depend on when it begins in the save grid', async () => {
    const coarse = await simulate(networkOf(text), { to: 6, save: 1 });
    const fine = await simulate(networkOf(text), { to: 6, save: 999 });
    expect(fine.stats).toEqual(coarse.stats);
  });
});

describe('a reactor', () => {
  it('keeps its state between phases, takes doses by hand and counts its work', async () => {
    const reactor = await createReactor(networkOf(text), tight);
    const a = reactor.index('A');
    reactor.state[a] += 1;
    const first = reactor.run('one', { saveAt: [0, 0.5, 1] });
    expect(first.rows[a]).toBe(1);
    expect(first.rows[reactor.species.length + a]).toBeCloseTo(Math.exp(-0.5), 9);
    reactor.run('two');
    expect(reactor.state[a]).toBeCloseTo(Math.exp(-1), 9);
    reactor.run('one', { duration: 0.5 });
    expect(reactor.state[a]).toBeCloseTo(Math.exp(-1.5), 9);
    expect(reactor.stats.steps).toBeGreaterThan(first.stats.steps);
    reactor.dispose();
  });
});
