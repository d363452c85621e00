import { parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  createPool,
  type Outcome,
  type Pool,
  planSweep,
  runSweep,
  type Sweep,
  startWorker,
  sweepTable,
  tableCsv,
  tableParquet,
} from '../../src/batch/node.js';
import { casesJob } from '../../src/batch/sweep/case-job.js';
import { casesOf } from '../../src/batch/sweep/plan.js';
import { SolveFailure, simulate } from '../../src/index.js';
import { csvTask, namedTask, readCsv, train, trainReport } from '../../src/learning/index.js';
import { networkOf } from '../tools/network.js';
import { Scripts } from './bundled.js';

const scripts = new Scripts();
let script: URL;
const open: Pool[] = [];
beforeAll(async () => {
  script = await scripts.bundle('../../src/batch/worker.ts', 'package-worker.ts');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.dispose()));
});
afterAll(() => scripts.remove());

function pool(size: number, from: URL = script): Pool {
  const made = createPool({ size, createWorker: () => startWorker(from) });
  open.push(made);
  return made;
}

const brusselator = networkOf(`
  param B = 3
  init X = 1, Y = 1
  -> X
  X ->{B} Y
  2 X + Y -> 3 X
  X -> ∅
  simulate to 20 save 50
`);
const target = { kind: 'simulate', network: brusselator } as const;
const here = { signal: new AbortController().signal, progress: () => {} };
/** The outcomes of all cases, in this thread. */
const outcomesOf = (sweep: Sweep): Promise<Outcome[]> => {
  const plan = planSweep(sweep);
  return casesJob(casesOf(plan, [...plan.cases.keys()]), here);
};

