import { describe, expect, it } from 'vitest';
import { type Discovery, discover, discoveryData } from '../../src/discover/index.js';
import type { Experiment } from '../../src/fit/index.js';
import { parseNetwork, printNetwork, simulate } from '../../src/index.js';
import { createRandom, parseCsv } from '../../src/learning/index.js';
import { networkOf } from '../tools/network.js';

const truth = networkOf('init A = 0; init B = 0; init C = 0; A ->{0.5} B; A + B ->{0.3} C');
const times = Array.from({ length: 40 }, (_, i) => 0.25 * (i + 1));

async function courses(noise: number, seed = 0): Promise<Experiment[]> {
  const random = createRandom(seed, 'noise');
  const starts = [
    { A: 1, B: 0, C: 0 },
    { A: 0.5, B: 1, C: 0 },
    { A: 2, B: 0.5, C: 0.5 },
  ];
  const found: Experiment[] = [];
  for (const initial of starts) {
    const solution = await simulate(truth, { initial, to: 10, saveAt: times, rtol: 1e-9, atol: 1e-12 });
    const values = Object.fromEntries(
      solution.species.map((name) => [
        name,
        Array.from(solution.column(name), (value) => value * (1 + noise * random.normal())),
      ]),
    );
    found.push({ initial, times, values });
  }
  return found;
}

const changes = ({ reactions }: Discovery): string[] => reactions.map(({ reaction }) => reaction).sort();
const constantOf = ({ reactions }: Discovery, text: string): number =>
  reactions.find(({ reaction }) => reaction === text)?.constant ?? Number.NaN;

describe('reactions learned from concentrations', () => {
  it('without noise: the reactions and their constants', async () => {
    const found = await discover(await courses(0), { reactions: 2 });
    expect(changes(found)).toEqual(['A + B -> C', 'A -> B']);
    expect(constantOf(found, 'A -> B')).toBeCloseTo(0.5, 4);
    expect(constantOf(found, 'A + B -> C')).toBeCloseTo(0.3, 4);
    expect(found).toMatchObject({ reason: 'done', agreed: true, pruned: 0, measurements: 360 });
    expect(found.error).toBeLessThan(1e-4);
  });

  it('one reaction too many is pruned; intervals hold the constants; the network is read again as it was written', async () => {
    const found = await discover(await courses(0.05, 1), { reactions: 3, seed: 1 });
    expect(changes(found)).toEqual(['A + B -> C', 'A -> B']);
    expect(found.pruned).toBe(1);
    for (const { reaction, interval } of found.reactions) {
      const [low, high] = interval as [number, number];
      const real = reaction === 'A -> B' ? 0.5 : 0.3;
      // Three standard errors, not two: the interval of one draw in twenty misses.
      const middle = (low + high) / 2;
      expect(Math.abs(real - middle)).toBeLessThan(0.75 * (high - low));
    }
    const again = parseNetwork(printNetwork(found.network)).network;
    const [one, other] = await Promise.all(
      [found.network, again].map((network) =>
        simulate(network as typeof truth, { initial: { A: 1 }, to: 10, saveAt: [10] }),
      ),
    );
    expect(other.final).toEqual(one.final);
  });

  it('the same for a seed', async () => {
    const data = await courses(0.05);
    const [one, other] = [
      await discover(data, { reactions: 2, seed: 4, starts: 3 }),
      await discover(data, { reactions: 2, seed: 4, starts: 3 }),
    ];
    expect(other.weights).toEqual(one.weights);
    expect(other.reactions).toEqual(one.reactions);
  });

  it('cancelled on its way: the best so far; at once: a failure that says so', async () => {
    const data = await courses(0);
    const stop = new AbortController();
    const found = await discover(data, {
      reactions: 2,
      signal: stop.signal,
      onProgress: ({ stage }) => {
        if (stage === 'training') stop.abort();
      },
    });
    expect(found.reason).toBe('cancelled');
    expect(found.network.reactions.length).toBeGreaterThan(0);
    await expect(discover(data, { reactions: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'SolveFailure',
      code: 'cancelled',
    });
  });
});

describe('measurements', () => {
  it('are read from a table, starts from a column or from time 0', () => {
    const { species, experiments } = discoveryData(
      parseCsv('experiment,time,A,B,init:A\n1,0,1,0,\n1,2,0.5,0.5,\n2,1,,3,7\n2,2,4,3,7\n'),
    );
    expect(species).toEqual(['A', 'B']);
    expect(experiments).toMatchObject([
      { name: '1', times: [0, 2], values: { A: [1, 0.5], B: [0, 0.5] } },
      { name: '2', times: [1, 2], values: { A: [Number.NaN, 4] }, initial: { A: 7 } },
    ]);
  });

  it.each([
    ['time,A\n0,1\n1,x\n', /^line 3, column "A": "x" is not a finite number/],
    ['time,A\n0,1\n-1,2\n', /^line 3, column "time": -1 is before the run/],
    ['A,B\n0,1\n', /^there is no column "time"/],
    ['time,A,sigma:A\n0,1,1\n', /^column "sigma:A": only init:SPECIES/],
  ])('%j is refused', (text, message) => {
    expect(() => discoveryData(parseCsv(text, { header: true }))).toThrow(message);
  });

  it.each<[Experiment, Partial<{ reactions: number; species: string[] }>, RegExp]>([
    [{ times: [1, 2], values: { A: [1, 2] } }, {}, /experiment 1: A has no start/],
    [{ times: [0, 1, 1], values: { A: [1, 2, 3] } }, {}, /experiment 1: the time 1 stands twice/],
    [{ times: [0, 1], values: { A: [1, 1] } }, {}, /A never changes/],
    [{ times: [0, 1], values: { A: [1, 2] } }, { species: ['A', 'B'] }, /experiment 1: B was not measured/],
    [{ times: [0, 1], values: { A: [1, 2] } }, { reactions: 0 }, /reactions/],
  ])('%j is refused', async (data, options, message) => {
    await expect(discover(data, { reactions: 1, ...options })).rejects.toThrow(message);
  });
});
