import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNamed } from '../../src/io/index.js';
import { corpus, expectSound, mutated } from './mutations.js';

describe.each(Object.keys(corpus))('%s', (name) => {
  it('reads what is spoilt for the test', () => {
    for (const text of corpus[name]!) expect(expectSound(name, text), text).toBe(true);
  });

  it('never throws on a thousand spoilt files', () => {
    let read = 0;
    for (let number = 0; number < 1000; number++) if (expectSound(name, mutated(name, number))) read++;
    // Some are still networks, and some are not.
    expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThan(990);
  });

  it('never throws on characters in any order', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      // A surrogate may stand alone, as no file has it and a text from a page may.
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
        .map((codes) => String.fromCharCode(...codes)),
      // What bytes of no encoding become when they are read as UTF-8.
      fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
    );
    fc.assert(
      fc.property(any, (text) => void expectSound(name, text)),
      { seed: 20_260_804, numRuns: 500 },
    );
  });

  // Work that grows with the square of the length would run for hours: the tests' time limit stands for it.
  it('reads long texts within the time limit', () => {
    const size = 300_000;
    const units = [
      'A',
      'A+',
      '(',
      '(*',
      '/*',
      '"',
      '-',
      '1',
      '->',
      '{',
      '[',
      '[[',
      ' ',
      '\n',
      '#=1,',
      'A->B,1\n',
      'crn={',
      '|',
      ';',
      "'",
    ];
    for (const unit of units) {
      const { network, issues } = formatNamed(name, 'read').read!(unit.repeat(size / unit.length));
      expect(network === null).toBe(issues.some(({ severity }) => severity === 'error'));
    }
  });
});
