import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faults } from '../tools/faults.js';

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const page = readFileSync(at('docs/testing.md'), 'utf8');

describe('the page of what guards what', () => {
  it('has every row of the ladder, and names files that exist', () => {
    const rows = [...page.matchAll(/^\| (\d+) \|.*$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [row] of rows) expect(row.match(/`test\/\S+\.test\.ts`/g), row).not.toBeNull();
    const paths = [...page.matchAll(/\btest\/[\w./-]*\w/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(at(path)))).toEqual([]);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    const named = [...page.matchAll(/`npm run ([\w:]+)/g)].map(([, name]) => name);
    expect(named).toContain('test:faults');
    for (const name of named) expect(scripts, name).toHaveProperty(name);
  });
});

describe('the list of faults', () => {
  it('has places that occur once in the sources, and tests that are there', () => {
    const lost = faults.filter(
      ({ file, find, caughtBy }) =>
        !existsSync(at(caughtBy)) ||
        !existsSync(at(file)) ||
        readFileSync(at(file), 'utf8').split(find).length !== 2,
    );
    expect(lost.map(({ name }) => name)).toEqual([]);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('has those that the field asks for', () => {
    expect(faults.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'a stoichiometric sign flipped',
        'a Jacobian entry dropped',
        'two tableau numbers swapped',
        'the factorial convention',
        'negatives clipped to zero',
      ]),
    );
  });
});
