import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCacheStats, compileProblem } from '../../src/compile/compile.js';
import {
  createReactor,
  createSimulator,
  type Network,
  type SimulateOptions,
  simulate,
  simulateMany,
} from '../../src/index.js';
import { FiringProblems } from '../../src/simulate/phase-problems.js';
import { prepare } from '../../src/simulate/prepare.js';
import { NetworkSimulator } from '../../src/simulate/simulator.js';
import type { Vessel } from '../../src/simulate/vessel.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

function problemsOf(network: Network, options: SimulateOptions) {
  const prepared = prepare(network, options);
  return new FiringProblems(network, prepared.settings).of(prepared);
}

/** Names of the unknowns and numbers of the reactions of each phase of a run. */
function compiled(network: Network, options: SimulateOptions = { to: 1 }) {
  const { problems } = problemsOf(network, options);
  return problems.map(({ dynamic, rawReactions }) => ({
    unknowns: [...dynamic].map((s) => network.species[s].name).sort(),
    reactions: [...rawReactions],
  }));
}

describe('reactions that cannot fire', () => {
  it('are dropped along a chain, and what nothing changes any more is held', () => {
    const network = networkOf('init X = 1, P = 2 \n A -> B \n B -> C \n C + P -> ∅ \n X -> Y');
    expect(compiled(network)).toEqual([{ unknowns: ['X', 'Y'], reactions: [3] }]);
  });

  it('come back with what starts them, in whatever order they are written', () => {
    const network = networkOf('init X = 1 \n C -> D \n B -> C \n A + X -> B \n B -> D \n E -> A');
    expect(compiled(network)).toEqual([{ unknowns: [], reactions: [] }]);
    const [{ reactions }] = compiled(network, { to: 1, initial: { E: 1 } });
    expect(reactions).toEqual([0, 1, 2, 3, 4]);
  });

  it('need all their species, but not those of order 0', () => {
    const network = networkOf('init X = 1 \n X + Z -> Y \n Z -> V [rate 2*X]');
    expect(compiled(network)[0].reactions).toEqual([0, 1]);
    expect(compiled(networkOf('init X = 1 \n X + Z -> Y'))[0].reactions).toEqual([]);
  });

  it('a catalyst does not make itself, and a constant species is not made', () => {
    expect(compiled(networkOf('C -> 2 C \n C + X -> C + Y \n init X = 1'))[0].reactions).toEqual([]);
    const network = networkOf('init X = 1 \n const F = 0 \n X -> X + F \n F -> Y');
    expect(compiled(network)[0].reactions).toEqual([]);
  });

  it('what stands on both sides is not made, and an order of 0 asks for nothing', () => {
    const network = networkOf('init X = 1 \n X + C -> Y + C [rate 2*X] \n C -> D');
    expect(compiled(network)[0].reactions).toEqual([0]);
    network.reactions[1].orders = [{ species: network.reactions[1].orders[0].species, value: 0 }];
    expect(compiled(network)[0].reactions).toEqual([0, 1]);
  });

  it('a rate constant of 0 stops a reaction, and a parameter makes it run again', () => {
    const network = networkOf('param k = 0 \n init A = 1 \n A ->{k} B \n B -> C \n A ->{0} D');
    expect(compiled(network)[0].reactions).toEqual([]);
    expect(compiled(network, { to: 1, parameters: { k: 1 } })[0].reactions).toEqual([0, 1]);
  });

  it('doses of any phase count, and products of any phase', () => {
    const text = 'go: A -> B \n B -> C \n D -> E \n phase one 1: go \n phase two 1: go \n';
    const reactionsOf = (doses: string) => compiled(networkOf(text + doses)).map((phase) => phase.reactions);
    expect(reactionsOf('')).toEqual([[], []]);
    expect(reactionsOf('dose A = 1 at two')).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(reactionsOf('dose D += 0.5 at one')).toEqual([[2], [2]]);
    expect(reactionsOf('dose D = 0 at one')).toEqual([[], []]);
    const schedule = [
      { name: 'rest', duration: 1, active: [] },
      { name: 'go', duration: 1, active: ['go'], doses: [{ species: 'A', amount: 1 }] },
    ];
    expect(compiled(networkOf(text), { schedule }).map(({ reactions }) => reactions)).toEqual([[1], [0, 1]]);
  });

  it('doses at crossings count', () => {
    const network = networkOf('init X = 0 \n ∅ -> X \n A -> B \n dose A += 1 when X rises 0.5');
    expect(compiled(network)[0].reactions).toEqual([0, 1]);
  });

  it('a law of its own may take what is not there below 0', () => {
    const network = networkOf('init X = 1 \n X + Z -> Y [rate 2*X] \n Z -> V');
    expect(compiled(network)[0].reactions).toEqual([0, 1]);
  });
});

