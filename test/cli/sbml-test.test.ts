import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compartment, list, parameter, reaction, sbmlFile, species } from '../io/sbml/models.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const place = new Workplace();
beforeAll(ready, buildTime);
afterAll(() => place.remove());

const settings = (changes: Record<string, string> = {}): string =>
  Object.entries({
    start: '0',
    duration: '2',
    steps: '4',
    variables: 'A, c, k, B',
    absolute: '1e-4',
    relative: '1e-4',
    amount: 'A',
    concentration: 'B',
    ...changes,
  })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

const model = (formula: string): string =>
  sbmlFile(
    [
      list('Compartments', compartment('c', { size: 0.5 })),
      list('Species', species('A', { initialAmount: 3 }), species('B', { initialAmount: 0 })),
      list('Parameters', parameter('k', 1.5)),
      list('Reactions', reaction('R', ['A'], ['B'], formula)),
    ].join('\n'),
  );

/** A folder as the suite has them. */
function caseOf(id: string, files: Record<string, string>): string {
  mkdirSync(place.at(id));
  for (const [name, text] of Object.entries(files)) place.write(`${id}/${id}-${name}`, text);
  return id;
}

const run = (...args: string[]) => neuralCrn(['sbml-test', ...args], { cwd: place.path });

describe('sbml-test', () => {
  it('writes the columns that the settings ask for, in their units', async () => {
    const id = caseOf('00001', { 'settings.txt': settings(), 'sbml-l3v2.xml': model('times(c, k, A)') });
    const { code, stdout } = await run(id, '--out', 'results.csv');
    expect([code, stdout]).toEqual([0, '']);
    const [head, ...rows] = readFileSync(place.at('results.csv'), 'utf8').trim().split('\n');
    expect(head).toBe('time,A,c,k,B');
    expect(rows).toHaveLength(5);
    for (const [i, row] of rows.entries()) {
      const [time, a, c, k, b] = row.split(',').map(Number);
      const left = 3 * Math.exp(-1.5 * 0.5 * i);
      expect([time, c, k]).toEqual([0.5 * i, 0.5, 1.5]);
      expect(a).toBeCloseTo(left, 8);
      expect(b).toBeCloseTo((3 - left) / 0.5, 8);
    }
  });

  it('takes the highest level, and prints to standard output', async () => {
    const id = caseOf('00002', {
      'settings.txt': settings({ variables: 'k', amount: '', concentration: '', steps: '1' }),
      'sbml-l2v4.xml': 'not even XML',
      'sbml-l3v1.xml': model('k')
        .replace('/version2/core', '/version1/core')
        .replace('version="2"', 'version="1"'),
    });
    const { code, stdout } = await run(id, '--out', '-', '--quiet');
    expect([code, stdout]).toEqual([0, 'time,k\n0,1.5\n2,1.5\n']);
  });

  it('refuses what is not supported: exit code 1, the issue, and no file', async () => {
    const files = { 'settings.txt': settings(), 'sbml-l3v2.xml': model('divide(k, A)') };
    const refused = await run(caseOf('00003', files), '--out', 'refused.csv');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/00003-sbml-l3v2\.xml:\d+:\d+: error: a divisor depends on a species/);
    const rate = await run(
      caseOf('00004', {
        ...files,
        'settings.txt': settings({ variables: 'R' }),
        'sbml-l3v2.xml': model('A'),
      }),
      '--out',
      'refused.csv',
    );
    expect(rate.code).toBe(1);
    expect(rate.stderr).toContain('the variable "R" is no species');
    const below = await run(
      caseOf('00005', { ...files, 'sbml-l3v2.xml': model('times(c, 10)') }),
      '--out',
      'refused.csv',
    );
    expect(below.code).toBe(1);
    expect(below.stderr).toContain('negative (species A)');
    expect(place.has('refused.csv')).toBe(false);
  });

  it('says what is wrong with a case', async () => {
    const bad = async (id: string, files: Record<string, string>) => {
      const { code, stderr } = await run(caseOf(id, files), '--out', 'bad.csv');
      expect(code).toBe(2);
      expect(place.has('bad.csv')).toBe(false);
      return stderr;
    };
    const xml = { 'sbml-l3v2.xml': model('A') };
    expect(await bad('10001', xml)).toContain('no 10001-settings.txt');
    expect(await bad('10002', { 'settings.txt': settings() })).toContain('10002-sbml-l2v1.xml');
    expect(await bad('10003', { ...xml, 'settings.txt': settings({ steps: '2.5' }) })).toContain(
      'steps must be a whole number from 1 to 10000000, not "2.5"',
    );
    expect(await bad('10004', { ...xml, 'settings.txt': settings({ duration: '' }) })).toContain(
      'duration must be',
    );
    expect(await bad('10005', { ...xml, 'settings.txt': settings({ concentration: 'A' }) })).toContain(
      'A is wanted as an amount and as a concentration',
    );
    expect((await run('nowhere', '--out', 'x.csv')).stderr).toContain('nowhere is no folder');
    expect((await run('00001')).code).toBe(2);
  });
});

