import { describe, expect, it } from 'vitest';
import { borrowEngine, returnEngine } from '../../src/engine/pool.js';
import { createSimulator, type Solution, simulate } from '../../src/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const problems = [...referenceProblems, neuralForward(3)];

/** Every problem's work. These are numbers of the method, the controller and the compiler: whoever changes one says why. */
type Work = Record<string, string>;

// Rejected: for their error, for negative states, for numbers that are none.
const rosenbrock: Record<'rodas4' | 'rodas5p', Work> = {
  rodas4: {
    brusselator: '856 steps, 30+0+0 rejected, 886 LU',
    e5: '937 steps, 0+0+0 rejected, 937 LU',
    hires: '272 steps, 1+0+0 rejected, 273 LU',
    multistate: '148 steps, 0+0+0 rejected, 148 LU',
    neural_3: '109 steps, 2+0+0 rejected, 111 LU',
    orego: '1486 steps, 10+0+0 rejected, 1496 LU',
    pollu: '59 steps, 0+0+0 rejected, 59 LU',
    repressilator: '2880 steps, 0+0+0 rejected, 2880 LU',
    robertson: '168 steps, 2+0+0 rejected, 170 LU',
  },
  rodas5p: {
    brusselator: '507 steps, 44+0+0 rejected, 551 LU',
    e5: '289 steps, 3+0+0 rejected, 292 LU',
    hires: '155 steps, 3+0+0 rejected, 158 LU',
    multistate: '80 steps, 0+0+0 rejected, 80 LU',
    neural_3: '63 steps, 3+0+0 rejected, 66 LU',
    orego: '919 steps, 10+0+0 rejected, 929 LU',
    pollu: '39 steps, 7+0+0 rejected, 46 LU',
    repressilator: '1649 steps, 0+0+0 rejected, 1649 LU',
    robertson: '89 steps, 3+0+0 rejected, 92 LU',
  },
};

const explicit: Work = {
  brusselator: 'done: 308 steps, 43+0+0 rejected, 2108 derivatives',
  e5: 'stepLimit: 8025 steps, 1975+0+0 rejected, 60002 derivatives',
  hires: 'stepLimit: 8299 steps, 1701+0+0 rejected, 60002 derivatives',
  multistate: 'done: 284 steps, 55+0+0 rejected, 2036 derivatives',
  neural_3: 'done: 84 steps, 2+0+0 rejected, 518 derivatives',
  orego: 'stepLimit: 8472 steps, 1528+0+0 rejected, 60002 derivatives',
  pollu: 'stepLimit: 5992 steps, 1013+2995+0 rejected, 60002 derivatives',
  repressilator: 'done: 5556 steps, 257+0+0 rejected, 34880 derivatives',
  robertson: 'stepLimit: 8276 steps, 1724+0+0 rejected, 60002 derivatives',
};

const automatic: Record<string, Work> = {
  '1e-3': {
    brusselator: '169 steps, 25+0+0 rejected, 0 explicit, 194 LU, 0 switches',
    e5: '98 steps, 0+0+0 rejected, 0 explicit, 98 LU, 0 switches',
    hires: '42 steps, 2+0+0 rejected, 0 explicit, 44 LU, 0 switches',
    multistate: '34 steps, 0+0+0 rejected, 0 explicit, 34 LU, 0 switches',
    neural_3: '15 steps, 0+0+0 rejected, 0 explicit, 15 LU, 0 switches',
    orego: '224 steps, 19+0+0 rejected, 0 explicit, 243 LU, 0 switches',
    pollu: '15 steps, 0+0+0 rejected, 0 explicit, 15 LU, 0 switches',
    repressilator: '296 steps, 19+0+0 rejected, 0 explicit, 315 LU, 0 switches',
    robertson: '39 steps, 2+0+0 rejected, 0 explicit, 41 LU, 0 switches',
  },
  '1e-6': {
    brusselator: '507 steps, 44+0+0 rejected, 0 explicit, 551 LU, 0 switches',
    e5: '289 steps, 3+0+0 rejected, 0 explicit, 292 LU, 0 switches',
    hires: '155 steps, 3+0+0 rejected, 0 explicit, 158 LU, 0 switches',
    multistate: '80 steps, 2+0+0 rejected, 69 explicit, 13 LU, 1 switches',
    neural_3: '63 steps, 3+0+0 rejected, 0 explicit, 66 LU, 0 switches',
    orego: '919 steps, 10+0+0 rejected, 0 explicit, 929 LU, 0 switches',
    pollu: '39 steps, 7+0+0 rejected, 0 explicit, 46 LU, 0 switches',
    repressilator: '1649 steps, 0+0+0 rejected, 0 explicit, 1649 LU, 0 switches',
    robertson: '89 steps, 3+0+0 rejected, 0 explicit, 92 LU, 0 switches',
  },
  '1e-9': {
    brusselator: '1929 steps, 32+0+0 rejected, 0 explicit, 1961 LU, 0 switches',
    e5: '2840 steps, 7+0+0 rejected, 0 explicit, 2847 LU, 0 switches',
    hires: '1063 steps, 4+0+0 rejected, 0 explicit, 1067 LU, 0 switches',
    multistate: '418 steps, 51+0+0 rejected, 469 explicit, 0 LU, 0 switches',
    neural_3: '260 steps, 3+0+0 rejected, 0 explicit, 263 LU, 0 switches',
    orego: '5415 steps, 11+0+0 rejected, 0 explicit, 5426 LU, 0 switches',
    pollu: '179 steps, 4+0+0 rejected, 0 explicit, 183 LU, 0 switches',
    repressilator: '8736 steps, 0+0+0 rejected, 0 explicit, 8736 LU, 0 switches',
    robertson: '322 steps, 8+0+0 rejected, 0 explicit, 330 LU, 0 switches',
  },
};

