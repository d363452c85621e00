import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const place = new Workplace();
const run = (args: string[], options = {}) => neuralCrn(args, { cwd: place.path, ...options });
const read = (name: string) => readFileSync(place.at(name), 'utf8');
const train = (...args: string[]) => run(['train', ...args, '--no-plots']);

/** Stones by three lengths; one kind is large in each. */
const stones = (['opal', 'agate', 'flint'] as const).flatMap((kind, k) =>
  Array.from({ length: 8 }, (_, i) => {
    const length = (j: number) => (j === k ? 8 : 2) + ((i * (j + 3)) % 5) / 4;
    return `${length(0)},${length(1)},${length(2)},${kind}`;
  }),
);
const table = `a,b,c,kind\n${stones.join('\n')}\n`;

beforeAll(async () => {
  await ready();
  place.write('stones.csv', table);
  place.write(
    'numbers.csv',
    table.replaceAll('opal', '1').replaceAll('agate', '2').replaceAll('flint', '10'),
  );
}, buildTime);
afterAll(() => place.remove());

describe('train and predict with classes', () => {
  test('learns names, draws the confusions, and predicts names', async () => {
    const trained = await run(['train', 'stones.csv', '--target', 'kind', '--epochs', '4', '--out', 'o']);
    expect(trained.code).toBe(0);
    const { stdout } = trained;
    expect(stdout).toMatch(/accuracy, validation +\S+ % +100 %/);
    expect(stdout).toMatch(/validation, taken for +agate +flint +opal\n +agate +2 +0 +0\n +flint +0 +2 +0\n/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/confusion\.svg\S* .*which class was taken for which/);
    const files = readdirSync(place.at('o'));
    expect(files).toContain('confusion.svg');
    expect(files.filter((name) => /^(parity|decisions)/.test(name))).toEqual([]);
    for (const word of ['agate', 'flint', 'opal']) expect(read('o/confusion.svg')).toContain(`>${word}<`);

    const report = JSON.parse(read('o/report.json'));
    expect(report).toMatchObject({
      target: 'kind',
      epoch: 4,
      metrics: {
        validationAccuracy: 1,
        confusion: [
          [2, 0, 0],
          [0, 2, 0],
          [0, 0, 2],
        ],
      },
    });
    expect(JSON.parse(read('o/model.json')).labels.classes).toEqual(['agate', 'flint', 'opal']);
    const { network, issues } = parseNetwork(read('o/network.crn'));
    expect(issues).toEqual([]);
    // The first validation row's label is dosed on all three outputs.
    expect(network!.doses.filter(({ species }) => /^Y/.test(network!.species[species].name))).toHaveLength(3);

    const predicted = await run(['predict', 'o/model.json', 'stones.csv']);
    expect(predicted.stderr).toBe('24 rows: 24 right (100 %) against column kind\n');
    const lines = predicted.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('a,b,c,kind,prediction');
    for (const line of lines.slice(1)) expect(line.split(',')[4]).toBe(line.split(',')[3]);

    const input = 'kind,c,b,a\n,8,2,2\nopal,8,2,2\nquartz,2,2,8\n';
    const json = await run(['predict', 'o/model.json', '-', '--json', '-'], { input });
    expect(JSON.parse(json.stdout)).toEqual({ predictions: ['flint', 'flint', 'opal'] });
    expect(json.stderr).toBe('2 rows: 0 right (0 %) against column kind\n');

    const printed = await run(['print', 'o/model.json']);
    expect(printed.stdout).toContain('# Outputs: 1 for agate, 2 for flint, 3 for opal; a label is 1 for its');
    expect(printed.stdout).not.toMatch(/undefined|NaN|linear Neural/);
    expect(parseNetwork(printed.stdout).issues).toEqual([]);
  });

  test('--classes takes numbers for names; without it they are values', async () => {
    const flags = ['numbers.csv', '--target', 'kind', '--json', '-', '--epochs', '0'];
    const classes = JSON.parse((await train(...flags, '--classes', '--hidden', '6')).stdout);
    expect(classes.metrics.confusion).toHaveLength(3);
    expect(classes.parameters.theta).toHaveLength(6 * 4);
    const values = JSON.parse((await train(...flags)).stdout);
    expect(values.metrics).not.toHaveProperty('confusion');
    expect(values.metrics).toHaveProperty('validationR2');
  });

  test('--recipe relu: the circuit of the handwritten digits, for any table of classes', async () => {
    const trained = await run([
      ...['train', 'numbers.csv', '--target', 'kind', '--classes', '--recipe', 'relu', '--ideal'],
      ...['--epochs', '12', '--out', 'relu', '--no-plots'],
    ]);
    expect(trained.code).toBe(0);
    const report = JSON.parse(read('relu/report.json'));
    expect(JSON.parse(read('relu/model.json')).circuit.options).toMatchObject({
      dynamics: 'relu',
      readout: 'trained',
      inputs: 4,
      outputs: 3,
    });
    const { trainAccuracy, idealTrainAccuracy, trainLoss } = report.history[12];
    expect(trainAccuracy).toBe(idealTrainAccuracy);
    expect(trainAccuracy).toBeGreaterThan(0.9);
    expect(trainLoss).toBeLessThan(report.history[0].trainLoss / 3);
    // Rows below all of the training rows are predicted as well.
    const input = 'a,b,c\n-1,-1,9\n';
    const predicted = await run(['predict', 'relu/model.json', '-', '--json', '-'], { input });
    expect(predicted.code).toBe(0);
    expect(JSON.parse(predicted.stdout).predictions).toHaveLength(1);
  });

  test.each([
    [
      ['stones.csv', '--target', 'kind', '--recipe', 'digits'],
      /--recipe must be 'rectified' or 'relu', got "digits"/,
    ],
    [['numbers.csv', '--target', 'kind', '--recipe', 'relu'], /--recipe is for classifications/],
    [['numbers.csv', '--target', 'kind', '--examples', '3'], /--examples is for named tasks/],
    [['words.csv', '--target', 'kind', '--recipe', 'relu'], /words\.csv:3: error: column "b".*"two"/],
    [
      ['xor', '--examples', '1000000'],
      /--examples must be an integer from 1 to \d+, the training rows of xor/,
    ],
    [['stones.csv', '--target', 'kind', '--rails', 'positive'], /use --rails dual/],
    [['stones.csv', '--target', 'kind', '--augment', '1'], /--augment is not for classifications/],
    [['numbers.csv', '--target', 'kind', '--hidden', '4'], /--hidden is for classifications/],
    [['linear-regression', '--hidden', '4'], /--hidden is not for linear-regression/],
    [['linear-regression', '--classes'], /--classes is for CSV files/],
    [['xor', '--patience', '0'], /--patience must be a whole number, at least 1/],
    [['one.csv', '--target', 'kind'], /one\.csv.*class "y" of column "kind" has one row only, line 4/],
    [['hole.csv', '--target', 'kind'], /hole\.csv:3: error: column "kind": the class is missing/],
  ])('train %s is refused with exit code 2', async (args, message) => {
    place.write('one.csv', 'a,kind\n1,x\n2,x\n3,y\n');
    place.write('words.csv', 'a,b,kind\n1,1,x\n2,two,x\n3,3,y\n');
    place.write('hole.csv', 'a,kind\n1,x\n2,\n3,y\n');
    const { code, stderr } = await train(...args, '--json', '-');
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('--patience', () => {
  const flags = [
    'linear-regression',
    '--rails',
    'dual',
    '--rate',
    '0.12',
    '--order',
    'shuffled',
    '--seed',
    '1',
  ];

  test('ends the run, keeps the best epoch, and can be resumed with more', async () => {
    const stopped = await train(...flags, '--epochs', '20', '--patience', '3', '--out', 'p');
    expect(stopped.code).toBe(0);
    const report = JSON.parse(read('p/report.json'));
    const { epoch, best } = report.stopped;
    expect(report).toMatchObject({ status: 'done', epoch: best });
    expect(report.history).toHaveLength(epoch + 1);
    expect(stopped.stdout).toMatch(
      new RegExp(`stopped +after epoch ${epoch}: no lower validation loss for 3`),
    );
    expect(stopped.stdout).toMatch(new RegExp(`before +epoch ${best} `));
    expect(JSON.parse(read('p/model.json')).training.epochs).toBe(best);

    const again = await train('linear-regression', '--out', 'p', '--resume');
    expect(again.code).toBe(0);
    expect(JSON.parse(read('p/report.json')).stopped).toEqual({ epoch, best });
    const more = await train('linear-regression', '--out', 'p', '--resume', '--patience', '5');
    expect(more.code).toBe(0);
    expect(JSON.parse(read('p/report.json')).history.length).toBeGreaterThan(epoch + 1);

    await train(...flags, '--epochs', '1', '--out', 'q');
    const late = await train(
      'linear-regression',
      '--out',
      'q',
      '--resume',
      '--epochs',
      '2',
      '--patience',
      '2',
    );
    expect(late.code).toBe(2);
    expect(late.stderr).toMatch(/--patience: the run to resume has kept no best epoch/);
  });
});

describe('iris', () => {
  test('train and reproduce draw confusions in place of a plane', async () => {
    const { code, stdout } = await run(['train', 'iris', '--epochs', '0', '--out', 'iris']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/validation, taken for +setosa +versicolor +virginica\n/);
    expect(existsSync(place.at('iris/confusion.svg'))).toBe(true);

    const made = await run([
      ...['reproduce', 'iris:rectified', '--seeds', '1', '--epochs', '1', '--jobs', '1', '--out', 'made'],
    ]);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/validation accuracy/);
    const figures = readdirSync(place.at('made'), { recursive: true }).map(String);
    const drawn = figures.find((name) => /iris-rectified-predictions\.svg$/.test(name));
    expect(read(`made/${drawn}`)).toMatch(/true and predicted classes/);
  });
});
