import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { linearCrn } from '../../src/circuits/index.js';
import { createEngine } from '../../src/engine/engine.js';
import { borrowEngine, returnEngine } from '../../src/engine/pool.js';
import {
  createReactor,
  createSimulator,
  type Network,
  type Simulator,
  SolveFailure,
  simulate,
  simulateMany,
} from '../../src/index.js';
import { hires, neuralForward, orego, robertson } from '../problems/index.js';
import { full } from '../tools/large-networks.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const oscillator = () => networkOf('init A = 1 \n init B = 0.5 \n A + B ->{3} 2 B \n B -> C \n C ->{0.4} A');

/** Runs until generated kernels are at work, and says how many runs that took. */
function runsUntilGenerated(simulator: Simulator, most = 20_000): number {
  for (let run = 1; run <= most; run++) {
    simulator.run();
    if (simulator.kernels.kind === 'generated') return run;
  }
  return Number.POSITIVE_INFINITY;
}

/** The host without leave to compile, as a page's policy makes it. */
function forbidCompiling() {
  const forbidden = () => {
    throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
  };
  vi.stubGlobal('WebAssembly', {
    ...Object.fromEntries(
      Object.getOwnPropertyNames(WebAssembly).map((name) => [
        name,
        WebAssembly[name as keyof typeof WebAssembly],
      ]),
    ),
    Module: class {
      constructor() {
        forbidden();
      }
    },
    compile: async () => forbidden(),
  });
}

describe('generated kernels', () => {
  it('give the same trajectories on random networks, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async ({ network }) => {
        const outcome = async (kernels: 'interpreted' | 'generated') => {
          try {
            const found = await simulate(network, { to: 5, save: 7, kernels, maxSteps: 2000 });
            return { stats: found.stats, rows: network.species.map(({ name }) => [...found.column(name)]) };
          } catch (error) {
            if (!(error instanceof SolveFailure)) throw error;
            return { code: error.code, time: error.time, stats: error.partial?.stats };
          }
        };
        expect(await outcome('generated')).toEqual(await outcome('interpreted'));
      }),
      { seed: 20_261_123, numRuns: 120 },
    );
  });

  it('serve every method of a simulator', async () => {
    const network = networkOf(hires.text);
    const options = { to: 10, saveAt: [10] };
    const generated = await createSimulator(network, { ...options, kernels: 'generated' });
    const interpreted = await createSimulator(network, { ...options, kernels: 'interpreted' });
    for (const method of ['rodas5p', 'rodas4', 'rodas5p'] as const) {
      expect(generated.run({ method }).final).toEqual(interpreted.run({ method }).final);
      expect(generated.kernels).toEqual({ kind: 'generated', note: undefined });
      expect(interpreted.kernels.kind).toBe('interpreted');
    }
    generated.dispose();
    interpreted.dispose();
  });

  it('follow constants and phases of a reactor', async () => {
    const { network } = linearCrn({ inputs: 3, rails: 'dual' });
    const [generated, interpreted] = await Promise.all(
      (['generated', 'interpreted'] as const).map((kernels) => createReactor(network, { kernels })),
    );
    for (let turn = 0; turn < 3; turn++) {
      for (const phase of ['feed', 'learn']) {
        for (const pot of [generated, interpreted]) {
          pot.state[turn] += 0.25;
          pot.run(phase);
        }
        expect(generated.state).toEqual(interpreted.state);
      }
    }
    expect(generated.kernels.kind).toBe('generated');
    generated.dispose();
    interpreted.dispose();
  });

  it('are refused to the JavaScript engine', async () => {
    await expect(simulate(oscillator(), { to: 1, engine: 'js', kernels: 'generated' })).rejects.toThrow(
      new RangeError(
        "kernels must be auto or interpreted with the engine 'js': generated ones are WebAssembly",
      ),
    );
  });

  it('are chosen when a simulator is made', async () => {
    const simulator = await createSimulator(oscillator(), { to: 1, kernels: 'interpreted' });
    expect(() => simulator.run({ kernels: 'generated' } as object)).toThrow(/kernels is fixed/);
    simulator.dispose();
  });
});

