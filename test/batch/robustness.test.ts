import { describe, expect, it } from 'vitest';
import {
  NominalFailure,
  type RobustnessMeasure,
  type RobustnessOverOptions,
  type RobustnessSubject,
  robustnessOver,
  type Variation,
} from '../../src/batch/node.js';
import { type Clock, coopClock, ringClock } from '../../src/circuits/index.js';
import { linearRegressionTask, taskCircuit, tasks, train } from '../../src/learning/index.js';
import { networkBuilder } from '../../src/network/index.js';
import { drawFactors, variationSettings, variedNetwork, withFactors } from '../../src/robustness/index.js';
import { networkOf } from '../tools/network.js';
import { testPools } from './pools.js';

const pool = testPools('./crashing.ts');

const study = (
  subject: RobustnessSubject,
  options: RobustnessOverOptions,
  measure: RobustnessMeasure<never>,
  size = 2,
) => robustnessOver(pool(size), subject, options, measure as RobustnessMeasure<unknown>);

const decay = networkOf('init A = 1\nA ->{0.5} B\nsimulate to 2 save 4');

/** The ring as its builder refuses to make it where it is even. */
function ring(length: number): Clock {
  const builder = networkBuilder();
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.reaction(`pass[${i}]: C[${i}] + C[${next}] -> 2 C[${next}]`).init(`C[${i}]`, i <= 2 ? 1 : 1e-3);
  }
  return { network: builder.build(), phases: ['C[1]', 'C[3]'] };
}

