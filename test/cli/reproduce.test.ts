import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSeeds } from '../../src/cli/reproduce-plan.js';
import { median } from '../../src/cli/reproduce-rows.js';
import { buildTime, neuralCrn, ready, until, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[], options = {}) =>
  neuralCrn(['reproduce', ...args], { cwd: place.path, ...options });
/** For what is refused. */
const here = (args: string[]) => neuralCrnHere(['reproduce', ...args], { cwd: place.path });
const read = (name: string) => readFileSync(place.at(name), 'utf8');
const resultsOf = (out: string) => JSON.parse(read(`${out}/results.json`));
const both = ['linear-regression:authors', 'linear-regression:improved'];
const tiny = [...both, '--seeds', '2', '--epochs', '1'];

/** Files of runs under a folder, with when they were written. */
function runFiles(out: string): Map<string, number> {
  const root = place.at(join(out, 'runs'));
  if (!existsSync(root)) return new Map();
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  return new Map(names.sort().map((name) => [name, statSync(join(root, name)).mtimeMs]));
}

/** Results without what differs from one computation to the next. */
const timeless = (text: string) => JSON.parse(text, (key, value) => (key === 'seconds' ? undefined : value));

beforeAll(ready, buildTime);
afterAll(() => place.remove());

describe('a small reproduction', () => {
  test('prints a table of at most 80 columns and fills its folder', async () => {
    const { code, stdout, stderr } = await run([...tiny, '--out', 'small']);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^linear-regression: y = /m);
    expect(stdout).toContain('seeds 0–1; validation loss, mean of ½e²\n');
    expect(stdout).toMatch(/^authors\* +15·24·2 +1 +0\.119 +0\.\d{3} \(0\.\d{3}–0\.\d{3}\) +– +\d/m);
    expect(stdout).toMatch(/^\* 1 epochs?, as a flag asked for/m);
    expect(stderr).toMatch(/^4 runs to make; \d workers?\n/);
    expect(stderr.match(/^linear-regression improved, seed [01]: loss 0\.\d+ \(.*\)$/gm)).toHaveLength(2);
    expect(readdirSync(place.at('small')).sort()).toEqual([
      ...['figures', 'index.html', 'results.csv', 'results.json', 'results.md', 'runs'],
    ]);
    expect([...runFiles('small').keys()]).toEqual([
      expect.stringMatching(/^linear-regression.authors.seed-0-[0-9a-f]{12}\.json$/),
      expect.stringMatching(/^linear-regression.authors.seed-1-[0-9a-f]{12}\.json$/),
      expect.stringMatching(/^linear-regression.improved.seed-0-[0-9a-f]{12}\.json$/),
      expect.stringMatching(/^linear-regression.improved.seed-1-[0-9a-f]{12}\.json$/),
    ]);

    const results = resultsOf('small');
    expect(results).toMatchObject({ status: 'done', seeds: ['0–1'], lost: [] });
    expect(results.rows).toHaveLength(2);
    const [row] = results.rows;
    expect(row).toMatchObject({
      experiment: 'linear-regression',
      model: 'authors',
      settings: 'authors',
      changed: true,
      species: [15, 15],
      reactions: [24, 24],
      maxMolecularity: 2,
      epochs: 1,
      measure: 'validation loss',
      authors: 0.119,
      successRate: null,
      missing: 0,
    });
    expect(row.median).toBe((row.runs[0].value + row.runs[1].value) / 2);
    expect(Math.abs(row.twinRatio - 1)).toBeLessThan(0.01);

    const csv = read('small/results.csv').trimEnd().split('\n');
    expect(csv).toHaveLength(3);
    for (const line of csv) expect(line.split(',')).toHaveLength(csv[0].split(',').length);
    expect(csv[1]).toContain(`,validation loss,0.119,${row.median},`);
    expect(read('small/results.md')).toMatch(/^\| linear-regression \| authors\\\* \| authors, changed \|/m);

    expect(readdirSync(place.at('small/figures'))).toEqual(
      expect.arrayContaining([
        ...['data', 'authors-loss', 'improved-predictions', 'improved-weights', 'authors-concentrations'].map(
          (name) => `linear-regression-${name}.svg`,
        ),
      ]),
    );
    const page = read('small/index.html');
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(8);
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|https?:(?!\/\/www\.w3\.org)/i);
  });

  test('a run is what train makes of the same task', async () => {
    const { stdout } = await neuralCrn(
      ['train', 'linear-regression', '--seed', '1', '--epochs', '1', '--json', '-'],
      { cwd: place.path },
    );
    const file = [...runFiles('small').keys()].find((name) => /improved.seed-1/.test(name)) as string;
    expect(JSON.parse(read(join('small/runs', file))).result.report).toEqual(JSON.parse(stdout));
  });

  test('the same numbers with one worker, and with the other engine', async () => {
    for (const flags of [
      ['--jobs', '1'],
      ['--engine', 'js', '--jobs', '3'],
    ]) {
      const { code } = await run([...tiny, ...flags, '--out', 'other', '--fresh', '--no-figures']);
      expect(code).toBe(0);
      expect(timeless(read('other/results.json'))).toEqual(timeless(read('small/results.json')));
      expect([...runFiles('other').keys()]).toEqual([...runFiles('small').keys()]);
    }
    expect(existsSync(place.at('other/index.html'))).toBe(false);
  });

  test('--json - prints only the table; a classification has accuracies and success', async () => {
    const { code, stdout, stderr } = await run([
      ...['linear-classification:linear', '--seeds', '4,2', '--epochs', '0', '--out', 'json'],
      ...['--json', '-', '--quiet', '--no-figures'],
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const results = JSON.parse(stdout);
    expect(stdout).toBe(read('json/results.json'));
    const figures = { measure: 'grid accuracy', authors: 0.944, successRate: 0 };
    const runs = [{ seed: 4 }, { seed: 2 }];
    expect(results.rows).toMatchObject([{ model: 'linear', seeds: '4, 2', ...figures, runs }]);
    for (const { value } of results.rows[0].runs) expect(value).toBeGreaterThan(0.2);
  });
});

