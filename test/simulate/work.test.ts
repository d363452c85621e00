import { describe, expect, it } from 'vitest';
import { borrowEngine, returnEngine } from '../../src/engine/pool.js';
import { createSimulator, type Solution, simulate } from '../../src/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const problems = [...referenceProblems, neuralForward(3)];

describe('work done', () => {
  // Numbers of work, not of time: a change here is a change of the method, the controller or the compiler.
  it.each(['rodas4', 'rodas5p'] as const)('%s, at rtol 1e-6', async (method) => {
    const work: Record<string, string> = {};
    for (const { name, text, ends } of problems) {
      const { to, atol } = ends[0];
      const { stats } = await simulate(networkOf(text), {
        to,
        method,
        rtol: 1e-6,
        atol: typeof atol === 'number' ? atol * 1e3 : 1e-9,
        save: 1,
      });
      const { error, negative, nonFinite } = stats.rejected;
      work[name] =
        `${stats.steps} steps, ${error}+${negative}+${nonFinite} rejected, ${stats.factorisations} LU`;
      expect(stats.factorisations).toBe(stats.steps + error + negative + nonFinite);
      expect(stats.jacobians).toBe(stats.steps);
    }
    expect(work).toMatchSnapshot();
  });

  it('tsit5, at rtol 1e-6, as far as 10 000 attempts reach', async () => {
    const work: Record<string, string> = {};
    for (const { name, text, ends } of problems) {
      const { to, atol } = ends[0];
      const { status, stats } = await simulate(networkOf(text), {
        to,
        method: 'tsit5',
        rtol: 1e-6,
        atol: typeof atol === 'number' ? atol * 1e3 : 1e-9,
        save: 1,
        maxSteps: 10_000,
      }).catch(({ partial }) => partial as Solution);
      const { error, negative, nonFinite } = stats.rejected;
      work[name] =
        `${status}: ${stats.steps} steps, ${error}+${negative}+${nonFinite} rejected, ${stats.derivatives} derivatives`;
      expect([stats.factorisations, stats.solves, stats.switches]).toEqual([0, 0, 0]);
    }
    expect(work).toMatchSnapshot();
  });

  it.each([1e-3, 1e-6, 1e-9])('auto, at rtol %s', async (rtol) => {
    const work: Record<string, string> = {};
    for (const { name, text, ends } of problems) {
      const { to, atol } = ends[0];
      const { stats } = await simulate(networkOf(text), {
        to,
        rtol,
        atol: typeof atol === 'number' ? atol * 1e3 : rtol * 1e-3,
        save: 1,
      });
      const { error, negative, nonFinite } = stats.rejected;
      const attempts = stats.steps + error + negative + nonFinite;
      work[name] =
        `${attempts - stats.factorisations} explicit, ${stats.factorisations} LU, ${stats.switches} switches`;
    }
    expect(work).toMatchSnapshot();
  });
});

describe('work done by bdf at rtol 1e-6', () => {
  it.each(['lu', 'gmres'] as const)('%s', async (linearSolver) => {
    const work: Record<string, string> = {};
    for (const { name, text, ends } of problems) {
      const { to, atol } = ends[0];
      const { stats } = await simulate(networkOf(text), {
        to,
        method: 'bdf',
        linearSolver,
        rtol: 1e-6,
        atol: typeof atol === 'number' ? atol * 1e3 : 1e-9,
        save: 1,
      });
      const { error, negative, nonFinite, newton } = stats.rejected;
      work[name] =
        `${stats.steps} steps, ${error}+${negative}+${nonFinite}+${newton} rejected, ${stats.derivatives} derivatives, ` +
        `${stats.jacobians} Jacobians, ${stats.factorisations} LU, ${stats.linearIterations} iterations`;
      // One derivative and one solve an iteration; factors and Jacobian serve for many steps.
      expect(stats.derivatives).toBeLessThan(2.5 * stats.steps);
      expect(stats.factorisations).toBeLessThan(stats.steps / 3);
      expect(stats.jacobians).toBeLessThan(stats.steps / 3);
    }
    expect(work).toMatchSnapshot();
  });
});

describe('memory', () => {
  it('does not grow over 100 000 solves', async () => {
    const network = networkOf('init A = 1 \n A -> B \n B ->{0.5} A');
    const simulator = await createSimulator(network, { to: 1, saveAt: [1], rtol: 1e-3 });
    simulator.run();
    // The kernel's own memory, seen through the vessel that the simulator holds.
    const bytes = () =>
      (simulator as unknown as { vessel: { engine: { buffer: ArrayBuffer } } }).vessel.engine.buffer
        .byteLength;
    const before = bytes();
    let last = 0;
    for (let i = 0; i < 100_000; i++) last = simulator.run().final.A;
    expect(bytes()).toBe(before);
    expect(last).toBeCloseTo(1 / 3 + (2 / 3) * Math.exp(-1.5), 3);
    simulator.dispose();
  });

  it('one engine serves simulation after simulation', async () => {
    const network = networkOf('init A = 1 \n A -> B');
    const first = await borrowEngine('wasm');
    returnEngine(first);
    for (let i = 0; i < 50; i++) await simulate(network, { to: 1, save: 1 });
    const after = await borrowEngine('wasm');
    expect(after).toBe(first);
    returnEngine(after);
  });
});
