import { describe, expect, it } from 'vitest';
import { simulateStochastic, simulateStochasticMany } from '../../src/index.js';
import { goodness, poissonProbabilities } from '../tools/chi-square.js';
import { networkOf } from '../tools/network.js';

/** Decaying dimers: the example of Gillespie 2001 and of Cao, Gillespie & Petzold 2006, stiff at first. */
const decayingDimers = networkOf(`
  init S1 = 4150, S2 = 39565, S3 = 3445
  S1 ->{1} ∅
  2 S1 ->{0.001} S2
  S2 ->{0.5} 2 S1
  S2 ->{0.04} S3
`);

const atEnd = (text: string, to: number, more = {}, runs = 2000) =>
  simulateStochasticMany(networkOf(text), runs, {
    volume: 1,
    to,
    saveAt: [to],
    seed: 6,
    keep: true,
    ...more,
  });

describe('leaps', () => {
  it('have the means and deviations of single events, at a small part of the work', async () => {
    const options = { volume: 1, to: 10, saveAt: [0.5, 2, 10], seed: 1 };
    const exact = await simulateStochasticMany(decayingDimers, 30, options);
    const leaps = await simulateStochasticMany(decayingDimers, 30, { ...options, method: 'tau' });
    for (const name of ['S1', 'S2', 'S3']) {
      options.saveAt.forEach((_, i) => {
        const sd = exact.sd(name)[i];
        // Sampling alone is sd·√(2/30); the leaps' own distance is allowed as much as epsilon of a change may be.
        const allowed = 4 * sd * Math.sqrt(2 / 30) + 0.01 * exact.mean(name)[i];
        expect(Math.abs(leaps.mean(name)[i] - exact.mean(name)[i]), name).toBeLessThan(allowed);
        expect(leaps.sd(name)[i]).toBeGreaterThan(0.5 * sd);
        expect(leaps.sd(name)[i]).toBeLessThan(1.8 * sd);
      });
    }
    expect(leaps.stats.events).toBeGreaterThan(0.97 * exact.stats.events);
    expect(leaps.stats.events).toBeLessThan(1.03 * exact.stats.events);
    // Some thousand leaps for some ten million reactions.
    expect(leaps.stats.leaps * 20).toBeLessThan(leaps.stats.events);
  });

  it('come nearer with a smaller epsilon', async () => {
    const text = 'init A = 20000; A ->{1} B';
    const wanted = 20_000 * Math.exp(-1.5);
    const distance = async (epsilon: number) => {
      const ensemble = await simulateStochasticMany(networkOf(text), 400, {
        volume: 1,
        to: 1.5,
        saveAt: [1.5],
        seed: 2,
        method: 'tau',
        epsilon,
      });
      return Math.abs(ensemble.mean('A')[0] - wanted);
    };
    const [coarse, fine] = [await distance(0.3), await distance(0.02)];
    expect(coarse).toBeGreaterThan(3 * fine);
    // Euler's error of n' = −n with steps of ε: ½·ε·t of the number; a deviation of the mean is √(n·p·(1 − p)/400) = 3.
    expect(fine).toBeLessThan(0.5 * 0.02 * 1.5 * wanted + 12);
  });

  it('are exact where nothing depends on what happens', async () => {
    // One leap, or one to each row: the numbers of a Poisson process either way.
    const { solutions, stats } = await atEnd('->{300} X', 1, { method: 'tau' });
    expect(stats.leaps).toBe(2000);
    const found = solutions.map((solution) => solution.column('X')[0]);
    expect(goodness(found, poissonProbabilities(300))).toBeGreaterThan(1e-3);
  });

  it('give way to single events where they are not worth it', async () => {
    const text = 'init A = 15; A ->{1} B; B ->{1} A';
    const { stats, solutions } = await atEnd(text, 2, { method: 'tau' });
    expect(stats.leaps).toBe(0);
    // The direct method makes the same run then.
    const direct = await atEnd(text, 2, { method: 'direct' });
    expect(solutions.map(({ final }) => final)).toEqual(direct.solutions.map(({ final }) => final));
  });

  it('never lead below 0: what runs out is critical, and what would go below is taken back', async () => {
    const { solutions, stats } = await atEnd(
      'init A = 5000, B = 40; A + B ->{0.5} C; C ->{3000} B; A ->{2} ∅; 2 C ->{0.3} D',
      3,
      { method: 'tau', epsilon: 0.9, saveAt: [0.5, 1, 2, 3] },
      300,
    );
    expect(stats.leaps).toBeGreaterThan(1000);
    expect(stats.rejectedLeaps).toBeGreaterThan(0);
    for (const solution of solutions) {
      for (const name of solution.species) {
        for (const n of solution.column(name)) {
          expect(n).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(n)).toBe(true);
        }
      }
    }
  });

  it('keep what the reactions keep', async () => {
    const solution = await simulateStochastic(
      networkOf('init A = 3e6, B = 1e6; A + B <->{1e-6}{2} C; 2 C <->{1e-6}{1} D'),
      { volume: 1, to: 5, save: 50, method: 'tau', seed: 3 },
    );
    solution.times.forEach((_, i) => {
      const [a, b, c, d] = solution.row(i);
      expect(a + c + 2 * d).toBe(3e6);
      expect(b + c + 2 * d).toBe(1e6);
    });
    expect(solution.stats.leaps).toBeGreaterThan(20);
  });

  it('a law with a difference fires at most once in a leap', async () => {
    // 2·A − 0.1·A² vanishes at 20: a leap must not carry A beyond, where it is negative.
    const network = networkOf(
      'init A = 1, Z = 1e5; -> A [rate 2*A]; A -> [rate 0.1*A^2]; Z ->{1} ∅; ->{1e5} Z',
    );
    for (const [r, sign] of [
      [0, 1],
      [1, -1],
    ] as const) {
      network.reactions[r].channel = { name: 'logistic', sign };
    }
    const solution = await simulateStochastic(network, {
      volume: 1,
      to: 60,
      method: 'tau',
      seed: 1,
      save: 10,
    });
    expect(solution.final.A).toBe(20);
    expect(solution.stats.leaps).toBeGreaterThan(20);
  });

  it('see a crossing at their end', async () => {
    const network = networkOf('init A = 1e5, C = 0; A ->{1} B; dose C += 7 when A falls 50000');
    const solution = await simulateStochastic(network, { volume: 1, to: 2, save: 200, method: 'tau' });
    const first = solution.column('C').findIndex((c) => c > 0);
    expect(solution.times[first]).toBeCloseTo(Math.log(2), 1);
    expect(solution.final.C).toBe(7);
    expect(solution.stats.crossings).toBe(1);
  });

  it('an event for which there are too few molecules is found out, as it is one by one', async () => {
    // Its law does not ask whether there is any A; what goes on beside it makes leaps worth it.
    const text = 'init A = 3, X = 1000; A -> ∅ [rate 1]; X ->{1} X + Y';
    for (const method of ['auto', 'tau'] as const) {
      const failure = await simulateStochastic(networkOf(text), {
        volume: 1,
        to: 1000,
        seed: 3,
        method,
      }).catch((error) => error);
      expect(failure, method).toMatchObject({ code: 'negative', species: 'A' });
      expect(failure.time).toBeLessThan(40);
      expect(failure.partial.final.A).toBe(0);
    }
  });
});

describe('many scarce species at a time', () => {
  const count = 300;
  /** Each comes to a Poisson distribution of mean 3 by itself, so that all its deaths are critical. */
  const scarce = Array.from({ length: count }, (_, k) => `∅ ->{3} X${k}; X${k} ->{1} ∅`).join('\n');

  it('are leapt together, with the numbers that they have one by one', async () => {
    const { solutions, stats } = await atEnd(scarce, 8, { method: 'tau' }, 10);
    const found = solutions.flatMap((solution) =>
      Array.from({ length: count }, (_, k) => solution.column(`X${k}`)[0]),
    );
    expect(goodness(found, poissonProbabilities(3))).toBeGreaterThan(1e-3);
    expect(found.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
    // A leap that ended with the first of all deaths would be one to every two or three events.
    expect(stats.leaps * 15).toBeLessThan(stats.events);
    expect(stats.rejectedLeaps).toBe(0);
  });
});
