import { describe, expect, test } from 'vitest';
import { planSweep, runSweep, type Sweep, sweepTable, tableCsv } from '../../src/batch/node.js';
import { simulateStochastic } from '../../src/index.js';
import { networkOf } from '../tools/network.js';
import { testPools } from './pools.js';

const pool = testPools();

const network = networkOf('param k = 1; init A = 40; A ->{k} B; observable Both = A + B');
const sweep: Sweep = {
  target: { kind: 'stochastic', network },
  options: { to: 2, volume: 2 },
  grid: { k: [0.5, 1], method: ['direct', 'tau'] },
  replicates: 3,
  take: ['final A', 'at 0.3333 A', 'at 1 Both', 'stats'],
};

const tableOf = async (size: number) => {
  const plan = planSweep(sweep);
  const { outcomes, lost } = await runSweep(pool(size), plan);
  expect(lost).toEqual([]);
  return [...tableCsv(sweepTable(plan, outcomes))].join('');
};

describe('sweeps by molecules', () => {
  test('cases are the runs of their seeds, whoever makes them', async () => {
    const table = await tableOf(1);
    const [head, ...rows] = table.trim().split('\n');
    expect(head).toBe(
      'case,k,method,seed,status,error,final A,at 0.3333 A,at 1 Both,events,leaps,rejectedLeaps,extinctAt',
    );
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      const [, k, method, seed, status, error, ...found] = row.split(',');
      const solution = await simulateStochastic(network, {
        ...{ to: 2, volume: 2, parameters: { k: Number(k) }, method: method as 'tau', seed: Number(seed) },
        saveAt: [0.3333, 1],
      });
      const { final, stats } = solution;
      expect([status, error]).toEqual(['done', '']);
      expect(found).toEqual([
        ...[
          final.A,
          solution.at(0.3333).A,
          solution.at(1).A + solution.at(1).B,
          stats.events,
          stats.leaps,
          stats.rejectedLeaps,
        ].map(String),
        stats.extinctAt === null ? '' : String(stats.extinctAt),
      ]);
    }
    expect(new Set(rows.map((row) => row.split(',')[6])).size).toBeGreaterThan(3);
    expect(await tableOf(2)).toBe(table);
  });

  test('what fails and what is refused are outcomes', async () => {
    const plan = planSweep({
      ...sweep,
      options: { to: 2 },
      grid: { maxEvents: [5, 1000], volume: [-1, 2] },
      replicates: [7],
      take: ['final B'],
    });
    const { outcomes } = await runSweep(pool(1), plan);
    expect(outcomes.map((one) => (one?.status === 'failed' ? one.code : one?.status))).toEqual([
      'refused',
      'eventLimit',
      'refused',
      'done',
    ]);
  });

  test('a time between saved ones is refused, where rows are asked for', async () => {
    const plan = planSweep({
      ...sweep,
      grid: {},
      replicates: 1,
      take: ['at 0.3 A', 'max A'],
      options: { to: 2, volume: 2, save: 4 },
    });
    const { outcomes } = await runSweep(pool(1), plan);
    expect(outcomes[0]).toMatchObject({
      status: 'refused',
      error: expect.stringMatching(/known at its saved times.*0\.3/),
    });
  });

  test('options and counters of differential equations mean nothing', () => {
    expect(() => planSweep({ ...sweep, grid: { rtol: [1e-3] } })).toThrow(
      /grid\.rtol: there is no option "rtol"/,
    );
    expect(() => planSweep({ ...sweep, take: ['stats steps'] })).toThrow(
      /take\.0: there is no counter "steps"; there are events, leaps, rejectedLeaps, extinctAt/,
    );
    expect(() => planSweep({ ...sweep, options: { to: 2 } })).toThrow(
      /every one of the 12 cases is refused.*volume/s,
    );
  });
});
