import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, pause, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(args, { cwd: place.path });
const courses = fileURLToPath(new URL('../../examples/data/courses.csv', import.meta.url));

/** A → B at 0.5 from two starts. */
const decay = ['experiment,time,A,B'];
for (const [name, start] of [
  ['one', 1],
  ['two', 2],
] as const) {
  for (let i = 0; i <= 20; i++) {
    const left = start * Math.exp(-0.25 * i);
    decay.push(`${name},${i / 2},${left.toFixed(6)},${(start - left).toFixed(6)}`);
  }
}

beforeAll(async () => {
  await ready();
  place.write('decay.csv', `${decay.join('\n')}\n`);
}, buildTime);
afterAll(() => place.remove());

describe('discover', () => {
  test('a table for people, and a folder whose network runs', async () => {
    const { code, stdout } = await run(['discover', 'decay.csv', '--reactions', '1', '--out', 'found']);
    expect(code).toBe(0);
    expect(stdout).toContain('decay.csv: 1 reaction from 84 measurements');
    expect(stdout).toMatch(/^ {2}A -> B +(0\.5|0\.5000\d+|0\.4999\d+) /m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(readFileSync(place.at('found/courses.svg'), 'utf8')).toContain('experiment two');
    expect(JSON.parse(readFileSync(place.at('found/report.json'), 'utf8'))).toMatchObject({
      reason: 'done',
      agreed: true,
      measurements: 84,
    });
    const again = await run(['simulate', 'found/network.crn', '--json', '-', '-q']);
    const { species, times, concentrations } = JSON.parse(again.stdout);
    expect(times.at(-1)).toBe(10);
    expect(concentrations.at(-1)[species.indexOf('A')]).toBeCloseTo(Math.exp(-5), 4);
  });

  test.each<[string[], string, RegExp]>([
    [[], 'time,A\n0,1\n', /required option '--reactions <N>' not specified/],
    [['--reactions', '0'], 'time,A\n0,1\n', /error: --reactions must/],
    [['--reactions', '1'], 'time,A\n0,1\n1,x\n', /^<stdin>:3: error: column "A": "x" is not a finite number/],
    [['--reactions', '1'], 'time,A\n1,1\n2,2\n', /^<stdin>: error: experiment 1: A has no start/],
    [['--reactions', '1', '--species', 'B'], 'time,A\n0,1\n1,2\n', /^<stdin>: error: there is no column "B"/],
  ])('%j with %j is refused', async (flags, input, message) => {
    const { code, stdout, stderr } = await run(['discover', '-', ...flags], { input });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('Ctrl-C: exit 130, the best so far has been written', async () => {
    const args = ['discover', courses, '--reactions', '8', '--json', 'best.json', '--starts', '1000'];
    const { code, stderr } = await run(args, {
      during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
        await pause(4000);
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted: the best so far has been kept/);
    expect(JSON.parse(readFileSync(place.at('best.json'), 'utf8')).reason).toBe('cancelled');
  });
});

describe('design', () => {
  test('an oscillator that is ready', async () => {
    const { code, stdout } = await run([
      'design',
      'oscillator',
      '--starts',
      '1',
      '--out',
      'osc',
      '--to',
      '40',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/chosen +\d+ of 36 candidate reactions/);
    expect(readFileSync(place.at('osc/network.crn'), 'utf8')).toMatch(/simulate to 20/);
    expect(readFileSync(place.at('osc/courses.svg'), 'utf8')).toContain('points: what was asked for');
  });

  test('a table: B from A; too much asked for is a failure that is said', async () => {
    const input = 'time,B,init:A\n1,0.6321,1\n3,0.9502,1\n';
    const good = await run(['design', '-', '--species', 'A,B', '--steps', '200', '--json', '-'], { input });
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ reached: true, reason: 'done' });
    const bad = await run(['design', '-', '--species', 'A,B', '--steps', '50'], {
      input: input.replace('0.9502', '5'),
    });
    expect(bad.code).toBe(1);
    expect(bad.stderr).toMatch(/the tolerance was not reached/);
  });

  test.each<[string[], RegExp]>([
    [['oscilator'], /there is no target or file "oscilator"\n {2}hint: did you mean `oscillator`/],
    [['adder', '--species', 'A'], /--species is for tables: adder has candidates of its own/],
    [['decay.csv'], /a table needs --species or --candidates/],
    [['decay.csv', '--species', 'A'], /decay\.csv: error: column "B" is not time/],
    [['decay.csv', '--species', 'A,A'], /--species names A twice/],
    [['adder', '--tolerance', '0'], /--tolerance must/],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await here(['design', ...args]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
