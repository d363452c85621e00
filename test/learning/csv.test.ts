import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, numericColumns, parseCsv, readCsv } from '../../src/learning/index.js';

/** The DataError that `run` throws. */
function failure(run: () => unknown): DataError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('nothing was thrown');
}

describe('reading CSV', () => {
  it('reads features and target, whatever their order', () => {
    const data = readCsv('a,y,b\n1,10,2\n-3.5,+20,4e-1\n', { target: 'y' });
    expect(data).toEqual({
      features: ['a', 'b'],
      target: 'y',
      inputs: [
        [1, 2],
        [-3.5, 0.4],
      ],
      targets: [10, 20],
      lines: [2, 3],
    });
  });

  it('finds the delimiter', () => {
    for (const delimiter of [',', ';', '\t']) {
      const text = `a${delimiter}b\n1${delimiter}2\n`;
      expect(parseCsv(text)).toMatchObject({ delimiter, rows: [['1', '2']] });
    }
    expect(parseCsv('"a,b,c";d\n1;2\n')).toMatchObject({ delimiter: ';', columns: ['a,b,c', 'd'] });
    expect(parseCsv('a;b,c\n1;2,3', { delimiter: ';' })).toMatchObject({ columns: ['a', 'b,c'] });
  });

  it('reads quotes, byte order marks and every line end', () => {
    const table = parseCsv('\ufeff"a ""x""",b\r\n"1",2\r3, "4" \n\n"5\n6",7');
    expect(table.columns).toEqual(['a "x"', 'b']);
    expect(table.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5\n6', '7'],
    ]);
    expect(table.lines).toEqual([2, 3, 5]);
  });

  it('finds out whether there is a header', () => {
    expect(parseCsv('1,2\n3,4\n')).toMatchObject({ hasHeader: false, columns: ['column1', 'column2'] });
    expect(parseCsv('1,2\n3,4\n', { header: true })).toMatchObject({
      columns: ['1', '2'],
      rows: [['3', '4']],
    });
    expect(parseCsv('a,b\n3,4\n', { header: false }).rows).toHaveLength(2);
    expect(readCsv('1,2\n3,4\n', { target: 'column2' })).toMatchObject({
      inputs: [[1], [3]],
      targets: [2, 4],
    });
  });

  it('takes the features asked for', () => {
    expect(readCsv('id,a,b,y\nx,1,2,3\n', { target: 'y', features: ['b', 'a'] })).toMatchObject({
      inputs: [[2, 1]],
    });
  });
});

describe('CSV that cannot be used', () => {
  const cases: [string, string, object, object, RegExp][] = [
    ['an empty file', ' \n\n', {}, { code: 'empty' }, /the file is empty/],
    ['only a header', 'a,y\n', {}, { code: 'noRows' }, /header but no rows/],
    ['binary', 'a,y\n1,\u00002\n', {}, { code: 'binary', line: 2 }, /line 2: not text/],
    ['another encoding', 'a,y\n1,\ufffd\n', {}, { code: 'binary', line: 2 }, /UTF-8/],
    [
      'an open quote',
      'a,y\n1,2\n"3,4\n',
      {},
      { code: 'unterminatedQuote', line: 3 },
      /line 3: a quoted cell/,
    ],
    [
      'a short row',
      'a,y\n1,2\n3\n',
      {},
      { code: 'ragged', line: 3 },
      /line 3: 1 cell, but the table has 2 columns/,
    ],
    ['a long row', 'a,y\n1,2,3\n', {}, { code: 'ragged', line: 2 }, /line 2: 3 cells/],
    ['a name twice', 'a,a,y\n1,2,3\n', {}, { code: 'duplicateColumn', column: 'a' }, /two columns "a"/],
    ['a missing name', 'a,,y\n1,2,3\n', {}, { code: 'missingValue', line: 1 }, /column 2 has no name/],
    [
      'an unknown target',
      'a,b\n1,2\n',
      {},
      { code: 'unknownColumn' },
      /no column "y"; the columns are "a", "b"/,
    ],
    ['a target by name without header', '1,2\n3,4\n', {}, { code: 'unknownColumn' }, /not taken as a header/],
    ['no feature', 'y\n1\n2\n', {}, { code: 'noFeatures' }, /no column to learn from beside the target "y"/],
    [
      'a missing cell',
      'a,b,y\n1,2,3\n4,,6\n',
      {},
      { code: 'missingValue', line: 3, column: 'b', value: '' },
      /line 3, column "b": the value is missing/,
    ],
    [
      'NA',
      'a,y\n1,2\nNA,6\n',
      {},
      { code: 'missingValue', line: 3, column: 'a', value: 'NA' },
      /missing \("NA"\)/,
    ],
    [
      'a word',
      'a,y\n1,2\n3,four\n',
      {},
      { code: 'notNumeric', line: 3, column: 'y', value: 'four' },
      /line 3, column "y": "four" is not a finite number/,
    ],
    [
      'too large a number',
      'a,y\n1e999,2\n',
      {},
      { code: 'notNumeric', value: '1e999' },
      /not a finite number/,
    ],
    ['Infinity', 'a,y\nInfinity,2\n', {}, { code: 'notNumeric' }, /not a finite number/],
    ['hexadecimal', 'a,y\n0x10,2\n', {}, { code: 'notNumeric', value: '0x10' }, /0x10/],
    [
      'a decimal comma',
      'a;y\n1,5;2\n',
      {},
      { code: 'notNumeric', value: '1,5' },
      /write decimals with a point/,
    ],
  ];
  for (const [name, text, options, properties, message] of cases) {
    it(`names ${name}`, () => {
      const error = failure(() => readCsv(text, { target: 'y', ...options }));
      expect(error).toMatchObject(properties);
      expect(error.message).toMatch(message);
    });
  }

  it('does not read 12 from "1"2 by halves', () => {
    expect(parseCsv('a,y\n"1"2,2\n').rows[0]).toEqual(['12', '2']);
  });

  it('does not repeat a huge cell in its message', () => {
    const error = failure(() => readCsv(`a,y\n${'x'.repeat(1e6)},2\n`, { target: 'y' }));
    expect(error.message.length).toBeLessThan(120);
  });

  it('reads ten megabytes in one line', () => {
    const error = failure(() => readCsv(`a,y\n1,2\n${'1,'.repeat(5e6)}`, { target: 'y' }));
    expect(error.code).toBe('ragged');
    expect(error.message.length).toBeLessThan(200);
  });

  it('only ever throws DataError, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '\t', '"', '\n', '\r', '.', '-', ' ') }),
        (text) => {
          try {
            const table = parseCsv(text);
            expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
            numericColumns(table, table.columns);
          } catch (error) {
            expect(error).toBeInstanceOf(DataError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('names every unusable cell, up to eight', () => {
    const bad = 'a,b,y\n1,x,2\n,2,3\n4,5,NA\n';
    expect(() => readCsv(bad, { target: 'y' })).toThrow(
      /3 cells cannot be used: line 2, column "b": "x" is not a finite number; line 3, column "a": .*; line 4, column "y"/,
    );
    const worse = `a,y\n${'x,1\n'.repeat(20)}`;
    expect(() => readCsv(worse, { target: 'y' })).toThrow(/20 cells cannot be used.*; and 12 more/);
  });
});
