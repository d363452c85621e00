import { describe, expect, it } from 'vitest';
import { count, cut, number, time, tolerance } from '../../bench/report/format.js';
import { markdownReport } from '../../bench/report/markdown.js';
import { markdownTable } from '../../bench/report/table.js';

describe('numbers as text', () => {
  it.each([
    [0, '0'],
    [0.012345, '0.0123'],
    [1.5, '1.50'],
    [99.97, '100'],
    [123.4, '123'],
    [20_402, '20 400'],
    [-3.84, '-3.84'],
    [Number.NaN, '–'],
  ])('%d is %s', (value, text) => {
    expect(number(value)).toBe(text);
  });

  it('times take the unit that suits them', () => {
    expect(time(15.92)).toBe('15.9 µs');
    expect(time(1671)).toBe('1.67 ms');
    expect(time(10.1e6)).toBe('10.1 s');
  });

  it('counts keep every digit, tolerances their power of ten, long texts their beginning', () => {
    expect(count(20_402)).toBe('20 402');
    expect(tolerance(1e-6)).toBe('1e-6');
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('abcd', 4)).toBe('abcd');
  });
});

describe('a Markdown table', () => {
  it('lines up its columns and escapes bars', () => {
    const text = markdownTable({
      head: ['what', 'µs'],
      rows: [
        ['a|b', '1'],
        ['longer', '1000'],
      ],
    });
    expect(text.split('\n')).toEqual([
      '| what   |   µs |',
      '| ------ | ---: |',
      '| a\\|b   |    1 |',
      '| longer | 1000 |',
    ]);
  });

  it('refuses a row of another length', () => {
    expect(() => markdownTable({ head: ['a', 'b'], rows: [['1']] })).toThrow(/1 cells where the head has 2/);
  });
});

it('a report names the machine, says what was reached, and links figures where they are written', () => {
  const machine = { cpu: 'Some CPU', cores: 2, node: '20', system: 'Linux', load: 0.1 };
  const figure = {
    title: 'A figure',
    width: 100,
    height: 100,
    x: { label: 'x', scale: 'linear' as const },
    y: { label: 'y', scale: 'log' as const },
    layers: [],
  };
  const result = {
    title: 'Suite',
    intro: 'What it is.',
    tables: [{ title: 'Times', head: ['a', 'b'], rows: [['1', '2']] }],
    targets: [
      { what: 'speed', reach: '≥ 2', found: '3', met: true },
      { what: 'workers', reach: '≥ 2', found: '–', met: null },
    ],
    notes: ['something is missing'],
    figures: [{ name: 'figure', figure }],
    data: {},
  };
  const text = markdownReport(machine, 'How.', [result], (name) => `${name}.svg`);
  expect(text).toContain('Some CPU, 2 cores; Node 20; Linux; load 0.1 at the start. How.');
  expect(text).toMatch(/\| speed +\| +≥ 2 \| +3 \| +yes \|/);
  expect(text).toMatch(/\| workers \| +≥ 2 \| +– \| not measured \|/);
  expect(text).toContain('## Suite');
  expect(text).toContain('* something is missing');
  expect(text).toContain('* [A figure](figure.svg)');
  expect(markdownReport(machine, 'How.', [result], () => null)).not.toContain('A figure');
});
