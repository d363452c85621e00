import { describe, expect, it } from 'vitest';
import { createReactor, SolveFailure, simulate } from '../../src/index.js';
import type { Stats } from '../../src/simulate/types.js';
import { brusselator, orego, pollu, robertson } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const attempts = ({ steps, rejected }: Stats): number =>
  steps + rejected.error + rejected.negative + rejected.nonFinite;

/** Twelve of a small network side by side: a step of many unknowns is one for which `auto` may change methods. */
const twelve = (text: string): string =>
  Array.from({ length: 12 }, (_, c) => text.replace(/\b(y\d|[A-Z])\b/g, `$1_${c}`)).join('\n');

const failureOf = async (text: string, options: Parameters<typeof simulate>[1]): Promise<SolveFailure> => {
  const outcome = await simulate(networkOf(text), options).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(SolveFailure);
  return outcome as SolveFailure;
};

describe('auto', () => {
  it('changes to the Rosenbrock method where a problem becomes stiff, and back, in every period', async () => {
    // Ten periods of the Oregonator: slow drifts that are stiff, and jumps between them that are not.
    const network = networkOf(twelve(orego.text));
    const options = { to: 3000, save: 300, rtol: 1e-5, atol: 1e-8 };
    const auto = await simulate(network, options);
    const stiff = await simulate(network, { ...options, method: 'rodas5p' });
    const reference = await simulate(network, { ...options, rtol: 1e-11, atol: 1e-14, method: 'rodas5p' });
    expect(auto.stats.switches).toBeGreaterThan(20);
    const explicit = attempts(auto.stats) - auto.stats.factorisations;
    expect(explicit).toBeGreaterThan(150);
    expect(auto.stats.factorisations).toBeGreaterThan(300);
    // An explicit step costs less than two thirds of a Rosenbrock one here, so that this is no more work.
    expect(auto.stats.factorisations + (2 / 3) * explicit).toBeLessThan(1.1 * attempts(stiff.stats));
    // The explicit method alone gets through a hundredth of the time with a hundred times as many steps.
    const limit = 100 * attempts(auto.stats);
    const alone = await failureOf(orego.text, { ...options, method: 'tsit5', maxSteps: limit });
    expect(alone.time).toBeLessThan(0.3 * options.to);
    const error = (of: typeof auto): number => {
      let worst = 0;
      for (const name of of.species) {
        reference.column(name).forEach((wanted, i) => {
          worst = Math.max(worst, Math.abs(of.column(name)[i] / wanted - 1));
        });
      }
      return worst;
    };
    expect(error(auto)).toBeLessThan(2 * error(stiff) + 1e-4);
  });

  it('takes the explicit method alone where nothing is stiff', async () => {
    const { stats } = await simulate(networkOf(twelve(brusselator.text)), { to: 50, save: 1 });
    expect(stats.factorisations).toBe(0);
    expect(stats.switches).toBe(0);
    // The derivative at the end of a step is the one at the start of the next: six a step, and two for the first size.
    expect(stats.derivatives).toBe(2 + 6 * attempts(stats));
  });

  it('is the Rosenbrock method to the bit where the first step is stiff and no later one is calm', async () => {
    const network = networkOf(pollu.text);
    for (const [rtol, method] of [
      [1e-6, 'rodas5p'],
      [1e-3, 'rodas4'],
    ] as const) {
      const auto = await simulate(network, { to: 60, save: 20, rtol });
      const alone = await simulate(network, { to: 60, save: 20, rtol, method });
      expect(auto.stats).toEqual(alone.stats);
      expect(auto.toTable()).toEqual(alone.toTable());
    }
  });

  it('gives the same bits in both engines', async () => {
    const options = { to: 360, save: { kind: 'log', from: 1e-3, to: 360, points: 60 } } as const;
    const network = networkOf(twelve(orego.text));
    const wasm = await simulate(network, { ...options, engine: 'wasm' });
    const js = await simulate(network, { ...options, engine: 'js' });
    expect(wasm.stats.switches).toBeGreaterThan(2);
    expect(js.stats).toEqual(wasm.stats);
    expect(js.toTable()).toEqual(wasm.toTable());
  });

  it('does not remember a run: a second one gives the same bits', async () => {
    const network = networkOf(`${twelve(robertson.text)}\n phase all 40: *`);
    const reactor = await createReactor(network);
    const start = reactor.state.slice();
    const ends = [0, 1].map(() => {
      reactor.state.set(start);
      const { stats } = reactor.run('all');
      return { stats, state: reactor.state.slice() };
    });
    expect(ends[0].stats.switches).toBe(1);
    expect(ends[1]).toEqual(ends[0]);
    reactor.dispose();
  });

  it('is the Rosenbrock method where explicit steps are hardly cheaper', async () => {
    const network = networkOf(brusselator.text);
    const auto = await simulate(network, { to: 10, save: 10 });
    const alone = await simulate(network, { to: 10, save: 10, method: 'rodas5p' });
    expect(auto.stats).toEqual(alone.stats);
    expect(auto.toTable()).toEqual(alone.toTable());
  });

  it('leaves fixed steps to the Rosenbrock method', async () => {
    const network = networkOf(twelve(brusselator.text));
    const auto = await simulate(network, { to: 1, save: 10, fixedStep: 0.01 });
    const alone = await simulate(network, { to: 1, save: 10, fixedStep: 0.01, method: 'rodas5p' });
    expect(auto.stats).toEqual(alone.stats);
  });
});

describe('tsit5 alone', () => {
  it('ends on a stiff problem with the step limit, and says why', async () => {
    const failure = await failureOf(robertson.text, { to: 1e5, method: 'tsit5', maxSteps: 20_000 });
    expect(failure.code).toBe('stepLimit');
    expect(failure.hint).toMatch(/stiff.*rodas5p or auto/);
    expect(failure.partial?.stats.factorisations).toBe(0);
    expect(attempts(failure.partial!.stats)).toBe(20_000);
  });

  it('blames no stiffness where there is none', async () => {
    const failure = await failureOf(brusselator.text, { to: 50, method: 'tsit5', maxSteps: 100 });
    expect(failure.hint).toMatch(/maxSteps/);
  });

  it('locates events and saves rows between its steps', async () => {
    // A decays from 1; when it has fallen to ½ it gets 1 more: after ln 2, then every ln 3.
    const drip = networkOf('init A = 1 \n A -> B \n dose A += 1 when A falls 0.5');
    const options = { to: 8, save: 97, rtol: 1e-10, atol: 1e-13, method: 'tsit5' } as const;
    const solution = await simulate(drip, options);
    solution.times.forEach((t, i) => {
      const since = t - Math.log(2);
      const exact = since < 0 ? Math.exp(-t) : 1.5 * Math.exp(-(since % Math.log(3)));
      expect(solution.column('A')[i]).toBeCloseTo(exact, 8);
    });
    expect(solution.stats.events).toBe(7);
    expect(solution.stats.jacobians).toBe(0);
  });
});
