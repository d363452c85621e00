import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCsvRows, checkMarkdown, checkTableText } from '../../src/cli/reproduce-check-tables.js';
import { checkRowsOf, validatedText } from '../../src/cli/reproduce-checks.js';
import { chooseSettings, readSeeds } from '../../src/cli/reproduce-plan.js';
import type { StoredRun } from '../../src/cli/reproduce-stored.js';
import {
  type PlannedValidationRun,
  planValidationRuns,
  validationOf,
} from '../../src/cli/reproduce-validation-plan.js';
import { openTerminal } from '../../src/cli/terminal.js';
import { type ValidationResult, validations } from '../../src/validation/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const read = (name: string) => readFileSync(place.at(name), 'utf8');

beforeAll(ready, buildTime);
afterAll(() => place.remove());

/** Seeds of a recipe that came to these values of a number, and to what is wanted of all others; `null` for a failure. */
function made(word: string, number: string, values: (number | null | undefined)[]) {
  const plan = planValidationRuns(
    chooseSettings([word], undefined),
    readSeeds('--seeds', String(values.length)),
    'o',
    {},
  );
  const stored = new Map<PlannedValidationRun, StoredRun<ValidationResult>>();
  for (const run of plan.runs) {
    const value = values[run.seed];
    if (value === undefined) continue;
    const { claims } = validationOf(run.setting).recipe;
    const others = claims.map(({ name, wanted }) => [name, [wanted].flat()[0]] as const);
    const result: ValidationResult =
      value === null
        ? { values: {}, failure: { message: 'it stopped', hint: '' } }
        : { values: { ...Object.fromEntries(others), [number]: value } };
    stored.set(run, { seed: run.seed, seconds: 2, result } as StoredRun<ValidationResult>);
  }
  return { plan, stored, rows: checkRowsOf(plan, stored) };
}

describe('rows of checks', () => {
  const number = 'm = 3: channel 1 ahead';
  const row = (values: (number | null | undefined)[]) =>
    made('hebbian-neuron:reversible', number, values).rows.find((one) => one.number === number);

  test('a number of all seeds beside what is wanted', () => {
    expect(row([1, 1, 1])).toMatchObject({
      verdict: 'within',
      missing: 0,
      wanted: 1,
      over: 'mean',
      seconds: 2,
    });
    expect(row([1, 0, 1])).toMatchObject({ verdict: 'out', measured: { mean: 2 / 3, least: 0 } });
    // One that failed is out; one that is not there may turn it.
    expect(row([1, null])).toMatchObject({ verdict: 'out', runs: [{ value: 1 }, { failure: 'it stopped' }] });
    expect(row([1, undefined])).toMatchObject({ verdict: 'open', missing: 1 });
  });

  test('tables say what is wanted and what came of it', () => {
    const { rows, plan, stored } = made('hebbian-neuron:reversible', 'species', [20, 21]);
    const text = checkTableText(openTerminal({ color: false }), rows);
    expect(text).toMatch(/^ {2}species +20 +20\.5 \(20–21\) +out$/m);
    expect(text).toMatch(/^ {2}reactions +56 +56 +within$/m);
    expect(checkMarkdown(rows)).toMatch(
      /\| hebbian-neuron \| reversible \| reconstruction \| 0–1 \| species \| mathematics \| 20 \| exactly \| 20\.5 \(20–21\) \| every \| out \|/,
    );
    const [head, ...lines] = checkCsvRows(rows);
    for (const line of lines) expect(line).toHaveLength(head.length);
    expect(plan.runs.map((run) => validatedText(run.setting, stored.get(run)!.result))).toEqual([
      'measured',
      'out: species',
    ]);
  });

  test('the tables of all validations fit 80 columns', () => {
    for (const [name, { recipes }] of Object.entries(validations)) {
      for (const [recipe, { claims }] of Object.entries(recipes)) {
        for (const { name: number, wanted, tolerance } of claims) {
          const [least] = [wanted].flat();
          const values =
            tolerance.kind === 'atMost'
              ? [5.68e-14, 3.89e-15, 5.15e-13]
              : [0.8777 * least, least, 1.0353 * least];
          const { rows } = made(`${name}:${recipe}`, number, values);
          expect(rows).toHaveLength(claims.length);
          const long = checkTableText(openTerminal({ color: false }), rows)
            .split('\n')
            .filter((line) => line.length > 80);
          expect(long).toEqual([]);
        }
      }
    }
  });

  test('the engine is no part of a fingerprint, the seed and what is measured are', () => {
    const print = (word: string, seeds: string, engine?: 'js') =>
      planValidationRuns(chooseSettings([word], undefined), readSeeds('--seeds', seeds), 'o', {
        ...(engine && { engine }),
      }).runs[0].fingerprint;
    const own = print('hebbian-neuron:bias', '1-1');
    expect(print('hebbian-neuron:bias', '1-1', 'js')).toBe(own);
    expect(print('hebbian-neuron:bias', '2-2')).not.toBe(own);
    expect(print('hebbian-neuron:swap', '1-1')).not.toBe(own);
  });
});