describe('of a network', () => {
  it('the part that succeeds is what the distribution of the constant says', async () => {
    // A(2) = exp(−k·2) with k = ½·exp(σz): within 10 % of e⁻¹ while |exp(σz) − 1| is small enough on either side.
    const { studies, nominal } = await study(
      decay,
      { vary: 'rates', sigma: [0.05, 0.2], draws: 400 },
      'final(A) within 10%',
    );
    expect(nominal).toMatchObject({ success: true, values: { 'final(A)': expect.closeTo(Math.exp(-1), 5) } });
    // z below ln(1 − ln 0.9)/σ and above ln(1 − ln 1.1)/σ: Φ(2.003) − Φ(−2.003) …
    const expected = [0.9538, 0.3834];
    studies.forEach(({ interval: [low, high], successes, draws }, s) => {
      expect(draws).toBe(400);
      expect(low, `${successes}`).toBeLessThan(expected[s]);
      expect(high, `${successes}`).toBeGreaterThan(expected[s]);
    });
    expect(studies[1].distributions['final(A)'].median).toBeCloseTo(Math.exp(-1), 1);
    expect(studies[1].worst).toEqual([
      { what: 'rates', of: 'A ->{0.5} B', rho: expect.any(Number), with: 'success', significant: false },
    ]);
  });

  it('gives the same bytes with one worker, two and three, and whatever else is asked for', async () => {
    const options = { vary: ['rates', 'initial'] as const, sigma: [0.1, 0.3], draws: 21, seed: 7 };
    const told = await Promise.all(
      [1, 2, 3].map(async (size) => JSON.stringify(await study(decay, options, 'final(A) < 1.1x', size))),
    );
    expect(told[1]).toBe(told[0]);
    expect(told[2]).toBe(told[0]);
    const { studies } = JSON.parse(told[0]);
    const fewer = await study(decay, { ...options, sigma: 0.3, draws: 5 }, 'final(A) < 1.1x');
    expect(fewer.studies[0].outcomes).toEqual(studies[1].outcomes.slice(0, 5));
  });

  it('the constant that decides is found, and one that does not is not', async () => {
    const network = networkOf(
      'init A = 1; init X = 1\nkey: A ->{1} B\nother[1]: X -> Y\nother[2]: Y -> X\nsimulate to 1',
    );
    const { studies } = await study(network, { vary: 'rates', sigma: 0.2, draws: 60 }, 'final(A) >= 1x');
    const { worst, rate } = studies[0];
    expect(rate).toBeGreaterThan(0.3);
    expect(rate).toBeLessThan(0.7);
    expect(worst[0]).toMatchObject({ of: 'key', with: 'success', significant: true });
    expect(worst[0].rho).toBeLessThan(-0.8);
    expect(worst.slice(1).some(({ significant }) => significant)).toBe(false);
    // Where all succeed, what is measured is looked at.
    const calm = await study(network, { vary: 'rates', sigma: 0.2, draws: 20 }, 'final(A) > 0');
    expect(calm.studies[0].worst[0]).toMatchObject({ of: 'key', with: 'final(A)', rho: -1 });
  });

  it('runs that fail are no success, and the others go on', async () => {
    // dA/dt = k·A² blows up at 1/k: before 1.05 for some draws.
    const network = networkOf('init A = 1\n2 A -> 3 A\nsimulate to 0.95 save 2');
    const { studies } = await study(network, { vary: 'rates', sigma: 0.1, draws: 40 }, 'final(A) > 0');
    const [{ failures, successes, draws, outcomes, distributions }] = studies;
    const failed = outcomes.filter(({ failure }) => failure);
    expect(draws).toBe(40);
    expect(successes + failed.length).toBe(40);
    expect(failed.length).toBeGreaterThan(5);
    expect(failures[0].count).toBe(failed.length);
    expect(failures[0].code).toMatch(/blowUp|stepLimit/);
    expect(distributions['final(A)']).toMatchObject({ count: successes, missing: failed.length });
    expect(failed[0]).toMatchObject({ success: false, values: { 'final(A)': null } });
  });

  it('doses, lengths of phases and leaks reach the run', async () => {
    const network = networkOf(
      'phase fill 1: grow\nphase rest 1: calm\ndose A += 1 at fill\ngrow: A + B -> 2 B\ncalm: B -> A',
    );
    for (const what of ['doses', 'jitter', 'leaks'] as const) {
      const { studies } = await study(network, { vary: what, sigma: 0.1, draws: 6 }, 'final(B) within 1%');
      const { deviation, most } = studies[0].distributions['final(B)'];
      // Without leaks there is never any B.
      if (what === 'leaks') expect(most).toBeGreaterThan(0);
      else expect(deviation).toBe(0);
      const { studies: again } = await study(network, { vary: what, sigma: 0.1, draws: 6 }, 'final(A) > 0');
      if (what === 'doses') expect(again[0].distributions['final(A)'].deviation).toBeGreaterThan(0.01);
    }
  });

  it('criteria may be functions of the solution; a circuit is taken as its network', async () => {
    const criterion = {
      name: 'half-life',
      of: (solution: { at(t: number): Record<string, number> }) => solution.at(1.3).A,
      within: 0.2,
    };
    const { measures, success, studies } = await study(
      decay,
      { vary: 'rates', draws: 10 },
      criterion as never,
    );
    expect({ measures, success }).toEqual({ measures: ['half-life'], success: 'half-life within 20%' });
    expect(studies[0].distributions['half-life'].median).toBeCloseTo(Math.exp(-0.65), 1);
    const circuit = await taskCircuit(tasks['linear-regression'].create());
    const found = await study(circuit, { vary: 'rates', draws: 3 }, 'final(P[1]) within 50%');
    expect(found).toMatchObject({ subject: 'network', factors: 24 });
  });

  it('cancelled, it says what there is', async () => {
    const controller = new AbortController();
    const slow = networkOf('init A = 1; A ->{1} B; B ->{2} A\nsimulate to 1e4 save 2');
    const found = await study(
      slow,
      {
        vary: 'rates',
        draws: 2000,
        signal: controller.signal,
        simulate: { method: 'tsit5', maxSteps: 1e6 },
        onProgress: ({ done }) => {
          if (done > 16) controller.abort(new Error('enough'));
        },
      },
      'final(A) within 10%',
    );
    expect(found.status).toBe('cancelled');
    const { draws, outcomes, rate } = found.studies[0];
    expect(draws).toBeGreaterThanOrEqual(16);
    expect(draws).toBeLessThan(2000);
    expect(outcomes.length).toBe(draws);
    expect(rate).not.toBeNull();
    const early = new AbortController();
    early.abort(new Error('at once'));
    await expect(study(slow, { vary: 'rates', signal: early.signal }, 'A > 0')).rejects.toThrow('at once');
  });

  it('runs of a worker that dies are made once more', async () => {
    let started = 0;
    const lost: string[] = [];
    const found = await robustnessOver(
      pool(2, () => ++started === 1),
      decay,
      { vary: 'rates', draws: 20, onRetry: ({ code }) => lost.push(code) },
      'final(A) within 10%',
    );
    expect(lost).toEqual(['workerDied']);
    expect(found.studies[0].draws).toBe(20);
  });
});

