import { describe, expect, it } from 'vitest';
import {
  createSimulator,
  type Network,
  type SimulateOptions,
  SolveFailure,
  simulate,
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
});