describe('reproduce with numbers known beforehand', () => {
  const run = (args: string[]) => neuralCrn(['reproduce', ...args], { cwd: place.path });

  test('a table, files and figures; the same command finds what is there; both engines agree', async () => {
    const words = ['hebbian-neuron:swap', '--seeds', '2', '--out', 'neuron'];
    const { code, stdout, stderr } = await run(words);
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(/^2 runs to make; /)]);
    expect(stderr).toMatch(/^hebbian-neuron swap, seed 1: measured \(.*\)$/m);
    expect(stdout).toMatch(/^ {2}channel 1 ahead before +≥ 1 +1 +within$/m);
    expect(readdirSync(place.at('neuron')).sort()).toEqual([
      ...['checks.csv', 'figures', 'index.html', 'results.csv', 'results.json', 'results.md', 'runs'],
    ]);
    expect(readdirSync(place.at('neuron/figures'))).toEqual(['hebbian-neuron-swap.svg']);
    expect(read('neuron/index.html')).toContain('Numbers known beforehand');
    const results = JSON.parse(read('neuron/results.json'));
    expect(results).toMatchObject({
      status: 'done',
      rows: [],
      checks: [{ verdict: 'within', missing: 0 }, {}, {}],
    });
    const again = await run([...words, '--no-figures']);
    expect([again.code, again.stderr]).toEqual([0, '']);
    const other = await run([...words, '--engine', 'js', '--fresh', '--no-figures']);
    expect(other.code).toBe(0);
    const values = ({ checks }: { checks: { measured: object }[] }) => checks.map(({ measured }) => measured);
    expect(values(JSON.parse(read('neuron/results.json')))).toEqual(values(results));
  });

  test('a number that is out ends with code 1', async () => {
    const words = ['hebbian-neuron:swap', '--seeds', '1', '--out', 'bad', '--no-figures'];
    expect((await run(words)).code).toBe(0);
    const folder = place.at('bad/runs/hebbian-neuron/swap');
    const [file] = readdirSync(folder);
    const kept = JSON.parse(read(`bad/runs/hebbian-neuron/swap/${file}`));
    kept.result.values['channel 1 ahead before'] = 0;
    place.write(`bad/runs/hebbian-neuron/swap/${file}`, JSON.stringify(kept));
    const { code, stderr, stdout } = await run(words);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}channel 1 ahead before +≥ 1 +0 +out$/m);
    expect(stderr).toBe(
      'error: hebbian-neuron swap, seeds 0: channel 1 ahead before is out of what is allowed\n',
    );
    expect(JSON.parse(read('bad/results.json')).status).toBe('failed');
  });

  test.each([
    [
      ['hebbian-neuron', '--epochs', '3'],
      /^error: --epochs is for what learns by epochs; hebbian-neuron measures/,
    ],
    [['hebbian-neuron', '--clock', 'coop'], /^error: --clock is for what learns by epochs; hebbian-neuron/],
    [['hebbian-neuron:sway'], /there is no recipe "sway" for hebbian-neuron/],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await neuralCrnHere(['reproduce', ...args], { cwd: place.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('all with epochs or an engine leaves out what cannot have them', () => {
    const names = (epochs?: number, engine?: 'js') =>
      new Set(chooseSettings(['all'], epochs, undefined, engine).map(({ experiment }) => experiment));
    expect(names()).toContain('hebbian-neuron');
    expect(names(1)).not.toContain('hebbian-neuron');
    expect(names(1)).toContain('bfcnn-or');
    expect(names()).toContain('design-targets');
    expect(names(undefined, 'js')).not.toContain('design-targets');
    expect(names(undefined, 'js')).toContain('hebbian-neuron');
  });
});
