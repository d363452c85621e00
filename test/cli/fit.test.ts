import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brusselator, buildTime, neuralCrn, pause, ready, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(['fit', ...args], { cwd: place.path, ...options });

/** A = 1.5 e^−0.8t to four decimals, with B = 1.5 − A once. */
const data = 'time,A,B\n0,1.5,\n0.5,1.0055,\n1,0.6740,0.8260\n2,0.3028,\n4,0.0611,\n';

beforeAll(async () => {
  await ready();
  place.write('decay.crn', 'param k = 0.5, s = 1\ninit A = 1\nA ->{k*s} B\nobservable Sum = A + B\n');
  place.write('data.csv', data);
}, buildTime);
afterAll(() => place.remove());

describe('fit', () => {
  test('a table for people, in 80 columns', async () => {
    const { code, stdout, stderr } = await run([
      'decay.crn',
      'data.csv',
      '--vary',
      'k,init:A',
      '--upper',
      'k=10',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^[\d.]+ m?s\n$/);
    expect(stdout).toContain('decay.crn fitted to data.csv: 6 measurements in 1 experiment');
    expect(stdout).toMatch(/quantity +start +estimate +std\. error +95 % interval +bounds/);
    expect(stdout).toMatch(/^ {2}k +0\.5 +0\.(80\d*|799\d*) .* 0 to 10$/m);
    expect(stdout).toMatch(/^ {2}init:A +1 +1\.(50?\d*|4999\d*) .* 0 to ∞$/m);
    expect(stdout).toMatch(/ended +at a minimum/);
    expect(stdout).toMatch(/by 4 degrees of freedom/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('what the measurements do not tell is said', async () => {
    const { code, stdout } = await run(['decay.crn', 'data.csv']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/not told +nothing changes along [-\d.]+ k, [-\d.]+ s\n/);
  });

  test('JSON, the measurements beside the fit, the fitted network, a figure', async () => {
    const args = ['decay.crn', 'data.csv', '--vary', 'k,init:A', '--sigma', '1e-3', '--confidence', '0.9'];
    const { code, stdout, stderr } = await run([
      ...args,
      ...['--json', '-', '--csv', 'points.csv', '--out', 'fitted.crn', '--plot', 'fit.svg'],
    ]);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ confidence: 0.9, converged: true, measurements: 6, degreesOfFreedom: 4 });
    expect(found.estimates[0]).toMatchObject({ name: 'k', value: expect.closeTo(0.8, 3), upper: null });
    expect(found.reducedChiSquare).toBeLessThan(1);
    expect(stderr).toContain('wrote points.csv (6 measurements)');
    const points = readFileSync(place.at('points.csv'), 'utf8').trimEnd().split('\n');
    expect(points[0]).toBe('experiment,time,column,measured,fitted,sigma,residual');
    expect(points).toHaveLength(7);
    const [, time, column, measured, fitted, sigma, residual] = points[6].split(',');
    expect([time, column, measured, sigma]).toEqual(['1', 'B', '0.826', '0.001']);
    expect(Number(residual)).toBeCloseTo((Number(fitted) - 0.826) / 0.001, 9);
    expect(readFileSync(place.at('fitted.crn'), 'utf8')).toBe(found.network);
    const again = await neuralCrn(['simulate', 'fitted.crn', '--to', '4', '--json', '-', '-q'], {
      cwd: place.path,
    });
    expect(JSON.parse(again.stdout).concentrations[0][0]).toBeCloseTo(1.5, 3);
    expect(readFileSync(place.at('fit.svg'), 'utf8')).toContain('decay.crn fitted to data.csv');
  });

  test('several experiments and starts, on a logarithmic scale', async () => {
    const text = 'experiment;time;A;init:A\none;1;0.4493;1\none;2;0.2019;1\ntwo;1;0.8987;2\n';
    const args = ['decay.crn', '-', '--vary', 'k', '--scale', 'log', '--lower', 'k=1e-2', '--upper', 'k=1e2'];
    const { code, stdout } = await run([...args, '--starts', '3', '--plot', 'two.svg'], { input: text });
    expect(code).toBe(0);
    expect(stdout).toMatch(/fitted to <stdin>: 3 measurements in 2 experiments/);
    expect(stdout).toMatch(/ {2}k +0\.5 +0\.(80\d*|799\d*) .*\(ln\)/);
    expect(stdout).toMatch(/starts +\d of 3 came to this loss/);
    expect(readFileSync(place.at('two.svg'), 'utf8')).toContain('experiment two');
  });

  test('too few steps: a warning, and the best so far', async () => {
    const args = ['decay.crn', 'data.csv', '--vary', 'k,init:A', '--max-iterations', '1', '--json', '-'];
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ converged: false, reason: 'iterations' });
    expect(stderr).toMatch(/^warning: not at a minimum: as many steps were made as were allowed\n/);
  });

  test.each<[string[], string, RegExp]>([
    [['--vary', 'kk'], data, /error: --vary: "kk" is not a parameter.*did you mean `k`/],
    [['--vary', 'k,k'], data, /error: --vary names k twice/],
    [['--vary', 'k', '--upper', 's=1'], data, /error: --upper: there is no varied quantity "s"/],
    [
      ['--vary', 'k', '--lower', 'k=1'],
      data,
      /error: --vary k: the start 0\.5 must lie between 1 and Infinity/,
    ],
    [['--vary', 'k', '--start', 'k=x'], data, /error: --start k must be a number, not "x"/],
    [['--vary', 'k', '--scale', 'k=ln'], data, /error: --scale must be linear, log or name=linear/],
    [['--vary', 'k', '--starts', '3'], data, /error: --starts is 3, .*give k a finite --lower and --upper/],
    [['--vary', 'k', '--sigma', 'C=1'], data, /error: --sigma: there is no measured column "C"/],
    [['--vary', 'k', '--sigma', 'A=1'], data, /error: <stdin>: sigma is given for A and not for B/],
    [['--vary', 'k', '--method', 'bdf'], data, /error: --method must be auto, .* not bdf/],
    [
      ['--vary', 'k', '--param', 'k=1'],
      data,
      /error: --param gives k, which is varied\n {2}hint: its start is --start k=1/,
    ],
    [['--vary', 'k'], 'time,A\n1,x\n', /^<stdin>:2: error: column "A": "x" is not a finite number/],
    [['--vary', 'k'], 'time,AA\n1,2\n', /<stdin>: error: column "AA" is not time.*did you mean `A`/],
    [['--vary', 'k'], 'time,A\n-1,2\n', /^<stdin>:2: error: column "time": -1 is before the run/],
  ])('%j with %j is refused', async (flags, input, message) => {
    const { code, stdout, stderr } = await run(['decay.crn', '-', ...flags], { input });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('a network that cannot be run from the start: exit 1', async () => {
    place.write('blow.crn', 'param k = 1\ninit A = 1\n2 A ->{k} 3 A\n');
    const { code, stderr } = await run(['blow.crn', '-'], { input: 'time,A\n2,1\n' });
    expect(stderr).toMatch(/^blow\.crn cannot be run from the start of the fit:\nerror: .*A/);
    expect(code).toBe(1);
  });

  test('Ctrl-C: exit 130, the best so far has been written', async () => {
    place.write('slow.crn', `param a = 1\n${brusselator.replace('A -> X + A', 'A ->{a} X + A')}`);
    const rows = Array.from({ length: 200 }, (_, i) => `${10 * (i + 1)},${1 + (i % 2)}`).join('\n');
    place.write('slow.csv', `time,X\n${rows}\n`);
    const starts = ['--lower', 'a=0.1', '--upper', 'a=10', '--starts', '100000'];
    const { code, stderr } = await run(
      ['slow.crn', 'slow.csv', ...starts, '--json', 'best.json', '--rtol', '1e-4'],
      {
        during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
          await pause(4000);
          child.kill('SIGINT');
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted: the best so far has been kept/);
    const found = JSON.parse(readFileSync(place.at('best.json'), 'utf8'));
    expect(found).toMatchObject({ reason: 'cancelled', converged: false });
    expect(found.network).toContain('param a = ');
  });
});
