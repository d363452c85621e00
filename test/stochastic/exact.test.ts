import { describe, expect, it } from 'vitest';
import { type StochasticMethod, simulate, simulateStochasticMany } from '../../src/index.js';
import { goodness, homogeneity, poissonProbabilities } from '../tools/chi-square.js';
import { networkOf } from '../tools/network.js';
import { hasSuite, published, suiteCases } from '../tools/stochastic-suite.js';

const exact: StochasticMethod[] = ['direct', 'sorted', 'rejection', 'next'];
/** So unlikely that what is right has it nowhere among the seeds of this file. */
const UNLIKELY = 1e-3;

/** Numbers of molecules of a species in many runs at one time. */
async function samples(text: string, name: string, to: number, runs: number, method: StochasticMethod) {
  const options = { volume: 1, to, saveAt: [to], seed: 7, method, keep: true };
  const { solutions } = await simulateStochasticMany(networkOf(text), runs, options);
  return solutions.map((solution) => solution.column(name)[0]);
}

/**
 * Probabilities of states by their master equation, which begins in state 0, solved as a network whose species they are.
 * @param jumps [from, to, propensity]
 */
async function masterEquation(
  states: number,
  jumps: readonly (readonly [number, number, number])[],
  to: number,
): Promise<number[]> {
  const lines = ['init S0 = 1', ...jumps.map(([one, other, a]) => `S${one} ->{${a}} S${other}`)];
  const { final } = await simulate(networkOf(lines.join('\n')), { to, rtol: 1e-10, atol: 1e-14 });
  return Array.from({ length: states }, (_, s) => final[`S${s}`]);
}

/** The same for a chain of states. */
const chain = (
  states: number,
  up: (state: number) => number,
  down: (state: number) => number,
  to: number,
): Promise<number[]> =>
  masterEquation(
    states,
    Array.from({ length: states - 1 }, (_, s) => [
      [s, s + 1, up(s)] as const,
      [s + 1, s, down(s + 1)] as const,
    ]).flat(),
    to,
  );

/** Predators Q and prey P on a square that wraps around; the prey forms pairs D. */
function predators(side: number): string {
  return Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    const beside = [y * side + ((x + 1) % side), ((y + 1) % side) * side + x];
    return [
      `init P${at} = ${3 + at}, Q${at} = 5`,
      `P${at} ->{2} 2 P${at}; P${at} + Q${at} ->{0.3} 2 Q${at}; Q${at} ->{1.5} ∅; 2 P${at} <->{0.1}{1} D${at}`,
      ...beside.flatMap((to) => [`P${at} <->{0.5}{0.5} P${to}`, `Q${at} <->{0.7}{0.2} Q${to}`]),
    ].join('\n');
  }).join('\n');
}

/** Probabilities of 0 to n of n molecules that are each there with probability p. */
const binomial = (n: number, p: number): number[] => {
  let weight = (1 - p) ** n;
  return Array.from({ length: n + 1 }, (_, k) => {
    const now = weight;
    weight *= ((n - k) / (k + 1)) * (p / (1 - p));
    return now;
  });
};

