import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, pause, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) =>
  neuralCrn(['robustness', ...args], { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(['robustness', ...args], { cwd: place.path });

beforeAll(async () => {
  await ready();
  place.write('decay.crn', 'init A = 1\nfall: A ->{0.5} B\nrise: B ->{0.1} A\nsimulate to 5\n');
  place.write(
    'ring.crn',
    'init C[1] = 1, C[2] = 1, C[3] = 1e-3, C[4] = 1e-3\npass[1]: C[1] + C[2] -> 2 C[2]\npass[2]: C[2] + C[3] -> 2 C[3]\n' +
      'pass[3]: C[3] + C[4] -> 2 C[4]\npass[4]: C[4] + C[1] -> 2 C[1]\n',
  );
}, buildTime);
afterAll(() => place.remove());

const success = ['--success', 'final(A) within 10%'];

describe('robustness', () => {
  test('of a network: a table for people, in 80 columns', async () => {
    const { code, stdout, stderr } = await run([
      'decay.crn',
      '--sigma',
      '0.05,0.3',
      '--draws',
      '20',
      ...success,
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^[\d.]+ m?s\n$/);
    expect(stdout).toMatch(/decay\.crn: 40 runs with rates varied/);
    expect(stdout).toMatch(/^ {2}0\.05 +17 of 20 +85 % +64 % to 94\.8 %$/m);
    expect(stdout).toMatch(/^ {2}0\.3 +\d+ of 20 +\d+ %/m);
    expect(stdout).toMatch(/ {2}final\(A\)\n.*median.*\n {2}0\.05 +0\.2082/);
    expect(stdout).toMatch(/varied +2 numbers of the network; seed 0/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('as JSON, as a table of runs, and as a folder; the same for any number of jobs', async () => {
    const args = [
      'decay.crn',
      '--sigma',
      '0.05,0.3',
      '--draws',
      '12',
      '--seed',
      '5',
      '--vary',
      'rates,initial',
      ...success,
    ];
    const { stdout, stderr, code } = await run([...args, '--json', '-', '--csv', 'runs.csv', '--quiet']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      name: 'decay.crn',
      subject: 'network',
      status: 'done',
      success: 'final(A) within 10%',
      factors: 3,
      seed: 5,
      draws: 12,
      vary: [{ what: 'rates', per: 'reaction', spread: 'logNormal' }, { what: 'initial' }],
    });
    expect(found.studies.map(({ sigma, draws }: { sigma: number; draws: number }) => [sigma, draws])).toEqual(
      [
        [0.05, 12],
        [0.3, 12],
      ],
    );
    const lines = readFileSync(place.at('runs.csv'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('sigma,draw,success,final(A),failure');
    expect(lines.length).toBe(25);
    const [, , , value] = lines[1].split(',');
    expect(Number(value)).toBe(found.studies[0].outcomes[0].values['final(A)']);
    const alone = await run([...args, '--json', '-', '--jobs', '1']);
    expect(alone.stdout).toBe(stdout);

    const folder = await run([...args, '--out', 'study', '--quiet']);
    expect(folder.code).toBe(0);
    for (const name of ['robustness.json', 'runs.csv', 'success.svg', 'distribution.svg']) {
      expect(place.has(`study/${name}`), name).toBe(true);
    }
    expect(JSON.parse(readFileSync(place.at('study/robustness.json'), 'utf8'))).toEqual(found);
    const svg = readFileSync(place.at('study/success.svg'), 'utf8');
    expect(svg).toContain('Success: final(A) within 10%.');
  });

  test('of a clock by name, and of a network that is one', async () => {
    const coop = await run(['coop-4', '--sigma', '0.1', '--draws', '3', '--per', 'type', '--json', '-']);
    expect(JSON.parse(coop.stdout)).toMatchObject({
      subject: 'clock',
      factors: 4,
      studies: [{ successes: 3 }],
    });
    const ring = await run([
      ...[
        'ring.crn',
        '--phases',
        'C[1],C[3]',
        '--spread',
        'uniform',
        '--sigma',
        '0.4',
        '--draws',
        '6',
        '--within',
        '300',
      ],
      ...['--success', 'period within 20%'],
    ]);
    expect(ring.code).toBe(0);
    expect(ring.stdout).toMatch(/undisturbed +period 16\.59/);
    expect(ring.stdout).toMatch(/failed, 0\.4 +\d × stopped: C\[1\] does not rise again within 300/);
  });

  test('of a task: with a usual measure of success, and failures by their codes', async () => {
    const { stdout, code } = await run([
      ...['linear-regression', '--recipe', 'authors', '--epochs', '1', '--vary', 'rates,doses,labels'],
      ...['--sigma', '0.2', '--draws', '4', '--plot', 'loss.svg'],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/success +loss < 1\.5x/);
    expect(stdout).toMatch(/ {2}loss\n/);
    expect(readFileSync(place.at('loss.svg'), 'utf8')).toContain('loss of every run');
  });

  test('Ctrl-C: what there is, and 130', async () => {
    const args = ['robustness', 'decay.crn', '--to', '1e5', '--save', '2', '--method', 'tsit5'];
    const { code, stderr, stdout } = await neuralCrn(
      [...args, '--draws', '100000', ...success, '--json', 'partial.json', '--jobs', '1'],
      {
        cwd: place.path,
        during: async (child) => {
          // Long enough for a few of them, on a busy machine too; all of them would take hours.
          await pause(8000);
          child.kill('SIGINT');
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted/);
    const found = JSON.parse(readFileSync(place.at('partial.json'), 'utf8'));
    expect(found.status).toBe('cancelled');
    expect(found.studies[0].draws).toBeGreaterThan(0);
    expect(found.studies[0].draws).toBeLessThan(100_000);
    expect(stdout).toMatch(/status +cancelled: not all runs were made/);
  });

  test('a subject that fails undisturbed ends with 1', async () => {
    place.write('blows.crn', 'init A = 1\n2 A -> 3 A\nsimulate to 2\n');
    const { code, stderr, stdout } = await run(['blows.crn', '--draws', '2', '--success', 'A > 0']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/error: the undisturbed run fails: /);
  });

  test.each([
    [['decay.crn'], /--success is missing: say when a run is a success/],
    [['decay.crn', '--success', 'final(C) > 0'], /--success: "final\(C\)" cannot be taken from the network/],
    [
      ['decay.crn', '--vary', 'rate', ...success],
      /--vary: there is no variation "rate"\n {2}hint: did you mean `rates`/,
    ],
    [['decay.crn', '--vary', 'labels', ...success], /--vary: labels mean nothing to a network/],
    [
      ['decay.crn', '--only', 'fal', ...success],
      /--vary: no reaction has the label "fal"; did you mean `fall`/,
    ],
    [['decay.crn', '--sigma', '0.1,-1', ...success], /--sigma must be a number, at least 0/],
    [['decay.crn', '--spread', 'uniform', '--sigma', '2', ...success], /sigma 2: a uniform factor/],
    [['decay.crn', '--phases', 'A,C'], /--phases: there is no species "C"/],
    [['xor', '--to', '3'], /--to is not for a task/],
    [['ring-4'], /ring-4: length must be an odd number ≥ 5, got 4/],
    [['coop-4', '--to', '3'], /--to is not for a clock/],
    [['decay.crn', ...success, '--plot', 'x.pdf'], /--plot must name a file that ends in \.svg or \.png/],
  ])('refused: %j', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
