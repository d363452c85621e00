import { describe, expect, it } from 'vitest';
import { parseNetwork, SolveFailure } from '../../src/index.js';
import { differentiateExpression } from '../../src/sensitivity/expressions.js';
import {
  createSensitivitySimulator,
  lossGradient,
  type SensitivityOptions,
  SensitivitySolution,
  sensitivities,
} from '../../src/sensitivity/index.js';
import { networkOf } from '../tools/network.js';

const network = networkOf(`param k = 0.5, j = 2*k
  init A = 1
  go: A ->{j} B
  pair: B <->{1}{2} C
  dose A += 1 when B rises 0.3`);

describe('what is asked for', () => {
  const refused: [string[], RegExp][] = [
    [[], /^of must be an array of at least one name/],
    [['K'], /^of: "K" is not a parameter, init:SPECIES, .*did you mean `k`\?/],
    [['A'], /A is a species: init:A is its start/],
    [['init:X'], /^of: "init:X" names a species that the network lacks; the species are A, B, C$/],
    [['rate:gone'], /^of: "rate:gone" names no reaction by its label or number; the labels are go, pair$/],
    [['rate:pair'], /^of: 2 reactions have the label "pair"; name one of rate:2, rate:3$/],
    [['rate:4'], /^of: "rate:4" names no reaction; the network has reaction 1 to 3$/],
    [['dose:2'], /^of: "dose:2" names no dose; the network has dose 1 to 1$/],
    [['rate:go', 'rate:1'], /^of names one quantity twice: "rate:go" and "rate:1"$/],
  ];

  it.each(refused)('%j is refused', async (of, message) => {
    await expect(sensitivities(network, { of, to: 1 })).rejects.toThrow(message);
  });

  it.each([
    [{ method: 'bdf' }, /^method must be auto, rodas5p, rodas4 or tsit5 for sensitivities, not bdf: /],
    [{ linearSolver: 'gmres' }, /^linearSolver must be lu or auto for sensitivities, not gmres/],
    [{ conservation: 'eliminate' }, /^conservation must be 'restore' for sensitivities, not 'eliminate'$/],
    [{ errorControl: 'none' }, /^errorControl must be one of full, state, not "none"$/],
    [{ tolerance: 1 }, /no option "tolerance"/],
  ] as [object, RegExp][])('%j is refused', async (options, message) => {
    const all = { of: ['k'], to: 1, ...options } as SensitivityOptions;
    await expect(sensitivities(network, all)).rejects.toThrow(message);
  });

  it("a file's own method that has no steps of its own is refused as such", async () => {
    const own = networkOf('init A = 1; A -> B; simulate to 1; method bdf');
    await expect(sensitivities(own, { of: ['init:A'] })).rejects.toThrow(/not bdf \(the network's own\)/);
  });

  it('what has no finite derivative is refused', async () => {
    const steep = networkOf('param s = 0; init A = 1; A ->{sqrt(s)} B');
    await expect(sensitivities(steep, { of: ['s'], to: 1 })).rejects.toThrow(
      'the derivative of the rate constant of `A ->{sqrt(s)} B` by s is Infinity; it must be finite',
    );
  });

  it('measurements that cannot be used are refused', async () => {
    const data = (values: object, times = [1, 2]) => ({ times, values }) as never;
    const refusals: [unknown, RegExp][] = [
      [data({ X: [1, 2] }), /^data.values: "X" is no species or observable of the network; it has A, B, C$/],
      [data({ A: [1] }), /^data.values.A has 1 numbers, but there are 2 times$/],
      [data({ A: [1, Number.POSITIVE_INFINITY] }), /^data.values.A\[1\] must be finite, not Infinity$/],
      [data({ A: [Number.NaN, Number.NaN] }), /^data holds no measurement$/],
      [data({ A: [1, 2] }, [-1, 2]), /^data.times\[0\] is -1, before the run starts at 0$/],
      [{ times: [1], values: { A: [1] }, sigma: 0 }, /^data.sigma must be greater than 0, not 0$/],
      [
        { times: [1], values: { A: [1] }, sigma: { A: [1, 2] } },
        /^data.sigma.A must be a number, or 1 numbers/,
      ],
    ];
    for (const [given, message] of refusals) {
      await expect(lossGradient(network, given as never)).rejects.toThrow(message);
    }
    await expect(lossGradient(network, data({ A: [1, 2] }), { save: 3 })).rejects.toThrow(
      /^save is for a loss/,
    );
  });
});

describe('parameters reach what is written with them', () => {
  it('but not what the options give as a number', async () => {
    const run = (options: object) => sensitivities(network, { of: ['k', 'j'], to: 0.2, save: 1, ...options });
    const plain = await run({});
    const [k, j] = ['k', 'j'].map((p) => plain.sensitivity('B', p)[1]);
    expect(k).toBeCloseTo(2 * j, 12);
    const cut = await run({ parameters: { j: 1 } });
    expect(cut.sensitivity('B', 'k')[1]).toBe(0);
    expect(cut.sensitivity('B', 'j')[1]).toBeCloseTo(j, 12);
    const started = networkOf('param a = 2; init A = a; A -> B');
    const moved = await sensitivities(started, { of: ['a'], to: 1, saveAt: [0] });
    expect(moved.sensitivity('A', 'a')[0]).toBe(1);
    const given = await sensitivities(started, { of: ['a'], to: 1, saveAt: [0], initial: { A: 3 } });
    expect(given.sensitivity('A', 'a')[0]).toBe(0);
  });

  it.each([
    ['x*y - x/y', (x: number, y: number) => y - 1 / y + 0 * x],
    ['y^x', (x: number, y: number) => Math.log(y) * y ** x],
    ['x^3', (x: number) => 3 * x * x],
    ['exp(2*x)', (x: number) => 2 * Math.exp(2 * x)],
    ['ln(x + y)', (x: number, y: number) => 1 / (x + y)],
    ['-sqrt(x)', (x: number) => -0.5 / Math.sqrt(x)],
    ['(y - 1)^0.5*0', () => 0],
  ])('d(%s)/dx', (text, wanted) => {
    const { network: parsed } = parseNetwork(`param x = 1.3, y = 1.7, z = ${text}`);
    const { value } = parsed!.parameters[2];
    const values = new Map([
      ['x', 1.3],
      ['y', 1.7],
    ]);
    const { dot } = differentiateExpression(value, values, new Map([['x', 1]]));
    expect(dot).toBeCloseTo(wanted(1.3, 1.7), 12);
  });
});

describe('a solution', () => {
  const decay = networkOf('param k = 0.5; init A = 2, `odd,name` = 0; A ->{k} B');

  it('has columns by species and quantity, rows, relative ones and CSV', async () => {
    const solution = await sensitivities(decay, { of: ['k', 'init:A'], to: 2, save: 2 });
    expect(solution).toBeInstanceOf(SensitivitySolution);
    expect(solution.of).toEqual(['k', 'init:A']);
    const byK = solution.sensitivity('A', 'k');
    expect([...solution.sensitivityRow(1, 'k')]).toEqual(
      solution.species.map((s) => solution.sensitivity(s, 'k')[1]),
    );
    expect(solution.relativeSensitivity('A', 'k')[2]).toBeCloseTo(
      (byK[2] * 0.5) / solution.column('A')[2],
      15,
    );
    expect(solution.relativeSensitivity('B', 'k')[0]).toBeNaN();
    expect(() => solution.sensitivity('X', 'k')).toThrow('the solution has no species or observable "X"');
    expect(() => solution.sensitivity('A', 'j')).toThrow('by "j"; it has those by k, init:A');
    expect(() => solution.sensitivityRow(3, 'k')).toThrow('the solution has rows 0 to 2, not 3');
    const [head, first] = solution.sensitivitiesToCSV({ species: ['A', 'odd,name'] }).split('\n');
    expect(head).toBe('time,dA/dk,"dodd,name/dk",dA/dinit:A,"dodd,name/dinit:A"');
    expect(first).toBe('0,0,0,1,0');
    const relative = solution.sensitivitiesToCSV({ species: ['B'], relative: true }).split('\n');
    expect(relative[0]).toBe('time,dlnB/dlnk,dlnB/dlninit:A');
    expect(relative[1]).toBe('0,,');
  });

  it('of a run that fails is what was saved, with its derivatives', async () => {
    const blowing = networkOf('init A = 1; 2 A -> 3 A');
    const failure = await sensitivities(blowing, { of: ['init:A'], to: 2, save: 8 }).catch((error) => error);
    expect(failure).toBeInstanceOf(SolveFailure);
    const partial = failure.partial as SensitivitySolution;
    expect(partial).toBeInstanceOf(SensitivitySolution);
    expect(partial.times.length).toBeGreaterThan(2);
    // A = 1/(1/A₀ − t): ∂A/∂A₀ = A²/A₀².
    const A = partial.column('A');
    for (const [i, value] of partial.sensitivity('A', 'init:A').entries()) {
      expect(value / A[i] ** 2).toBeCloseTo(1, 4);
    }
  });

  it('of a simulator is its own, run after run', async () => {
    const simulator = await createSensitivitySimulator(decay, { of: ['k'], to: 1, save: 4 });
    const first = simulator.run();
    const kept = first.sensitivity('A', 'k');
    const other = simulator.run({ parameters: { k: 1.5 }, initial: { A: 1 } });
    const alone = await sensitivities(decay, {
      of: ['k'],
      to: 1,
      save: 4,
      parameters: { k: 1.5 },
      initial: { A: 1 },
    });
    expect(other.sensitivity('A', 'k')).toEqual(alone.sensitivity('A', 'k'));
    expect(first.sensitivity('A', 'k')).toEqual(kept);
    expect(simulator.run().sensitivity('A', 'k')).toEqual(kept);
    simulator.dispose();
    expect(() => simulator.run()).toThrow('disposed');
  });

  it('can be waited for, and cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const run = sensitivities(decay, { of: ['k'], to: 1, signal: abort.signal });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});
