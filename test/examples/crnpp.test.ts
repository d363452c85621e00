import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { crnppPrograms } from '../../src/validation/crnpp-programs.js';

const folder = new URL('../../examples/crnpp/', import.meta.url);

it('the CRN++ programs of the examples are those whose results are checked', () => {
  const files = readdirSync(folder).sort();
  expect(files).toEqual(Object.keys(crnppPrograms).map((name) => `${name}.crnpp`));
  for (const [name, text] of Object.entries(crnppPrograms)) {
    expect(readFileSync(new URL(`${name}.crnpp`, folder), 'utf8')).toBe(`${text}\n`);
  }
});
