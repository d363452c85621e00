import { it } from 'vitest';
import { corpus, expectSound, mutated } from '../io/mutations.js';

/** Numbers above those of the short test. */
const first = 1000;
const count = 1_000_000;

it.each(Object.keys(corpus))('%s: never throws on a million spoilt files', (name) => {
  for (let number = first; number < first + count; number++) expectSound(name, mutated(name, number));
});
