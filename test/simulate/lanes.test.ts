import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableaus } from '../../assembly/tableaus.js';
import type { Engine, LaneKernel } from '../../src/engine/types.js';
import {
  createReactor,
  createSimulator,
  type Network,
  type RunOverrides,
  type SimulateManyOptions,
  type Solution,
  SolveFailure,
  simulateMany,
} from '../../src/index.js';
import { runMany } from '../../src/simulate/run-many.js';
import { NetworkSimulator } from '../../src/simulate/simulator.js';
import {
  brusselator,
  multistate,
  neuralForward,
  orego,
  pollu,
  referenceProblems,
  robertson,
} from '../problems/index.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

/** Every bit of some numbers, told in short: differences of whole tables would fill pages. */
const bits = (...values: Float64Array[]) => {
  const hash = createHash('sha1');
  for (const each of values) hash.update(new Uint8Array(Float64Array.from(each).buffer));
  return hash.digest('hex');
};

/** Everything of a solution, every bit of it. */
const bitsOf = (solution: Solution) => ({
  times: bits(solution.times),
  rows: bits(...Array.from(solution.times, (_, i) => solution.row(i))),
  final: bits(Float64Array.from(Object.values(solution.final))),
  status: solution.status,
  stats: solution.stats,
});

type Options = Omit<SimulateManyOptions, 'onProgress'>;

/** The outcome of each run by itself: bits, or how it failed. */
async function oneByOne(network: Network, runs: RunOverrides[], options: Options) {
  const simulator = await createSimulator(network, options);
  const outcomes = runs.map((overrides) => {
    try {
      return bitsOf(simulator.run(overrides));
    } catch (error) {
      return failureOf(error);
    }
  });
  simulator.dispose();
  return outcomes;
}

function failureOf(error: unknown) {
  if (!(error instanceof SolveFailure)) throw error;
  return { message: error.message, partial: error.partial && bitsOf(error.partial) };
}

/** All together; the list is cut after a run that fails, whose failure comes last. */
async function together(network: Network, runs: RunOverrides[], options: Options) {
  const outcomes: unknown[] = [];
  for (let rest = runs; rest.length > 0; rest = runs.slice(outcomes.length)) {
    const part: Solution[] = [];
    const simulator = await NetworkSimulator.create(network, options);
    let failed = rest.length;
    const work = runMany(
      simulator,
      rest,
      (k, run, prepared) => {
        part[k] = simulator.runs.solution(prepared, run);
      },
      (k) => {
        failed = k;
      },
    );
    try {
      for (const _ of work);
      outcomes.push(...part.map(bitsOf));
    } catch (error) {
      outcomes.push(...part.slice(0, failed).map(bitsOf), failureOf(error));
    }
    simulator.dispose();
  }
  return outcomes;
}

async function expectSame(network: Network, runs: RunOverrides[], options: Options) {
  expect(await together(network, runs, options)).toEqual(await oneByOne(network, runs, options));
}

/** Some of a small network side by side: a step of many unknowns is one for which `auto` may change methods. */
const manyTimes = (count: number, text: string): string =>
  Array.from({ length: count }, (_, c) => text.replace(/\b(y\d|[A-Z])\b/g, `$1_${c}`)).join('\n');

/** The part of all attempts that is made in company. */
async function partTogether(network: Network, runs: RunOverrides[], options: Options): Promise<number> {
  const simulator = await NetworkSimulator.create(network, options);
  const { engine } = (simulator as unknown as { vessel: { engine: Engine } }).vessel;
  const lanes = engine.lanes as LaneKernel;
  let together = 0;
  const counting = {
    ...lanes,
    advanceLanes: (pair: number, attempts: number) => {
      const result = lanes.advanceLanes(pair, attempts);
      together += 2 * (attempts - (result >> 16));
      return result;
    },
  };
  Object.defineProperty(engine, 'lanes', { value: counting, configurable: true });
  let all = 0;
  const work = runMany(simulator, runs, (_, { stats: { steps, rejected } }) => {
    all += steps + rejected.error + rejected.negative + rejected.nonFinite;
  });
  for (const _ of work);
  Object.defineProperty(engine, 'lanes', { value: lanes, configurable: true });
  simulator.dispose();
  return together / all;
}

const problems = [
  ...referenceProblems.map(({ name, text, ends: [{ to, atol }] }) => ({
    name,
    text,
    to,
    atol: atol ?? 1e-12,
  })),
  { ...neuralForward(3), to: 1, atol: 1e-12 },
  {
    name: 'fractional orders',
    text: 'init A = 1 \n A -> B [rate 0.7*A^1.5] \n B -> A [rate 0.2*B^0.5] \n 5 B ->{0.01} C',
    to: 20,
    atol: 1e-12,
  },
];

