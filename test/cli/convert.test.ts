import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, ready, robertson, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
const text = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(async () => {
  await ready();
  place.write('rob.crn', robertson);
  place.write('phases.crn', 'init A = 1\ngo: A -> B\nback: B -> A\nphase p 1: go\nphase q 1: *\n');
  place.write('nuskell.crn', 'A <=> B [kf = 2, kr = 1]\nA @initial 3\n');
}, buildTime);
afterAll(() => place.remove());

describe('convert', () => {
  test('formats by extension, the model named after the file', async () => {
    const { code, stderr, stdout } = await run(['convert', 'rob.crn', 'out/model.net']);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toBe('wrote out/model.net (BioNetGen .net, 3 species, 3 reactions)\n');
    expect(text('out/model.net')).toMatch(/^# model, written by neural-crn\n/);
    const back = await run(['convert', 'out/model.net', '-', '--to', 'crn', '--quiet']);
    expect(back.stdout).toContain('param k1 = 0.04');
    expect(back.stderr).toBe('');
  });

  test('what would be lost is refused, or left out when that is asked for', async () => {
    const refused = await run(['convert', 'phases.crn', 'phases.net']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/phases\.crn: error: the schedule of phases \(p, q\) cannot be said/);
    expect(refused.stderr).toMatch(/hint: --allow-loss/);
    const piped = await run(['convert', 'phases.crn', '-', '--to', 'net']);
    expect(piped.stderr).toMatch(/error: nothing is written: BioNetGen/);
    expect(place.has('phases.net')).toBe(false);
    const written = await run(['convert', 'phases.crn', 'phases.net', '--allow-loss']);
    expect(written.code).toBe(0);
    expect(written.stderr).toMatch(/phases\.net: warning: the schedule/);
    expect(text('phases.net')).toContain('# LEFT OUT, so that a run differs');
  });

  test.each([
    [['convert', 'rob.crn', '-'], /standard output has no name: --to/],
    [['convert', 'rob.crn', 'a.xyz'], /tells no format/],
    [['convert', 'rob.crn', '-', '--to', 'jsn'], /no format "jsn" \(did you mean `json`\?\)/],
    [['convert', 'rob.crn', '-', '--to', 'list'], /cannot be written/],
    [['simulate', 'rob.crn', '--to', '1', '--from', 'latex'], /--from: LaTeX cannot be read/],
    [['convert', 'none.net', 'a.crn'], /there is no such file/],
  ])('%j: exit 2', async (args, message) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('simulate and info read any format, and say what a text was taken for', async () => {
  const { code, stdout, stderr } = await run([
    'simulate',
    'nuskell.crn',
    '--to',
    '1',
    '--save',
    '1',
    '--csv',
    '-',
  ]);
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 2)).toEqual(['time,A,B', '0,3,0']);
  expect(stderr).toContain('nuskell.crn is read as Nuskell .crn (--from tells otherwise)');
  const told = await run(['info', '-', '--from', 'list', '--json', '-'], { input: 'A + B -> C, 2\n' });
  expect(JSON.parse(told.stdout)).toMatchObject({ species: 3, reactions: 1 });
  const own = await run(['simulate', '-', '--to', '1'], { input: 'init A = 1\nA => B\n' });
  expect(own.code).toBe(2);
  expect(own.stderr).toMatch(/<stdin>:2:3: error: expected one arrow/);
});
