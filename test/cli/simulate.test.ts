import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brusselator, buildTime, neuralCrn, pause, ready, robertson, until, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
const json = async (args: string[]) => {
  const { code, stdout, stderr } = await run([...args, '--json', '-', '--quiet']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

beforeAll(async () => {
  await ready();
  place.write('rob.crn', robertson);
  place.write(
    'pairs.crn',
    'param k = 1\ninit P[1,2] = 1\nconst F = 2\nP[1,2] ->{k} Q\nF -> R + F\nsimulate to 1 save 4\n',
  );
}, buildTime);
afterAll(() => place.remove());

describe('a network from its text', () => {
  test('without output flags: a table, and the work on standard error', async () => {
    const { code, stdout, stderr } = await run(['simulate', 'rob.crn', '--to', '40']);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.trim().split(/\s{2,}/))).toMatchObject([
      ['species', 't = 0', 't = 40'],
      ['A', '1', expect.stringMatching(/^0\.7158/)],
      ['B', '0', expect.stringMatching(/^9\.185\d*e-6$/)],
      ['C', '0', expect.stringMatching(/^0\.2841/)],
      [''],
    ]);
    expect(stderr).toMatch(
      /^reached time 40 in \d+ steps \(\d+ rejected\), .* derivatives, .* factorisations, .*s\n$/,
    );
  });

  test('CSV: a header time,…species and a row a saved time', async () => {
    const { code, stdout } = await run(['simulate', 'pairs.crn', '--csv', '-']);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe('time,"P[1,2]",F,Q,R');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toBe('0,1,2,0,0');
    expect(Number(lines[5].split(',')[1])).toBeCloseTo(Math.exp(-1), 5);
  });

  test('JSON: the shape of the contract', async () => {
    const result = await json(['simulate', 'rob.crn', '--to', '40', '--save', 'log:1:40:5']);
    expect(Object.keys(result)).toEqual(['species', 'times', 'concentrations', 'status', 'stats']);
    expect(result.species).toEqual(['A', 'B', 'C']);
    expect(result.times).toHaveLength(5);
    expect(result.times[0]).toBe(1);
    expect(result.times[4]).toBe(40);
    expect(result.concentrations.map((row: number[]) => row.length)).toEqual([3, 3, 3, 3, 3]);
    expect(result.status).toBe('done');
    expect(result.stats).toEqual({
      steps: expect.any(Number),
      rejected: { error: expect.any(Number), negative: 0, nonFinite: 0, newton: 0 },
      derivatives: expect.any(Number),
      jacobians: expect.any(Number),
      factorisations: expect.any(Number),
      solves: expect.any(Number),
      linearIterations: 0,
      fallbacks: 0,
      events: 0,
      switches: expect.any(Number),
    });
  });

  test('observables beside the species', async () => {
    place.write('sums.crn', 'init A = 1\nA -> B\nobservable Total = A + B, "Net" = A\n'.replaceAll('"', ''));
    const result = await json(['simulate', 'sums.crn', '--to', '1', '--save', '2']);
    expect(Object.keys(result)).toEqual([
      ...['species', 'times', 'concentrations', 'observables', 'status', 'stats'],
    ]);
    expect(result.species).toEqual(['A', 'B']);
    expect(result.observables.names).toEqual(['Total', 'Net']);
    expect(result.observables.values).toEqual(
      result.concentrations.map(([a, b]: number[]) => [expect.closeTo(a + b, 15), a]),
    );
    const { stdout } = await run(['simulate', 'sums.crn', '--to', '1', '--save', '2', '--csv', '-']);
    expect(stdout.split('\n')[0]).toBe('time,A,B,Total,Net');
    expect(stdout.split('\n')[1]).toBe('0,1,0,1,1');
    const printed = (await run(['simulate', 'sums.crn', '--to', '1'])).stdout;
    expect(printed).toMatch(/Total +1 +1\n/);
    await run(['simulate', 'sums.crn', '--to', '1', '--plot', 'sums.svg']);
    const svg = readFileSync(place.at('sums.svg'), 'utf8');
    expect(svg).toContain('Observables over time');
    expect(svg).toContain('>Total<');
  });

  test('both engines print the same bits', async () => {
    const wasm = await json(['simulate', 'rob.crn', '--to', '1e5', '--engine', 'wasm']);
    expect(await json(['simulate', 'rob.crn', '--to', '1e5', '--engine', 'js'])).toEqual(wasm);
  });

  test('large output is whole', async () => {
    const result = await json(['simulate', 'rob.crn', '--to', '40', '--save', '5000']);
    expect(result.times).toHaveLength(5001);
    expect(result.concentrations).toHaveLength(5001);
    expect(result.times.every((time: number, i: number) => Math.abs(time - 0.008 * i) < 1e-9)).toBe(true);
  });

  test('standard input', async () => {
    const { code, stdout } = await run(['simulate', '-', '--to', '1', '--csv', '-'], {
      input: 'init A = 1\nA -> B',
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^time,A,B\n0,1,0\n/);
    const wrong = await run(['simulate', '-'], { input: 'A -q> B' });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^<stdin>:1:3: error: /);
  });
});

