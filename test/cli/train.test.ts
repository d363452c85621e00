import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, pause, ready, until, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
const read = (name: string) => readFileSync(place.at(name), 'utf8');
const report = (folder: string) => JSON.parse(read(`${folder}/report.json`));

beforeAll(async () => {
  await ready();
  // y falls with b: needs dual rails.
  const rows = Array.from({ length: 40 }, (_, i) => {
    const a = ((i * 7) % 11) - 5;
    const b = (i * 5) % 13;
    return `${a};${b};${3 + 2 * a - 4 * b}`;
  });
  place.write('my data.csv', `a;b;y\n${rows.join('\n')}\n`);
}, buildTime);
afterAll(() => place.remove());

describe('the main job', () => {
  test('fills its folder and prints a table of at most 80 columns', async () => {
    const { code, stdout, stderr } = await run(['train', 'linear-regression']);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/loss, validation +4\.376 +0\.124\d +0\.124\d/);
    expect(stdout).toContain('24 reactions, 15 species, at most 2 molecules react at once');
    expect(stdout).toContain('Look in out/linear-regression/');
    const files = readdirSync(place.at('out/linear-regression'));
    const plots = ['concentrations', 'loss', 'parity', 'weights'];
    const pngs = stderr.includes('no PNG files') ? [] : plots.map((name) => `${name}.png`);
    expect(files.sort()).toEqual(
      [
        ...['checkpoint.json', 'model.json', 'network.crn', 'report.json'],
        ...plots.map((name) => `${name}.svg`),
        ...pngs,
      ].sort(),
    );

    const { network, issues } = parseNetwork(read('out/linear-regression/network.crn'));
    expect(issues).toEqual([]);
    expect(network?.reactions).toHaveLength(24);
    expect((await run(['simulate', 'out/linear-regression/network.crn'])).code).toBe(0);
  });

  test('--json - prints only the report, and writes nothing', async () => {
    const { code, stdout, stderr } = await run([
      'train',
      'linear-regression',
      '--seed',
      '3',
      '--epochs',
      '2',
      '--json',
      '-',
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(existsSync(place.at('out/seed3'))).toBe(false);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      experiment: 'linear-regression',
      seed: 3,
      circuit: { species: 15, reactions: 24, maxMolecularity: 2 },
      digital: expect.arrayContaining([expect.stringContaining('dosing')]),
      metrics: {
        trainR2: expect.any(Number),
        validationR2: expect.any(Number),
        idealFinalLoss: expect.any(Number),
      },
      stats: { steps: expect.any(Number) },
    });
    expect(result.history.map(({ epoch }: { epoch: number }) => epoch)).toEqual([0, 1, 2]);
    for (const line of result.history) {
      expect(line).toMatchObject({ trainLoss: expect.any(Number), validationLoss: expect.any(Number) });
    }
    expect(result.parameters.theta).toHaveLength(2);

    const both = await run([
      ...[
        'train',
        'linear-regression',
        '--seed',
        '3',
        '--epochs',
        '2',
        '--out',
        'both',
        '--json',
        '-',
        '--no-plots',
      ],
    ]);
    expect(JSON.parse(both.stdout)).toEqual(result);
    expect(report('both')).toEqual(result);
  });

  test('both engines, rails and no twin', async () => {
    const train = async (...flags: string[]) => {
      const { stdout } = await run(['train', 'linear-regression', '--epochs', '1', '--json', '-', ...flags]);
      return JSON.parse(stdout);
    };
    const wasm = await train();
    expect(await train('--engine', 'js')).toEqual(wasm);
    const alone = await train('--no-ideal', '--rails', 'dual');
    expect(alone.metrics.idealFinalLoss).toBeUndefined();
    expect(alone.circuit).toMatchObject({ reactions: 45, species: 22 });
    expect(alone.history[1].validationLoss).toBeCloseTo(wasm.history[1].validationLoss, 3);
  });
});