describe('cases of a simulation', () => {
  test('are what simulate gives, whatever they differ in and run beside', async () => {
    const list = [
      {},
      { B: 2, rtol: 1e-8 },
      { B: 2.5, 'initial.X': 0.1, to: 5 },
      { engine: 'js', B: 2 },
      { method: 'bdf', maxOrder: 3 },
      { 'atol.X': 1e-12 },
      { atol: 1e-7, 'atol.Y': 1e-13 },
      { conservation: 'eliminate' },
      { save: { kind: 'log', from: 0.1, to: 20, points: 9 } },
      { method: 'tsit5', kernels: 'interpreted' },
    ];
    const options = [
      {},
      { parameters: { B: 2 }, rtol: 1e-8 },
      { parameters: { B: 2.5 }, initial: { X: 0.1 }, to: 5 },
      { engine: 'js', parameters: { B: 2 } },
      { method: 'bdf', maxOrder: 3 },
      { atol: { X: 1e-12 } },
      { atol: [1e-7, 1e-13] },
      { conservation: 'eliminate' },
      { save: { kind: 'log', from: 0.1, to: 20, points: 9 } },
      { method: 'tsit5', kernels: 'interpreted' },
    ] as const;
    const outcomes = await outcomesOf({ target, list, take: ['final', 'stats'] });
    for (const [k, one] of options.entries()) {
      const { final, stats } = await simulate(brusselator, one);
      const { error, negative, nonFinite, newton } = stats.rejected;
      expect(outcomes[k], JSON.stringify(list[k])).toEqual({
        status: 'done',
        values: {
          'final X': final.X,
          'final Y': final.Y,
          steps: stats.steps,
          rejections: error + negative + nonFinite + newton,
          derivatives: stats.derivatives,
          jacobians: stats.jacobians,
          factorisations: stats.factorisations,
          solves: stats.solves,
        },
      });
    }
  });

  test('that fail or are refused say why, and the others go on', async () => {
    const list = [
      { maxSteps: 3 },
      { 'initial.X': -1 },
      { B: 1 },
      { B: -1 },
      { maxSteps: 5, B: 2 },
      { B: 4, from: 3, to: 2 },
      { B: 2 },
    ];
    const outcomes = await outcomesOf({ target, list, take: ['final X'] });
    const wanted = await Promise.all(
      [
        { maxSteps: 3 },
        { initial: { X: -1 } },
        { parameters: { B: 1 } },
        { parameters: { B: -1 } },
        { maxSteps: 5, parameters: { B: 2 } },
        { parameters: { B: 4 }, from: 3, to: 2 },
        { parameters: { B: 2 } },
      ].map((options) =>
        simulate(brusselator, options).then(
          ({ final }): Outcome => ({ status: 'done', values: { 'final X': final.X } }),
          (error): Outcome =>
            error instanceof SolveFailure
              ? { status: 'failed', code: error.code, error: error.message }
              : { status: 'refused', error: error.message },
        ),
      ),
    );
    expect(outcomes).toEqual(wanted);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['failed', 'refused', 'done', 'refused', 'failed', 'refused', 'done'],
    ]);
  });

  test('an end that only some cases give is missed by the others alone', async () => {
    const network = networkOf('init A = 1; A -> B');
    const list = [{ A: 1 }, { to: 1 }, { A: 2 }, { to: 2, A: 3 }];
    const outcomes = await outcomesOf({ target: { kind: 'simulate', network }, list, take: ['final A'] });
    expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'done', 'refused', 'done']);
    expect(outcomes[0]).toMatchObject({ error: expect.stringMatching(/^to is missing/) });
  });

  test('quantities over time are those of the saved rows; at a time, of the solution', async () => {
    const take = [
      ...['max X', 'min X', 'range X', 'mean X', 'max Y from 5 to 10', 'mean Y from 5 to 10', 'at 7.3 X'],
      { what: 'min Y from 20', as: 'last' },
    ];
    const [outcome] = await outcomesOf({ target, list: [{ B: 2.7 }], take });
    const solution = await simulate(brusselator, { parameters: { B: 2.7 } });
    const [X, Y] = [solution.column('X'), solution.column('Y')];
    const inside = [...solution.times.keys()].filter(
      (i) => solution.times[i] >= 5 && solution.times[i] <= 10,
    );
    const mean = (values: ArrayLike<number>, rows: number[]) => {
      const pairs = rows
        .slice(1)
        .map((i) => ((values[i] + values[i - 1]) / 2) * (solution.times[i] - solution.times[i - 1]));
      return (
        pairs.reduce((a, b) => a + b) / (solution.times[rows[rows.length - 1]] - solution.times[rows[0]])
      );
    };
    const values = (outcome as Extract<Outcome, { status: 'done' }>).values;
    expect(values).toMatchObject({
      'max X': Math.max(...X),
      'min X': Math.min(...X),
      'range X': Math.max(...X) - Math.min(...X),
      'max Y from 5 to 10': Math.max(...inside.map((i) => Y[i])),
      'at 7.3 X': solution.at(7.3).X,
      last: Y[Y.length - 1],
    });
    expect(values['mean X']).toBeCloseTo(mean(X, [...X.keys()]), 12);
    expect(values['mean Y from 5 to 10']).toBeCloseTo(mean(Y, inside), 12);
  });

  test('a time outside of the run refuses the case', async () => {
    const take = ['max X from 15', 'at 12 X'];
    const outcomes = await outcomesOf({ target, list: [{ to: 20 }, { to: 10 }, { to: 13 }], take });
    expect(outcomes[0].status).toBe('done');
    expect(outcomes[1]).toMatchObject({
      status: 'refused',
      error: expect.stringContaining('has no saved row from 15'),
    });
    expect(outcomes[2].status).toBe('refused');
  });

  test('observables are sums of species', async () => {
    const sum = {
      ...brusselator,
      observables: [
        {
          name: 'sum',
          terms: [
            { species: 0, value: 2 },
            { species: 1, value: 1 },
          ],
        },
      ],
    };
    const [outcome] = await outcomesOf({
      target: { kind: 'simulate', network: sum },
      take: ['final', 'max sum'],
    });
    const solution = await simulate(brusselator);
    const { X, Y } = solution.final;
    expect(outcome).toMatchObject({ values: { 'final X': X, 'final Y': Y, 'final sum': 2 * X + Y } });
    const rows = [...solution.times.keys()].map((i) => 2 * solution.column('X')[i] + solution.column('Y')[i]);
    expect((outcome as { values: object }).values).toHaveProperty('max sum', Math.max(...rows));
  });
});

