import { describe, expect, it } from 'vitest';
import {
  createReactor,
  createSimulator,
  type Network,
  parseNetwork,
  type SimulateOptions,
  simulate,
  simulateMany,
} from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const network = networkOf('param k = 2 \n init A = 1 \n A ->{k} B');

describe('bad options name the option, the value and what is allowed', () => {
  const cases: [string, unknown, typeof RangeError | typeof TypeError, RegExp][] = [
    ['missing to', {}, RangeError, /to is missing/],
    ['to zero', { to: 0 }, RangeError, /to must be greater than 0.*not 0/],
    ['to negative', { to: -1 }, RangeError, /to must be greater than 0.*not -1/],
    ['to NaN', { to: Number.NaN }, RangeError, /to must be finite, not NaN/],
    ['to infinite', { to: Number.POSITIVE_INFINITY }, RangeError, /to must be finite/],
    ['to a string', { to: '5' }, TypeError, /to must be a number, not "5"/],
    ['from after to', { to: 1, from: 2 }, RangeError, /to must be greater than 2/],
    ['rtol zero', { to: 1, rtol: 0 }, RangeError, /rtol must be greater than 0/],
    ['rtol tiny', { to: 1, rtol: 1e-17 }, RangeError, /rtol must be at least 1e-14/],
    ['rtol large', { to: 1, rtol: 1 }, RangeError, /below 1/],
    ['atol zero', { to: 1, atol: 0 }, RangeError, /atol must be greater than 0/],
    ['atol of an unknown species', { to: 1, atol: { Q: 1 } }, RangeError, /"Q".*it has A, B/],
    ['atol of the wrong length', { to: 1, atol: [1] }, RangeError, /1 entries.*2 species/],
    ['atol NaN in an array', { to: 1, atol: [1, Number.NaN] }, RangeError, /atol\[1\]/],
    [
      'method',
      { to: 1, method: 'euler' },
      RangeError,
      /method must be one of auto, rodas5p, rodas4, tsit5, bdf, not "euler"/,
    ],
    ['engine', { to: 1, engine: 'gpu' }, RangeError, /engine must be one of wasm, js/],
    ['kernels', { to: 1, kernels: 'fast' }, RangeError, /kernels must be one of/],
    [
      'generated kernels of what is eliminated',
      { to: 1, kernels: 'generated', conservation: 'eliminate' },
      RangeError,
      /kernels must be auto or interpreted with conservation 'eliminate'/,
    ],
    ['misspelt option', { to: 1, rTol: 1e-3 }, TypeError, /no option "rTol"/],
    ['unknown species', { to: 1, initial: { Q: 1 } }, RangeError, /initial names the species "Q"/],
    [
      'negative initial',
      { to: 1, initial: { A: -1 } },
      RangeError,
      /initial.A must not be negative, but is -1/,
    ],
    ['initial NaN', { to: 1, initial: { A: Number.NaN } }, RangeError, /initial.A must be finite/],
    ['unknown parameter', { to: 1, parameters: { q: 1 } }, RangeError, /q.*k/],
    ['parameter that makes a constant negative', { to: 1, parameters: { k: -1 } }, RangeError, /-1/],
    ['parameter infinite', { to: 1, parameters: { k: Infinity } }, RangeError, /parameters.k must be finite/],
    ['unsorted times', { to: 1, saveAt: [0.5, 0.2] }, RangeError, /saveAt\[1\] = 0.2 follows 0.5/],
    ['duplicate times', { to: 1, saveAt: [0.5, 0.5] }, RangeError, /increase strictly/],
    ['times outside', { to: 1, saveAt: [0, 2] }, RangeError, /saveAt\[1\] = 2 must lie inside/],
    ['times NaN', { to: 1, saveAt: [Number.NaN] }, RangeError, /saveAt\[0\]/],
    ['no times', { to: 1, saveAt: [] }, RangeError, /at least one time/],
    ['save zero', { to: 1, save: 0 }, RangeError, /save must be greater than 0/],
    ['save fractional', { to: 1, save: 2.5 }, RangeError, /save must be a whole number/],
    [
      'log grid past the end',
      { to: 1, save: { kind: 'log', from: 0.1, to: 2, points: 3 } },
      RangeError,
      /inside the run/,
    ],
    [
      'log grid from zero',
      { to: 1, save: { kind: 'log', from: 0, to: 1, points: 3 } },
      RangeError,
      /greater than 0/,
    ],
    ['maxSteps', { to: 1, maxSteps: 1.5 }, RangeError, /maxSteps must be a whole number/],
    ['maxOrder', { to: 1, method: 'bdf', maxOrder: 6 }, RangeError, /maxOrder must be at most 5, not 6/],
    ['maxOrder without bdf', { to: 1, maxOrder: 2 }, RangeError, /maxOrder is for method bdf, not auto/],
    ['maxSeconds', { to: 1, maxSeconds: 0 }, RangeError, /maxSeconds must be greater than 0/],
    ['firstStep', { to: 1, firstStep: -1 }, RangeError, /firstStep must be greater than 0/],
    ['fixedStep', { to: 1, fixedStep: Number.NaN }, RangeError, /fixedStep must be finite/],
    [
      'phase duration',
      { schedule: [{ name: 'p', duration: 0, active: '*' }] },
      RangeError,
      /schedule\[0\].duration/,
    ],
    ['no schedule', { schedule: [] }, TypeError, /at least one phase/],
    ['an empty phase', { schedule: [null] }, TypeError, /schedule\[0\] must be an object/],
    [
      'a phase without reactions',
      { schedule: [{ name: 'p', duration: 1 }] },
      TypeError,
      /schedule\[0\].active/,
    ],
    [
      'two phases of one name',
      { schedule: [1, 2].map((duration) => ({ name: 'p', duration, active: '*' })) },
      RangeError,
      /two phases of one name/,
    ],
    ['options null', null, TypeError, /must be an object of options, not null/],
    ['too many rows', { to: 1, save: 1e15 }, RangeError, /save asks for 1000000000000001 rows/],
    ['signal', { to: 1, signal: 5 }, TypeError, /signal must be an AbortSignal/],
    ['onProgress', { to: 1, onProgress: 5 }, TypeError, /onProgress must be a function/],
    ['phase label', { schedule: [{ name: 'p', duration: 1, active: ['q'] }] }, RangeError, /q/],
  ];
  it.each(cases)('%s', async (_, options, type, message) => {
    const attempt = simulate(network, options as SimulateOptions);
    await expect(attempt).rejects.toBeInstanceOf(type);
    await expect(attempt).rejects.toThrow(message);
  });

  it('what is no network is said so, with what to pass instead', async () => {
    const any = (value: unknown) => value as Network;
    await expect(simulate(any(undefined), { to: 1 })).rejects.toThrow(/must be a network/);
    await expect(simulate(any('A -> B'), { to: 1 })).rejects.toThrow(/parseNetwork\(text\).network/);
    await expect(simulate(any(parseNetwork('A -> B')), { to: 1 })).rejects.toThrow(/the result's .network/);
    const broken = networkOf('init A = 1 \n A -> B');
    broken.reactions[0].orders[0].value = -2;
    await expect(simulate(broken, { to: 1 })).rejects.toThrow(/breaks a rule/);
    await expect(createReactor(broken)).rejects.toThrow(/breaks a rule/);
  });

  it('an end given as an option shortens the grid of the text', async () => {
    const text = networkOf('init A = 1 \n A -> B \n simulate to 100 save log 0.01 100 5');
    const { times } = await simulate(text, { to: 10 });
    expect([times.length, times[0], times[4]]).toEqual([5, 0.01, 10]);
  });

  it('the same checks guard run() of a simulator and the reactor', async () => {
    const simulator = await createSimulator(network, { to: 1 });
    expect(() => simulator.run({ initial: { Q: 1 } })).toThrow(/"Q"/);
    expect(() => simulator.run({ engine: 'js' } as never)).toThrow(/engine is fixed/);
    simulator.dispose();
    expect(() => simulator.run()).toThrow(/disposed/);
    await expect(createReactor(network, { to: 1 } as never)).rejects.toThrow(/no option "to"/);
    const reactor = await createReactor(networkOf('phase p 1: * \n init A = 1 \n A -> B'));
    expect(() => reactor.run('q')).toThrow(/no phase "q"; it has "p"/);
    expect(() => reactor.index('Q')).toThrow(/"Q"/);
    reactor.dispose();
    expect(() => reactor.run('p')).toThrow(/disposed/);
  });
});

describe('options that work', () => {
  it('parameters, initial, from and the text directives', async () => {
    const text =
      'param k = 2 \n init A = 1 \n A ->{k} B \n simulate to 3 save 6 rtol 1e-9 atol 1e-12 method rodas4';
    const own = await simulate(networkOf(text));
    expect([...own.times]).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
    expect(own.final.A).toBeCloseTo(Math.exp(-6), 9);
    const other = await simulate(networkOf(text), {
      parameters: { k: 1 },
      initial: { A: 4 },
      from: 1,
      to: 2,
    });
    expect(other.times[0]).toBe(1);
    expect(other.final.A).toBeCloseTo(4 * Math.exp(-1), 8);
  });

  it('the default grid is 200 intervals', async () => {
    const { times } = await simulate(network, { to: 1 });
    expect(times.length).toBe(201);
    expect([times[0], times[200]]).toEqual([0, 1]);
  });

  it('saving is apart from stepping: the grid changes neither steps nor bits', async () => {
    const few = await simulate(network, { to: 5, save: 1 });
    const many = await simulate(network, { to: 5, save: 5000 });
    expect(many.stats).toEqual(few.stats);
    expect(many.final).toEqual(few.final);
  });

  it('more rows than one batch holds arrive complete', async () => {
    const solution = await simulate(network, { to: 5, save: 100_000, rtol: 1e-9, atol: 1e-12 });
    const column = solution.column('A');
    expect(column.length).toBe(100_001);
    for (const i of [1, 32_767, 32_768, 65_536, 99_999]) {
      expect(column[i]).toBeCloseTo(Math.exp(-2 * solution.times[i]), 8);
    }
  });

  it('millions of rows arrive too', async () => {
    const solution = await simulate(network, { to: 5, save: 3_000_000 });
    expect(solution.times.length).toBe(3_000_001);
    expect(solution.times[3_000_000]).toBe(5);
  });

  it('at() gives saved rows as they are and integrates between them', async () => {
    const solution = await simulate(network, { to: 4, save: 2, rtol: 1e-10, atol: 1e-14 });
    expect(solution.at(2).A).toBe(solution.column('A')[1]);
    for (const t of [0.3, 1.7, 3.99]) expect(solution.at(t).A).toBeCloseTo(Math.exp(-2 * t), 9);
    expect(solution.at(4)).toEqual(solution.final);
    expect(() => solution.at(4.5)).toThrow(/from 0 to 4, not 4.5/);
    expect(() => solution.at(Number.NaN)).toThrow(RangeError);
  });

  it('tables and CSV hold what the columns hold', async () => {
    const solution = await simulate(networkOf('init P[1,2] = 1 \n P[1,2] -> B'), { to: 1, save: 2 });
    expect(solution.toTable()[2]).toEqual({ time: 1, ...solution.final });
    const lines = solution.toCSV().trimEnd().split('\n');
    expect(lines[0]).toBe('time,"P[1,2]",B');
    expect(lines.length).toBe(4);
    expect(lines[3].split(',').map(Number)).toEqual([1, solution.final['P[1,2]'], solution.final.B]);
    expect(() => solution.column('Q')).toThrow(/"Q"/);
  });

  it('a simulator run twice gives the same bits, and overrides do not stick', async () => {
    const simulator = await createSimulator(network, { to: 1 });
    const first = simulator.run();
    const other = simulator.run({ parameters: { k: 5 }, initial: { A: 3 } });
    expect(other.final.A).toBeCloseTo(3 * Math.exp(-5), 6);
    expect(simulator.run().final).toEqual(first.final);
    simulator.dispose();
  });

  it('simulateMany keeps the order of its runs', async () => {
    const ks = [0.5, 1, 2, 4];
    const solutions = await simulateMany(
      network,
      ks.map((k) => ({ parameters: { k } })),
      { to: 1 },
    );
    solutions.forEach(({ final }, i) => {
      expect(final.A).toBeCloseTo(Math.exp(-ks[i]), 5);
    });
  });

  it('a network in which nothing changes is done at once', async () => {
    const still = networkOf('init A = 1 \n A -> A');
    const solution = await simulate(still, { to: 10, save: 2 });
    expect([...solution.column('A')]).toEqual([1, 1, 1]);
    const empty = await simulate(networkOf('init A = 0 \n A -> B'), { to: 1e6, save: 2 });
    expect(empty.final).toEqual({ A: 0, B: 0 });
  });
});
