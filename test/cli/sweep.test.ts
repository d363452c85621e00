import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/learning/index.js';
import {
  brusselator,
  buildTime,
  neuralCrn,
  pause,
  type RunOptions,
  ready,
  until,
  Workplace,
} from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options: RunOptions = {}) =>
  neuralCrn(['sweep', ...args], { cwd: place.path, ...options });
const read = (name: string) => readFileSync(place.at(name), 'utf8');
const bytes = (out: string) => ({
  csv: read(`${out}/results.csv`),
  parquet: readFileSync(place.at(`${out}/results.parquet`)).toString('base64'),
});
/** Lines of a store that hold outcomes. */
const records = (out: string): { id: string }[] => {
  const path = place.at(`${out}/results.jsonl`);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line)).filter(({ id }) => id !== undefined);
};

beforeAll(async () => {
  await ready();
  place.write(
    'b.crn',
    `param F = 3\n${brusselator.replace('const B = 3', 'const B = 1').replace('B + X ->', 'B + X ->{F}')}`,
  );
  place.write('decay.crn', 'param k = 1\ninit A = 1\nA ->{k} B\nsimulate to 1');
}, buildTime);
afterAll(() => place.remove());

const grid = [
  'b.crn',
  '--grid',
  'X=0.5,2',
  '--range',
  'F=1:4:7',
  '--option',
  'to=30',
  '--take',
  'range X from 10',
];

describe('a sweep over a grid', () => {
  test('prints a summary and fills its folder', async () => {
    const { code, stdout, stderr } = await run([...grid, '--take', 'stats steps', '--out', 'small']);
    expect(stderr).toMatch(/^14 cases to run; \d workers?\n$/);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ smallest +median +largest\n +range X from 10 +\S+ +\S+ +\S+\n +steps +\d+ +\d/);
    expect(stdout).toContain('Look in small/: results.csv, results.parquet, and figures/');
    expect(readdirSync(place.at('small')).sort()).toEqual([
      ...['figures', 'results.csv', 'results.jsonl', 'results.parquet'],
    ]);
    expect(readdirSync(place.at('small/figures')).sort()).toEqual(['range-X-from-10.svg', 'steps.svg']);
    // Two numbers that vary are a plane of colours.
    expect(read('small/figures/range-X-from-10.svg')).toContain('aria-label="range X from 10"');
    const rows = read('small/results.csv').trimEnd().split('\n');
    expect(rows[0]).toBe('case,X,F,status,error,range X from 10,steps');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 5).join())).toEqual(
      [0.5, 2].flatMap((X, i) =>
        [1, 1.5, 2, 2.5, 3, 3.5, 4].map((F, k) => `${7 * i + k + 1},${X},${F},done,`),
      ),
    );
    const file = readFileSync(place.at('small/results.parquet'));
    const table = await parquetReadObjects({ file: new Uint8Array(file).buffer });
    expect(
      table.map((row) =>
        Object.values(row)
          .map((cell) => cell ?? '')
          .join(),
      ),
    ).toEqual(rows.slice(1));
  });

  test('a case is what simulate gives', async () => {
    await run([
      'b.crn',
      '--grid',
      'F=2.5',
      '--option',
      'to=30,X=2',
      '--take',
      'final',
      '--out',
      'one',
      '--no-figures',
    ]);
    const { stdout } = await neuralCrn(
      ['simulate', 'b.crn', '--to', '30', '--set', 'X=2', '--param', 'F=2.5', '--json', '-'],
      { cwd: place.path },
    );
    const { species, concentrations } = JSON.parse(stdout);
    const [head, row] = read('one/results.csv')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const last = concentrations[concentrations.length - 1];
    expect(head.slice(4)).toEqual(species.map((name: string) => `final ${name}`));
    expect(row.slice(4).map(Number)).toEqual(last);
  });

  test('the same bytes from one worker and from three; outcomes that are there are not made again', async () => {
    for (const workers of ['1', '3']) {
      const out = `by-${workers}`;
      const { code } = await run([...grid, '--workers', workers, '--out', out, '--no-figures']);
      expect(code).toBe(0);
      expect(existsSync(place.at(`${out}/figures`))).toBe(false);
    }
    expect(bytes('by-3')).toEqual(bytes('by-1'));
    const before = read('by-1/results.jsonl');
    const again = await run([...grid, '--out', 'by-1', '--no-figures']);
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(read('by-1/results.jsonl')).toBe(before);
  });

  test('--json - and --csv - print only the table', async () => {
    const json = await run([
      ...grid,
      '--out',
      'by-1',
      '--json',
      '-',
      '--no-figures',
      '--parquet',
      'copy.parquet',
    ]);
    const results = JSON.parse(json.stdout);
    expect(results).toMatchObject({ status: 'done', cases: 14, ended: { done: 14, missing: 0 }, lost: [] });
    expect(results.rows.map((row: unknown[]) => row.map((cell) => cell ?? '').join())).toEqual(
      read('by-1/results.csv').trimEnd().split('\n').slice(1),
    );
    expect(readFileSync(place.at('copy.parquet')).toString('base64')).toBe(bytes('by-1').parquet);
    const csv = await run([...grid, '--out', 'by-1', '--csv', '-', '--no-figures', '-q']);
    expect(csv.stdout).toBe(read('by-1/results.csv'));
    expect(csv.stderr).toBe('');
  });

  test('--plan prints the cases and runs nothing', async () => {
    const { stdout, stderr, code } = await run([
      'b.crn',
      '--range',
      'F=1:4',
      '--lhs',
      '3',
      '--option',
      'to=1',
      '--plan',
    ]);
    expect([code, stderr]).toEqual([0, '3 cases\n']);
    expect(stdout).toMatch(/^case,F\n1,[1-3]\.\d+\n2,[1-3]\.\d+\n3,[1-3]\.\d+\n$/);
    expect(existsSync(place.at('out'))).toBe(false);
  });
});