describe('--measure-every', () => {
  const epochsIn = (folder: string) => report(folder).history.map(({ epoch }: { epoch: number }) => epoch);
  const start = ['train', 'linear-regression', '--no-plots', '--quiet', '--epochs', '5'];

  test('leaves lines out of the history, and changes nothing else', async () => {
    for (const [out, every] of [
      ['each', []],
      ['second', ['--measure-every', '2']],
    ] as const) {
      expect((await run([...start, ...every, '--out', out])).code).toBe(0);
    }
    expect(epochsIn('second')).toEqual([0, 2, 4, 5]);
    const [each, second] = [report('each'), report('second')];
    expect(second.history).toEqual([0, 2, 4, 5].map((epoch) => each.history[epoch]));
    expect(second.parameters).toEqual(each.parameters);
    expect(second.settings.measureEvery).toBe(2);
    expect(read('second/model.json')).toBe(read('each/model.json'));
    expect(JSON.parse(read('second/checkpoint.json')).settings.measureEvery).toBe(2);
  });

  test('is kept when the run is resumed, and may be changed then', async () => {
    const again = ['train', 'linear-regression', '--no-plots', '--quiet', '--out', 'second', '--resume'];
    expect((await run([...again, '--epochs', '9'])).code).toBe(0);
    expect(epochsIn('second')).toEqual([0, 2, 4, 5, 7, 9]);
    expect((await run([...again, '--epochs', '12', '--measure-every', '1'])).code).toBe(0);
    expect(epochsIn('second')).toEqual([0, 2, 4, 5, 7, 9, 10, 11, 12]);
  });
});