describe('flags override what the file says', () => {
  test('--set, with commas in names', async () => {
    const result = await json(['simulate', 'pairs.crn', '--set', 'P[1,2]=3,Q=0.5', '--set', 'F=5']);
    expect(result.concentrations[0]).toEqual([3, 5, 0.5, 0]);
    expect(result.concentrations[4][3]).toBeCloseTo(5, 9);
  });

  test('--param, --to and --save', async () => {
    const result = await json(['simulate', 'pairs.crn', '--param', 'k=0', '--to', '2', '--save', '1']);
    expect(result.times).toEqual([0, 2]);
    expect(result.concentrations[1][0]).toBe(1);
  });

  test('--atol: a bare number for all, name=value for one', async () => {
    const at = async (text: string, ...flags: string[]) => {
      place.write('atol.crn', `${robertson}simulate to 1e4 save 10 ${text}`);
      return json(['simulate', 'atol.crn', ...flags]);
    };
    const plain = await at('');
    const all = await at('atol 1e-13');
    const both = await at('atol 1e-13\nsimulate atol B=1e-20');
    expect(new Set([plain, all, both].map(({ stats }) => stats.steps)).size).toBe(3);
    expect(await at('', '--atol', '1e-13')).toEqual(all);
    expect(await at('', '--atol', '1e-13,B=1e-20')).toEqual(both);
    expect(await at('', '--atol', 'B=1e-20', '--atol', '1e-13')).toEqual(both);
    expect(await at('atol 1e-13', '--atol', 'B=1e-20')).toEqual(both);
    // The bare number is for all species, those that the file names included.
    expect(await at('atol 1e-9\nsimulate atol B=1e-20', '--atol', '1e-13')).toEqual(all);
  });

  test('--rtol and --method', async () => {
    const tight = await json(['simulate', 'rob.crn', '--to', '40', '--rtol', '1e-9']);
    const other = await json(['simulate', 'rob.crn', '--to', '40', '--rtol', '1e-9', '--method', 'rodas4']);
    expect(other.stats.steps).toBeGreaterThan(tight.stats.steps);
    expect(other.concentrations[200][0]).toBeCloseTo(tight.concentrations[200][0], 7);
  });
});

