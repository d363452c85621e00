import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, pause, ready, until, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) =>
  neuralCrn(['simulate', ...args], { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(['simulate', ...args], { cwd: place.path });
const json = async (args: string[]) => {
  const { code, stdout, stderr } = await run([...args, '--json', '-', '--quiet']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

beforeAll(async () => {
  await ready();
  place.write('decay.crn', 'init A = 1\nA -> B\nsimulate to 2 save 4\n');
  place.write('grow.crn', 'init A = 1\n2 A ->{50} 3 A\nsimulate to 50\n');
  place.write(
    'explode.crn',
    'init A = 10, B = 1\nA ->{0} B\ngo: 5 A ->{1} 6 A\nsimulate to 10 save 1000000\n',
  );
  // Births and deaths for as long as one likes.
  place.write('long.crn', 'init A = 1\nA -> 2 A\n2 A -> A\nsimulate to 1e9 save 2\n');
}, buildTime);
afterAll(() => place.remove());

const stochastic = ['--stochastic', '--volume', '100'];

describe('simulate --stochastic', () => {
  test('one run gives its trajectory: table, CSV, JSON', async () => {
    const { code, stdout, stderr } = await run(['decay.crn', ...stochastic, '--seed', '3']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^reached time 2 in \d+ events, seed 3, run 0, \d+ ms\n$/),
    ]);
    const rows = stdout.split('\n').map((line) => line.trim().split(/\s{2,}/));
    expect(rows.slice(0, 2)).toEqual([
      ['species', 't = 0', 't = 2'],
      ['A', '1', expect.stringMatching(/^0\.\d\d?$/)],
    ]);
    const csv = await run(['decay.crn', ...stochastic, '--seed', '3', '--csv', '-', '-q']);
    const lines = csv.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    expect(csv.stdout.split('\n')[0]).toBe('time,A,B');
    const found = await json(['decay.crn', ...stochastic, '--seed', '3', '--unit', 'molecules']);
    expect(Object.keys(found)).toEqual(['species', 'times', 'molecules', 'seed', 'run', 'status', 'stats']);
    for (const [i, row] of found.molecules.entries()) {
      expect(row[0] + row[1]).toBe(100);
      expect(lines[i + 1]).toEqual([found.times[i], row[0] / 100, row[1] / 100]);
    }
  });

  test('an ensemble: moments and quantiles, whoever has made the runs', async () => {
    const many = ['decay.crn', ...stochastic, '--runs', '400', '--seed', '5'];
    const found = await json(many);
    expect([found.runs, found.seed, found.first, found.status]).toEqual([400, 5, 0, 'done']);
    const [mean, sd] = [found.mean[2][0], found.sd[2][0]];
    const p = Math.exp(-1);
    // Means of 400 within four of their deviations.
    expect(Math.abs(mean - p)).toBeLessThan((4 * Math.sqrt(p * (1 - p))) / 10 / 20);
    expect(sd / (Math.sqrt(p * (1 - p)) / 10)).toBeGreaterThan(0.85);
    expect(sd / (Math.sqrt(p * (1 - p)) / 10)).toBeLessThan(1.15);
    expect(found.quantiles.map((one: { p: number }) => one.p)).toEqual([0.05, 0.5, 0.95]);
    const [low, median, high] = found.quantiles.map((one: { values: number[][] }) => one.values[2][0]);
    expect(low).toBeLessThan(median);
    expect(median).toBeLessThan(high);
    expect(await json([...many, '--jobs', '1'])).toEqual(found);
    const csv = await run([...many, '--csv', '-', '-q']);
    expect(csv.stdout.split('\n')[0]).toBe(
      'time,A mean,A sd,A q0.05,A q0.5,A q0.95,B mean,B sd,B q0.05,B q0.5,B q0.95',
    );
  });

  test('trajectories of an ensemble are those of its runs alone; a plot', async () => {
    const args = ['decay.crn', ...stochastic, '--runs', '3', '--run', '4', '--seed', '1'];
    const { code } = await run([...args, '--trajectories', 'all.csv', '--plot', 'all.svg', '-q']);
    expect(code).toBe(0);
    const [head, ...lines] = readFileSync(place.at('all.csv'), 'utf8').trim().split('\n');
    expect([head, lines.length]).toEqual(['run,time,A,B', 15]);
    const alone = await run(['decay.crn', ...stochastic, '--run', '5', '--seed', '1', '--csv', '-', '-q']);
    const own = alone.stdout.trim().split('\n').slice(1);
    expect(lines.slice(5, 10)).toEqual(own.map((line) => `5,${line}`));
    expect(readFileSync(place.at('all.svg'), 'utf8')).toContain('Mean of 3 runs');
  });

  test('leaps', async () => {
    const { stats } = await json(['decay.crn', '--stochastic', '--volume', '1e6', '--method', 'tau']);
    expect(stats.leaps).toBeGreaterThan(5);
    expect(stats.events).toBeGreaterThan(800_000);
  });

  test.each([
    [['--stochastic'], /--volume is missing: give the number of molecules/],
    [['--volume', '10'], /--volume is for stochastic simulation/],
    [['--method', 'tau'], /--method tau is for stochastic simulation/],
    [
      [...stochastic, '--method', 'bdf'],
      /--method must be auto, direct, sorted, rejection, next, tau with --stochastic/,
    ],
    [[...stochastic, '--rtol', '1e-3'], /--rtol is for the deterministic solver/],
    [[...stochastic, '--jobs', '2'], /--jobs is for ensembles/],
    [[...stochastic, '--trajectories', 'x.csv'], /--trajectories is for ensembles/],
    [
      ['--stochastic', '--volume', 'cell=3'],
      /--volume names the compartment "cell", which the network lacks/,
    ],
    [['--stochastic', '--volume', '0'], /--volume must be a number, greater than 0, not "0"/],
    [[...stochastic, '--runs', '0'], /--runs must be a whole number, at least 1/],
  ])('refuses %j', async (flags, message) => {
    const { code, stdout, stderr } = await here(['decay.crn', ...flags]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('a run that fails: exit code 1 and what there is', async () => {
    const flags = ['--stochastic', '--volume', '10', '--max-events', '500', '--json', '-', '-q'];
    const one = await run(['grow.crn', ...flags]);
    expect(one.code).toBe(1);
    const found = JSON.parse(one.stdout);
    expect([found.status, found.failure.code]).toEqual(['eventLimit', 'eventLimit']);
    const many = await run(['grow.crn', ...flags, '--runs', '20', '--run', '2']);
    expect(many.code).toBe(1);
    const { status, runs, failure } = JSON.parse(many.stdout);
    expect([status, failure.run]).toEqual(['eventLimit', 2 + runs]);
    expect(many.stderr).toContain(`--run ${failure.run} without --runs makes it alone`);
  });

  test.each(['auto', 'direct', 'sorted', 'rejection', 'next', 'tau'])(
    'numbers that explode end the run: exit code 1, what is to blame, and the rows before, by method %s',
    async (method) => {
      const flags = ['--stochastic', '--volume', '1', '--method', method, '--seed', '2', '--json', '-', '-q'];
      const { code, stdout, stderr } = await here(['explode.crn', ...flags]);
      expect(code).toBe(1);
      const { status, times, concentrations, failure } = JSON.parse(stdout);
      expect([status, failure.code]).toEqual(['blowUp', 'blowUp']);
      // 10·9·8·7·6 first events a unit of time, and ever more.
      expect(failure.time).toBeGreaterThan(0);
      expect(failure.time).toBeLessThan(1e-3);
      expect(times.at(-1)).toBeLessThanOrEqual(failure.time);
      expect(times.length).toBe(Math.floor(failure.time * 1e5) + 1);
      const numbers = concentrations.map(([a]: number[]) => a);
      expect(numbers[0]).toBe(10);
      expect(numbers.at(-1)).toBeGreaterThan(10);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(stderr).toMatch(
        /grow without bound in finite time.*\[blowUp\]|\[blowUp\].*grow without bound in finite time/s,
      );
    },
  );

  test('an ensemble whose runs explode: the number of the first, and how to make it alone', async () => {
    const flags = ['--stochastic', '--volume', '1', '--seed', '2', '--json', '-', '-q'];
    const many = await run(['explode.crn', ...flags, '--runs', '5', '--run', '3', '--save', '10']);
    expect(many.code).toBe(1);
    const { status, runs, failure } = JSON.parse(many.stdout);
    expect([status, runs, failure.code, failure.run]).toEqual(['blowUp', 0, 'blowUp', 3]);
    expect(many.stderr).toContain('--run 3 without --runs makes it alone');
    const alone = await here(['explode.crn', ...flags, '--run', '3', '--save', '10']);
    expect(JSON.parse(alone.stdout).failure.time).toBe(failure.time);
  });

  test.each([
    ['one run', []],
    ['an ensemble', ['--runs', '4']],
  ])('Ctrl-C ends %s with code 130, and what there is has been written', async (_, flags) => {
    const folder = `stopped${flags.length}`;
    const target = `${folder}/a.json`;
    const { code, stderr } = await run(
      ['long.crn', '--stochastic', '--volume', '1000', '--max-events', '1e15', ...flags, '--json', target],
      {
        during: async (child: { kill(signal: string): void }) => {
          // The folder is made before the run.
          await until(() => existsSync(place.at(folder)));
          await pause(1500);
          child.kill('SIGINT');
        },
      },
    );
    expect([code, stderr]).toEqual([130, expect.stringContaining('interrupted')]);
    await until(() => existsSync(place.at(target)));
    expect(JSON.parse(readFileSync(place.at(target), 'utf8')).status).toBe('cancelled');
  });
});
