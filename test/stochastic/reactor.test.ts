import { describe, expect, it } from 'vitest';
import { simulateStochastic } from '../../src/index.js';
import { StochasticFailure } from '../../src/stochastic/failure.js';
import { createStochasticReactor } from '../../src/stochastic/reactor.js';
import { networkOf } from '../tools/network.js';

const binding = networkOf('init A = 0.7, B = 0.5, C = 0.1; A + B <->{3}{1} C');
/** Hardly anything happens in it. */
const still = networkOf('A ->{1e-12} B; phase wait 1: *');

describe('a pot of whole molecules', () => {
  it.each(['wasm', 'js'] as const)('makes the runs of its seed, one after the other (%s)', async (engine) => {
    const options = { volume: 130, seed: 5, engine };
    const pot = await createStochasticReactor(binding, options);
    let initial: Record<string, number> = { A: 0.7, B: 0.5, C: 0.1 };
    for (const run of [0, 1, 2]) {
      pot.run('', { duration: 0.5 });
      const { final } = await simulateStochastic(binding, { ...options, initial, run, to: 0.5, save: 1 });
      expect(Object.fromEntries(pot.species.map((name, s) => [name, pot.state[s]]))).toEqual(final);
      initial = final;
    }
    expect(pot.stream).toEqual({ seed: 5, run: 3 });
    const start = pot.state.slice();
    const again = () => {
      pot.state.set(start);
      pot.stream = { seed: 5, run: 1 };
      pot.run('', { duration: 0.5 });
      return pot.state.slice();
    };
    expect(again()).toEqual(again());
    pot.dispose();
  });

  it('keeps whole molecules and what is conserved, run after run', async () => {
    const pot = await createStochasticReactor(binding, { volume: 1000, seed: 1, method: 'tau' });
    const [a, b, c] = ['A', 'B', 'C'].map((name) => pot.index(name));
    let [ofA, ofB] = [800, 600];
    for (let k = 0; k < 50; k++) {
      pot.run('', { duration: 0.1 });
      const n = Array.from(pot.state, (x) => x * 1000);
      for (const one of n) expect(Math.abs(one - Math.round(one))).toBeLessThan(1e-9);
      expect(Math.round(n[a] + n[c])).toBe(ofA);
      expect(Math.round(n[b] + n[c])).toBe(ofB);
      pot.state[a] += 0.003;
      pot.state[b] += 0.001;
      [ofA, ofB] = [ofA + 3, ofB + 1];
    }
    pot.dispose();
  });

  it('rounds what is written by chance, so that the mean is what was written', async () => {
    const pot = await createStochasticReactor(still, { volume: 10, seed: 2 });
    const a = pot.index('A');
    const doses = 4000;
    for (let k = 0; k < doses; k++) {
      const before = Math.round(pot.state[a] * 10);
      pot.state[a] += 0.03;
      pot.run('wait');
      const more = pot.state[a] * 10 - before;
      expect([0, 1]).toContain(Math.round(more * 1e6) / 1e6);
    }
    // Binomial: 0.3 of a molecule each time, by four deviations.
    expect(Math.abs(pot.state[a] * 10 - 0.3 * doses)).toBeLessThan(4 * Math.sqrt(doses * 0.3 * 0.7));
    // Whole numbers of molecules stay as they are, however often they are carried on.
    const kept = pot.state[a];
    for (let k = 0; k < 100; k++) pot.run('wait');
    expect(pot.state[a]).toBe(kept);
    pot.dispose();
  });

  it('has as many runs beside its own as are asked for, and its own state as before', async () => {
    const pot = await createStochasticReactor(binding, { volume: 100, seed: 3 });
    pot.run('', { duration: 1 });
    const own = pot.state.slice();
    const ends: number[][] = [];
    const many = pot.runMany({
      count: 300,
      phases: [{ name: '', duration: 4 }],
      fill: (_, state) => state.set(own),
      after: (k, _, state) => {
        ends[k] = Array.from(state);
      },
    });
    expect([...many]).toHaveLength(300);
    expect(pot.state).toEqual(own);
    const c = pot.index('C');
    // At rest A·B·3 = C with A + C = 0.8 and B + C = 0.6; fluctuations shift the mean by about 1/volume.
    const rest = (1.4 + 1 / 3 - Math.sqrt((1.4 + 1 / 3) ** 2 - 4 * 0.48)) / 2;
    const mean = ends.reduce((sum, end) => sum + end[c], 0) / 300;
    expect(Math.abs(mean - rest)).toBeLessThan(0.01);
    expect(new Set(ends.map((end) => end[c])).size).toBeGreaterThan(5);
    pot.dispose();
  });

  it('ends where a level is crossed, and saves what is asked for', async () => {
    const pot = await createStochasticReactor(networkOf('init A = 1; A ->{1} B'), { volume: 500, seed: 4 });
    const { elapsed, times, rows } = pot.run('', {
      duration: 50,
      saveAt: [0, 0.1, 0.2, 40],
      until: { species: 'A', direction: 'falls', level: 0.5 },
    });
    // The crossing is the event itself: 250 molecules are left. Its time is log 2 on average, ± 1/√500.
    expect(Array.from(pot.state)).toEqual([0.5, 0.5]);
    expect(Math.abs(elapsed - Math.log(2))).toBeLessThan(0.2);
    expect(Array.from(times)).toEqual([0, 0.1, 0.2]);
    expect(rows).toHaveLength(6);
    for (let row = 0; row < 3; row++) expect(rows[2 * row] + rows[2 * row + 1]).toBeCloseTo(1, 12);
    expect(pot.stats.stochastic?.events).toBe(250);
    pot.dispose();
  });

  it('refuses what cannot be, and says what has failed', async () => {
    const pot = await createStochasticReactor(still, { volume: 10 });
    expect(() => pot.run('none')).toThrow('no phase "none"; it has "wait"');
    expect(() => pot.run('wait', { duration: -1 })).toThrow('duration');
    pot.state[0] = -1;
    expect(() => pot.run('wait')).toThrow('the start of A is -10 molecules');
    pot.dispose();
    expect(() => pot.run('wait')).toThrow('disposed of');
    await expect(createStochasticReactor(still, {})).rejects.toThrow('volume is missing');
    const half = networkOf('A -> 0.5 B');
    await expect(createStochasticReactor(half, { volume: 10 })).rejects.toThrow('whole numbers');
    const bursting = await createStochasticReactor(networkOf('init A = 1; 2 A -> 3 A'), {
      ...{ volume: 10, maxEvents: 1000 },
    });
    expect(() => bursting.run('', { duration: 100 })).toThrow(StochasticFailure);
    expect(bursting.stats.stochastic?.events).toBe(1000);
    bursting.dispose();
  });
});
