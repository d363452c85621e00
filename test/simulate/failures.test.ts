import { describe, expect, it } from 'vitest';
import {
  createSimulator,
  type Network,
  type SimulateOptions,
  SolveFailure,
  simulate,
  simulateMany,
} from '../../src/index.js';
import { robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

async function failureOf(network: Network, options: SimulateOptions): Promise<SolveFailure> {
  const outcome = await simulate(network, options).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(SolveFailure);
  return outcome as SolveFailure;
}

describe('runs that do not reach their end', () => {
  it('blow up in finite time: the time, the species and what to try', async () => {
    // x' = x², x(0) = 1 is infinite at t = 1.
    const failure = await failureOf(networkOf('init A = 1 \n 2 A -> 3 A'), { to: 2 });
    expect(failure.code).toBe('blowUp');
    // At rtol 1e-6 the pole itself is known to about that.
    expect(failure.time).toBeCloseTo(1, 5);
    expect(failure.species).toBe('A');
    expect(failure.message).toMatch(/autocatalytic/);
    const partial = failure.partial!;
    expect(partial.status).toBe('blowUp');
    // All that was saved before the pole: the grid has 100 rows below t = 1.
    expect(partial.times.length).toBeGreaterThanOrEqual(100);
    expect(partial.times.at(-1)).toBeLessThanOrEqual(failure.time);
    expect(partial.column('A')[50]).toBeCloseTo(2, 4);
    expect(partial.at(0.505).A).toBeCloseTo(1 / 0.495, 4);
  });

  it('step limit', async () => {
    const network = networkOf(robertson.text);
    const failure = await failureOf(network, { to: 1e11, maxSteps: 50 });
    expect(failure.code).toBe('stepLimit');
    expect(failure.step).toBeLessThanOrEqual(50);
    expect(failure.step).toBeGreaterThan(40);
    expect(failure.time).toBeGreaterThan(0);
    expect(failure.hint).toMatch(/maxSteps/);
    const { steps, rejected } = failure.partial!.stats;
    expect(steps + rejected.error + rejected.negative + rejected.nonFinite).toBe(50);
  });

  it('a limit that suffices is no failure', async () => {
    const network = networkOf(robertson.text);
    const { stats } = await simulate(network, { to: 1e5 });
    const attempts = stats.steps + stats.rejected.error + stats.rejected.negative + stats.rejected.nonFinite;
    expect((await simulate(network, { to: 1e5, maxSteps: attempts })).status).toBe('done');
    expect((await failureOf(network, { to: 1e5, maxSteps: attempts - 1 })).code).toBe('stepLimit');
  });

  // An oscillation that never settles: a run that would take minutes.
  const endless = networkOf('init A = 1, B = 1.5 \n A -> 2 A \n A + B -> 2 B \n B -> ∅');

  it('time limit', async () => {
    const failure = await failureOf(endless, { to: 1e7, maxSeconds: 0.05, save: 1 });
    expect(failure.code).toBe('timeLimit');
    expect(failure.time).toBeGreaterThan(0);
    expect(failure.hint).toMatch(/maxSeconds/);
  });

  it('time limit of a synchronous run', async () => {
    const simulator = await createSimulator(endless, { to: 1e7, maxSeconds: 0.05, save: 1 });
    expect(() => simulator.run()).toThrow(SolveFailure);
    simulator.dispose();
  });

  it('cancellation, with what was saved', async () => {
    const controller = new AbortController();
    let calls = 0;
    const failure = await failureOf(endless, {
      to: 1e7,
      save: 1_000_000,
      signal: controller.signal,
      onProgress: ({ fraction }) => {
        expect(fraction).toBeGreaterThan(0);
        if (++calls === 3) controller.abort();
      },
    });
    expect(failure.code).toBe('cancelled');
    expect(calls).toBe(3);
    expect(failure.partial!.times.length).toBeGreaterThan(10);
    expect(failure.partial!.times.at(-1)).toBeLessThanOrEqual(failure.time);
  });

  it('a signal that comes from a timer is heard', async () => {
    const failure = await failureOf(endless, { to: 1e7, save: 1, signal: AbortSignal.timeout(30) });
    expect(failure.code).toBe('cancelled');
  });

  it('a signal aborted beforehand', async () => {
    const failure = await failureOf(endless, { to: 1, signal: AbortSignal.abort() });
    expect(failure.code).toBe('cancelled');
    expect(failure.step).toBe(0);
  });

  it('a concentration that must become negative names its species', async () => {
    // The law does not depend on A, so A is consumed below zero.
    const failure = await failureOf(networkOf('init A = 1, B = 1 \n A -> C [rate 1*B]'), { to: 5 });
    expect(failure.code).toBe('negative');
    expect(failure.species).toBe('A');
    expect(failure.time).toBeCloseTo(1, 6);
    expect(failure.partial!.stats.rejected.negative).toBeGreaterThan(0);
  });

  it('after a failure the next run is untouched', async () => {
    await failureOf(networkOf('init A = 1 \n 2 A -> 3 A'), { to: 2 });
    const { final } = await simulate(networkOf('init A = 1 \n A -> ∅'), { to: 1, rtol: 1e-9, atol: 1e-12 });
    expect(final.A).toBeCloseTo(Math.exp(-1), 8);
  });
});

describe('short stretches', () => {
  const swing = networkOf('init A = 1 \n f: A ->{1} B \n g: B ->{1} A \n phase p 0.5: f \n phase q 0.5: g');

  it('are cancelled between phases', async () => {
    const failure = await failureOf(swing, {
      to: 1e9,
      save: 1,
      maxSteps: 1e12,
      signal: AbortSignal.timeout(40),
    });
    expect(failure.code).toBe('cancelled');
  });

  it('are timed between events', async () => {
    const drip = networkOf('init A = 1 \n A ->{1000} B \n dose A = 1 when A falls 0.99999');
    const failure = await failureOf(drip, { to: 1e9, save: 1, maxSteps: 1e12, maxSeconds: 0.05 });
    expect(failure.code).toBe('timeLimit');
  });
});

describe('a fast transient late in a long schedule', () => {
  // The rates know no absolute time: what happens after 10¹² must not differ from what happens at 0.
  const robertson = 'A ->{0.04} B \n 2 B ->{3e7} B + C \n B + C ->{1e4} A + C';
  it.each([1e8, 1e12])('a stiff dose at %d is resolved', async (wait) => {
    const late = networkOf(
      `init A = 1 \n ${robertson} \n phase p ${wait}: * \n phase q 40: * \n dose A += 1 at q \n dose B += 0.5 at q`,
    );
    const options = { rtol: 1e-8, atol: 1e-12 };
    const solution = await simulate(late, { ...options, saveAt: [wait, wait + 40] });
    const at = (i: number) =>
      Object.fromEntries(solution.species.map((name) => [name, solution.column(name)[i]]));
    const fresh = await simulate(networkOf(robertson), { ...options, to: 40, initial: at(0), save: 1 });
    for (const name of ['A', 'B', 'C']) expect(at(1)[name]).toBeCloseTo(fresh.final[name], 7);
  });

  it('and a late start', async () => {
    const { final } = await simulate(networkOf('init A = 1 \n A ->{1e7} B'), {
      from: 1e9,
      to: 1e9 + 1,
      save: 1,
    });
    expect(final.B).toBeCloseTo(1, 6);
  });
});

describe('growth from beneath the tolerance', () => {
  it.each(['auto', 'rodas5p', 'rodas4', 'tsit5'] as const)('is followed, not damped (%s)', async (method) => {
    const seed = networkOf('init A = 1e-20 \n A -> 2 A \n 2 A -> A');
    const { final } = await simulate(seed, { to: 40, rtol: 1e-8, save: 1, method });
    const exact = 1 / (1 + (1e20 - 1) * Math.exp(-40));
    // 46 steps of half a power of e come before the error control sees it.
    expect(final.A / exact).toBeCloseTo(1, 2);
    expect((await simulate(seed, { to: 200, save: 1, method })).final.A).toBeCloseTo(1, 6);
  });

  it('is followed by bdf, whose Jacobian is one of before', async () => {
    const seed = networkOf('init A = 1e-20 \n A -> 2 A \n 2 A -> A');
    const { final } = await simulate(seed, { to: 40, rtol: 1e-8, save: 1, method: 'bdf' });
    const exact = 1 / (1 + (1e20 - 1) * Math.exp(-40));
    expect(final.A / exact).toBeCloseTo(1, 2);
  });
});

describe('fixed steps', () => {
  it('end with a failure where they leave the domain', async () => {
    const constant = networkOf('init A = 1, B = 1 \n A -> C [rate 1*B]');
    expect((await failureOf(constant, { to: 3, fixedStep: 0.5 })).code).toBe('negative');
    const pole = networkOf('init A = 1 \n 2 A -> 3 A');
    const failure = await failureOf(pole, { to: 10, fixedStep: 3 });
    expect(failure.step).toBe(0);
  });
});

describe('constants of extreme size', () => {
  it('are not called an explosion', async () => {
    const failure = await failureOf(networkOf('init A = 1e300 \n 2 A -> B'), { to: 1 });
    expect(failure.hint).toMatch(/extreme size/);
  });

  // The rate is a number and its derivative is none: linear systems with it have solutions, in which nothing happens.
  const steep = networkOf('init A = 1, B = 1 \n 2 A ->{1e308} A \n B -> C');

  it.each(['auto', 'rodas5p', 'rodas4', 'tsit5', 'bdf'] as const)(
    'are no reason to stand still (%s)',
    async (method) => {
      for (const engine of ['wasm', 'js'] as const) {
        const failure = await failureOf(steep, { to: 1, method, engine });
        expect(failure.step).toBe(0);
        expect(failure.hint).toMatch(/extreme size/);
      }
    },
  );

  it('nor in runs that share vectors, whichever of the two it is', async () => {
    const network = networkOf('param k = 1 \n init A = 1, B = 1 \n 2 A ->{k} A \n B -> C');
    for (const kernels of ['interpreted', 'generated'] as const) {
      for (const constants of [
        [1e308, 1],
        [1, 1e308],
      ]) {
        const runs = constants.map((k) => ({ parameters: { k } }));
        const together = simulateMany(network, runs, { to: 1, method: 'rodas5p', kernels });
        await expect(together).rejects.toMatchObject({ name: 'SolveFailure', code: 'singular', step: 0 });
      }
    }
  });
});

describe('positivity', () => {
  it('never clips: values between −atol and 0 stay, and nothing falls below −atol', async () => {
    const network = networkOf('init A = 1 \n A ->{1000} B \n B ->{1} ∅');
    const solution = await simulate(network, { to: 50, rtol: 1e-3, atol: 1e-6, save: 2000 });
    for (const name of ['A', 'B']) {
      const lowest = Math.min(...solution.column(name));
      // Long steps of an L-stable method cross zero by far less than atol: clipping would hide that.
      expect(lowest).toBeLessThan(0);
      expect(lowest).toBeGreaterThanOrEqual(-1e-6);
    }
  });

  it('holds for rows between the steps too', async () => {
    // With a tolerance as loose as this the interpolant of a long Rosenbrock step dips a thousand atol below zero.
    const network = networkOf('init A = 1 \n A ->{1e4} B \n B ->{1} C');
    const solution = await simulate(network, {
      to: 10,
      rtol: 0.1,
      atol: 1e-9,
      save: 5000,
      method: 'rodas4',
    });
    expect(Math.min(...solution.column('A'))).toBeGreaterThanOrEqual(-1e-9);
    expect(solution.stats.rejected.negative).toBeGreaterThan(0);
  });
});
