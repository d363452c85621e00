import { describe, expect, it } from 'vitest';
import { simulate, simulateStochastic, simulateStochasticMany } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

describe('the schedule of stochastic runs', () => {
  const text = `
    init B = 0
    grow: A ->{1} B
    decay: B ->{2} ∅
    phase one 1: grow
    phase two 2: decay
    dose A += 1 at one
  `;

  it('runs each phase with its own reactions and doses, as the ODE does', async () => {
    const network = networkOf(text);
    const saveAt = [0, 0.5, 1, 2, 3, 4.5];
    const wanted = await simulate(network, { to: 4.5, saveAt, rtol: 1e-10, atol: 1e-14 });
    const found = await simulateStochasticMany(network, 300, { to: 4.5, saveAt, volume: 1000, seed: 4 });
    for (const name of ['A', 'B']) {
      saveAt.forEach((_, i) => {
        const allowed = (4 * found.sd(name)[i]) / Math.sqrt(300);
        expect(Math.abs(found.mean(name)[i] - wanted.column(name)[i])).toBeLessThanOrEqual(allowed + 1e-12);
      });
    }
    // Rows at an edge show the state after the doses.
    expect(found.mean('A')[0]).toBe(1);
    expect(found.sd('A')[0]).toBe(0);
  });

  it('nothing of a phase happens in another', async () => {
    const solution = await simulateStochastic(networkOf(text), { volume: 500, save: 300, seed: 1 });
    const [a, b] = [solution.column('A'), solution.column('B')];
    solution.times.forEach((t, i) => {
      if (t > 1 && t < 3) expect(a[i]).toBe(a[100]);
      if (t < 1) expect(a[i] + b[i]).toBeCloseTo(1, 12);
    });
  });

  it('doses at crossings come at the very event that crosses, each time', async () => {
    const network = networkOf(
      'init A = 10, C = 0; A ->{1} ∅; dose A += 5 when A falls 3; dose C += 1 when A falls 3',
    );
    const solution = await simulateStochastic(network, { volume: 1, to: 20, save: 4000, seed: 2 });
    const [a, c] = [solution.column('A'), solution.column('C')];
    expect(Math.min(...a)).toBeGreaterThan(3);
    expect(solution.stats.crossings).toBe(c.at(-1));
    expect(c.at(-1)).toBeGreaterThan(2);
    // The decays, and nothing else, are events.
    expect(solution.stats.events).toBe(10 + 5 * c.at(-1)! - a.at(-1)!);
  });

  it('a phase starts at its crossing when that comes first', async () => {
    const network = networkOf(`
      init A = 0
      fill: ->{10} A
      drain: A ->{5} ∅
      phase up 100: fill
      phase down 1 when A rises 20: drain
    `);
    const solution = await simulateStochastic(network, { volume: 1, to: 200, save: 2000, seed: 3 });
    expect(Math.max(...solution.column('A'))).toBeLessThanOrEqual(20);
    expect(solution.stats.crossings).toBeGreaterThan(20);
  });

  it('levels between whole numbers, and levels that decimals do not quite reach', async () => {
    // 0.3 · 10 is 3.0000000000000004: three molecules are there all the same.
    const network = networkOf(
      'init B = 0, C = 0; ->{1} A; dose B = 1 when A rises 0.3; dose C = 1 when A rises 0.35',
    );
    const { final, stats } = await simulateStochastic(network, {
      volume: 10,
      to: 1000,
      maxEvents: 4,
      seed: 1,
    }).catch((error) => error.partial);
    expect(stats.events).toBe(4);
    expect(final).toMatchObject({ A: 0.4, B: 1, C: 1 });
  });

  it('one jump that passes several levels causes everything that is due at them', async () => {
    const network = networkOf(`
      init B = 0, C = 0, D = 0
      ->{1} 5 A
      dose B += 1 when A rises 2
      dose C += 1 when A rises 4
      dose D += 1 when A rises 6
    `);
    const { final, stats } = await simulateStochastic(network, {
      volume: 1,
      to: 1000,
      maxEvents: 1,
      seed: 1,
    }).catch((error) => error.partial);
    expect(stats).toMatchObject({ events: 1, crossings: 2 });
    expect(final).toMatchObject({ A: 5, B: 1, C: 1, D: 0 });
  });

  it('a level that ends the phase does not swallow the dose of another', async () => {
    const network = networkOf(`
      init B = 0
      phase up 1000: grow
      phase rest 1000 when A rises 4: none
      grow: ->{1} 5 A
      none: ->{0} 5 A
      dose B += 1 when A rises 2
    `);
    const { final } = await simulateStochastic(network, { volume: 1, to: 500, seed: 2 });
    expect(final).toMatchObject({ A: 5, B: 1 });
  });

  it('doses of a held species change what reacts from then on', async () => {
    const network = networkOf(`
      const F = 0
      F ->{10} F + X
      phase dark 5: *
      phase light 5: *
      dose F = 2 at light
      dose F = 0 at dark
    `);
    const solution = await simulateStochastic(network, { volume: 30, to: 20, save: 20, seed: 5 });
    const x = solution.column('X');
    expect(x[5]).toBe(0);
    expect(x[10]).toBeGreaterThan(90);
    expect(x[15]).toBe(x[10]);
    expect(x[20]).toBeGreaterThan(x[15] + 90);
    expect([...solution.column('F')].slice(4, 12)).toEqual([0, 2, 2, 2, 2, 2, 0, 0]);
    // An ensemble begins every run with the network's own F.
    const { solutions } = await simulateStochasticMany(network, 3, {
      volume: 30,
      to: 20,
      save: 20,
      seed: 5,
      keep: true,
    });
    expect(solutions[0].toCSV()).toBe(solution.toCSV());
    for (const each of solutions) expect(each.column('X')[5]).toBe(0);
  });

  it('a schedule given by hand, from a time of its own', async () => {
    const network = networkOf('init A = 100; decay: A ->{1} ∅');
    const schedule = [
      { name: 'wait', duration: 2, active: [] },
      { name: 'go', duration: 1, active: ['decay'], doses: [{ species: 'A', amount: 7 }] },
    ];
    const solution = await simulateStochastic(network, { volume: 1, schedule, from: 10, to: 13, save: 6 });
    expect([...solution.times]).toEqual([10, 10.5, 11, 11.5, 12, 12.5, 13]);
    expect([...solution.column('A').slice(0, 5)]).toEqual([100, 100, 100, 100, 107]);
    expect(solution.final.A).toBeLessThan(80);
  });
});

