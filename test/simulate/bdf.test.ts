import { describe, expect, it } from 'vitest';
import { createReactor, SolveFailure, simulate } from '../../src/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { cycle, errorsOf, save, to } from '../tools/cycle.js';
import { digits, networkOf } from '../tools/network.js';
import { slope } from '../tools/slope.js';

async function errors(maxOrder: number, steps: number) {
  const fixedStep = to / steps;
  // Tolerances only tell Newton's iteration when to stop.
  const solution = await simulate(cycle, {
    to,
    save,
    method: 'bdf',
    maxOrder,
    fixedStep,
    rtol: 1e-11,
    atol: 1e-13,
  });
  // A start in steps that double, then steps of one size.
  expect(solution.stats.steps).toBeGreaterThan(steps);
  expect(solution.stats.steps).toBeLessThan(steps + 120);
  return errorsOf(solution);
}

describe('observed order of bdf with fixed steps', () => {
  it.each([
    [1, [256, 512, 1024, 2048]],
    [2, [128, 256, 512, 1024]],
    [3, [128, 256, 512, 1024]],
    [4, [64, 128, 256, 512]],
    [5, [48, 64, 96, 128]],
  ] as const)('%i at the end and in the dense output', async (order, steps) => {
    const found = await Promise.all(steps.map((n) => errors(order, n)));
    const sizes = steps.map((n) => 1 / n);
    for (const part of ['end', 'dense'] as const) {
      const seen = slope(
        sizes,
        found.map((error) => error[part]),
      );
      expect(Math.abs(seen - order), part).toBeLessThan(0.2);
    }
  });
});

describe('the error of bdf follows the tolerance', () => {
  it('over six decades', async () => {
    const logistic = networkOf('init X = 0.1 \n X -> 2 X \n 2 X -> X');
    const tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
    const found: number[] = [];
    for (const rtol of tolerances) {
      const solution = await simulate(logistic, { to: 4, save: 40, method: 'bdf', rtol, atol: rtol * 1e-3 });
      const column = solution.column('X');
      let worst = 0;
      solution.times.forEach((t, i) => {
        const exact = 1 / (1 + 9 * Math.exp(-t));
        worst = Math.max(worst, Math.abs(column[i] - exact) / exact);
      });
      // Errors of many small steps add up: more than of a one-step method.
      expect(worst).toBeLessThan(60 * rtol);
      found.push(worst);
    }
    for (let i = 1; i < found.length; i++) expect(found[i]).toBeLessThan(found[i - 1]);
    expect(slope(tolerances, found)).toBeGreaterThan(0.75);
    expect(slope(tolerances, found)).toBeLessThan(1.25);
  });
});

/** Digits where they are fewer than six. */
const honest: Record<string, number> = {
  'robertson to 40000000000': 4,
  'robertson to 100000000000': 3.5,
  'orego to 360': 5,
  'brusselator to 50': 5,
};

const cases = referenceProblems.flatMap(({ name, text, ends }) =>
  ends.map((end) => ({ name: `${name} to ${end.to}`, text, ...end })),
);

describe.each(['lu', 'gmres'] as const)(
  'reference end states of bdf at rtol 1e-8 with %s',
  (linearSolver) => {
    it.each(cases)('$name', async ({ name, text, to, state, atol = 1e-12, digits: wanted = 6 }) => {
      const network = networkOf(text);
      const { final } = await simulate(network, {
        to,
        rtol: 1e-8,
        atol,
        save: 1,
        method: 'bdf',
        linearSolver,
      });
      const largest = Math.max(...Object.values(state));
      for (const [species, value] of Object.entries(state)) {
        if (value <= 1e-12 * largest) continue;
        expect(digits(final[species], value), species).toBeGreaterThanOrEqual(honest[name] ?? wanted);
      }
    });
  },
);

