import { describe, expect, test } from 'vitest';
import {
  readAssignments,
  readNumber,
  readNumberOrNone,
  readSave,
  readTolerances,
  short,
  splitList,
} from '../../src/cli/numbers.js';

describe('numbers of flags', () => {
  test.each([
    ['1e-3', 1e-3],
    ['.5', 0.5],
    ['5.', 5],
    ['+3', 3],
    ['-2E+1', -20],
  ])('%s is a number', (text, value) => {
    expect(readNumber('--x', text)).toBe(value);
  });

  test.each(['1e-3x', '', ' ', 'NaN', 'Infinity', '0x10', '1e999', '1,5', '--to'])('%s is none', (text) => {
    expect(() => readNumber('--x', text)).toThrow(`--x must be a number, not ${JSON.stringify(text)}`);
  });

  test('bounds are named', () => {
    expect(() => readNumber('--rtol', '2', { above: 0, below: 1 })).toThrow(
      '--rtol must be a number, greater than 0 and below 1, not "2"',
    );
    expect(() => readNumber('--epochs', '1.5', { atLeast: 0, whole: true })).toThrow(
      '--epochs must be a whole number, at least 0, not "1.5"',
    );
    expect(readNumberOrNone('--drift', 'none')).toBe('none');
    expect(() => readNumberOrNone('--drift', 'no')).toThrow('--drift must be a number, or none, not "no"');
  });
});

describe('lists', () => {
  test('commas inside of names do not cut', () => {
    expect(splitList('A=1, P[1,2]=3,`R(a,l!1)`=4')).toEqual(['A=1', 'P[1,2]=3', '`R(a,l!1)`=4']);
  });

  test('assignments', () => {
    expect([...readAssignments('--set', 'A=1,P[1, 2]+=3,`R(a,l=1)`=4')]).toEqual([
      ['A', 1],
      ['P[1,2]+', 3],
      ['R(a,l=1)', 4],
    ]);
    expect([...readAssignments('--set', 'B=2', {}, new Map([['A', 1]]))]).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
  });

  test.each([
    ['A', '--set must be name=value pairs separated by commas, not "A"'],
    ['', '--set must be name=value pairs separated by commas, not ""'],
    ['=1', '--set must be name=value pairs separated by commas, not "=1"'],
    ['A=x', '--set A must be a number, at least 0, not "x"'],
    ['A=-1', '--set A must be a number, at least 0, not "-1"'],
    ['A=1,A=2', '--set gives A twice'],
  ])('%s is refused', (text, message) => {
    expect(() => readAssignments('--set', text, { atLeast: 0 })).toThrow(message);
  });

  test('tolerances: a bare number is for all', () => {
    expect(readTolerances('--atol', '1e-12,P[1,2]=1e-18')).toEqual({
      all: 1e-12,
      species: new Map([['P[1,2]', 1e-18]]),
    });
    expect(() => readTolerances('--atol', '1e-12,1e-9')).toThrow('two numbers for all species');
    expect(() => readTolerances('--atol', 'B=0')).toThrow('--atol B must be a number, greater than 0');
  });
});

test('grids to save', () => {
  expect(readSave('--save', '200')).toEqual({ kind: 'uniform', intervals: 200 });
  expect(readSave('--save', 'log:1e-6:1e5:200')).toEqual({ kind: 'log', from: 1e-6, to: 1e5, points: 200 });
  for (const wrong of ['0', '1.5', 'log', 'log:1:2', 'log:0:2:3', 'log:2:1:3', 'log:1:2:1', 'lin:1:2:3']) {
    expect(() => readSave('--save', wrong), wrong).toThrow('--save');
  }
});

test('numbers for people', () => {
  expect([0, 0.123456789, 1234567, 12345678, 0.00001234, -1e-9].map((value) => short(value))).toEqual([
    '0',
    '0.123457',
    '1234570',
    '1.23457e+7',
    '1.234e-5',
    '-1e-9',
  ]);
});
