import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpticalDigits, readOpticalDigits } from '../../src/digits/index.js';
import { opticalDigits, type Samples, tasks, train } from '../../src/learning/index.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optdigits-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Twelve images of each digit, all different: dots in the column of the digit, and a few by number. */
const rows = Array.from({ length: 120 }, (_, k) => {
  const digit = k % 10;
  const dots = Array.from({ length: 64 }, (_, p) =>
    p % 8 === digit % 8 ? (digit < 8 ? 16 : 8) : ((p * p * (k + 5)) % 13) >> 2,
  );
  return [...dots, digit].join(',');
});
const text = `${rows.join('\n')}\n`;

describe('the file of optical digits', () => {
  it('has 64 numbers of dots and the digit to a line, compressed or not', () => {
    const plain = readOpticalDigits(file('digits.csv', text));
    expect(plain.images).toHaveLength(120);
    expect(plain.labels.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(Array.from(plain.images[0]).slice(0, 3)).toEqual([1, 1 / 16, 1 / 16]);
    expect(readOpticalDigits(file('digits.csv.gz', gzipSync(text)))).toEqual(plain);
    expect(readOpticalDigits(file('windows.csv', text.replaceAll('\n', '\r\n')))).toEqual(plain);
  });

  it.each([
    [
      'a line of another length',
      '1,2,3\n',
      'ragged',
      /bad\.csv:2: a line has 64 pixels .* this one 3 numbers/,
    ],
    [
      'dots beyond 16',
      rows[0].replace(/^16/, '17'),
      'notNumeric',
      /bad\.csv:2, number 1: .* 0 to 16, not "17"/,
    ],
    ['a digit beyond 9', rows[0].replace(/0$/, '10'), 'notNumeric', /number 65: .* 0 to 9, not "10"/],
    ['half a dot', rows[0].replace(/^16/, '0.5'), 'notNumeric', /number 1: .* not "0\.5"/],
    ['an empty cell', rows[0].replace(/^16/, ''), 'notNumeric', /number 1: .* not ""/],
  ])('refuses %s', (_, line, code, message) => {
    const bad = file('bad.csv', `${rows[3]}\n${line}`);
    expect(() => readOpticalDigits(bad)).toThrow(expect.objectContaining({ code, line: 2 }));
    expect(() => readOpticalDigits(bad)).toThrow(message);
  });

  it('says what is the matter with a file that is not there or is damaged', () => {
    expect(() => readOpticalDigits(join(folder, 'none.csv'))).toThrow(
      /optical digits cannot be read: ENOENT.*none\.csv/,
    );
    const cut = file('cut.csv.gz', gzipSync(text).subarray(0, 100));
    expect(() => readOpticalDigits(cut)).toThrow(/cut\.csv\.gz is damaged/);
  });
});

describe('the split', () => {
  const listed = ({ inputs, targets }: Samples) => inputs.map((row, k) => [targets[k], ...row].join());

  it('has a fifth drawn once as test set, whatever the seed, and draws the rest by it', () => {
    loadOpticalDigits(file('split.csv', text));
    const [one, same, other] = [1, 1, 2].map((seed) => opticalDigits({ seed }));
    expect(same).toEqual(one);
    expect(listed(other.test)).toEqual(listed(one.test));
    expect(one.test.targets).toHaveLength(24);
    // Not the last ones, nor one digit after the other.
    expect(listed(one.test)).not.toEqual(listed(one.test).sort());
    expect(listed(other.train)).not.toEqual(listed(one.train));
    const all = ({ train, validation, test }: typeof one) => [train, validation, test].flatMap(listed).sort();
    expect(all(other)).toEqual(all(one));
    expect(new Set(all(one)).size).toBe(120);
    expect(new Set(one.validation.targets)).toEqual(new Set(one.classes.keys()));
  });

  it('needs two of a digit besides the test set', () => {
    const one = rows.filter((row, k) => !row.endsWith(',7') || k < 10);
    loadOpticalDigits(file('few.csv', one.join('\n')));
    expect(() => opticalDigits()).toThrow(/the digit 7 has [01] images? to learn from; it needs 2/);
  });
});

it('is learned as its ideal twin learns it', async () => {
  loadOpticalDigits(file('task.csv', text));
  const task = tasks.optdigits.create({ seed: 0, epochs: 3, circuit: { hidden: 6 } });
  expect(task.circuit).toMatchObject({ inputs: 65, hidden: 6, outputs: 10, rate: 0.05 });
  expect(task.notes[1]).toMatch(
    /85 images to learn from and 11 for validation.*; 24 for the test, a fifth drawn once/,
  );
  const { history, metrics } = await train(task, { ideal: true }).result;
  const last = history[3];
  expect(last.idealDifference).toBeLessThan(1e-4);
  expect(last.validationAccuracy).toBe(last.idealValidationAccuracy);
  expect(metrics.gridAccuracy).toBe(metrics.idealGridAccuracy);
  // By chance one in ten is right, and six standard deviations of 85 images are three in ten.
  expect(last.trainAccuracy).toBeGreaterThan(0.3);
});