describe.each(exact)('exact distributions by method %s', (method) => {
  it('birth and death: Poisson at every time', async () => {
    const text = '->{5} X; X ->{0.5} ∅';
    for (const to of [0.7, 30]) {
      const found = await samples(text, 'X', to, 6000, method);
      const mean = 10 * -Math.expm1(-0.5 * to);
      expect(goodness(found, poissonProbabilities(mean))).toBeGreaterThan(UNLIKELY);
    }
  });

  it('the same with hardly a molecule: each that has died is followed by one that knows nothing of it', async () => {
    const found = await samples('->{2} X; X ->{4} ∅', 'X', 5, 6000, method);
    expect(goodness(found, poissonProbabilities(0.5))).toBeGreaterThan(UNLIKELY);
  });

  it('decay: binomial', async () => {
    const found = await samples('init X = 30; X ->{1} Y', 'X', 0.6, 6000, method);
    expect(goodness(found, binomial(30, Math.exp(-0.6)))).toBeGreaterThan(UNLIKELY);
  });

  it('dimerisation: as its master equation has it', async () => {
    const found = await samples('init P = 40; 2 P ->{0.01} D; D ->{0.2} 2 P', 'D', 3, 6000, method);
    const up = (d: number) => 0.01 * (40 - 2 * d) * (39 - 2 * d);
    const probabilities = await chain(21, up, (d) => 0.2 * d, 3);
    expect(goodness(found, probabilities)).toBeGreaterThan(UNLIKELY);
  });

  it('three molecules that meet, and a batch: as the master equation has it', async () => {
    const found = await samples('init A = 30; 3 A ->{0.001} 3 B; 3 B ->{0.002} 3 A', 'B', 2, 6000, method);
    const three = (n: number) => n * (n - 1) * (n - 2);
    const probabilities = await chain(
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

  it('a gene that is switched off and on again and again: what is left of a wait is kept', async () => {
    const text = 'init G = 1; G <->{25}{30} H; G ->{8} G + M; M ->{1} ∅';
    const found = await samples(text, 'M', 2, 6000, method);
    // States 0 to 35 molecules of M while the gene is on, and as many while it is off.
    const most = 36;
    const jumps = Array.from({ length: most }, (_, m) => [
      [m, most + m, 25] as const,
      [most + m, m, 30] as const,
      ...(m + 1 < most ? [[m, m + 1, 8] as const] : []),
      ...(m > 0 ? [[m, m - 1, m] as const, [most + m, most + m - 1, m] as const] : []),
    ]).flat();
    const both = await masterEquation(2 * most, jumps, 2);
    const probabilities = both.slice(0, most).map((on, m) => on + both[most + m]);
    expect(goodness(found, probabilities)).toBeGreaterThan(UNLIKELY);
  });

  it('phases and a dose: what is left of both starts', async () => {
    const text = `
      init X = 12
      slow: X ->{0.4} ∅
      fast: X ->{1.1} ∅
      phase one 1: slow
      phase rest 0.3: none
      phase two 2: fast
      none: Y -> ∅
      dose X += 9 at two
    `;
    const found = await samples(text, 'X', 2, 6000, method);
    const [old, dosed] = [binomial(12, Math.exp(-0.4 - 0.7 * 1.1)), binomial(9, Math.exp(-0.7 * 1.1))];
    const sum = new Array(22).fill(0);
    old.forEach((p, i) => {
      dosed.forEach((q, j) => {
        sum[i + j] += p * q;
      });
    });
    expect(goodness(found, sum)).toBeGreaterThan(UNLIKELY);
  });

  it('doses at crossings: births that a dose takes away again are Poisson all together', async () => {
    const text = 'init C = 0; ->{4} A; ->{1} B; dose A = 0 when A rises 5; dose C += 1 when A rises 5';
    const options = { volume: 1, to: 6, saveAt: [6], seed: 7, method, keep: true };
    const { solutions } = await simulateStochasticMany(networkOf(text), 6000, options);
    const births = solutions.map(({ final }) => 5 * final.C + final.A);
    expect(goodness(births, poissonProbabilities(24))).toBeGreaterThan(UNLIKELY);
    // The other channel does not notice.
    expect(
      goodness(
        solutions.map(({ final }) => final.B),
        poissonProbabilities(6),
      ),
    ).toBeGreaterThan(UNLIKELY);
  });

  it('extinction comes with the last of the molecules', async () => {
    const options = { volume: 1, to: 100, saveAt: [100], seed: 7, method, keep: true };
    const { solutions } = await simulateStochasticMany(networkOf('init X = 5; X ->{1} ∅'), 4000, options);
    // The largest of five exponential times is before t with probability (1 − e^−t)^5.
    const part = solutions.map(({ stats }) => Math.floor(20 * (-Math.expm1(-stats.extinctAt!)) ** 5));
    expect(goodness(part, new Array(20).fill(1 / 20))).toBeGreaterThan(UNLIKELY);
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

it('a larger network: all exact methods have the distributions of the direct one', async () => {
  const network = networkOf(predators(3));
  const names = ['P0', 'Q5', 'D8'];
  const columns = async (method: StochasticMethod, seed: number) => {
    const options = { volume: 1, to: 1, saveAt: [1], seed, method, keep: true };
    const { solutions } = await simulateStochasticMany(network, 1200, options);
    return names.map((name) => solutions.map(({ final }) => final[name]));
  };
  const direct = await columns('direct', 7);
  for (const method of exact.slice(1)) {
    (await columns(method, 8)).forEach((found, s) => {
      expect(homogeneity(direct[s], found), `${names[s]} by ${method}`).toBeGreaterThan(UNLIKELY);
    });
  }
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