describe('cases that do not come to their end', () => {
  test('are rows with their reason, and the exit code is 1', async () => {
    const words = [
      'decay.crn',
      '--grid',
      'k=1,-1,2,-2',
      '--grid',
      'maxSteps=3,1000',
      '--out',
      'failing',
      '--take',
      'final A',
    ];
    const { code, stderr } = await run(words);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: 2 cases, the first of them 1, failed: the step limit was reached/m);
    expect(stderr).toMatch(
      /^error: 2 cases, the first of them 3, refused: the rate constant of `A ->\{k\} B` is -1, but/m,
    );
    const rows = read('failing/results.csv').trimEnd().split('\n');
    expect(rows[1]).toMatch(/^1,1,3,failed,"?the step limit was reached at time .*,$/);
    expect(rows[2]).toMatch(/^2,1,1000,done,,0\.36787\d+$/);
    expect(rows[3]).toMatch(/^3,-1,3,refused,/);
    // They are outcomes like others, and not tried again.
    const again = await run([...words, '--json', '-']);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({
      status: 'failed',
      ended: { done: 2, failed: 2, refused: 4 },
    });
    expect(records('failing')).toHaveLength(8);
  });
});

describe('a sweep file', () => {
  test('with a list beside it, trainings and replicates', async () => {
    place.write('cases.csv', 'rate,circuit.horizon\n0.02,\n0.05,0.4\n');
    const sweep = {
      train: 'linear-regression',
      options: { epochs: 1, ideal: true },
      list: 'cases.csv',
      replicates: 3,
      take: ['losses', { what: 'idealFinalLoss', as: 'twin' }],
    };
    place.write('sweep.json', JSON.stringify(sweep));
    const { code } = await run(['sweep.json', '--out', 'trained', '--x', 'rate']);
    expect(code).toBe(0);
    const [head, ...rows] = read('trained/results.csv')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head).toEqual([
      ...[
        'case',
        'rate',
        'circuit.horizon',
        'seed',
        'status',
        'error',
        'trainLoss',
        'validationLoss',
        'twin',
      ],
    ]);
    expect(rows.map((row) => row.slice(0, 4).join())).toEqual([
      ...['1,0.02,,0', '2,0.02,,1', '3,0.02,,2', '4,0.05,0.4,0', '5,0.05,0.4,1', '6,0.05,0.4,2'],
    ]);
    const { stdout } = await neuralCrn(
      [
        'train',
        'linear-regression',
        '--epochs',
        '1',
        '--rate',
        '0.05',
        '--horizon',
        '0.4',
        '--seed',
        '1',
        '--json',
        '-',
      ],
      { cwd: place.path },
    );
    const { history, metrics } = JSON.parse(stdout);
    expect(rows[4].slice(6).map(Number)).toEqual([
      ...[history[1].trainLoss, history[1].validationLoss, metrics.idealFinalLoss],
    ]);
    // Over the rate, with a band over the seeds.
    expect(read('trained/figures/validationLoss.svg')).toContain('Median and range of 3.');
  });

  test.each<[string, string | object, string[], RegExp]>([
    [
      'JSON that is none',
      '{"simulate": "b.crn",\n "grid": {"F": [1,]}}',
      [],
      /^bad\.json:2:19: error: this is no JSON/,
    ],
    ['an array', [], [], /^bad\.json: error: a sweep is an object/],
    [
      'nothing to run',
      { grid: {} },
      [],
      /^bad\.json: error: give either "simulate" with a network's file, or "train"/,
    ],
    [
      'a file that is not there',
      { simulate: 'none.crn' },
      [],
      /^none\.crn: error: cannot be read: there is no such file/,
    ],
    [
      'an unknown task',
      { train: 'xorr' },
      [],
      /bad\.json: there is no task "xorr"\n {2}hint: did you mean `xor`\?/,
    ],
    [
      'several mistakes',
      { simulate: 'b.crn', grid: { G: [1], F: { from: 2, to: 1, points: 3 } }, take: ['finale X'] },
      [],
      /^bad\.json: error: grid\.G: there is no option "G".*\nbad\.json: error: grid\.F\.to: must be greater than from \(2\), not 1\n/,
    ],
    [
      'a mistake of a flag',
      { simulate: 'b.crn', options: { to: 1 } },
      ['--grid', 'method=bdff'],
      /^error: --grid method, 0: must be one of .*, not "bdff"; did you mean "bdf"\?\n$/,
    ],
  ])('%s', async (_, content, flags, message) => {
    place.write('bad.json', typeof content === 'string' ? content : JSON.stringify(content));
    const { code, stdout, stderr } = await run(['bad.json', ...flags, '--out', 'bad']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(place.at('bad/results.jsonl'))).toBe(false);
  });
});

