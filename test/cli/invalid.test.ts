import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTime, neuralCrn, ready, robertson, Workplace } from './command.js';
import { neuralCrnHere } from './here.js';

const place = new Workplace();
const run = (args: string[]) => neuralCrnHere(args, { cwd: place.path });

beforeAll(() => {
  place.write('rob.crn', robertson);
  place.write('decay.crn', 'init A = 1\nA -> B\nsimulate to 1\n');
  place.write('data.csv', 'x,y\n1,2\n2,3\n3,5\n4,6\n5,8\n6,9\n');
});
afterAll(() => place.remove());

/** Exit code 2, nothing on standard output, the message on standard error. */
async function refused(args: string[], message: string | RegExp): Promise<string> {
  const { code, stdout, stderr } = await run(args);
  if (typeof message === 'string') expect(stderr).toContain(message);
  else expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  return stderr;
}

describe('files that are no network', () => {
  test('every error with file, line, column, source line, caret and hint', async () => {
    place.write('bad.crn', 'param k1 = 0.04\ninit A = 1\nA -x> B\nB ->{kk1} C\ninit A = 2\n');
    const stderr = await refused(['simulate', 'bad.crn', '--to', '1'], 'bad.crn:3:3: error: ');
    expect(stderr).toContain('\n  A -x> B\n    ^\n  hint: ');
    expect(stderr).toContain(
      'bad.crn:4:6: error: unknown parameter `kk1` in the rate constant of `B ->{kk1} C`\n' +
        '  B ->{kk1} C\n       ^\n  hint: did you mean `k1`?\n',
    );
    expect(stderr).toMatch(/bad\.crn:5:\d+: error: /);
    expect(stderr).toMatch(/\n3 errors in bad\.crn\n$/);
  });

  test('missing, a directory, empty, binary, not UTF-8', async () => {
    await refused(['simulate', 'nope.crn'], 'nope.crn: error: cannot be read: there is no such file');
    await refused(['simulate', '.'], '.: error: cannot be read: this is a directory, not a file');
    place.write('empty.crn', '');
    await refused(['simulate', 'empty.crn'], 'empty.crn: error: the file is empty');
    place.write('comment.crn', '# nothing here\n');
    await refused(['simulate', 'comment.crn', '--to', '1'], 'comment.crn: error: the network is empty');
    place.write('binary.crn', Buffer.from([65, 10, 66, 0, 1, 2, 255, 254]));
    await refused(['simulate', 'binary.crn'], 'binary.crn:2:2: error: this is not a text file');
    place.write('latin.crn', Buffer.from('A -> B\n# caf\u00e9\n', 'latin1'));
    await refused(['simulate', 'latin.crn'], 'latin.crn:2:6: error: this is not UTF-8 text');
    place.write('wide.crn', Buffer.from('\ufeffA -> B\n', 'utf16le'));
    await refused(['simulate', 'wide.crn'], 'wide.crn: error: the file is UTF-16 text; save it as UTF-8');
  });

  test('an empty standard input, in a process of its own', { timeout: buildTime }, async () => {
    await ready();
    const { code, stdout, stderr } = await neuralCrn(['simulate', '-'], { cwd: place.path });
    expect([code, stdout, stderr]).toEqual([2, '', '<stdin>: error: the file is empty\n']);
  });

  test('a line of ten megabytes is read, and shown in part', async () => {
    place.write('line.crn', `A -> B${'x'.repeat(10_000_000)} @ C\n`);
    const stderr = await refused(['simulate', 'line.crn', '--to', '1'], /^line\.crn:1:10000008: error: /);
    expect(stderr.length).toBeLessThan(1000);
  });
});