describe('of a clock', () => {
  const rates: Variation = { what: 'rates', spread: 'uniform' };

  it('the cooperative ring stands what kills even rings', async () => {
    // Every constant log-normal with 0.3: periods of 32.6 to 52.1 were measured elsewhere, leak < 7.2e-4, no overlap.
    const coop = await study(
      coopClock(),
      { vary: 'rates', sigma: 0.3, draws: 8, clock: { turns: 2 } },
      'period within 50% and deviation < 1e-5 and leak < 1e-3 and overlap < 1e-9',
    );
    expect(coop.studies[0]).toMatchObject({ successes: 8, failures: [] });
    const alive = 'period within 50% and deviation < 0.2 and leak < 0.05';
    const even = await study(ring(4), { vary: rates, sigma: 0.2, draws: 8 }, alive);
    expect(even.nominal.success).toBe(true);
    expect(even.studies[0].rate).toBeLessThan(0.6);
    const odd = await study(ringClock(), { vary: rates, sigma: 0.2, draws: 8, clock: { turns: 3 } }, alive);
    expect(odd.studies[0].rate).toBe(1);
  });

  it('one that stops is a failure by name', async () => {
    const { studies } = await study(
      ring(4),
      { vary: rates, sigma: 0.5, draws: 6, clock: { within: 100, turns: 1 } },
      'period > 0',
    );
    expect(studies[0].failures[0]).toMatchObject({
      code: 'stopped',
      message: expect.stringMatching(/does not rise again/),
    });
    await expect(
      study({ network: decay, phases: ['A', 'B'] }, { vary: 'rates', draws: 2 }, 'period > 0'),
    ).rejects.toMatchObject({ name: 'NominalFailure', code: 'stopped' });
  });

  it('leaks shorten the period of the autocatalytic ring, further and further', async () => {
    const periodAfter = async (settle: number) => {
      const { studies, nominal } = await study(
        ringClock(),
        { vary: 'leaks', sigma: 1e-4, draws: 3, clock: { turns: 2, settle } },
        'period > 0',
      );
      expect(nominal.values.period).toBeCloseTo(20.2, 0);
      return studies[0].distributions.period.median as number;
    };
    // A leak of 1e-4 at every step was measured to bring 20 to 12 in the long run.
    const [soon, later] = [await periodAfter(2), await periodAfter(20)];
    expect(soon).toBeLessThan(19.5);
    expect(later).toBeLessThan(17);
    expect(later).toBeGreaterThan(12);
  });
});