describe('cases of a training', () => {
  test('are what train gives', async () => {
    const outcomes = await outcomesOf({
      target: { kind: 'train', task: 'linear-regression' },
      options: { epochs: 1, rtol: 1e-5, circuit: { horizon: 0.4 } },
      list: [
        { rate: 0.05, seed: 2, ideal: true },
        { task: 'linear-classification', recipe: 'linear', weightsSeed: 4, horizon: 0.9 },
      ],
      take: ['losses', 'metrics', 'size', 'epoch', 'stats steps'],
    });
    const common = { epochs: 1 };
    const reports = await Promise.all(
      [
        train(
          namedTask({ task: 'linear-regression', ...common, seed: 2, circuit: { horizon: 0.4, rate: 0.05 } }),
          {
            rtol: 1e-5,
            ideal: true,
          },
        ),
        train(
          namedTask({
            ...{ task: 'linear-classification', recipe: 'linear', ...common, weightsSeed: 4 },
            circuit: { horizon: 0.9 },
          }),
          { rtol: 1e-5 },
        ),
      ].map(async ({ result }) => trainReport(await result)),
    );
    for (const [k, { history, metrics, circuit, stats }] of reports.entries()) {
      const { confusion: _, ...numbers } = metrics;
      const { trainLoss, validationLoss } = history[1];
      const { values } = outcomes[k] as Extract<Outcome, { status: 'done' }>;
      expect(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))).toEqual({
        ...{ trainLoss, validationLoss, epoch: 1, steps: stats.steps, ...numbers },
        ...{
          species: circuit.species,
          reactions: circuit.reactions,
          maxMolecularity: circuit.maxMolecularity,
        },
      });
    }
  });

  test('of a table, with its split by the seed', async () => {
    const rows = Array.from({ length: 30 }, (_, k) => `${k / 10},${1 + (2 * k) / 10}`);
    const data = readCsv(`x,y\n${rows.join('\n')}`, { target: 'y' });
    const [, second] = await outcomesOf({
      target: { kind: 'train', data, name: 'line' },
      options: { epochs: 2, test: 0.3, rails: 'dual', rate: 0.1 },
      replicates: 2,
      take: ['validationR2'],
    });
    const { metrics } = await train(
      csvTask(data, { epochs: 2, test: 0.3, rails: 'dual', rate: 0.1, seed: 1 }),
    ).result;
    expect(second).toEqual({ status: 'done', values: { validationR2: metrics.validationR2 } });
  });

  test('whose chemistry cannot go on, or cannot be built', async () => {
    const outcomes = await outcomesOf({
      target: { kind: 'train', task: 'linear-regression' },
      options: { epochs: 1 },
      list: [{}, { recipe: 'none' }, { maxSteps: 2 }, { hidden: 7 }],
      take: ['losses'],
    });
    expect(outcomes).toMatchObject([
      { status: 'done' },
      {
        status: 'refused',
        error: 'there is no recipe "none" for this task; it has authors, improved, authors-coop, coop',
      },
      { status: 'failed', code: 'solver', error: expect.stringContaining('stepLimit') },
      { status: 'refused', error: expect.stringContaining('hidden') },
    ]);
  });

  test('that are cancelled have no outcome', async () => {
    const stop = new AbortController();
    const plan = planSweep({ target: { kind: 'train', task: 'xor' }, options: { epochs: 50 } });
    const run = casesJob(casesOf(plan, [0]), {
      signal: stop.signal,
      progress: () => stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });
});