describe('output files', () => {
  test('folders are made, nothing half-written is left', async () => {
    const { code, stdout, stderr } = await run([
      ...['simulate', 'pairs.crn', '--csv', 'new/deep/a.csv', '--json', 'new/a.json', '--plot', 'new/a.svg'],
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('wrote new/deep/a.csv (5 rows, 4 species)');
    expect(readdirSync(place.at('new')).sort()).toEqual(['a.json', 'a.svg', 'deep']);
    expect(readdirSync(place.at('new/deep'))).toEqual(['a.csv']);
    expect(readFileSync(place.at('new/a.svg'), 'utf8')).toMatch(/^<svg /);
  });

  test('a PNG', async () => {
    const { code, stderr } = await run(['simulate', 'pairs.crn', '--plot', 'a.png']);
    if (code === 0) expect(readFileSync(place.at('a.png')).subarray(1, 4).toString()).toBe('PNG');
    else expect(stderr).toMatch(/--plot a\.png: .*(font|@resvg)/);
  });

  test('--json - prints only JSON', async () => {
    const { stdout } = await run(['simulate', 'pairs.crn', '--json', '-', '--csv', 'pure.csv']);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('runs that do not reach their end', () => {
  test('step limit: exit 1, partial JSON with its failure', async () => {
    const args = ['simulate', 'rob.crn', '--to', '1e5', '--save', 'log:1e-3:1e5:9', '--max-steps', '30'];
    const { code, stdout, stderr } = await run([...args, '--json', '-', '--csv', 'part.csv']);
    expect(code).toBe(1);
    const result = JSON.parse(stdout);
    expect(result.status).toBe('stepLimit');
    expect(result.times.length).toBeGreaterThan(0);
    expect(result.times.length).toBeLessThan(9);
    expect(result.concentrations).toHaveLength(result.times.length);
    expect(result.failure).toMatchObject({
      code: 'stepLimit',
      time: expect.any(Number),
      step: expect.any(Number),
      message: expect.stringContaining('step limit'),
      hint: expect.stringContaining('--max-steps'),
    });
    expect(result.failure.time).toBeGreaterThanOrEqual(result.times.at(-1));
    expect(stderr).toMatch(/error: the step limit was reached at time .*\n {2}hint: raise --max-steps/);
    expect(readFileSync(place.at('part.csv'), 'utf8').trim().split('\n')).toHaveLength(
      result.times.length + 1,
    );
  });

  test('a blow-up names the species', async () => {
    place.write('blow.crn', 'init A = 1\n2 A -> 3 A\nsimulate to 2 save 10');
    const { code, stdout } = await run(['simulate', 'blow.crn', '--json', '-', '--quiet']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'blowUp', failure: { code: 'blowUp', species: 'A' } });
  });

  test('time limit', async () => {
    place.write('long.crn', `${brusselator}simulate to 1e9 save 1000`);
    const args = ['simulate', 'long.crn', '--max-steps', '1e9', '--max-seconds', '0.2', '--json', '-'];
    const { code, stdout } = await run(args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).failure.hint).toContain('--max-seconds');
  });

  test('Ctrl-C: exit 130, what there is has been written', async () => {
    place.write('long.crn', `${brusselator}simulate to 1e9 save 1e6`);
    const { code, stderr, stdout } = await run(
      ['simulate', 'long.crn', '--max-steps', '1e12', '--json', 'stopped/a.json', '--csv', 'stopped/a.csv'],
      {
        during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
          // The folder is made before the run.
          await until(() => existsSync(place.at('stopped')));
          await pause(700);
          child.kill('SIGINT');
        },
      },
    );
    expect(code).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/interrupted at time \S+; what there is has been written/);
    const result = JSON.parse(readFileSync(place.at('stopped/a.json'), 'utf8'));
    expect(result).toMatchObject({ status: 'cancelled', failure: { code: 'cancelled' } });
    const rows = readFileSync(place.at('stopped/a.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(result.times.length + 1);
  });

  test('a reader that leaves ends it without a word', async () => {
    const { code, stderr } = await run(
      ['simulate', 'rob.crn', '--to', '40', '--save', '200000', '--csv', '-', '--quiet'],
      {
        during: (child: {
          stdout: { once: (event: 'data', then: () => void) => void; destroy: () => void };
        }) => {
          child.stdout.once('data', () => child.stdout.destroy());
        },
      },
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('colours', () => {
  test('none when piped; FORCE_COLOR, NO_COLOR and --no-color decide', async () => {
    const args = ['simulate', 'rob.crn', '--to', '1'];
    const painted = '\u001b[';
    expect((await run(args)).stdout).not.toContain(painted);
    expect((await run(args, { env: { FORCE_COLOR: '1' } })).stdout).toContain(painted);
    expect((await run(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(painted);
    expect((await run([...args, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(painted);
  });
});