describe('two to a vector: the bits of one by one', () => {
  it.each(problems)('$name, with lengths, tolerances and grids of many kinds', async ({ text, to, atol }) => {
    const runs = [1, 0.5, 0.01, 1, 0.3, 0.9, 1e-3].map((part, k) => ({
      to: to * part,
      rtol: [1e-6, 1e-4, 1e-8, 1e-3, 1e-2][k % 5],
      save: [37, 1, 200][k % 3],
    }));
    await expectSame(networkOf(text), runs, { to, atol });
  });

  it.each(Object.keys(tableaus) as (keyof typeof tableaus)[])('%s, in fixed steps too', async (method) => {
    const runs = [7, 20, 50, 51].map((steps) => ({ fixedStep: 1 / steps }));
    await expectSame(networkOf(neuralForward(3).text), [...runs, {}, {}], { to: 1, method });
  });

  it('parameters and starts of their own', async () => {
    const network = networkOf(
      'param k = 1; const F = 2; init A = 1; A + F ->{k} B; 2 B ->{10*k} C; C <->{1}{k} A',
    );
    const runs = [0, 1e-3, 0.5, 1, 50].flatMap((k) => [
      { parameters: { k } },
      { parameters: { k: k + 1 }, initial: { A: 2, F: k } },
    ]);
    await expectSame(network, runs, { to: 5, save: 11 });
  });

  it('random networks, of which some fail', async () => {
    const cases = fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        randomNetwork(),
        cases,
        fc.double({ min: 1e-3, max: 30, noNaN: true }),
        async (random, scales, to) => {
          const { network, state } = random;
          const runs = scales.map((scale, k) => ({
            initial: Object.fromEntries(
              state.map((value, s) => [`S${s}`, s % 2 === k % 2 ? value * scale : value]),
            ),
            to: to / (1 + (k % 3)),
            rtol: k % 2 === 0 ? 1e-6 : 1e-3,
          }));
          await expectSame(network, runs, { to, save: 5, maxSteps: 400 });
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['multistate', multistate.text, 10],
    // What restoring a sum moves is no part of the derivative that an explicit run goes on with.
    [
      'OREGO twelve times beside a conserved sum, to and fro',
      manyTimes(12, `${orego.text}\ninit M = 0.7; M + y1 ->{0.1} N + y1; N ->{20} M`),
      1500,
    ],
    ['a Brusselator twelve times, explicit alone', manyTimes(12, brusselator.text), 4],
  ] as const)('runs that may change methods: %s', async (_, text, to) => {
    const network = networkOf(text);
    const [{ name }] = network.species;
    const runs = Array.from({ length: 9 }, (_, k) => ({
      initial: { [name]: 0.5 + k / 7 },
      save: [1, 40, 3][k % 3],
      to: to * [1, 0.4, 1][k % 3],
      rtol: k === 4 ? 1e-3 : 1e-6,
    }));
    await expectSame(network, runs, { to });
    await expectSame(network, runs, { to, method: 'tsit5', maxSteps: 120 });
    // In company nearly all the way: what is left without is what comes last.
    const alike = runs.map(({ initial }) => ({ initial }));
    expect(await partTogether(network, [...alike, ...alike], { to, save: 1 })).toBeGreaterThan(0.8);
  });

  it('phases with doses: many runs on their way in different phases', async () => {
    const text = `init A = 1; f: A ->{3} B; b: B ->{2} A; B -> C
      phase one 0.5: f; phase two 0.25: b; dose A += 0.5 at one; dose B = 0.1 at two`;
    const runs = Array.from({ length: 19 }, (_, k) => ({ to: 0.3 + 0.35 * (k % 7), rtol: 1e-6 / (1 + k) }));
    await expectSame(networkOf(text), runs, { to: 1, save: 13 });
  });

  it('runs that watch for crossings, or the time, go by themselves', async () => {
    const text = 'init A = 1; A <->{2}{1} B; dose A += 1 when A falls 0.6';
    await expectSame(networkOf(text), [{}, { to: 2 }, { to: 0.5 }], { to: 3 });
    await expectSame(networkOf(robertson.text), [{}, { maxSeconds: 100 }, {}], { to: 40 });
  });

  it('a run that fails beside one that does not, in both lanes', async () => {
    const network = networkOf('init A = 1; 2 A ->{1} 3 A; A ->{0.5} B; B -> [rate 0.1*C^0.5]; init C = 0');
    const fine = { initial: { A: 0.1 } };
    const blowsUp = { initial: { A: 3 } };
    const negative = { initial: { A: 0.1, C: 4 } };
    await expectSame(network, [fine, blowsUp, fine, fine, negative, { maxSteps: 3 }, fine], { to: 4 });
  });

  it('a pivot that vanishes, of another unknown in each lane', async () => {
    const network = networkOf(
      'param a = 1; param b = 1; init A = 1; init B = 1; init C = 1; A ->{a} 2 A; C -> A + B; B ->{b} 2 B',
    );
    const fixedStep = 0.125;
    // 1/(hγ) − J is then 0 for the one that grows so.
    const vanishing = 1 / (fixedStep * tableaus.rodas5p.gamma);
    const fails = (...names: string[]) => ({
      parameters: Object.fromEntries(names.map((name) => [name, vanishing])),
    });
    const runs = [fails('a'), fails('b'), {}, fails('a', 'b'), fails('b'), fails('b'), {}];
    const options: Options = { to: 1, fixedStep, method: 'rodas5p' };
    await expectSame(network, runs, options);
    await expect(simulateMany(network, runs.slice(1), options)).rejects.toMatchObject({
      code: 'singular',
      species: 'B',
    });
  });

  it('what grows from beneath the tolerance, in each lane', async () => {
    const network = networkOf('init A = 1; init X = 1e-14; A + X ->{3} 2 X; X ->{0.1} B');
    const runs = [1e-14, 1e-12, 0.1, 1e-16, 1e-13].map((X) => ({ initial: { X } }));
    await expectSame(network, runs, { to: 20 });
  });

  it('more rows than a batch holds', async () => {
    await expectSame(networkOf(robertson.text), [{ save: 60_000 }, { save: 3 }, { save: 50_000 }], {
      to: 40,
    });
  });

  it('no runs, one run, and the engine without lanes', async () => {
    const network = networkOf(pollu.text);
    for (const engine of ['wasm', 'js'] as const) {
      expect(await simulateMany(network, [], { to: 1, engine })).toEqual([]);
      await expectSame(network, [{}], { to: 1, engine });
      await expectSame(network, [{}, { to: 2 }, {}], { to: 1, engine });
    }
  });
});

describe('simulateMany', () => {
  const network = networkOf(robertson.text);

  it('rejects with the first run that fails, though a later one fails before it', async () => {
    const late = { to: 1e5, maxSteps: 60 };
    const early = { to: 1e5, maxSteps: 2 };
    const error = await simulateMany(network, [{}, late, early, {}], { to: 40 }).catch((e) => e);
    expect(error).toMatchObject({ code: 'stepLimit', step: expect.any(Number) });
    expect(error.step).toBeGreaterThan(30);
    expect(error.partial.status).toBe('stepLimit');
    await expect(simulateMany(network, [{}, { rtol: 2 }, early], { to: 40 })).rejects.toThrow(RangeError);
  });

  it('tells its progress and is cancelled in the middle', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const runs = Array.from({ length: 2000 }, () => ({ to: 1e5, rtol: 1e-12 }));
    const cancelled = simulateMany(network, runs, {
      to: 1,
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        told.push(done);
        expect(total).toBe(2000);
        if (told.length === 3) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toHaveLength(3);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('takes no more memory for more runs', async () => {
    const simulator = await NetworkSimulator.create(network, { to: 1, save: 10 });
    const { engine } = (simulator as unknown as { vessel: { engine: { buffer: ArrayBuffer } } }).vessel;
    const go = (count: number) => {
      for (const _ of runMany(simulator, Array(count).fill(undefined), () => {}));
      return engine.buffer.byteLength;
    };
    const few = go(4);
    expect(go(2000)).toBe(few);
    simulator.dispose();
  });
});

describe('a reactor from many starts', () => {
  const text = 'init A = 1; f: A ->{3} B; b: B ->{2} A; phase one 0.5: f; phase two 0.25: b';

  it('gives the bits of one after the other, and stays as it was', async () => {
    const reactor = await createReactor(networkOf(text), { rtol: 1e-7 });
    const starts = Array.from({ length: 9 }, (_, k) => [1 + k, k / 7]);
    const alone = starts.map((start) => {
      reactor.state.set(start);
      reactor.run('one');
      reactor.state[0] += 0.5;
      reactor.run('two', { duration: 0.1 });
      return bits(reactor.state);
    });
    const stats = structuredClone(reactor.stats);
    reactor.state.set([5, 6]);
    const ends: string[] = [];
    const work = reactor.runMany({
      count: starts.length,
      phases: [{ name: 'one' }, { name: 'two', duration: 0.1 }],
      fill: (k, state) => state.set(starts[k]),
      after: (k, p, state) => {
        if (p === 0) state[0] += 0.5;
        else ends[k] = bits(state);
      },
    });
    for (const _ of work);
    expect(ends).toEqual(alone);
    expect([...reactor.state]).toEqual([5, 6]);
    expect(reactor.stats.steps).toBe(2 * stats.steps);
    reactor.dispose();
  });

  it('counts and throws what comes first', async () => {
    const reactor = await createReactor(networkOf('init A = 1; 2 A -> 3 A; phase one 4: *'), {
      maxSteps: 300,
    });
    const run = (levels: number[]) => {
      const before = reactor.stats.steps;
      const work = reactor.runMany({
        count: levels.length,
        phases: [{ name: 'one' }],
        fill: (k, state) => state.fill(levels[k]),
        after: () => {},
        fail: (k, error) => new Error(`start ${k}`, { cause: error }),
      });
      expect(() => [...work]).toThrow(/^start 2$/);
      return reactor.stats.steps - before;
    };
    expect(run([0.01, 0.02, 1, 0.03, 2])).toBe(run([0.01, 0.02, 1]));
    reactor.dispose();
  });
});