describe('refusals', () => {
  test.each<[string[], RegExp]>([
    [
      ['b.crn', '--range', 'F=1:4', '--option', 'to=1'],
      /--range F does not say how many values\n {2}hint: write --range F=FROM:TO:POINTS, or add --lhs N/,
    ],
    [['b.crn', '--lhs', '3'], /--lhs needs something to sample/],
    [['b.crn', '--grid', 'F=1', '--grid', 'F=2'], /--grid gives F twice/],
    [['b.crn', '--grid', 'F'], /--grid must be NAME=VALUE,VALUE,…, not "F"/],
    [['b.crn', '--range', 'F=1'], /--range must be NAME=FROM:TO/],
    [['b.crn', '--range', 'F=1:x:3'], /--range F, its end, must be a number, not "x"/],
    [
      ['b.crn', '--option', 'to=1', '--grid', 'F=1,2', '--x', 'G'],
      /--x must be an option with several numbers, not "G"\n {2}hint: there are F/,
    ],
    [
      ['b.crn', '--grid', 'F=1,2'],
      /every one of the 2 cases is refused, the first one because: to is missing/,
    ],
    [['b.crn', '--option', 'to=1', '--fresh', '--extend'], /--fresh and --extend exclude each other/],
    [['b.crn', '--option', 'to=1', '--stored', '--out', 'nowhere'], /there are no outcomes in nowhere yet/],
    [['b.crn', '--option', 'to=1', '--name', 'q'], /--name needs --queue/],
    [
      ['b.crn', '--option', 'to=1', '--queue', 'host:1', '--out', 'q'],
      /--queue: a queue is at an address such as redis:\/\/HOST:6379/,
    ],
    [['b.crn', '--target', 'y'], /target is for tables to be learned/],
    [
      ['b.crn', '--replicates', '3', '--option', 'to=1'],
      /--replicates: a simulation draws nothing at random/,
    ],
    [['xor', '--option', 'epoch=3'], /--option epoch: there is no option "epoch"; did you mean "epochs"\?/],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await neuralCrnHere(['sweep', ...words], { cwd: place.path });
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('a sweep by molecules', () => {
  test('runs in the workers of the package, from flags and from a file', async () => {
    const flags = ['--grid', 'k=1,2', '--option', 'volume=50', '--replicates', '2', '--take', 'at 0.5 A'];
    const one = await run(['decay.crn', '--stochastic', ...flags, '--out', 'molecules', '--csv', '-', '-q']);
    expect([one.code, one.stderr]).toEqual([0, '']);
    const rows = one.stdout.trim().split('\n');
    expect(rows[0]).toBe('case,k,seed,status,error,at 0.5 A');
    // Whole molecules: fifty are a concentration of 1.
    for (const row of rows.slice(1)) expect((Number(row.split(',')[5]) * 50) % 1).toBeCloseTo(0, 9);
    const file = { simulate: 'decay.crn', stochastic: true, grid: { k: [1, 2] }, options: { volume: 50 } };
    place.write('molecules.json', JSON.stringify({ ...file, replicates: 2, take: ['at 0.5 A'] }));
    const other = await run(['molecules.json', '--csv', '-', '-q']);
    expect(other.stdout).toBe(one.stdout);
  });

  test('is not for trainings', async () => {
    const { code, stderr } = await neuralCrnHere(['sweep', 'xor', '--stochastic'], { cwd: place.path });
    expect([code, stderr]).toEqual([2, 'error: stochastic is for networks that are simulated\n']);
  });
});

describe('going on', () => {
  test('a sweep that has changed is noticed', async () => {
    const words = (values: string) => [
      'decay.crn',
      '--grid',
      `k=${values}`,
      '--take',
      'final A',
      '--out',
      'changed',
      '--no-figures',
    ];
    await run(words('1,2'));
    const refused = await run(words('1,2,3'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /changed\/results\.jsonl holds the outcomes of another sweep \(2 cases; this one has 3\); 2 of the 2 outcomes in it belong to this one\n {2}hint: --extend keeps those and runs the rest, --fresh starts anew/,
    );
    const extended = await run([...words('3,1,2'), '--extend']);
    expect(extended.stderr).toMatch(/^1 case to run, 2 are there; /);
    expect(records('changed')).toHaveLength(3);
    expect(read('changed/results.csv')).toMatch(/\n1,3,done,,0\.0497\d+\n2,1,done,,0\.36\d+\n/);
    const fresh = await run([...words('5'), '--fresh']);
    expect(fresh.stderr).toMatch(/^1 case to run; /);
    expect(records('changed')).toHaveLength(1);
    expect(read('changed/results.jsonl.before')).toContain('"final A"');
  });

  // Long enough that a kill comes in the middle of several.
  const long = [
    'b.crn',
    '--range',
    'F=1:4:20',
    '--option',
    'to=1500',
    '--grid',
    'rtol=1e-5,1e-7',
    '--take',
    'final',
    '--take',
    'stats',
    '--no-figures',
    '--workers',
    '2',
  ];

  test('after kill -9 at any moment nothing is lost and nothing done twice', async () => {
    expect((await run([...long, '--out', 'whole'])).code).toBe(0);
    const random = createRandom(11);
    let kills = 0;
    let left = true;
    while (left) {
      // Early in what is left, so that a fast machine is killed as often as a slow one.
      const goal = records('killed').length + random.integer(4);
      const wait = random.uniform(0, 20);
      const { signal, code } = await run([...long, '--out', 'killed'], {
        during: async (child: ChildProcess) => {
          await until(() => records('killed').length >= goal || child.exitCode !== null);
          await pause(wait);
          child.kill('SIGKILL');
        },
      });
      if (signal === 'SIGKILL') kills++;
      else expect(code).toBe(0);
      left = signal === 'SIGKILL';
    }
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(bytes('killed')).toEqual(bytes('whole'));
    const ids = records('killed').map(({ id }) => id);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  test('Ctrl-C keeps what there is and says how to go on; --stored shows it', async () => {
    const words = [...long, '--out', 'stopped'];
    const stopped = await run(words, {
      during: async (child: ChildProcess) => {
        await until(() => records('stopped').length >= 3);
        child.kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toBe('');
    const kept = records('stopped').length;
    expect(kept).toBeLessThan(40);
    expect(stopped.stderr).toContain(`interrupted: ${kept} of 40 cases are kept in stopped\n`);
    expect(stopped.stderr).toMatch(/go on with: node \S+cli\.js sweep b\.crn .*--out stopped\n$/);
    expect(existsSync(place.at('stopped/results.jsonl.lock'))).toBe(false);
    const stored = await run([
      ...words.filter((word) => word !== '--workers' && word !== '2'),
      '--stored',
      '--json',
      '-',
    ]);
    expect(JSON.parse(stored.stdout)).toMatchObject({
      status: 'partial',
      ended: { done: kept, missing: 40 - kept },
    });
    const resumed = await run(words);
    expect(resumed.stderr).toContain(`${40 - kept} cases to run, ${kept} are there; `);
    expect(bytes('stopped')).toEqual(bytes('whole'));
  });

  test('two at once exclude each other', async () => {
    const words = [...long.map((word) => word.replace('to=1500', 'to=40000')), '--out', 'twice'];
    const first = run(words, {
      during: async (child) => {
        await until(() => records('twice').length >= 1);
        const second = await run(words);
        expect(second.code).toBe(2);
        expect(second.stderr).toMatch(
          /^error: process \d+ is writing there \(twice\/results\.jsonl\.lock\)\n {2}hint: wait until it is done/,
        );
        child.kill('SIGINT');
      },
    });
    expect((await first).code).toBe(130);
  });

  test('a store that is none is left alone', async () => {
    writeFileSync(place.at('by-3/results.jsonl'), 'precious\n');
    const { code, stderr } = await run([...grid, '--out', 'by-3']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('by-3/results.jsonl is no store of a sweep')]);
    expect(read('by-3/results.jsonl')).toBe('precious\n');
  });
});