describe('bdf and the rest of a run', () => {
  it('stands at a crossing, starts anew there and loses no row', async () => {
    const drip = networkOf('init A = 1 \n A -> B \n dose A += 1 when A falls 0.5');
    const solution = await simulate(drip, { to: 8, save: 97, method: 'bdf', rtol: 1e-10, atol: 1e-13 });
    const exact = (t: number) =>
      t < Math.log(2) ? Math.exp(-t) : 1.5 * Math.exp(-((t - Math.log(2)) % Math.log(3)));
    solution.times.forEach((t, i) => {
      expect(solution.column('A')[i]).toBeCloseTo(exact(t), 7);
    });
    expect(solution.stats.events).toBe(1 + Math.floor((8 - Math.log(2)) / Math.log(3)));
  });

  it('phases of a reactor are runs of their own', async () => {
    const reactor = await createReactor(
      networkOf('init A = 1 \n go: A -> B \n back: B ->{2} A \n phase one 1: go \n phase two 1: back'),
      { method: 'bdf', rtol: 1e-9, atol: 1e-12 },
    );
    reactor.run('one');
    expect(reactor.state[0]).toBeCloseTo(Math.exp(-1), 7);
    reactor.run('two');
    expect(reactor.state[1]).toBeCloseTo((1 - Math.exp(-1)) * Math.exp(-2), 7);
    reactor.dispose();
  });

  it('decays over twelve decades of time in few steps, to its rest', async () => {
    const decay = networkOf('init A = 1 \n A ->{1e6} B \n B ->{1e-6} C');
    const { final, stats } = await simulate(decay, { to: 1e8, save: 1, method: 'bdf' });
    expect(final.C).toBeCloseTo(1, 6);
    expect(final.A + final.B + final.C).toBeCloseTo(1, 12);
    expect(stats.steps).toBeLessThan(400);
  });

  it('keeps rows and states above −atol, unclipped', async () => {
    const network = networkOf('init A = 1 \n A ->{1000} B \n B ->{1} ∅');
    const solution = await simulate(network, { to: 50, rtol: 1e-3, atol: 1e-6, save: 2000, method: 'bdf' });
    for (const name of ['A', 'B']) {
      const lowest = Math.min(...solution.column(name));
      expect(lowest).toBeLessThan(0);
      expect(lowest).toBeGreaterThanOrEqual(-1e-6);
    }
  });

  it('leaves the domain only with a failure', async () => {
    const constant = networkOf('init A = 1, B = 1 \n A -> C [rate 1*B]');
    const outcome = await simulate(constant, { to: 3, method: 'bdf' }).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(SolveFailure);
    const { code, species, time } = outcome as SolveFailure;
    expect([code, species]).toEqual(['negative', 'A']);
    expect(time).toBeCloseTo(1, 6);
  });

  it('a vanishing pivot rejects the step, and ends a run of fixed ones', async () => {
    // 1/γ − J is 1/h − 1 at order 1.
    const growth = networkOf('init A = 1 \n A -> 2 A');
    const { final, stats } = await simulate(growth, { to: 3, save: 1, method: 'bdf', firstStep: 1 });
    expect(stats.rejected.nonFinite).toBeGreaterThan(0);
    expect(final.A / Math.exp(3)).toBeCloseTo(1, 4);
    const fixed = simulate(growth, { to: 9, method: 'bdf', maxOrder: 1, fixedStep: 1 });
    await expect(fixed).rejects.toMatchObject({ code: 'singular' });
  });

  it('counts steps that the iteration could not take', async () => {
    const network = networkOf('init A = 1 \n 2 A ->{1e5} ∅');
    const { final, stats } = await simulate(network, { to: 10, save: 1, method: 'bdf', firstStep: 1 });
    expect(stats.rejected.newton).toBeGreaterThan(0);
    expect(final.A / (1 / (1 + 2e6))).toBeCloseTo(1, 3);
  });

  it('runs a forward phase of a network with ten inputs as Rosenbrock methods do', async () => {
    const network = networkOf(neuralForward(10).text);
    const options = { to: 1, save: 20, rtol: 1e-9, atol: 1e-12 };
    const found = await simulate(network, { ...options, method: 'bdf' });
    const wanted = await simulate(network, { ...options, method: 'rodas5p' });
    for (const name of wanted.species) {
      wanted.column(name).forEach((value, i) => {
        expect(Math.abs(found.column(name)[i] - value)).toBeLessThan(1e-6);
      });
    }
  });
});
