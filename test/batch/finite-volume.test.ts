import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Pool, robustnessOver, startWorker } from '../../src/batch/node.js';
import { coopClock } from '../../src/circuits/index.js';
import { simulateStochastic } from '../../src/index.js';
import { linearRegressionTask, train } from '../../src/learning/index.js';
import { networkOf } from '../tools/network.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let one: Pool;
let two: Pool;

beforeAll(async () => {
  const script = await scripts.bundle('../../src/batch/worker.ts', 'package-worker.ts');
  [one, two] = [1, 2].map((size) => createPool({ size, createWorker: () => startWorker(script) }));
});
afterAll(async () => {
  await Promise.all([one.dispose(), two.dispose()]);
  await scripts.remove();
});

const decay = networkOf('init A = 1; loss: A ->{1} ∅; simulate to 1 save 20');

describe('studies at a finite volume', () => {
  it('the fewer the molecules, the wider what is measured is spread; the undisturbed run is of the ODE', async () => {
    const options = { vary: 'volume', volume: [20, 2000], draws: 200, seed: 3 } as const;
    const found = await robustnessOver(one, decay, options, 'final(A) within 10%');
    expect(found.nominal.values['final(A)']).toBeCloseTo(Math.exp(-1), 5);
    expect(found.studies.map(({ volume, sigma, draws }) => [volume, sigma, draws])).toEqual([
      [20, 0, 200],
      [2000, 0, 200],
    ]);
    // Binomial: of 20 molecules 7 or 8 are within 10 % of 20/e; of 2000, 3.4 deviations.
    const p = Math.exp(-1);
    const few20 = 77_520 * p ** 7 * (1 - p) ** 13 + 125_970 * p ** 8 * (1 - p) ** 12;
    const [few, many] = found.studies.map(({ rate }) => rate as number);
    expect(Math.abs(few - few20)).toBeLessThan(4 * Math.sqrt((few20 * (1 - few20)) / 200));
    expect(many).toBeGreaterThan(0.98);
    expect(await robustnessOver(two, decay, options, 'final(A) within 10%')).toEqual(found);
  });

  it('a draw is the run of that number', async () => {
    const options = { vary: 'volume', volume: 50, draws: 4, seed: 7 } as const;
    const { studies } = await robustnessOver(one, decay, options, 'final(A) > 0');
    for (const { draw, values } of studies[0].outcomes) {
      const { final } = await simulateStochastic(decay, { volume: 50, seed: 7, run: draw });
      expect(values['final(A)']).toBe(final.A);
    }
  });

  it('together with other variations: the numbers of the draw are those of the run', async () => {
    const vary = [{ what: 'rates' }, { what: 'volume' }] as const;
    const options = {
      vary,
      volume: 1e6,
      sigma: 0.3,
      draws: 12,
      seed: 1,
      stochastic: { method: 'tau', epsilon: 0.003 },
    } as const;
    const found = await robustnessOver(two, decay, options, 'final(A) within 5%');
    const { volume: _, stochastic: __, ...rates } = { ...options, vary: 'rates' as const };
    const wanted = await robustnessOver(two, decay, rates, 'final(A) within 5%');
    found.studies[0].outcomes.forEach(({ values }, k) => {
      const smooth = wanted.studies[0].outcomes[k].values['final(A)'] as number;
      expect(Math.abs((values['final(A)'] as number) - smooth)).toBeLessThan(0.003);
    });
  });

  it('a clock is measured from its course; one that fails has its reason', async () => {
    const clock = coopClock({ leak: 1e-2 });
    const options = {
      vary: 'volume',
      volume: [100, 1000],
      draws: 4,
      seed: 2,
      clock: { within: 400 },
    } as const;
    const { studies } = await robustnessOver(two, clock, options, 'deviation < 0.08');
    expect(studies.map(({ successes }) => successes)).toEqual([0, 4]);
    const short = { ...options, volume: 100, draws: 2, clock: { within: 60 } };
    const none = await robustnessOver(one, clock, { ...short, stochastic: { maxEvents: 100 } }, 'period > 0');
    expect(none.studies[0].failures).toMatchObject([{ code: 'eventLimit', count: 2 }]);
  });

  it('tasks learn with molecules of their own draw, whoever runs them; the undisturbed run is of the ODE', async () => {
    const task = linearRegressionTask({ seed: 1, epochs: 1 });
    const options = { vary: 'volume', volume: [50, 5000], draws: 4, seed: 2 } as const;
    const tau = { stochastic: { method: 'tau' } } as const;
    const found = await robustnessOver(one, task, { ...options, ...tau }, 'loss within 5%');
    expect(await robustnessOver(two, task, { ...options, ...tau }, 'loss within 5%')).toEqual(found);
    const exact = await train(task, { epochs: 1 }).result;
    expect(found.nominal.values.loss).toBe(exact.history[1].validationLoss);
    const losses = found.studies.map(({ outcomes }) => outcomes.map(({ values }) => values.loss as number));
    expect(new Set(losses.flat()).size).toBe(8);
    const spread = (all: number[]) => Math.max(...all) - Math.min(...all);
    expect(spread(losses[0])).toBeGreaterThan(2 * spread(losses[1]));
    await expect(
      robustnessOver(one, decay, { ...options, stochastic: { evaluation: 'ode' } }, 'A > 0'),
    ).rejects.toThrow('stochastic.evaluation is of a task');
  });
});
