import { describe, expect, test } from 'vitest';
import { planSweep, type Sweep, SweepError, sweepTable } from '../../src/batch/node.js';
import { networkOf } from '../tools/network.js';

const network = networkOf(`
  param k1 = 1; param k2 = 2
  init A = 1; init \`R(a.b)\` = 2
  A ->{k1} B; B ->{k2} A; \`R(a.b)\` -> A
  simulate to 1
`);
const simulate = { kind: 'simulate', network } as const;
const train = { kind: 'train', task: 'linear-regression' } as const;
const planned = (sweep: Omit<Sweep, 'target'>, target: Sweep['target'] = simulate) =>
  planSweep({ take: target.kind === 'train' ? ['losses'] : ['stats steps'], ...sweep, target });

/** The values of all cases, by the columns of the design. */
function design(sweep: Omit<Sweep, 'target'>, target?: Sweep['target']) {
  const { columns, rows } = sweepTable(planned(sweep, target), []);
  const factors = columns.flatMap(({ role, name }, c) => (role === 'factor' ? [{ name, c }] : []));
  return { names: factors.map(({ name }) => name), rows: rows.map((row) => factors.map(({ c }) => row[c])) };
}

const issues = (sweep: unknown, target: Sweep['target'] = simulate) => {
  try {
    planSweep({ target, ...(sweep as object) });
  } catch (error) {
    if (error instanceof SweepError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
};

describe('designs', () => {
  test('a grid has every combination, the last option changing fastest', () => {
    expect(design({ grid: { k1: [1, 10], method: ['tsit5', 'auto'], 'initial.A': [3] } })).toEqual({
      names: ['k1', 'method', 'initial.A'],
      rows: [
        [1, 'tsit5', 3],
        [1, 'auto', 3],
        [10, 'tsit5', 3],
        [10, 'auto', 3],
      ],
    });
  });

  test('ranges hold both ends exactly, and equal steps or ratios between', () => {
    const { rows } = design({ grid: { k1: { from: 0.1, to: 0.7, points: 3 } } });
    expect(rows.flat()).toEqual([0.1, 0.1 + (0.7 - 0.1) / 2, 0.7]);
    const log = design({
      grid: { k1: { from: 1e-3, to: 1e3, points: 7, scale: 'log' } },
    }).rows.flat() as number[];
    expect([log[0], log[6]]).toEqual([1e-3, 1e3]);
    log.forEach((value, i) => {
      expect(value).toBeCloseTo(10 ** (i - 3), 10 + 3 - i);
    });
    expect(design({ grid: { maxSteps: { from: 1, to: 3, points: 7 } } }).rows.flat()).toEqual([1, 2, 3]);
  });

  test('designs are combined: grid, hypercube, list, replicates', () => {
    const sweep = {
      grid: { rate: [0.01, 0.02] },
      latin: { samples: 2, over: { horizon: { from: 0.3, to: 0.5 } } },
      list: [{ epochs: 0 }, { epochs: 0, order: 'shuffled' }],
      replicates: [7, 3, 5],
    };
    const { names, rows } = design(sweep, train);
    expect(names).toEqual(['rate', 'horizon', 'epochs', 'order', 'seed']);
    expect(rows).toHaveLength(2 * 2 * 2 * 3);
    const horizons = [rows[0][1], rows[6][1]];
    expect(new Set(horizons).size).toBe(2);
    expect(rows.slice(0, 6)).toEqual(
      [null, 'shuffled'].flatMap((order) => [7, 3, 5].map((seed) => [0.01, horizons[0], 0, order, seed])),
    );
    expect(rows.slice(12, 15).map(([rate, horizon]) => [rate, horizon])).toEqual(
      Array.from({ length: 3 }, () => [0.02, horizons[0]]),
    );
  });

  test('replicates are the seeds from 0 on', () => {
    expect(design({ replicates: 3, options: { epochs: 0 } }, train)).toEqual({
      names: ['seed'],
      rows: [[0], [1], [2]],
    });
  });

  test('a case that is there twice is known as one', () => {
    const { first, cases } = planned({ list: [{ k1: 1 }, { k1: 2 }, { 'parameters.k1': 1 }] });
    expect(cases).toHaveLength(3);
    expect(first).toEqual([0, 1, 0]);
  });
});

describe('a Latin hypercube', () => {
  const latin = (over: object, seed = 0, samples = 50) =>
    design({ latin: { samples, seed, over: over as never } });

  test('has one sample in every stratum of every factor', () => {
    const { rows } = latin({ k1: { from: 2, to: 4 }, k2: { from: 1e-6, to: 1e6, scale: 'log' } });
    const strata = (values: number[]) => values.map((part) => Math.floor(part * 50)).sort((a, b) => a - b);
    const all = Array.from({ length: 50 }, (_, k) => k);
    expect(strata(rows.map(([k1]) => ((k1 as number) - 2) / 2))).toEqual(all);
    expect(strata(rows.map(([, k2]) => (Math.log10(k2 as number) + 6) / 12))).toEqual(all);
  });

  test('is decided by its seed, each factor apart from the others', () => {
    const k1 = { k1: { from: 0, to: 1 } };
    const column = (of: ReturnType<typeof latin>) => of.rows.map(([value]) => value);
    expect(column(latin(k1))).toEqual(column(latin({ ...k1, k2: { from: 5, to: 6 } })));
    expect(column(latin(k1))).not.toEqual(column(latin(k1, 1)));
    const { rows } = latin({ ...k1, k2: { from: 0, to: 1 } });
    // Not in step with each other.
    const distance = rows.reduce((sum, [a, b]) => sum + Math.abs((a as number) - (b as number)), 0) / 50;
    expect(distance).toBeGreaterThan(0.2);
  });

  test('takes whole numbers and words equally often', () => {
    const { rows } = latin({ maxSteps: { from: 10, to: 14 }, method: ['auto', 'bdf'] });
    const count = (c: number, value: unknown) => rows.filter((row) => row[c] === value).length;
    expect([10, 11, 12, 13, 14].map((value) => count(0, value))).toEqual([10, 10, 10, 10, 10]);
    expect([count(1, 'auto'), count(1, 'bdf')]).toEqual([25, 25]);
  });
});

describe('names', () => {
  test('groups may be objects or full names, and short names stand for the one option that has them', () => {
    const { cases } = planned({
      options: { parameters: { k2: 5 }, 'initial.R(a.b)': 4, atol: 1e-9, 'atol.B': 1e-12 },
      grid: { k1: [1], A: [7] },
    });
    expect(cases).toEqual([
      {
        'parameters.k2': 5,
        'initial.R(a.b)': 4,
        atol: 1e-9,
        'atol.B': 1e-12,
        'parameters.k1': 1,
        'initial.A': 7,
      },
    ]);
  });

  test('a case of a list may have its own value of a common option', () => {
    const { cases } = planned({ options: { to: 1, rtol: 1e-8 }, list: [{ to: 2 }, { rtol: 1e-4 }] });
    expect(cases).toEqual([
      { to: 2, rtol: 1e-8 },
      { to: 1, rtol: 1e-4 },
    ]);
  });
});

describe('what is wrong is said with its place', () => {
  test.each<[object, string, Sweep['target']?]>([
    [{ grid: { k3: [1] } }, 'grid.k3: there is no option "k3"; there are to, from, save,'],
    [{ grid: { 'parameters.k': [1] } }, 'grid.parameters.k: there is no parameter "k"; there are k1, k2'],
    [{ grid: { 'initial.BA': [1] } }, 'grid.initial.BA: there is no species "BA"; there are A, R(a.b), B'],
    [{ grid: { metod: ['bdf'] } }, 'grid.metod: there is no option "metod"; did you mean "method"?'],
    [{ grid: { method: ['bfd'] } }, 'grid.method.0: must be one of auto, rodas5p,'],
    [{ grid: { k1: [1, '2'] } }, 'grid.k1.1: must be a number, not "2"'],
    [{ grid: { k1: [] } }, 'grid.k1: needs at least one value'],
    [{ grid: { k1: [1, 2, 1] } }, 'grid.k1.2: 1 is there already, in place 0'],
    [{ grid: { k1: 3 } }, 'grid.k1: must be a list of values or a range {from, to}, not 3'],
    [{ grid: { k1: { from: 1, to: 1, points: 2 } } }, 'grid.k1.to: must be greater than from (1), not 1'],
    [
      { grid: { k1: { from: 1, to: 2 } } },
      'grid.k1.points: must be a whole number, at least 2, not undefined',
    ],
    [
      { grid: { k1: { from: 0, to: 2, points: 2, scale: 'log' } } },
      'grid.k1.from: must be greater than 0 on a log',
    ],
    [{ grid: { k1: { from: 0, to: 2, count: 2 } } }, 'grid.k1.count: a range has no such key'],
    [{ grid: { method: { from: 0, to: 2, points: 2 } } }, 'grid.method: this option takes no numbers'],
    [{ grid: [1] }, 'grid: must be an object, not [1]'],
    [
      { options: { k1: 1 }, grid: { 'parameters.k1': [1] } },
      'grid.parameters.k1: parameters.k1 is given already, by options.k1',
    ],
    [
      { latin: { samples: 0, over: { k1: { from: 0, to: 1 } } } },
      'latin.samples: must be a whole number, at least 1',
    ],
    [{ latin: { samples: 3, over: {} } }, 'latin.over: needs at least one option'],
    [{ latin: { samples: 3, seed: -1, over: { k1: { from: 0, to: 1 } } } }, 'latin.seed: must be a whole'],
    [{ latin: { samples: 3, over: { k1: { from: 0, to: 1, points: 3 } } } }, 'latin.over.k1.points: a Latin'],
    [{ latin: { sample: 3, over: {} } }, 'latin.sample: a Latin hypercube has no such key'],
    [{ list: [] }, 'list: must be an array of at least one case'],
    [{ list: [{ k1: 1 }, { k1: 'x' }] }, 'list.1.k1: must be a number, not "x"'],
    [{ list: [3] }, 'list.0: must be an object, not 3'],
    [{ replicates: 3 }, 'replicates: a simulation draws nothing at random'],
    [{ replicates: [1, 1] }, 'replicates: must be how many, at least 1, or a list of different seeds', train],
    [
      { replicates: 2, options: { seed: 1 } },
      'replicates: every replicate has a seed of its own, but',
      train,
    ],
    [{ options: { hiden: 3 } }, 'options.hiden: there is no option "hiden"; did you mean "hidden"?', train],
    [
      { options: { clock: { kind: 'coop', gates: 1 } } },
      'options.clock.gates: there is no option of the clock',
      train,
    ],
    [{ take: ['final C'] }, 'take.0: the network has no species "C"'],
    [{ take: ['finally A'] }, 'take.0: "finally A" must begin with one of final, at,'],
    [{ take: ['at soon A'] }, 'take.0: "at soon A" needs a time, not "soon"'],
    [
      { take: ['max A from 5 to 3'] },
      'take.0: "max A from 5 to 3" must go from the earlier time to the later',
    ],
    [{ take: ['stats stpes'] }, 'take.0: there is no counter "stpes"'],
    [{ take: ['final A', 'final A'] }, 'take: there are two columns "final A"'],
    [{ take: [{ what: 'final', as: 'x' }] }, 'take.0: "final" is 3 columns, which cannot all be called "x"'],
    [{ take: [] }, 'take: must be a list of at least one quantity'],
    [
      { take: ['validationLos'] },
      'take.0: a training has no "validationLos"; did you mean "validationLoss"?',
      train,
    ],
    [{ girds: {} }, 'girds: a sweep has no such key'],
    [{ grid: { k1: { from: 0, to: 1, points: 3e6 } } }, ': the designs make 3000000 cases'],
    [
      { options: { to: -1 }, grid: { k1: [1, 2] } },
      ': every one of the 2 cases is refused, the first one because: to must be',
    ],
    [{ options: { to: -1 } }, ': the case is refused, the first one because: to must be greater than 0'],
    [{ options: { rails: 'triple' } }, ': the case is refused, the first one because: rails must be', train],
  ])('%j', (sweep, wanted, target) => {
    const [first] = issues(sweep, target);
    expect(first).toContain(wanted);
  });

  test('everything at once', () => {
    expect(issues({ grid: { k3: [1], k1: [] }, list: [{ to: 'x' }] })).toHaveLength(3);
  });
});