describe("kernels: 'auto'", () => {
  it('begins interpreted, goes on generated, and changes no bit', async () => {
    const network = networkOf(neuralForward(3).text);
    const options = { to: 1, saveAt: [1] };
    const auto = await createSimulator(network, { ...options, kernels: 'auto' });
    const first = auto.run();
    expect(auto.kernels).toEqual({ kind: 'interpreted', note: undefined });
    const runs = runsUntilGenerated(auto);
    expect(runs).toBeGreaterThan(3);
    expect(runs).toBeLessThan(200);
    const last = auto.run();
    expect(last.final).toEqual(first.final);
    expect(last.stats).toEqual(first.stats);
    auto.dispose();
  });

  it('stays interpreted where straight lines would be too many to gain', async () => {
    const { text } = full(90);
    const network = networkOf(text);
    const initial = Object.fromEntries(network.species.map(({ name }, i) => [name, 1 + (i % 3)]));
    const simulator = await createSimulator(network, {
      to: 1,
      saveAt: [1],
      initial,
      method: 'rodas5p',
      kernels: 'auto',
    });
    // At what it costs to generate them, they would long have come by then.
    for (let steps = 0; steps < 1000; ) steps += simulator.run().stats.steps;
    expect(simulator.kernels).toEqual({ kind: 'interpreted', note: undefined });
    simulator.dispose();
  });

  it('changes over in the middle of a long run', async () => {
    const network = networkOf(orego.text);
    const options = { to: 3600, save: 50, rtol: 1e-8 };
    const auto = await createSimulator(network, { ...options, kernels: 'auto' });
    const interpreted = await createSimulator(network, { ...options, kernels: 'interpreted' });
    const found = auto.run();
    expect(auto.kernels.kind).toBe('generated');
    const wanted = interpreted.run();
    for (const name of network.species.map((species) => species.name)) {
      expect(found.column(name)).toEqual(wanted.column(name));
    }
    auto.dispose();
    interpreted.dispose();
  });

  it('begins interpreted and goes on generated where two runs share vectors', async () => {
    const reactor = await createReactor(networkOf(`${robertson.text}\nphase one 40: *`), {
      method: 'rodas5p',
      kernels: 'auto',
    });
    const start = reactor.state.slice();
    const ends = new Set<string>();
    const go = (count: number) => {
      const work = reactor.runMany({
        count,
        phases: [{ name: 'one' }],
        fill: (_, state) => state.set(start),
        after: (_, __, state) => ends.add(String(state)),
      });
      for (const _ of work);
      return reactor.kernels.kind;
    };
    expect(go(2)).toBe('interpreted');
    expect(go(400)).toBe('generated');
    expect(go(2)).toBe('generated');
    // By themselves its runs have done too little for a module of their own.
    reactor.run('one');
    expect(reactor.kernels.kind).toBe('interpreted');
    ends.add(String(reactor.state));
    expect(ends.size).toBe(1);
    reactor.dispose();
  });

  it('stays interpreted where compiling is forbidden, and says why', async () => {
    await createEngine('wasm');
    forbidCompiling();
    // A problem that no other test here runs: what is refused once is not asked for again.
    const network = networkOf('init A = 1 \n A ->{2} B \n 2 B ->{0.3} C + A \n C ->{0.7} A');
    const auto = await createSimulator(network, { to: 40, saveAt: [40], kernels: 'auto' });
    expect(runsUntilGenerated(auto, 400)).toBe(Number.POSITIVE_INFINITY);
    expect(auto.kernels.note).toMatch(/'wasm-unsafe-eval'/);
    auto.dispose();
    await expect(createSimulator(oscillator(), { to: 1, kernels: 'generated' })).rejects.toThrow(
      /generated kernels could not be compiled.*'wasm-unsafe-eval'/s,
    );
    await expect(createReactor(oscillator(), { kernels: 'generated' })).rejects.toThrow(/'wasm-unsafe-eval'/);
  });

  it('compiles in the background where the host does not do it at once', async () => {
    const auto = await createSimulator(networkOf(robertson.text), { to: 40, saveAt: [40], kernels: 'auto' });
    const { compile, Instance, RuntimeError } = WebAssembly;
    let refusals = 0;
    class Module {
      constructor() {
        refusals++;
        throw new RangeError('WebAssembly.Module is disallowed on the main thread, if the buffer is large');
      }
    }
    vi.stubGlobal('WebAssembly', { compile, Instance, RuntimeError, Module });
    expect(runsUntilGenerated(auto, 400)).toBe(Number.POSITIVE_INFINITY);
    await vi.waitFor(() => {
      auto.run();
      expect(auto.kernels.kind).toBe('generated');
    });
    expect(refusals).toBe(1);
    auto.dispose();
  });
});

describe('places in the function table', () => {
  it('are taken again by the next simulation', async () => {
    const networks: Network[] = [oscillator(), networkOf('A -> B \n init A = 1'), networkOf(robertson.text)];
    const tableOf = async () => {
      const engine = await borrowEngine('wasm');
      returnEngine(engine);
      return engine.kernel as unknown as { table: WebAssembly.Table };
    };
    for (const network of networks) await simulate(network, { to: 1, save: 1, kernels: 'generated' });
    const three = () =>
      simulateMany(networks[2], [{}, {}, {}], { to: 1, method: 'rodas5p', kernels: 'generated' });
    await three();
    const { table } = await tableOf();
    const before = table.length;
    for (let i = 0; i < 100; i++) {
      await simulate(networks[i % 3], { to: 1, save: 1, kernels: 'generated' });
    }
    await three();
    expect((await tableOf()).table).toBe(table);
    expect(table.length).toBe(before);
    for (let place = 1; place < table.length; place++) expect(table.get(place)).toBeNull();
  });
});