// Rejected: for their error, for negative states, for numbers that are none, by Newton's iteration.
const multistep: Record<'lu' | 'gmres', Work> = {
  lu: {
    brusselator: '1079 steps, 88+0+0+0 rejected, 1807 derivatives, 20 Jacobians, 165 LU, 0 iterations',
    e5: '1259 steps, 74+0+0+0 rejected, 2103 derivatives, 36 Jacobians, 215 LU, 0 iterations',
    hires: '368 steps, 22+0+0+0 rejected, 677 derivatives, 47 Jacobians, 70 LU, 0 iterations',
    multistate: '269 steps, 6+0+0+0 rejected, 359 derivatives, 60 Jacobians, 46 LU, 0 iterations',
    neural_3: '162 steps, 9+0+0+0 rejected, 270 derivatives, 4 Jacobians, 30 LU, 0 iterations',
    orego: '1701 steps, 116+0+0+0 rejected, 3217 derivatives, 61 Jacobians, 268 LU, 0 iterations',
    pollu: '231 steps, 2+0+0+0 rejected, 360 derivatives, 41 Jacobians, 31 LU, 0 iterations',
    repressilator: '1670 steps, 24+0+0+0 rejected, 3180 derivatives, 77 Jacobians, 153 LU, 0 iterations',
    robertson: '438 steps, 14+0+0+0 rejected, 799 derivatives, 24 Jacobians, 69 LU, 0 iterations',
  },
  gmres: {
    brusselator: '1019 steps, 82+0+0+0 rejected, 1502 derivatives, 18 Jacobians, 112 LU, 1676 iterations',
    e5: '1246 steps, 51+0+0+0 rejected, 1978 derivatives, 37 Jacobians, 178 LU, 1944 iterations',
    hires: '332 steps, 14+0+0+0 rejected, 544 derivatives, 47 Jacobians, 56 LU, 646 iterations',
    multistate: '258 steps, 4+0+0+0 rejected, 323 derivatives, 56 Jacobians, 37 LU, 303 iterations',
    neural_3: '140 steps, 7+0+0+0 rejected, 223 derivatives, 3 Jacobians, 23 LU, 220 iterations',
    orego: '1760 steps, 118+0+0+0 rejected, 3166 derivatives, 61 Jacobians, 253 LU, 3404 iterations',
    pollu: '206 steps, 3+0+0+0 rejected, 327 derivatives, 41 Jacobians, 29 LU, 730 iterations',
    repressilator: '1577 steps, 15+0+0+0 rejected, 2988 derivatives, 79 Jacobians, 138 LU, 3101 iterations',
    robertson: '449 steps, 21+0+0+0 rejected, 857 derivatives, 24 Jacobians, 78 LU, 843 iterations',
  },
};

describe('work done', () => {
  it.each(['rodas4', 'rodas5p'] as const)('%s, at rtol 1e-6', async (method) => {
    const work: Work = {};
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
    expect(work).toEqual(rosenbrock[method]);
  });

  it('tsit5, at rtol 1e-6, as far as 10 000 attempts reach', async () => {
    const work: Work = {};
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
    expect(work).toEqual(explicit);
  });

  it.each(['1e-3', '1e-6', '1e-9'])('auto, at rtol %s', async (tolerance) => {
    const rtol = Number(tolerance);
    const work: Work = {};
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
        `${stats.steps} steps, ${error}+${negative}+${nonFinite} rejected, ${attempts - stats.factorisations} explicit, ` +
        `${stats.factorisations} LU, ${stats.switches} switches`;
    }
    expect(work).toEqual(automatic[tolerance]);
  });
});

describe('work done by bdf at rtol 1e-6', () => {
  it.each(['lu', 'gmres'] as const)('%s', async (linearSolver) => {
    const work: Work = {};
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
    expect(work).toEqual(multistep[linearSolver]);
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