/** Molecules that decay: after a time t the mean of n is n·e^(−t), the variance n·e^(−t)(1 − e^(−t)). */
describe('sbml-test --stochastic', () => {
  const decay = sbmlFile(
    [
      list('Compartments', compartment('c', { size: 2 })),
      list('Species', species('A', { initialAmount: 40 })),
      list('Parameters', parameter('k', 1)),
      list('Reactions', reaction('R', ['A'], [], 'times(c, k, A)')),
    ].join('\n'),
  );
  const stochasticSettings = (changes: Record<string, string> = {}) =>
    settings({
      variables: 'A',
      amount: 'A',
      concentration: '',
      absolute: '',
      relative: '',
      output: 'A-mean, A-sd',
      meanRange: '(-3, 3)',
      sdRange: '(-5, 5)',
      ...changes,
    });
  const published = (rate: number) => {
    const rows = [0, 0.5, 1, 1.5, 2].map((t) => {
      const p = Math.exp(-rate * t);
      return `${t},${40 * p},${Math.sqrt(40 * p * (1 - p))}`;
    });
    return `time,A-mean,A-sd\n${rows.join('\n')}\n`;
  };
  const files = (rate: number, changes: Record<string, string> = {}) => ({
    'settings.txt': stochasticSettings(changes),
    'sbml-l3v2.xml': decay,
    'results.csv': published(rate),
  });

  it('gives means and deviations, and says that they agree with the published ones', async () => {
    const id = caseOf('20001', files(1));
    const { code, stdout, stderr } = await run(id, '--stochastic', '--runs', '2000', '--seed', '7');
    expect(stdout.split('\n').map((line) => line.trim().split(/\s{2,}/))).toMatchObject([
      ['series', 'points', 'outside', 'largest |Z| or |Y|'],
      ['A-mean', '5', '0', expect.stringMatching(/^[0-9.]+$/)],
      ['A-sd', '5', '0', expect.stringMatching(/^[0-9.]+$/)],
      [''],
    ]);
    expect([code, stderr]).toEqual([0, 'passed: seed 7\n']);
    const csv = await run(id, '--stochastic', '--runs', '2000', '--out', '-', '-q', '--jobs', '1');
    const [head, first, ...rows] = csv.stdout.trim().split('\n');
    expect([head, first, rows.length]).toEqual(['time,A-mean,A-sd', '0,40,0', 4]);
    expect(Number(rows[1].split(',')[1])).toBeGreaterThan(14);
    expect(Number(rows[1].split(',')[1])).toBeLessThan(15.5);
  });

  it('fails where they do not agree, and refuses what it cannot count', async () => {
    const wrong = await run(caseOf('20002', files(1.2)), '--stochastic', '--runs', '2000');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('A-mean: more than 3 points are outside');
    const half = {
      ...files(1),
      'sbml-l3v2.xml': decay.replace('initialAmount="40"', 'initialAmount="40.5"'),
    };
    const refused = await run(caseOf('20003', half), '--stochastic', '--runs', '10');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('40.5 molecules');
  });

  it('says what is wrong with the flags and the settings', async () => {
    const bad = await run(caseOf('20004', files(1, { output: 'A-mean, B-sd' })), '--stochastic');
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('output must be VARIABLE-mean')]);
    const range = await run(caseOf('20005', files(1, { meanRange: '3' })), '--stochastic');
    expect([range.code, range.stderr]).toEqual([2, expect.stringContaining('meanRange must be two numbers')]);
    const flags = await run('20001', '--out', 'x.csv', '--runs', '5');
    expect([flags.code, flags.stderr]).toEqual([
      2,
      expect.stringContaining('--runs is for stochastic cases'),
    ]);
  });
});
