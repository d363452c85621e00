import { describe, expect, it } from 'vitest';
import { type StochasticMethod, simulate, simulateStochasticMany } from '../../src/index.js';
import { goodness, poissonProbabilities } from '../tools/chi-square.js';
import { networkOf } from '../tools/network.js';
import { hasSuite, published, suiteCases } from '../tools/stochastic-suite.js';

const exact: StochasticMethod[] = ['direct', 'sorted', 'rejection'];
/** So unlikely that what is right has it nowhere among the seeds of this file. */
const UNLIKELY = 1e-3;

/** Numbers of molecules of a species in many runs at one time. */
async function samples(text: string, name: string, to: number, runs: number, method: StochasticMethod) {
  const options = { volume: 1, to, saveAt: [to], seed: 7, method, keep: true };
  const { solutions } = await simulateStochasticMany(networkOf(text), runs, options);
  return solutions.map((solution) => solution.column(name)[0]);
}

/** Probabilities of a chain of states by its master equation, solved as a network whose species are the states. */
async function masterEquation(
  states: number,
  up: (state: number) => number,
  down: (state: number) => number,
  to: number,
): Promise<number[]> {
  const lines = ['init S0 = 1'];
  for (let s = 0; s + 1 < states; s++) lines.push(`S${s} <->{${up(s)}}{${down(s + 1)}} S${s + 1}`);
  const { final } = await simulate(networkOf(lines.join('\n')), { to, rtol: 1e-10, atol: 1e-14 });
  return Array.from({ length: states }, (_, s) => final[`S${s}`]);
}

describe.each(exact)('exact distributions by method %s', (method) => {
  it('birth and death: Poisson at every time', async () => {
    const text = '->{5} X; X ->{0.5} ∅';
    for (const to of [0.7, 30]) {
      const found = await samples(text, 'X', to, 6000, method);
      const mean = 10 * -Math.expm1(-0.5 * to);
      expect(goodness(found, poissonProbabilities(mean))).toBeGreaterThan(UNLIKELY);
    }
  });

  it('decay: binomial', async () => {
    const found = await samples('init X = 30; X ->{1} Y', 'X', 0.6, 6000, method);
    const p = Math.exp(-0.6);
    let weight = (1 - p) ** 30;
    const binomial = Array.from({ length: 31 }, (_, k) => {
      const now = weight;
      weight *= ((30 - k) / (k + 1)) * (p / (1 - p));
      return now;
    });
    expect(goodness(found, binomial)).toBeGreaterThan(UNLIKELY);
  });

  it('dimerisation: as its master equation has it', async () => {
    const found = await samples('init P = 40; 2 P ->{0.01} D; D ->{0.2} 2 P', 'D', 3, 6000, method);
    const up = (d: number) => 0.01 * (40 - 2 * d) * (39 - 2 * d);
    const probabilities = await masterEquation(21, up, (d) => 0.2 * d, 3);
    expect(goodness(found, probabilities)).toBeGreaterThan(UNLIKELY);
  });

  it('three molecules that meet, and a batch: as the master equation has it', async () => {
    const found = await samples('init A = 30; 3 A ->{0.001} 3 B; 3 B ->{0.002} 3 A', 'B', 2, 6000, method);
    const three = (n: number) => n * (n - 1) * (n - 2);
    const probabilities = await masterEquation(
      11,
      (m) => 0.001 * three(30 - 3 * m),
      (m) => 0.002 * three(3 * m),
      2,
    );
    expect(
      goodness(
        found.map((b) => b / 3),
        probabilities,
      ),
    ).toBeGreaterThan(UNLIKELY);
  });

  it('many channels: each fires as often as its constant says', async () => {
    // 60 channels over six decades of constants; the last species counts all of them.
    const constants = Array.from({ length: 60 }, (_, i) => 10 ** (-i / 10));
    const text = constants.map((k, i) => `->{${k}} X${i}`).join('\n');
    const ensemble = await simulateStochasticMany(networkOf(text), 20, {
      volume: 1,
      to: 400,
      saveAt: [400],
      seed: 3,
      method,
    });
    for (const [i, k] of constants.entries()) {
      const expected = k * 400 * 20;
      const found = ensemble.mean(`X${i}`)[0] * 20;
      expect(Math.abs(found - expected), `X${i}`).toBeLessThan(4 * Math.sqrt(expected) + 2);
    }
  });
});

/** The suite asks for |Z| < 3 and |Y| < 5 at every time, and looks again at a series with more exceptions than these. */
const EXCEPTIONS = 3;

describe.runIf(hasSuite)('cases of the SBML stochastic suite, by hand', () => {
  it.each(Object.entries(suiteCases))('%s: means and deviations', async (id, text) => {
    // As many as take a second or two: Z and Y count them.
    const runs =
      { '00023': 100, '00039': 1000, '00004': 10_000, '00020': 10_000, '00030': 10_000 }[id] ?? 3000;
    const ensemble = await simulateStochasticMany(networkOf(text), runs, {
      volume: 1,
      to: 50,
      save: 50,
      seed: 1,
      unit: 'molecules',
    });
    for (const { species, mean, sd } of published(id)) {
      const [means, variances] = [ensemble.mean(species), ensemble.variance(species)];
      let exceptions = 0;
      mean.forEach((mu, t) => {
        if (sd[t] === 0) {
          expect(means[t]).toBe(mu);
          expect(variances[t]).toBe(0);
          return;
        }
        const z = (Math.sqrt(runs) * (means[t] - mu)) / sd[t];
        const y = Math.sqrt(runs / 2) * (variances[t] / sd[t] ** 2 - 1);
        if (Math.abs(z) >= 3 || Math.abs(y) >= 5) exceptions++;
      });
      expect(exceptions, species).toBeLessThanOrEqual(EXCEPTIONS);
    }
  });
});

describe('the limit of large volumes', () => {
  it('is the ODE: means come near it with the volume, deviations fall with its root', async () => {
    const network = networkOf(
      'init A = 1, B = 0.5; A + B ->{2} 2 B; B ->{0.6} A; 2 A ->{0.3} C; C ->{0.2} 2 A',
    );
    const { final } = await simulate(network, { to: 3, rtol: 1e-10, atol: 1e-14 });
    const at = (volume: number, runs: number) =>
      simulateStochasticMany(network, runs, { volume, to: 3, saveAt: [3], seed: 2 });
    const [small, large] = [await at(100, 4000), await at(10_000, 40)];
    for (const name of ['A', 'B', 'C']) {
      const scale = large.sd(name)[0] * Math.sqrt(10_000);
      expect(small.sd(name)[0] * 10).toBeGreaterThan(0.7 * scale);
      expect(small.sd(name)[0] * 10).toBeLessThan(1.4 * scale);
      expect(Math.abs(large.mean(name)[0] - final[name])).toBeLessThan(
        (4 * large.sd(name)[0]) / Math.sqrt(40) + 1e-4,
      );
      // The mean's own distance falls with the volume: a few times 1/volume.
      expect(Math.abs(small.mean(name)[0] - final[name])).toBeLessThan(0.05);
    }
  });
});
