/** A million spoilt files of each format, the numbers after those of the daily tests. */
import { expect, it } from 'vitest';
import { corpus, expectSound, mutated } from '../io/mutations.js';

const first = 1000;
/** A million, or as the environment says. */
const count = Number(process.env.SPOILT ?? 1_000_000);

it.each(Object.keys(corpus))('%s: nothing is thrown for a million spoilt files', (name) => {
  let read = 0;
  for (let number = first; number < first + count; number++) {
    try {
      if (expectSound(name, mutated(name, number))) read++;
    } catch (error) {
      throw new Error(`the spoilt file of number ${number}`, { cause: error });
    }
  }
  console.log(`${name}: ${read} of ${count} spoilt files were read as networks`);
  expect(read).toBeGreaterThan(0);
});