describe('extinction', () => {
  it('is told, and the rest of the grid filled', async () => {
    const solution = await simulateStochastic(networkOf('init A = 5; A ->{1} ∅'), {
      volume: 1,
      to: 1000,
      save: 100,
      seed: 1,
    });
    expect(solution.status).toBe('done');
    expect(solution.stats.events).toBe(5);
    expect(solution.stats.extinctAt).toBeGreaterThan(0);
    expect(solution.stats.extinctAt).toBeLessThan(30);
    expect(solution.times).toHaveLength(101);
    expect(solution.column('A').at(-1)).toBe(0);
    expect(solution.at(1000)).toEqual({ A: 0 });
  });

  it('is over when a phase brings something in, and may come again', async () => {
    const network = networkOf('A ->{1} ∅; phase p 100: *; dose A += 3 at p');
    const { stats } = await simulateStochastic(network, { volume: 1, to: 1000, seed: 1 });
    expect(stats.events).toBe(30);
    expect(stats.extinctAt).toBeGreaterThan(900);
    const never = await simulateStochastic(networkOf('init A = 1; A <-> B'), { volume: 10, to: 10 });
    expect(never.stats.extinctAt).toBeNull();
    const atOnce = await simulateStochastic(networkOf('A -> B'), { volume: 10, to: 10 });
    expect(atOnce.stats.extinctAt).toBe(0);
  });

  it('is counted in ensembles, and seen by leaps', async () => {
    const options = { volume: 1, to: 40, save: 4, seed: 1 } as const;
    const network = networkOf('init A = 3, B = 3; A ->{0.05} ∅; B ->{0.05} ∅');
    const { stats, solutions } = await simulateStochasticMany(network, 200, { ...options, keep: true });
    const died = solutions.filter(({ final }) => final.A + final.B === 0).length;
    expect(stats.extinct).toBe(died);
    expect(died).toBeGreaterThan(50);
    expect(died).toBeLessThan(190);
    const leaps = await simulateStochastic(networkOf('init A = 1e6; A ->{1} ∅'), {
      ...options,
      method: 'tau',
    });
    expect(leaps.stats.extinctAt).toBeGreaterThan(9);
    expect(leaps.stats.extinctAt).toBeLessThan(30);
  });
});
