import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectSound } from '../mutations.js';

it('no text makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void expectSound('sbml', text)),
    {
      seed: 1,
      numRuns: 300,
    },
  );
});

// Work that grows with the square of the length would run for hours: the tests' time limit stands for it.
it.each([
  ['blanks', ' '.repeat(5_000_000)],
  ['open brackets', '<'.repeat(5_000_000)],
  ['elements', '<a/>'.repeat(1_000_000)],
  ['open elements', '<a>'.repeat(1_000_000)],
  ['attributes', `<sbml ${Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
  ['one attribute', `<sbml a="${'x'.repeat(5_000_000)}"/>`],
  ['namespaces', `<sbml ${Array.from({ length: 50_000 }, (_, i) => `xmlns:a${i}="u${i}"`).join(' ')}/>`],
  ['a comment', `<!--${'x'.repeat(5_000_000)}`],
  ['references', `<sbml>${'&lt;'.repeat(1_000_000)}</sbml>`],
])('a long text of %s is refused in time', (_, text) => {
  expect(expectSound('sbml', text)).toBe(false);
});
