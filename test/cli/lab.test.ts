import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(args, { cwd: place.path });

beforeAll(async () => {
  await ready();
  place.write(
    'ring.crn',
    'init X = 1; init Y = 1; init Z = 0.01\nX + Y -> 2 Y; Y + Z -> 2 Z; Z + X -> 2 X\nsimulate to 80\n',
  );
}, buildTime);
afterAll(() => place.remove());

describe('lab', () => {
  test('a network: as JSON, and for people with the convention', async () => {
    const units = ['--concentration', '10 nM', '--rate', '5e5 /M/s'];
    const { code, stdout, stderr } = await run(['lab', 'ring.crn', ...units, '--json', '-']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ rate: 5e5, one: 5e5, range: 1, remarks: [] });
    expect(found.timeUnit).toBeCloseTo(200, 9);
    expect(found.run.seconds).toBeCloseTo(16_000, 6);
    const words = await run(['lab', 'ring.crn', ...units, '--to', '40']);
    expect(words.stdout).toMatch(/a run +40 time units: 2\.2 h/);
    expect(words.stdout.replace(/\s+/g, ' ')).toContain('k = 1 is then 5e5 /M/s');
    expect(words.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('a task: an example, an epoch, the whole training', async () => {
    const { stdout } = await run(['lab', 'linear-regression', '--epochs', '3']);
    expect(stdout).toMatch(/an example +10\.5 time units: 2\.9 h/);
    expect(stdout).toMatch(/the training +3 epochs: 15 days/);
    const { stdout: json } = await run(['lab', 'linear-regression', '--clock', 'coop', '--json', '-']);
    expect(JSON.parse(json).training.example.model).toBeCloseTo(33.53, 1);
  });

  test('info and train say it on every run', async () => {
    const info = await run(['info', 'ring.crn']);
    expect(info.stdout).toMatch(/laboratory +a time unit is 10 s, a run 13 min, where 1 is 100 nM/);
    const trained = await run(['train', 'linear-regression', '--epochs', '1', '--out', 'run', '--no-plots']);
    expect(trained.stdout.replace(/\s+/g, ' ')).toContain(
      'laboratory an example takes 2.9 h, all of them 5 days,',
    );
  });

  test.each([
    [
      ['lab', 'ring.crn', '--rate', '5'],
      /--rate must be a rate constant .* such as .*, not "5": it has no unit/,
    ],
    [['lab', 'ring.crn', '--concentration', '5 s'], /--concentration must be a concentration/],
    [['lab', 'xor', '--recipe', 'best'], /there is no recipe "best" for this task/],
    [['lab', 'ring.crn', '--epochs', '3'], /--epochs is for tasks; ring\.crn is read as a network/],
    [['lab', 'xorr'], /there is neither a task nor a file "xorr"\n {2}hint: did you mean `xor`/],
  ])('refused: %j', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('dsd', () => {
  test('prints a network that simulate runs, with what was made of what in comments', async () => {
    const { code, stdout, stderr } = await run(['dsd', 'ring.crn', '--rate', '5e5 /M/s']);
    expect(code).toBe(0);
    expect(stderr).toBe('18 species, 12 reactions\n');
    expect(parseNetwork(stdout).issues).toEqual([]);
    expect(stdout.replace(/\n# +/g, ' ')).toContain(
      '3 species and 3 reactions made of 18 species, of which 9 are fuels, and 12 reactions; 0 buffering modules.',
    );
    const formal = await run(['simulate', 'ring.crn', '--to', '5', '--json', '-']);
    const strands = await run(['simulate', '-', '--to', '5', '--json', '-'], { input: stdout });
    const last = (json: string) => JSON.parse(json).concentrations[200].slice(0, 3);
    last(strands.stdout).forEach((value: number, k: number) => {
      expect(value).toBeCloseTo(last(formal.stdout)[k], 1);
    });
  });

  test('as JSON the signals with where they are bound, and the fuels', async () => {
    const { stdout } = await run([
      'dsd',
      'ring.crn',
      '--no-buffered',
      '--c-max',
      '500',
      '--q-max',
      '4',
      '--json',
      '-',
    ]);
    const { signals, fuels, gain, settings, counts, crn, network } = JSON.parse(stdout);
    expect(signals[0]).toEqual({ name: 'X', bound: ['half[1]'], binding: 1, held: false });
    expect(fuels.length).toBe(9);
    expect({ gain, network }).toEqual({ gain: 1, network: undefined });
    expect(settings).toMatchObject({ cMax: 500, qMax: 4, buffered: false, fuels: 'finite' });
    expect(counts.formal).toEqual({ species: 3, reactions: 3 });
    expect(parseNetwork(crn).issues).toEqual([]);
  });

  test('train --dsd: a report, a model that predicts, and options in one flag', async () => {
    const { code, stdout } = await run([
      ...['train', 'linear-regression', '--epochs', '1', '--no-plots', '--out', 'strands'],
      ...['--dsd', 'c-max=20uM,fuels=finite'],
    ]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /strands signals are there 2 times; of the fuel that is used most [\d.]+ % are gone/,
    );
    place.write('points.csv', 'x1,x2\n2,3\n');
    const { stdout: predicted } = await run(['predict', 'strands/model.json', 'points.csv', '--json', '-']);
    expect(JSON.parse(predicted).predictions[0]).toBeGreaterThan(5);
    const resumed = await run([
      'train',
      'linear-regression',
      '--out',
      'strands',
      '--resume',
      '--epochs',
      '1',
      '--no-plots',
    ]);
    expect(resumed.code).toBe(0);
  });

  test.each([
    [['dsd', 'xor', '--recipe', 'cubic-leaky'], /cannot be made of strands: it has 3 reactants/],
    [
      ['dsd', 'ring.crn', '--occlusion', '1'],
      /--occlusion must be a number, at least 0 and below 1, not "1"/,
    ],
    [['dsd', 'ring.crn', '--c-max', '5 s'], /--c-max must be a concentration/],
    [['dsd', 'ring.crn', '--leak', 'much'], /--leak must be/],
    [['dsd', 'ring.crn', '--fuels', 'endless'], /--fuels must be finite or held/],
    [
      ['train', 'linear-regression', '--dsd', 'c-mix=3', '--out', 'no'],
      /--dsd takes unbuffered and concentration=…/,
    ],
    [
      ['train', 'xor', '--recipe', 'staged-cubic', '--dsd', '--out', 'no'],
      /a staged circuit is changed by hand/,
    ],
  ])('refused: %j', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(place.has('no')).toBe(false);
  });
});