describe('flags', () => {
  test.each([
    [['--rtol', '1e-3x'], '--rtol must be a number, greater than 0 and below 1, not "1e-3x"'],
    [['--rtol', '1e-20'], '--rtol must be at least 1e-14'],
    [['--to', '-4'], '--to must be a number, greater than 0, not "-4"'],
    [['--to', 'NaN'], '--to must be a number'],
    [['--atol', '0'], '--atol must be a number, greater than 0, not "0"'],
    [['--atol', 'D=1e-9'], '--atol: there is no species "D"'],
    [['--set', 'D=1'], '--set: there is no species "D"\n  hint: there are A, B, C'],
    [['--set', 'a=1'], 'hint: did you mean `A`?'],
    [['--set', 'A=-1'], '--set A must be a number, at least 0'],
    [['--param', 'k2=1'], '--param: there is no parameter "k2"\n  hint: did you mean `k1`?'],
    [['--param', 'k1=-3'], 'the rate constant of `A ->{k1} B` is -3'],
    [
      ['--method', 'rodas'],
      '--method must be auto, rodas5p, rodas4, tsit5, bdf, direct, sorted, rejection, next or tau, not "rodas"\n  hint: did you mean `rodas4`?',
    ],
    [['--engine', 'gpu'], '--engine must be wasm or js, not "gpu"'],
    [['--kernels', 'fast'], '--kernels must be auto, interpreted or generated'],
    [['--save', '0'], '--save must be a whole number, at least 1'],
    [['--save', 'log:1:2'], '--save must be a number of intervals, or log:FIRST:LAST:POINTS'],
    [['--save', 'log:1:1e9:5'], '--save log goes to 1000000000, but the run ends at --to 40'],
    [['--save', '1e12'], 'are too many to save'],
    [['--max-steps', '0'], '--max-steps must be a whole number, at least 1'],
    [['--max-seconds', '0'], '--max-seconds must be a number, greater than 0'],
    [['--rtoll', '1'], "unknown option '--rtoll'\n(Did you mean --rtol?)"],
    [['--csv', '-', '--json', '-'], '--csv and --json cannot both be written to standard output'],
    [['--csv', 'a', '--json', 'a'], '--csv and --json cannot both be written to a'],
    [['--csv', ''], '--csv needs a file name'],
    [['--csv', '.'], '--csv . cannot be written: it is a directory'],
    [
      ['--csv', 'rob.crn/a.csv'],
      '--csv rob.crn/a.csv cannot be written: a part of the path is not a directory',
    ],
    [['--plot', 'a.pdf'], '--plot must name a file that ends in .svg or .png, not "a.pdf"'],
    [['--plot', '-'], '--plot needs a file name'],
    [['extra'], 'too many arguments'],
  ])('simulate %j', async (flags, message) => {
    await refused(['simulate', 'rob.crn', '--to', '40', ...flags], message);
  });

  test('no end time', async () => {
    await refused(
      ['simulate', 'rob.crn'],
      'rob.crn: no end time is given\n  hint: add --to T, or the line `simulate to T` in the file',
    );
  });

  test("the file's own grid and a shorter --to", async () => {
    place.write('grid.crn', `${robertson}simulate to 100 save log 1e-3 100 5`);
    await refused(
      ['simulate', 'grid.crn', '--to', '10'],
      "the file's save log goes to 100, but the run ends at --to 10",
    );
  });

  test('commands', async () => {
    await refused(['simulat', 'rob.crn'], "unknown command 'simulat'\n(Did you mean simulate?)");
    await refused(['simulate'], "missing required argument 'file'");
    await refused([], 'Usage: neural-crn');
    for (const args of [['--help'], ['--version'], ['help'], ['train', '--help'], ['simulate', '-h']]) {
      expect((await run(args)).code, args.join(' ')).toBe(0);
    }
  });

  test.each([
    [
      ['linear-regresion'],
      'neither a task nor a file "linear-regresion"\n  hint: did you mean `linear-regression`?',
    ],
    [['linear-regression', '--target', 'y'], '--target is for CSV files'],
    [['linear-regression', '--rate', '50'], '--rate 50 is out of reach'],
    [['linear-regression', '--rails', 'three'], '--rails must be positive or dual'],
    [['linear-regression', '--epochs', '-1'], '--epochs must be a whole number, at least 0'],
    [['linear-regression', '--seed', '1.5'], '--seed must be a whole number'],
    [
      ['linear-regression', '--measure-every', '0'],
      '--measure-every must be a whole number, at least 1, not "0"',
    ],
    [['linear-regression', '--measure-every', '1.5'], '--measure-every must be a whole number, at least 1'],
    [['linear-regression', '--measure-every=-2'], '--measure-every must be a whole number, at least 1'],
    [['linear-regression', '--theta', '1'], '--theta needs 2 values, got 1'],
    [['linear-regression', '--constants', 'kq=1'], 'there is no constant "kq"'],
    [['linear-regression', '--atol', 'A=1e-9'], '--atol takes one number here'],
    [['linear-regression', '--out', 'rob.crn'], '--out rob.crn cannot be written'],
    [['linear-regression', '--resume', '--out', 'none'], 'there is nothing to resume: none/checkpoint.json'],
    [['nope.csv', '--target', 'y'], 'nope.csv: error: cannot be read: there is no such file'],
    [['data.csv'], '--target is missing: name the column to predict\n  hint: the columns are x, y'],
    [['data.csv', '--target', 'z'], 'data.csv: error: there is no column "z"; the columns are "x", "y"'],
    [['data.csv', '--target', 'y', '--features', 'y'], '--features cannot hold the target y'],
    [['data.csv', '--target', 'y', '--test', '1'], '--test must be a number, greater than 0 and below 1'],
    [['data.csv', '--target', 'y', '--delimiter', '|'], '--delimiter must be comma, semicolon, tab or auto'],
  ])('train %j', async (args, message) => {
    await refused(['train', ...args], message);
  });

  test('cells that are no numbers, by line and column', async () => {
    place.write('cells.csv', 'x,y\n1,2\n2,abc\n3,4\n');
    await refused(
      ['train', 'cells.csv', '--target', 'y'],
      'cells.csv:3: error: column "y": "abc" is not a finite number',
    );
    place.write('gaps.csv', 'x,y\n1,2\n2,\n3,4\n');
    await refused(
      ['train', 'gaps.csv', '--target', 'y'],
      'gaps.csv:3: error: column "y": the value is missing',
    );
  });

  test('positive rails where a weight must be negative', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${100 - 3 * i + (i % 3)}`);
    place.write('falls.csv', `x,y\n${rows.join('\n')}\n`);
    await refused(['train', 'falls.csv', '--target', 'y', '--rails', 'positive'], 'use --rails dual');
  });
});

describe('models', () => {
  test('what is no model', async () => {
    await refused(['print', 'decay.crn'], 'decay.crn: error: not a model: ');
    place.write('other.json', '{"format":"x"}');
    await refused(
      ['predict', 'other.json', 'data.csv'],
      'other.json: error: not a model: it has no "format"',
    );
    place.write('newer.json', '{"format":"neural-crn-model","version":99,"package":"9.0.0"}');
    await refused(
      ['print', 'newer.json'],
      /newer\.json: error: the model has format version 99.*9\.0\.0.*update/,
    );
    await refused(['predict', '-', '-'], 'only one of the model and the data can come from standard input');
  });
});
