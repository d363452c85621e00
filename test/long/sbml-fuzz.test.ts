/** A million spoilt SBML files, the numbers after those of the daily tests. */
import { expect, it } from 'vitest';
import { expectSound, mutated } from '../io/sbml/mutations.js';

const first = 1_000;
const count = 1_000_000;

it('no spoilt SBML file makes the reader throw', () => {
  let read = 0;
  for (let number = first; number < first + count; number++) {
    try {
      if (expectSound(mutated(number))) read++;
    } catch (error) {
      throw new Error(`the spoilt file of number ${number}`, { cause: error });
    }
  }
  console.log(`${read} of ${count} spoilt files were read as networks`);
  expect(read).toBeGreaterThan(0);
});
