import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockChoice } from '../../src/cli/clock.js';
import { chooseSettings, planRuns, readSeeds } from '../../src/cli/reproduce-plan.js';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[]) => neuralCrn(args, { cwd: place.path });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(args, { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(ready, buildTime);
afterAll(() => place.remove());

describe('circuit --clock', () => {
  test('prints a network without phases that simulate runs for one turn', async () => {
    const { code, stdout, stderr } = await run([
      ...['circuit', '--clock', 'coop', '--gate', 'proxy', '--rails', 'positive', '--x', '2,3', '--y', '9'],
      ...['--crn', 'clocked.crn', '--json', '-'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ maxMolecularity: 2, phases: [] });
    expect(stderr).toContain('60 reactions, 33 species, at most 2 molecules react at once');
    const text = read('clocked.crn');
    expect(text).toMatch(
      /^# Driven by a coop clock, gate proxy: a turn takes 33\.53; dose when C\[4\] falls/m,
    );
    expect(parseNetwork(text).issues).toEqual([]);
    const simulated = await run(['simulate', 'clocked.crn', '--json', '-']);
    const { species, concentrations } = JSON.parse(simulated.stdout);
    const [first, last] = [concentrations[0], concentrations[concentrations.length - 1]];
    // ŷ = 2 + 3 + 2·0.1·0.5 is 3.9 below the label, and Γ = 0.05.
    const at = (name: string) => species.indexOf(name);
    expect(first[at('O')]).toBe(5);
    expect(last[at('P[1]')]).toBeCloseTo(3.9 * 0.05 * 2, 2);
    expect(last[at('P[2]')]).toBeCloseTo(3.9 * 0.05 * 3, 2);
  });

  test.each([
    [['circuit', '--gate', 'proxy'], /--gate needs a clock\n {2}hint: add --clock coop/],
    [['circuit', '--clock-leak', '1e-3'], /--clock-leak needs a clock/],
    [['circuit', '--clock', 'sundial'], /--clock must be coop or ring, not "sundial"/],
    [['circuit', '--clock', 'ring', '--clock-leak', '1e-3'], /--clock-leak is for --clock coop/],
    [
      ['train', 'xor', '--recipe', 'cubic-leaky', '--clock', 'coop', '--gate', 'proxy', '--out', 'none'],
      /reaction decay\[1,p\] cannot be switched by a bimolecular gate/,
    ],
    [
      ['reproduce', 'perceptron-gates', '--clock', 'coop', '--out', 'none'],
      /perceptron-gates:\w+: --clock: examples are dosed in the middle of a step/,
    ],
    [
      ['reproduce', 'one-pot-xor', '--clock', 'coop', '--out', 'none'],
      /one-pot-xor:2-6-1 has no phases that a clock could drive/,
    ],
    [
      ['reproduce', 'xor:staged-relu', '--clock', 'coop', '--out', 'none'],
      /xor:staged-relu: clock: a staged circuit needs digital acts between its stages/,
    ],
  ])('refused: %j', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test('train --clock learns, tells of the clock in 80 columns, and predicts from its model', async () => {
  const { code, stdout } = await run([
    ...['train', 'linear-regression', '--recipe', 'authors', '--epochs', '1'],
    ...['--clock', 'coop', '--gate', 'proxy', '--out', 'run', '--seed', '1'],
  ]);
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/coop clock, gate proxy; period 33\.5\d/);
  expect(stdout).toMatch(/validation loss of the same run under an outside schedule:\s+0\.\d+/);
  const report = JSON.parse(read('run/report.json'));
  expect(report.clock).toMatchObject({ kind: 'coop', gate: 'proxy' });
  const { scheduledFinalLoss, idealFinalLoss } = report.metrics;
  expect(report.history[1].validationLoss / scheduledFinalLoss).toBeCloseTo(1, 1);
  expect(report.history[1].validationLoss / idealFinalLoss).toBeCloseTo(1, 1);
  expect(parseNetwork(read('run/network.crn')).issues).toEqual([]);
  expect(readdirSync(place.at('run'))).toContain('concentrations.svg');

  place.write('points.csv', 'x1,x2\n0.5,1\n1,1.5\n');
  const predicted = await run(['predict', 'run/model.json', 'points.csv', '--json', '-']);
  const { predictions } = JSON.parse(predicted.stdout);
  expect(predictions[1]).toBeGreaterThan(predictions[0]);

  const resumed = await run(['train', 'linear-regression', '--out', 'run', '--resume', '--clock', 'ring']);
  expect(resumed.code).toBe(2);
  expect(resumed.stderr).toMatch(/--clock cannot be changed when a run is resumed/);
});

describe('reproduce --clock', () => {
  test('marks its rows and keeps its runs apart', async () => {
    const { code, stdout } = await run([
      ...['reproduce', 'linear-regression:authors', '--seeds', '1', '--epochs', '0', '--no-figures'],
      ...['--clock', 'coop', '--gate', 'proxy', '--out', 'reproduced'],
    ]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('driven by a coop clock, gate proxy');
    const { rows } = JSON.parse(read('reproduced/results.json'));
    expect(rows[0]).toMatchObject({ model: 'authors, coop clock', recipe: 'authors', maxMolecularity: 2 });
    expect(rows[0].scheduledRatio).toBeCloseTo(1, 2);
    expect(read('reproduced/results.md')).toContain('| authors, coop clock');
    expect(readdirSync(place.at('reproduced/runs/linear-regression'))).toEqual(['authors-coop-proxy']);
  });

  test('the clock is part of what decides a result', () => {
    const planned = (flags: Parameters<typeof clockChoice>[0]) => {
      const settings = chooseSettings(['product-regression:constant'], undefined, clockChoice(flags));
      return planRuns(settings, readSeeds('--seeds', '1'), 'o', {}).runs[0];
    };
    const runs = [
      planned({}),
      planned({ clock: 'coop' }),
      planned({ clock: 'coop', gate: 'proxy' }),
      planned({ clock: 'coop', clockLeak: 1e-2 }),
      planned({ clock: 'ring' }),
    ];
    expect(new Set(runs.map(({ fingerprint }) => fingerprint)).size).toBe(runs.length);
    expect(runs.map(({ counts }) => counts.maxMolecularity)).toEqual([2, 3, 2, 3, 3]);
  });
});
