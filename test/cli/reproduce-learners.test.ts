import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { learnerCheckRowsOf } from '../../src/cli/reproduce-checks.js';
import type { PlannedLearnerRun } from '../../src/cli/reproduce-learner-plan.js';
import { planLearnerRuns } from '../../src/cli/reproduce-learner-plan.js';
import { learnedText, learnerRowsOf } from '../../src/cli/reproduce-learner-rows.js';
import { learnerCsvRows, learnerMarkdown, learnerTableText } from '../../src/cli/reproduce-learner-tables.js';
import { chooseSettings, planRuns, readSeeds } from '../../src/cli/reproduce-plan.js';
import type { StoredRun } from '../../src/cli/reproduce-stored.js';
import { openTerminal } from '../../src/cli/terminal.js';
import type { LearnerReport } from '../../src/learning/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[]) => neuralCrn(['reproduce', ...args], { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(ready, buildTime);
afterAll(() => place.remove());

describe('reproduce with other systems', () => {
  test('has tables and figures of them beside those of Neural CRNs', async () => {
    const words = ['bfcnn-or:2-2-1', 'bfcnn-phases:T10', 'bfcnn-phases:T20', 'linear-regression:authors'];
    const { code, stdout, stderr } = await run([...words, '--seeds', '2', '--epochs', '2', '--out', 'both']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^8 runs to make; /);
    expect(stderr).toMatch(/^bfcnn-phases T20, seed 1: off by \d\.\de-[56] \(.*\)$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^bfcnn-or: OR by a BFCNN after Fan et al\., our reactions$/m);
    expect(stdout).toMatch(/^ {2}2-2-1 +200·565·2 +\d\/2 +0\/2 /m);
    expect(readdirSync(place.at('both')).sort()).toEqual([
      ...['checks.csv', 'figures', 'index.html', 'learners.csv', 'results.csv', 'results.json'],
      ...['results.md', 'runs'],
    ]);
    const results = JSON.parse(read('both/results.json'));
    expect(results.status).toBe('done');
    expect(results.rows).toHaveLength(1);
    expect(results.learners).toMatchObject([
      {
        experiment: 'bfcnn-or',
        species: [200, 200],
        reactions: [565, 565],
        phases: 9,
        changed: true,
        stopped: 0,
      },
      { experiment: 'bfcnn-phases', recipe: 'T10', measure: 'difference', successRate: null },
      { experiment: 'bfcnn-phases', recipe: 'T20', origin: 'reconstruction', missing: 0 },
    ]);
    // Of other epochs than the recipe's nothing is known beforehand.
    expect(results.checks.map((row: { recipe: string }) => row.recipe)).toEqual(['T10', 'T20']);
    expect(results.checks[1]).toMatchObject({ number: 'off by', verdict: 'within', wanted: 1.5e-5 });
    const [, T10, T20] = results.learners;
    expect(T10.difference.median / T20.difference.median).toBeGreaterThan(100);
    expect(readdirSync(place.at('both/figures'))).toEqual(
      expect.arrayContaining(['bfcnn-or-2-2-1-error.svg', 'bfcnn-phases-difference.svg']),
    );
    expect(read('both/results.md')).toMatch(/^\| bfcnn-phases \| T20 \| reconstruction \| 0–1 \|/m);
    expect(read('both/learners.csv').trimEnd().split('\n')).toHaveLength(4);

    const again = await run([...words, '--seeds', '2', '--epochs', '2', '--out', 'both', '--no-figures']);
    expect([again.code, again.stderr]).toEqual([0, '']);
  });

  test('alone, and with a clock', async () => {
    const clock = ['--clock', 'ring', '--gate', 'proxy'];
    const { code, stdout } = await run([
      ...[
        'bfcnn-or:2-2-1',
        '--seeds',
        '1',
        '--epochs',
        '1',
        '--out',
        'clock',
        '--json',
        '-',
        '--quiet',
        ...clock,
      ],
      '--no-figures',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: [],
      learners: [{ clock: 'ring clock, gate proxy', maxMolecularity: 2, species: [281, 281] }],
    });
    expect(existsSync(place.at('clock/runs/bfcnn-or/2-2-1-ring-proxy'))).toBe(true);
    expect(read('clock/results.md')).not.toContain('| experiment | model |');
  });

  test('names are as others are', async () => {
    const { code, stderr } = await run(['bfcnn-xr']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no experiment "bfcnn-xr"\n {2}hint: did you mean `bfcnn-xor`\?/);
  });
});