describe('going on', () => {
  test('only what is missing is computed, and damage counts as missing', async () => {
    const before = runFiles('small');
    const [gone, damaged, ...kept] = [...before.keys()];
    rmSync(place.at(join('small/runs', gone)));
    writeFileSync(place.at(join('small/runs', damaged)), '{"format": "neural-crn-r');
    const results = timeless(read('small/results.json'));
    const { code, stderr } = await run([...tiny, '--out', 'small', '--no-figures']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^2 runs to make, 2 are there; /);
    const after = runFiles('small');
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const name of kept) expect(after.get(name), name).toBe(before.get(name));
    expect(timeless(read('small/results.json'))).toEqual(results);

    const again = await run([...tiny, '--out', 'small', '--no-figures']);
    expect(again.stderr).toBe('');
    expect(runFiles('small')).toEqual(after);
  });

  test('other settings are other runs; more seeds add to those there are', async () => {
    const { stderr } = await run([
      ...[...both, '--seeds', '0-2,7-7', '--epochs', '1', '--out', 'small', '--no-figures'],
    ]);
    expect(stderr).toMatch(/^4 runs to make, 4 are there; /);
    const results = resultsOf('small');
    expect(results.rows.map(({ model, seeds }: Record<string, string>) => [model, seeds])).toEqual([
      ['authors', '0–2'],
      ['improved', '0–2'],
      ['authors', '7'],
      ['improved', '7'],
    ]);
    const other = await run([...both, '--seeds', '1', '--epochs', '2', '--out', 'small']);
    expect(other.stderr).toMatch(/^2 runs to make; /);
    expect(runFiles('small').size).toBe(10);
  });

  test('--stored shows what is there and makes nothing', async () => {
    const before = runFiles('small');
    const words = [...both, '--epochs', '1', '--seeds', '0-3', '--out', 'small', '--no-figures', '--stored'];
    const { code, stdout, stderr } = await run(words);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('authors: 1 of 4 seeds are missing');
    expect(resultsOf('small')).toMatchObject({ status: 'partial' });
    expect(read('small/results.md')).toMatch(/^\| linear-regression \| authors.* \(.*\), 3 of 4 seeds \|/m);
    expect(runFiles('small')).toEqual(before);
    const none = await run([...words, '--out', 'nothing']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('there are no runs in nothing yet');
  });

  test('chemistry that failed is kept, said, and ends with exit code 1', async () => {
    expect((await run([...tiny, '--out', 'failed', '--no-figures', '--quiet'])).code).toBe(0);
    const name = place.at(join('failed/runs', [...runFiles('failed').keys()][1]));
    const stored = JSON.parse(readFileSync(name, 'utf8'));
    stored.result.failure = { code: 'diverged', message: 'learning runs away', hint: 'lower the rate' };
    writeFileSync(name, JSON.stringify(stored));
    const { code, stdout, stderr } = await run([...tiny, '--out', 'failed']);
    expect(code).toBe(1);
    expect(stdout).toContain('authors: the chemistry failed on 1 of 2 seeds');
    expect(stderr).toBe('error: linear-regression authors, seed 1: learning runs away\n');
    const { status, rows } = resultsOf('failed');
    expect(status).toBe('failed');
    expect(rows[0]).toMatchObject({
      worst: null,
      runs: [{ seed: 0 }, { seed: 1, failure: 'learning runs away' }],
    });
    expect(read('failed/index.html')).toContain('authors, seed 0');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)('after %s the same command makes the rest', async (signal, code) => {
    const words = [...both, '--seeds', '12', '--epochs', '40', '--jobs', '2', '--no-figures'];
    const out = `after ${signal}`;
    const stopped = await run([...words, '--out', out], {
      during: async (child: ChildProcess) => {
        await until(() => runFiles(out).size >= 3);
        child.kill(signal);
      },
    });
    expect(stopped.code).toBe(code);
    expect(stopped.stdout).toBe('');
    const kept = runFiles(out);
    expect(kept.size).toBeLessThan(24);
    if (code !== null) {
      expect(stopped.stderr).toContain(`interrupted: ${kept.size} of 24 runs are kept in ${out}\n`);
      expect(stopped.stderr).toMatch(
        /go on with: node \S+cli\.js reproduce linear-regression:authors .*--out 'after SIGINT'\n$/,
      );
      expect(resultsOf(out).status).toBe('cancelled');
    }
    const resumed = await run([...words, '--out', out]);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain(`${24 - kept.size} runs to make, ${kept.size} are there; `);
    const after = runFiles(out);
    expect(after.size).toBe(24);
    for (const [name, time] of kept) expect(after.get(name), name).toBe(time);
  });
});

describe('refusals', () => {
  test.each<[string[], RegExp]>([
    [
      ['liner-regression'],
      /there is no experiment "liner-regression"\n {2}hint: did you mean `linear-regression`\?/,
    ],
    [['virus'], /there is no experiment "virus"\n {2}hint: there are linear-regression, /],
    [['__proto__'], /there is no experiment "__proto__"/],
    [['xor:cubik-leaky'], /there is no recipe "cubik-leaky" for xor\n {2}hint: did you mean `cubic-leaky`\?/],
    [['xor', '--seeds', '0'], /--seeds must be a whole number, at least 1/],
    [['xor', '--seeds', '9-2'], /--seeds 9-2 must run from the smaller seed to the larger/],
    [['xor', '--seeds', '1,b'], /--seeds must be a number of seeds, or seeds and ranges as in 0-9,100-119/],
    [['xor', '--engine', 'wasn'], /--engine must be wasm or js/],
    [['xor', '--jobs', '0'], /--jobs must be a whole number, at least 1/],
    [['xor', '--out', ''], /--out needs the name of a folder/],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await here(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});

describe('parts', () => {
  test('seeds', () => {
    expect(readSeeds('--seeds', '3')).toEqual([{ name: '0–2', seeds: [0, 1, 2] }]);
    expect(readSeeds('--seeds', '5, 0-1 ,5,9')).toEqual([
      { name: '0–1', seeds: [0, 1] },
      { name: '5, 9', seeds: [5, 9] },
    ]);
    expect(readSeeds('--seeds', '7-7')).toEqual([{ name: '7', seeds: [7] }]);
  });

  test('medians', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([1, Number.POSITIVE_INFINITY, 2])).toBe(2);
  });
});