describe('of a task', () => {
  const task = linearRegressionTask({ rails: 'dual', epochs: 1 });

  it('the constants of a draw reach the pots: the run is that of a circuit with these numbers, to the bits', async () => {
    const options = { vary: 'rates' as const, sigma: 0.1, draws: 2, seed: 3 };
    const { studies, nominal } = await study(task, options, 'loss < 2x and trainLoss > 0');
    const circuit = await taskCircuit(task);
    const variations = variationSettings('rates', 'task');
    const varied = variedNetwork(circuit.network, variations);
    const values = drawFactors(varied.factors, variations, { sigma: 0.1, seed: 3, draw: 1 });
    const { history } = await train(task, { circuit: { ...circuit, network: withFactors(varied, values) } })
      .result;
    expect(studies[0].outcomes[1].values).toEqual({
      loss: history[1].validationLoss,
      trainLoss: history[1].trainLoss,
    });
    const plain = await train(task).result;
    expect(nominal.values.loss).toBe(plain.history[1].validationLoss);
    expect(studies[0].outcomes[1].values.loss).not.toBe(nominal.values.loss);
  });

  it('doses, jitter, inputs and labels each disturb what is learned; a circuit that cannot go on is a failure', async () => {
    for (const what of ['doses', 'jitter', 'inputs', 'labels', 'initial'] as const) {
      const { studies, factors } = await study(task, { vary: what, sigma: 0.1, draws: 2 }, 'loss < 10x');
      expect(studies[0].distributions.loss.deviation, what).toBeGreaterThan(0);
      expect(factors > 0).toBe(what === 'initial');
    }
    const positive = linearRegressionTask({ rails: 'positive', rate: 0.1, epochs: 2 });
    const { studies } = await study(positive, { vary: 'rates', sigma: 0.3, draws: 4 }, 'loss < 1.5x');
    expect(studies[0].failures.map(({ code }) => code)).toContain('negativeWeight');
  });

  it('noise that a positive rail cannot hold is a failure of its run alone', async () => {
    const positive = linearRegressionTask({ rails: 'positive', epochs: 1 });
    const { studies } = await study(positive, { vary: 'inputs', sigma: 2, draws: 2 }, 'loss < 10x');
    expect(studies[0].failures).toEqual([
      {
        code: 'refused',
        count: 2,
        message: expect.stringMatching(/is below 0, which positive rails cannot hold/),
      },
    ]);
  });

  it('a clock inside has no schedule to jitter', async () => {
    const clocked = tasks['linear-regression'].create({ recipe: 'authors-coop', epochs: 1 });
    await expect(study(clocked, { vary: 'jitter' }, 'loss < 1')).rejects.toThrow(/jitter is for a schedule/);
  });
});

describe('refused', () => {
  it.each([
    [{ vary: 'rates' as const, sigma: -1 }, 'A > 0', /sigma must be a finite number ≥ 0, got -1/],
    [{ vary: 'rates' as const, sigma: [] }, 'A > 0', /sigma is empty/],
    [{ vary: 'rates' as const, sigma: [1, 1] }, 'A > 0', /sigma has a number twice/],
    [{ vary: 'rates' as const, draws: 0 }, 'A > 0', /draws must be an integer ≥ 1, got 0/],
    [{ vary: 'rates' as const, seed: 1.5 }, 'A > 0', /seed must be an integer ≥ 0, got 1.5/],
    [{ vary: 'rates' as const, clock: {} }, 'A > 0', /clock is for another subject than a network/],
    [{ vary: 'rates' as const }, 'C > 0', /"C" cannot be taken from the network/],
    [{ vary: 'volume' as const }, 'A > 0', /vary: volume needs numbers of molecules/],
    [{ vary: 'rates' as const, volume: 100 }, 'A > 0', /volume is given, but vary does not have 'volume'/],
    [{ vary: 'volume' as const, volume: 0 }, 'A > 0', /volume must be a finite number > 0, not 0/],
    [{ vary: 'volume' as const, volume: 10, sigma: 0.1 }, 'A > 0', /sigma has no meaning/],
    [{ vary: 'rates' as const, simulate: { rtol: -1 } }, 'A > 0', /rtol/],
  ])('%j', async (options, measure, message) => {
    await expect(study(decay, options, measure)).rejects.toThrow(message);
  });

  it('what is no subject, and a nominal run that fails', async () => {
    await expect(study({ name: 'x' } as never, { vary: 'rates' }, 'A > 0')).rejects.toThrow(
      /subject must be a network/,
    );
    const blows = networkOf('init A = 1\n2 A -> 3 A\nsimulate to 2');
    const error = await study(blows, { vary: 'rates' }, 'A > 0').catch((e) => e);
    expect(error).toBeInstanceOf(NominalFailure);
    expect(error.message).toMatch(/^the undisturbed run fails: /);
  });
});