/** A run that ended so. */
function stored(run: PlannedLearnerRun, accuracy: number | null, stoppedAfter: number | null) {
  const result = {
    system: 'bfcnn',
    origin: 'reconstruction',
    measure: 'accuracy',
    status: accuracy === null ? 'failed' : 'done',
    seed: run.seed,
    circuit: { phases: 9 },
    stoppedAfter,
    twinStoppedAfter: 70,
    metrics: { accuracy, twinAccuracy: 1, runningDifference: [1e-4, 2e-4, 3e-4, 0][run.seed], stepTime: 180 },
    ...(accuracy === null && { failure: { message: 'it stopped', hint: '' } }),
  };
  return { seconds: 1, result } as unknown as StoredRun<LearnerReport>;
}

test('rows: success, stops, differences; a run that failed has not learned', () => {
  const settings = chooseSettings(['bfcnn-xor:2-4-1', 'xor:relu'], undefined);
  const groups = readSeeds('--seeds', '5');
  expect(planRuns(settings, groups, 'o', {}).runs.map(({ setting }) => setting.experiment)).toEqual(
    new Array(5).fill('xor'),
  );
  const plan = planLearnerRuns(settings, groups, 'o', {});
  expect(plan.runs).toHaveLength(5);
  const values: [number | null, number | null][] = [
    [1, 70],
    [0.75, null],
    [1, 80],
    [null, null],
  ];
  const runs = new Map(
    values.map(([accuracy, stop], k) => [plan.runs[k], stored(plan.runs[k], accuracy, stop)]),
  );
  const [row] = learnerRowsOf(plan, runs);
  expect(row).toMatchObject({
    successRate: 0.5,
    twinSuccessRate: 1,
    stopped: 2,
    stoppedAsTwin: 1,
    stoppedAfter: { median: 75, least: 70, most: 80 },
    difference: { median: 2e-4, least: 1e-4, most: 3e-4 },
    missing: 1,
    species: [328, 328],
  });
  const text = learnerTableText(openTerminal({ color: false }), [row]);
  expect(text).toMatch(/^ {2}2-4-1 +328·965·2 +2\/4 +2\/4, 75 steps +2\.0e-4/m);
  expect(text).toContain('2-4-1: 1 of 5 seeds are missing');
  expect(text).toContain('2-4-1: the chemistry failed on 1 of 4 seeds');
  expect(learnerMarkdown([row])).toContain(
    '| 0–4, 4 of 5, 1 failed | 328 | 965 | 2 | 9 | 1000 | 2/4 | 4/4 | 2/4 | 75 (70–80) |',
  );
  const [head, cells] = learnerCsvRows([row]);
  expect(cells).toHaveLength(head.length);
  expect(cells[head.indexOf('after_median')]).toBe('75');
  expect(runs.size).toBe(4);
  expect(learnerCheckRowsOf(plan, runs)).toMatchObject([
    // Two of four, and one is missing.
    { number: 'learns', measured: { mean: 2 / 3 }, verdict: 'open', wanted: 0.95 },
    { number: 'learns where its ideal does', verdict: 'open' },
    { number: 'stops itself', verdict: 'open' },
  ]);
  const group = [{ name: '0–2', seeds: [0, 1, 2] }];
  expect(learnerCheckRowsOf({ ...plan, groups: group }, runs).map(({ verdict }) => verdict)).toEqual([
    ...['out', 'out', 'out'],
  ]);
  const changed = chooseSettings(['bfcnn-xor:2-4-1'], 3);
  const short = planLearnerRuns(changed, group, 'o', { epochs: 3 });
  expect(learnerCheckRowsOf(short, new Map([[short.runs[0], stored(short.runs[0], 0, null)]]))).toEqual([]);
  expect([...runs.values()].map(({ result }) => learnedText(result))).toEqual([
    '100 % right, stopped after 70 steps',
    '75 % right',
    '100 % right, stopped after 80 steps',
    'failed',
  ]);
});
