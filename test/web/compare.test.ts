import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnsOf, placeOf, type StoredComparison, sorted } from '../../web/compare/columns';
import { presetNames } from '../../web/simulate/presets';

const { rows }: StoredComparison = JSON.parse(
  readFileSync(new URL('../../web/compare/comparison.json', import.meta.url), 'utf8'),
);

describe('the stored comparison', () => {
  it('has a text for every cell, and a place for what runs in the page', () => {
    for (const table of ['made', 'came', 'off'] as const) {
      for (const column of columnsOf(table, rows)) {
        for (const row of rows) expect(column.text(row), column.name).not.toMatch(/undefined|NaN|^$/);
      }
    }
    for (const row of rows) {
      const preset = /preset=(.*)/.exec(placeOf(row) ?? '')?.[1];
      if (preset !== undefined) expect(presetNames.map(({ name }) => name)).toContain(preset);
    }
    expect(placeOf(rows[0])).toBe('#learn?task=xor');
  });

  it('is sorted by a column, what is not known last either way', () => {
    const epochs = columnsOf('came', rows).find(({ name }) => name === 'epochs');
    for (const isDown of [false, true]) {
      const values = sorted(rows, epochs, isDown).map((row) => row.epochs?.median ?? null);
      const known = values.filter((value) => value !== null);
      expect(values.slice(0, known.length)).toEqual(known);
      expect(known).toEqual([...known].sort((a, b) => (isDown ? b - a : a - b)));
      expect(known.length).toBeLessThan(values.length);
    }
  });

  it('takes columns that it has never seen from the rows', () => {
    const [first] = rows;
    const success = { reached: 3, runs: 10, rate: 0.3, interval: [0.1, 0.6] as [number, number] };
    const row = { ...first, mismatch: [{ sigma: 0.5, ...success }], volumes: [{ volume: 7000, ...success }] };
    const columns = columnsOf('off', [row]);
    expect(columns.map(({ title }) => title)).toEqual(['As designed', '±50 %', '7,000 molecules']);
    expect(columns[2].text(row)).toBe('3/10 (10–60 %)');
    expect(columns[2].text(first)).toBe('–');
  });
});