describe('Ctrl-C and --resume', () => {
  test('saves, says how to go on, and ends with the same bits', async () => {
    const flags = ['--epochs', '120', '--order', 'shuffled', '--no-plots'];
    const whole = run(['train', 'linear-regression', ...flags, '--out', 'whole', '--quiet']);
    const stopped = await run(['train', 'linear-regression', ...flags, '--out', 'stopped'], {
      during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
        await until(() => existsSync(place.at('stopped/checkpoint.json')));
        await pause(300);
        child.kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toMatch(/interrupted after epoch \d+ of 120\n/);
    expect(stopped.stderr).toMatch(
      /resume with: node \S+cli\.js train linear-regression --out stopped --resume\n$/,
    );
    const part = report('stopped');
    expect(part.status).toBe('cancelled');
    expect(part.history.length).toBeLessThan(121);

    const resumed = await run(['train', 'linear-regression', '--out', 'stopped', '--resume']);
    expect(resumed.code).toBe(0);
    expect((await whole).code).toBe(0);
    expect(report('whole').status).toBe('done');
    for (const name of ['report.json', 'model.json', 'network.crn']) {
      expect(read(`stopped/${name}`), name).toBe(read(`whole/${name}`));
    }
  });

  test('under npx the command to resume is npx neural-crn', async () => {
    const { code, stderr } = await run(
      ['train', 'my data.csv', '--target', 'y', '--epochs', '1e6', '--out', "o'k"],
      {
        env: { npm_command: 'exec' },
        during: async (child: { kill: (signal: NodeJS.Signals) => void }) => {
          await until(() => existsSync(place.at("o'k/checkpoint.json")));
          child.kill('SIGINT');
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain("resume with: npx neural-crn train 'my data.csv' --out 'o'\\''k' --resume\n");
  });

  test('more epochs may be asked for, other changes may not', async () => {
    const start = [
      'train',
      'linear-regression',
      '--rate',
      '0.03',
      '--method',
      'rodas4',
      '--out',
      'more',
      '--no-plots',
    ];
    expect((await run([...start, '--epochs', '3'])).code).toBe(0);
    const again = ['train', 'linear-regression', '--out', 'more', '--resume', '--no-plots'];
    const refusals: [string[], string][] = [
      [['--rate', '0.02'], '--rate cannot be changed when a run is resumed: more was started with 0.03'],
      [['--seed', '1'], '--seed cannot be changed when a run is resumed: more was started without it'],
      [['--no-ideal'], '--no-ideal cannot be changed'],
      [['--epochs', '2'], '--epochs 2 is less than the 3 epochs that more already has'],
    ];
    for (const [flags, message] of refusals) {
      const { code, stderr } = await run([...again, ...flags]);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
    expect((await run([...again, '--rate', '0.03', '--epochs', '5'])).code).toBe(0);
    expect(report('more').history).toHaveLength(6);
    expect(
      (await run([...start.slice(0, -3), '--out', 'straight', '--no-plots', '--epochs', '5'])).code,
    ).toBe(0);
    expect(read('more/report.json')).toBe(read('straight/report.json'));
  });
});

describe('chemistry that cannot go on', () => {
  test('exit 1, the report up to the last epoch, and what to do', async () => {
    const { code, stdout, stderr } = await run([
      ...[
        'train',
        'linear-regression',
        '--rate',
        '0.6',
        '--rails',
        'positive',
        '--out',
        'fails',
        '--json',
        '-',
        '--no-plots',
      ],
    ]);
    expect(code).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      status: 'failed',
      failure: { code: 'negativeWeight', epoch: 1, hint: expect.stringContaining('--rails dual') },
      circuit: { reactions: 24 },
    });
    expect(result.history).toHaveLength(1);
    expect(report('fails')).toEqual(result);
    expect(stderr).toMatch(/error: a weight would go negative: use --rails dual.*\n {2}hint: .*--rails dual/);
  });
});

describe('a table of one own', () => {
  test('is learned, used and printed', async () => {
    const trained = await run(['train', 'my data.csv', '--target', 'y', '--epochs', '30', '--no-plots']);
    expect(trained.stderr).toBe('');
    expect(trained.code).toBe(0);
    expect(trained.stdout).toMatch(/y ≈ (2|1\.99\d*|2\.00\d*) a − (4|3\.99\d*|4\.00\d*) b \+ /);
    const folder = 'out/my data';
    expect(report(folder)).toMatchObject({ experiment: 'my data', target: 'y', inputs: ['a', 'b', '1'] });
    expect(report(folder).metrics.validationR2).toBeGreaterThan(0.99);

    const predicted = await run(['predict', `${folder}/model.json`, 'my data.csv']);
    expect(predicted.code).toBe(0);
    expect(predicted.stderr).toMatch(/^40 rows: loss \S+, R² 0\.999\d against column y\n$/);
    const lines = predicted.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('a;b;y;prediction');
    expect(lines).toHaveLength(41);
    const [a, b, y, prediction] = lines[1].split(';').map(Number);
    expect([a, b, y]).toEqual([-5, 0, -7]);
    expect(prediction).toBeCloseTo(-7, 0);

    // Without the target, in another order, with a column that is not used; from standard input.
    const input = 'name,b,a\n"one, two",0,-5\n';
    const bare = await run(['predict', `${folder}/model.json`, '-', '--csv', '-'], { input });
    expect(bare.stdout).toBe(`name,b,a,prediction\n"one, two",0,-5,${prediction}\n`);
    expect(bare.stderr).toBe('');
    const json = await run(['predict', `${folder}/model.json`, '-', '--json', '-'], { input });
    expect(JSON.parse(json.stdout)).toEqual({ predictions: [prediction] });
    const again = await run(['predict', `${folder}/model.json`, '-'], { input: bare.stdout });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('<stdin>: error: there is a column prediction already');
    const missing = await run(['predict', `${folder}/model.json`, '-'], { input: 'a,c\n1,2\n' });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('<stdin>: error: there is no column "b"');

    const printed = await run(['print', `${folder}/model.json`]);
    expect(printed.code).toBe(0);
    expect(printed.stdout).toContain('# Weights: theta[a] = ');
    const { network, issues } = parseNetwork(printed.stdout);
    expect(issues).toEqual([]);
    expect(network?.phases.map(({ name }) => name)).toEqual(['feed', 'learn']);
  });

  test('from standard input, columns chosen, without intercept', async () => {
    const { code, stdout } = await run(
      [
        'train',
        '-',
        '--target',
        'y',
        '--features',
        'a',
        '--augment',
        'none',
        '--ideal',
        '--epochs',
        '2',
        '--json',
        '-',
      ],
      { input: read('my data.csv') },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      experiment: 'stdin',
      inputs: ['a'],
      metrics: { idealFinalLoss: expect.any(Number) },
    });
  });
});