describe('a sweep over a pool', () => {
  const sweep: Sweep = {
    target,
    // Longer first, so that later cases end before earlier ones.
    grid: { to: [400, 0.1, 3], B: { from: 1, to: 4, points: 9 }, maxSteps: [40, 100000] },
    take: ['final', 'stats steps'],
  };
  const bytes = async (pool: Pool, of: Sweep) => {
    const plan = planSweep(of);
    const ended: number[] = [];
    const { outcomes, lost } = await runSweep(pool, plan, { onOutcome: (k) => ended.push(k) });
    expect(lost).toEqual([]);
    const table = sweepTable(plan, outcomes);
    return {
      ended,
      csv: [...tableCsv(table)].join(''),
      parquet: Buffer.from(await tableParquet(table)).toString('base64'),
    };
  };

  test('the same tables to the byte from one worker, two and three', async () => {
    const one = await bytes(pool(1), sweep);
    expect(one.csv.match(/,failed,/g)?.length).toBeGreaterThan(2);
    expect(one.csv.match(/,done,/g)?.length).toBeGreaterThan(20);
    for (const size of [2, 3]) {
      const { ended, ...tables } = await bytes(pool(size), sweep);
      expect([...ended].sort((a, b) => a - b)).toEqual([...Array(54).keys()]);
      expect(ended).not.toEqual([...ended].sort((a, b) => a - b));
      expect(tables).toEqual({ csv: one.csv, parquet: one.parquet });
    }
  });

  test('equal cases are run once, and outcomes that are there not at all', async () => {
    const asked: number[] = [];
    const local: Pool = {
      size: 1,
      run: async (_, input) => {
        const { cases } = input as { cases: { 'parameters.B': number }[] };
        asked.push(...cases.map((one) => one['parameters.B']));
        return (await casesJob(input as never, here)) as never;
      },
      map: () => Promise.reject(new Error('not used')),
      dispose: async () => {},
    };
    const plan = planSweep({ target, list: [1, 2, 1, 3, 2].map((B) => ({ B })), take: ['final X'] });
    const known: Outcome = { status: 'done', values: { 'final X': 42 } };
    const added: number[] = [];
    const { outcomes } = await runSweep(local, plan, {
      store: {
        outcomes: new Map([[3, known]]),
        add: (ended) => added.push(...ended.map(({ index }) => index)),
      },
    });
    expect(asked).toEqual([1, 2]);
    expect(added).toEqual([0, 1]);
    expect(outcomes[2]).toBe(outcomes[0]);
    expect(outcomes[3]).toBe(known);
  });

  test('a case that kills its worker twice is lost, and no other', async () => {
    const crashing = await scripts.bundle('./crashing-cases.ts');
    const plan = planSweep({ target, list: [1, 2, 13, 4, 5].map((B) => ({ B })), take: ['final X'] });
    const { outcomes, lost } = await runSweep(pool(2, crashing), plan);
    expect(outcomes.map((one) => one?.status)).toEqual(['done', 'done', undefined, 'done', 'done']);
    expect(lost).toMatchObject([{ index: 2, error: { name: 'PoolError', code: 'workerDied' } }]);
    expect(sweepTable(plan, outcomes).rows[2]).toEqual([3, 13, 'missing', null, null]);
  });

  test('ends with the reason of its signal; a store that cannot keep ends it, too', async () => {
    const stop = new AbortController();
    const plan = planSweep(sweep);
    const kept: number[] = [];
    const run = runSweep(pool(1), plan, {
      signal: stop.signal,
      store: { outcomes: new Map(), add: (ended) => kept.push(...ended.map(({ index }) => index)) },
      onProgress: ({ ended }) => ended > 3 && stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(54);
    const full = runSweep(pool(2), plan, {
      store: {
        outcomes: new Map(),
        add: () => {
          throw new Error('no space is left');
        },
      },
    });
    await expect(full).rejects.toThrow('no space is left');
  });

  test('progress grows to the number of cases', async () => {
    const told: number[] = [];
    const plan = planSweep({
      target: { kind: 'train', task: 'linear-regression' },
      options: { epochs: 2 },
      replicates: 2,
    });
    await runSweep(pool(2), plan, { onProgress: ({ done, total }) => told.push(done / total) });
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});

describe('tables', () => {
  const plan = planSweep({
    target: { kind: 'train', task: 'linear-regression' },
    options: { epochs: 0 },
    list: [
      { recipe: 'authors', rate: 0.1, theta: [0.5, 1] },
      { order: 'shuffled', ideal: true },
    ],
    replicates: [3],
    take: ['losses', 'metrics', { what: 'stats steps', as: 'work, done' }],
  });
  const done: Outcome = {
    status: 'done',
    values: { trainLoss: 0.1 + 0.2, validationLoss: null, trainR2: 0.5, 'work, done': 12 },
  };
  const failed: Outcome = { status: 'failed', code: 'diverged', error: 'it "runs"\naway, far' };

  test('as CSV: quoted where they must be, numbers to the last bit, no column for metrics that no case has', () => {
    expect([...tableCsv(sweepTable(plan, [done, failed]))].join('')).toBe(
      'case,recipe,rate,theta,order,ideal,seed,status,error,trainLoss,validationLoss,trainR2,"work, done"\n' +
        '1,authors,0.1,"[0.5,1]",,,3,done,,0.30000000000000004,,0.5,12\n' +
        '2,,,,shuffled,true,3,failed,"it ""runs""\naway, far",,,,\n',
    );
  });

  test('as Parquet: types, nulls, text', async () => {
    const bytes = await tableParquet(sweepTable(plan, [done, failed]));
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    const empty = { order: null, ideal: null, error: null, validationLoss: null };
    expect(rows).toEqual([
      {
        ...{ case: 1n, recipe: 'authors', rate: 0.1, theta: '[0.5,1]', ...empty, seed: 3n },
        ...{ status: 'done', trainLoss: 0.1 + 0.2, trainR2: 0.5, 'work, done': 12n },
      },
      {
        ...{ case: 2n, recipe: null, rate: null, theta: null, order: 'shuffled', ideal: true, seed: 3n },
        ...{ status: 'failed', error: 'it "runs"\naway, far' },
        ...{ trainLoss: null, validationLoss: null, trainR2: null, 'work, done': null },
      },
    ]);
  });

  test('columns have different names', () => {
    const twice = planSweep({
      target,
      list: [{ B: 1 }],
      take: [
        { what: 'final X', as: 'B' },
        { what: 'final Y', as: 'status' },
      ],
    });
    const names = sweepTable(twice, []).columns.map(({ name }) => name);
    expect(names).toEqual(['case', 'B', 'status', 'error', 'B (quantity)', 'status (quantity)']);
  });
});