describe('runs without them', () => {
  it('agree with runs of everything on random networks', async () => {
    const masks = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
    let dropped = 0;
    await fc.assert(
      fc.asyncProperty(randomNetwork({ fractional: false }), masks, async (random, mask) => {
        const { constants } = random;
        const network: Network = {
          ...random.network,
          species: random.network.species.map((one, s) =>
            mask[s] ? one : { ...one, initial: { kind: 'number', value: 0 } },
          ),
        };
        const options = { to: 0.05, save: 4, rtol: 1e-9, atol: 1e-12 };
        const { problems } = problemsOf(network, options);
        if (problems[0].rawReactions.length < constants.length) dropped++;
        // A reactor drops nothing: its state may be written.
        const reactor = await createReactor(
          { ...network, phases: [{ name: 'all', duration: { kind: 'number', value: 0.05 }, active: '*' }] },
          { rtol: 1e-9, atol: 1e-12 },
        );
        try {
          const whole = await attempted(async () => reactor.run('all', { saveAt: [0.025, 0.05] }).rows);
          const part = await attempted(async () => {
            const solution = await simulate(network, { ...options, saveAt: [0.025, 0.05] });
            return [...solution.row(0), ...solution.row(1)];
          });
          expect(part === null).toBe(whole === null);
          part?.forEach((value, i) => {
            expect(Math.abs(value - whole![i])).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(whole![i])));
          });
        } finally {
          reactor.dispose();
        }
      }),
      { seed: 20_240_901, numRuns: 150 },
    );
    expect(dropped).toBeGreaterThan(30);
  });

  it('one simulator, whatever its runs bring in', async () => {
    const network = networkOf(
      'param k = 0, a = 0 \n init A = a, X = 1 \n A ->{2} B \n X ->{k} Y \n Y + B -> Z',
    );
    const base = { to: 1, rtol: 1e-8, atol: 1e-12 };
    const simulator = await createSimulator(network, base);
    const runs = [
      {},
      { initial: { A: 1 } },
      { parameters: { k: 3 } },
      { parameters: { k: 3, a: 2 } },
      {},
      { initial: { A: 1 } },
      { initial: { B: 1 }, parameters: { k: 1 } },
    ];
    const solutions = runs.map((run) => simulator.run(run));
    for (const [i, run] of runs.entries()) {
      const alone = await simulate(network, { ...base, ...run });
      expect(solutions[i].final).toEqual(alone.final);
      expect(solutions[i].at(0.37)).toEqual(alone.at(0.37));
    }
    expect(solutions[1].final.B).toBeCloseTo(1 - Math.exp(-2), 7);
    expect(solutions[3].final.Z).toBeGreaterThan(0.1);
    simulator.dispose();
  });

  it('many at once, in pairs or one by one, whatever each brings in', async () => {
    const network = networkOf(
      'init A = 0, B = 0, C = 0 \n A ->{2} D \n B ->{3} E \n C ->{1} F \n D + E -> G \n E + F ->{5} H \n phase one 0.3: * \n phase two 0.4: *',
    );
    const runs = Array.from({ length: 40 }, (_, k) => ({
      initial: { A: (k % 2) * (1 + k), B: (k >> 1) % 3 === 0 ? 0 : 1, C: (k * k) % 5 },
    }));
    for (const engine of ['wasm', 'js'] as const) {
      const options = { to: 1.4, save: 3, engine };
      const together = await simulateMany(network, runs, options);
      const simulator = await createSimulator(network, options);
      for (const [k, run] of runs.entries()) {
        const alone = await simulate(network, { ...options, ...run });
        const again = simulator.run(run);
        for (const one of [together[k], again]) {
          for (let i = 0; i <= 3; i++) expect(one.row(i)).toEqual(alone.row(i));
          expect(one.stats).toEqual(alone.stats);
          expect(one.at(0.4567)).toEqual(alone.at(0.4567));
        }
      }
      simulator.dispose();
    }
  });

  it('take no more memory however many kinds of runs there are', async () => {
    const names = Array.from({ length: 6 }, (_, i) => `A${i}`);
    const network = networkOf(names.map((name) => `${name} -> B${name}`).join('\n'));
    const simulator = await NetworkSimulator.create(network, { to: 1 });
    const { engine } = (simulator as unknown as { vessel: Vessel }).vessel;
    const runAll = () => {
      for (let k = 0; k < 64; k++) {
        simulator.run({ initial: Object.fromEntries(names.map((name, i) => [name, (k >> i) & 1])) });
      }
      return engine.kernel.mark();
    };
    runAll();
    const first = runAll();
    expect(runAll()).toBe(first);
    simulator.dispose();
  });

  it('are compiled once for each set of reactions', async () => {
    const network = networkOf('init A = 1 \n A -> B \n C -> D \n D -> E \n E -> A');
    const simulator = await createSimulator(network, { to: 1 });
    simulator.run({ initial: { C: 1 } });
    const { made } = compileCacheStats();
    for (let i = 0; i < 5; i++) {
      simulator.run();
      simulator.run({ initial: { C: i + 1 } });
    }
    expect(compileCacheStats().made).toBe(made);
    simulator.dispose();
  });

  it('a reactor keeps everything: its state may be written', async () => {
    const network = networkOf('init A = 0 \n A ->{2} B \n phase all 1: *');
    const reactor = await createReactor(network);
    reactor.state[reactor.index('A')] = 1;
    reactor.run('all');
    expect(reactor.state[reactor.index('B')]).toBeCloseTo(1 - Math.exp(-2), 5);
    reactor.dispose();
    expect(compileProblem(network, [0]).dynamic.length).toBe(2);
  });
});

async function attempted<Result>(run: () => Promise<Result>): Promise<Result | null> {
  try {
    return await run();
  } catch {
    return null;
  }
}
