import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brusselator, buildTime, neuralCrn, pause, ready, until, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) =>
  neuralCrn(['sensitivity', ...args], { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(['sensitivity', ...args], { cwd: place.path });

beforeAll(async () => {
  await ready();
  place.write(
    'decay.crn',
    'param k = 0.5, j = 0.2\ninit A = 2\nA ->{k} B\nB ->{j} C\nobservable Total = A + 2 B\nsimulate to 4 save 4\n',
  );
  place.write(
    'long.crn',
    `param a = 1\n${brusselator.replace('A -> X + A', 'A ->{a} X + A')}simulate to 1e9 save 1e5\n`,
  );
  place.write('bare.crn', 'init A = 1\nA -> B\nsimulate to 1\n');
}, buildTime);
afterAll(() => place.remove());

describe('sensitivity', () => {
  test('a table at the end by all parameters, the work on standard error', async () => {
    const { code, stdout, stderr } = await run(['decay.crn']);
    expect(code).toBe(0);
    const [head, a] = stdout.split('\n').map((line) => line.trim().split(/\s{2,}/));
    expect(head).toEqual(['t = 4', 'd/dk', 'd/dj']);
    // A = 2 e^−kt.
    expect(a[0]).toBe('A');
    expect(Number(a[1])).toBeCloseTo(-8 * Math.exp(-2), 4);
    expect(a[2]).toBe('0');
    expect(stderr).toMatch(/^reached time 4 in \d+ steps/);
  });

  test('relative ones of an observable as CSV; cells are empty where there is none', async () => {
    const { code, stdout } = await run([
      ...[
        'decay.crn',
        '--of',
        'k,init:A',
        '--species',
        'B,Total',
        '--relative',
        '--csv',
        '-',
        '--rtol',
        '1e-8',
      ],
    ]);
    expect(code).toBe(0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['time', 'dlnB/dlnk', 'dlnTotal/dlnk', 'dlnB/dlninit:A', 'dlnTotal/dlninit:A']);
    expect(rows[1].slice(0, 3)).toEqual(['0', '', '0']);
    expect(rows).toHaveLength(6);
    // All is proportional to what there is at the start.
    expect(rows.slice(2).map((row) => Number(row[4]))).toEqual(
      [1, 1, 1, 1].map((one) => expect.closeTo(one, 6)),
    );
  });

  test('JSON by time, quantity and species; a figure', async () => {
    const { code, stdout, stderr } = await run([
      ...['decay.crn', '--of', 'rate:1,init:A', '--species', 'A', '--json', '-', '--plot', 'a.svg'],
    ]);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      species: ['A'],
      of: ['rate:1', 'init:A'],
      relative: false,
      status: 'done',
    });
    expect(found.times).toEqual([0, 1, 2, 3, 4]);
    expect(found.sensitivities[2]).toEqual([
      [expect.closeTo(-4 * Math.exp(-1), 4)],
      [expect.closeTo(Math.exp(-1), 5)],
    ]);
    expect(stderr).toContain('wrote a.svg');
    expect(readFileSync(place.at('a.svg'), 'utf8')).toContain('dA/drate:1');
  });

  test('flags of the run override what the file says', async () => {
    const args = ['decay.crn', '--of', 'k', '--species', 'A', '--csv', '-', '--to', '1', '--save', '1'];
    const { stdout } = await run([
      ...args,
      '--param',
      'k=1',
      '--set',
      'A=3',
      '--error-control',
      'state',
      '--rtol',
      '1e-9',
    ]);
    expect(Number(stdout.split('\n')[2].split(',')[1])).toBeCloseTo(-3 * Math.exp(-1), 7);
  });

  test.each([
    [['decay.crn', '--of', 'kk'], /error: --of: "kk" is not a parameter.*did you mean `k`/],
    [['decay.crn', '--of', 'k,'], /error: --of must be names separated by commas, not "k,"/],
    [
      ['decay.crn', '--species', 'Totl'],
      /error: --species: there is no species or observable "Totl"\n.*Total/,
    ],
    [['decay.crn', '--method', 'bdf'], /error: --method must be auto, .* not bdf/],
    [['decay.crn', '--error-control', 'none'], /error: --error-control must be full or state/],
    [['bare.crn'], /error: bare\.crn has no parameters to differentiate by\n.*--of/],
    [['decay.crn', '--csv', '-', '--json', '-'], /cannot both be written to standard output/],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('a run that fails writes what there is: exit 1', async () => {
    const { code, stdout } = await run(['long.crn', '--max-steps', '300', '--json', '-', '--quiet']);
    expect(code).toBe(1);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ status: 'stepLimit', failure: { code: 'stepLimit' } });
    expect(found.sensitivities).toHaveLength(found.times.length);
  });

  test('Ctrl-C: exit 130, what there is has been written', async () => {
    const { code, stderr } = await run(['long.crn', '--max-steps', '1e12', '--json', 'stopped/a.json'], {
      during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
        await until(() => existsSync(place.at('stopped')));
        await pause(700);
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted at time \S+; what there is has been written/);
    expect(JSON.parse(readFileSync(place.at('stopped/a.json'), 'utf8'))).toMatchObject({
      status: 'cancelled',
    });
  });
});
