import { describe, expect, it } from 'vitest';
import * as L from '../../assembly/layout';
import { compileProblem, defaultKrylov } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { Network } from '../../src/index.js';
import { createSimulator, initialConcentrations, simulate } from '../../src/index.js';
import { drive, integrate } from '../../src/simulate/run.js';
import { resolveSettings } from '../../src/simulate/settings.js';
import { zeroStats } from '../../src/simulate/stats.js';
import { Vessel } from '../../src/simulate/vessel.js';
import { hypercube } from '../problems/hypercube.js';
import { networkOf } from '../tools/network.js';

const cube = networkOf(hypercube(6));
const all = (network: Network) => network.reactions.map((_, r) => r);
const tight = await simulate(cube, { to: 100, save: 1, rtol: 1e-10, atol: 1e-14 });

/** Largest difference of final states, relative to what is there in all. */
const apart = (found: Record<string, number>) =>
  Math.max(...Object.entries(tight.final).map(([name, value]) => Math.abs(found[name] - value)));

describe('GMRES in bdf', () => {
  it('gives the digits of LU without any fill', async () => {
    const options = { to: 100, save: 1, method: 'bdf' } as const;
    const lu = await simulate(cube, { ...options, linearSolver: 'lu' });
    const gmres = await simulate(cube, { ...options, linearSolver: 'gmres' });
    expect(apart(lu.final)).toBeLessThan(1e-5);
    expect(apart(gmres.final)).toBeLessThan(1e-5);
    expect(lu.stats.linearIterations).toBe(0);
    expect(gmres.stats.linearIterations).toBeGreaterThan(gmres.stats.steps);
    // ILU(0) earns its keep.
    expect(gmres.stats.linearIterations).toBeLessThan(4 * gmres.stats.solves);
    expect(gmres.stats.fallbacks).toBe(0);
    const [bare, filled] = [
      compileProblem(cube, all(cube), { krylov: defaultKrylov }),
      compileProblem(cube, all(cube)),
    ];
    expect(bare.fill).toBeLessThan(filled.fill / 2);
    expect(gmres.stats.rejected.newton).toBeLessThan(5);
  });

  it('errors follow the tolerance', async () => {
    const found: number[] = [];
    for (const rtol of [1e-4, 1e-6, 1e-8]) {
      const { final } = await simulate(cube, {
        to: 100,
        save: 1,
        method: 'bdf',
        linearSolver: 'gmres',
        rtol,
        atol: rtol * 1e-3,
      });
      found.push(apart(final));
      expect(found.at(-1)).toBeLessThan(30 * rtol);
    }
  });

  it('one vector is not enough: refused, steps cut, then LU for the rest of the run', async () => {
    const settings = resolveSettings(cube, { method: 'bdf', linearSolver: 'gmres', maxSeconds: 60 });
    const engine = await createEngine('wasm');
    const names = cube.species.map(({ name }) => name);
    let completed = 0;
    const filling = {
      problems: [compileProblem(cube, all(cube), { krylov: 1 })],
      complete: () => {
        completed++;
        return compileProblem(cube, all(cube));
      },
    };
    const vessel = new Vessel(engine, names, filling, settings);
    const run = () => {
      vessel.state.set(initialConcentrations(cube, new Map()));
      const stats = zeroStats();
      const times: number[] = [];
      drive(
        vessel,
        integrate(vessel, {
          phases: [{ name: '', active: all(cube), duration: 100, doses: [] }],
          segments: [{ phase: 0, from: 0, to: 100, begins: true }],
          to: 100,
          events: [],
          saveAt: Float64Array.from({ length: 101 }, (_, i) => i),
          sink: (time) => times.push(time),
          settings,
          stats,
        }),
      );
      return { stats, times, final: Object.fromEntries(names.map((name, s) => [name, vessel.state[s]])) };
    };
    const first = run();
    expect(first.stats.fallbacks).toBe(1);
    expect(first.stats.rejected.newton).toBeGreaterThan(0);
    expect(first.times).toEqual(Array.from({ length: 101 }, (_, i) => i));
    expect(apart(first.final)).toBeLessThan(1e-5);
    // The vessel remembers.
    const second = run();
    expect(second.stats.fallbacks).toBe(0);
    expect(second.stats.linearIterations).toBe(0);
    expect(completed).toBe(1);
    expect(apart(second.final)).toBeLessThan(1e-5);
  });

  it('an answer whose residual is not small is refused, whatever the preconditioner sees', async () => {
    // Factors of another matrix (a huge shift) make every residual look small.
    const problem = compileProblem(cube, all(cube), { krylov: defaultKrylov });
    const engine = await createEngine('wasm');
    const { kernel } = engine;
    const settings = resolveSettings(cube, { method: 'bdf', linearSolver: 'gmres' });
    const vessel = new Vessel(
      engine,
      cube.species.map(({ name }) => name),
      { problems: [problem], complete: () => problem },
      settings,
    );
    vessel.state.set(initialConcentrations(cube, new Map()));
    vessel.begin({
      phase: 0,
      from: 0,
      to: 1,
      saveAt: new Float64Array(0),
      sink: () => {},
      stepsBefore: 0,
      events: [],
    });
    vessel.advance(20);
    const { record, work } = (
      vessel as unknown as { fillings: { placed: { record: number; work: number }[] } }
    ).fillings.placed[0];
    const header = engine.words(record, L.P_HEADER_WORDS);
    const n = problem.dynamic.length;
    const region = (word: number) => work + header[word];
    const weights = region(L.P_W_DENSE) + L.ROW_WEIGHTS * n * 8;
    const x = region(L.P_W_INCREMENTS);
    const zero = region(L.P_W_DERIVATIVE_STAGE);
    engine.doubles(weights, n).fill(1);
    const solve = (preconditioner: number, shift: number, allowed: number) => {
      engine.doubles(x, n).fill(1);
      engine.doubles(zero, n).fill(0);
      kernel.factor(record, work, preconditioner);
      return kernel.gmres(record, work, shift, x, zero, weights, allowed);
    };
    expect(solve(10, 10, 1e-8)).toBeTruthy();
    expect(engine.doubles(x, n).every(Number.isFinite)).toBe(true);
    expect(solve(1e12, 10, 1e-8)).toBeFalsy();
  });
});

describe('linear solver of a run', () => {
  it("'auto' takes GMRES where the fill explodes, LU elsewhere", async () => {
    const small = await simulate(cube, { to: 1, save: 1, method: 'bdf' });
    expect(small.stats.linearIterations).toBe(0);
    const large = await simulate(networkOf(hypercube(9)), { to: 1, save: 1, method: 'bdf' });
    expect(large.stats.linearIterations).toBeGreaterThan(0);
  });

  it('is for bdf, and a one-step method in its place gets complete factors', async () => {
    await expect(simulate(cube, { to: 1, linearSolver: 'gmres' })).rejects.toThrow(
      'linearSolver gmres is for method bdf, not auto',
    );
    const simulator = await createSimulator(cube, { to: 100, save: 1, method: 'bdf', linearSolver: 'gmres' });
    expect(simulator.run().stats.linearIterations).toBeGreaterThan(0);
    expect(() => simulator.run({ linearSolver: 'lu' } as object)).toThrow(/linearSolver is fixed/);
    simulator.dispose();
  });
});
