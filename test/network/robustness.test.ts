import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork, printNetwork } from '../../src/network/index.js';
import { anyNetwork, tokenSoup } from './arbitraries.js';

/** What holds for every text: no throw, a network or an error, and places that lie in the text. */
function expectSound(text: string): void {
  const { network, issues } = parseNetwork(text);
  const errors = issues.filter(({ severity }) => severity === 'error');
  expect(network === null).toBe(errors.length > 0);
  expect(issues.length).toBeLessThanOrEqual(201);
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|[\n\r\u2028\u2029\u0085]/u);
  for (const { code, message, line, column } of issues) {
    expect(code).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    expect(message).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
  }
}

describe('no text makes the parser throw', () => {
  it('random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound), {
      seed: 1,
      numRuns: 1500,
    });
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), expectSound), {
      seed: 2,
      numRuns: 1500,
    });
  });

  it('lone surrogates and control characters', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(fc.property(fc.string({ unit, maxLength: 100 }), expectSound), { seed: 3, numRuns: 1000 });
  });

  it('tokens of the language in any order', () => {
    fc.assert(fc.property(tokenSoup, expectSound), { seed: 5, numRuns: 8000 });
  });

  it('texts of networks with a stretch cut out or put elsewhere', () => {
    const spoilt = fc.tuple(anyNetwork, fc.nat(), fc.nat(30), fc.nat()).map(([network, from, length, to]) => {
      const text = printNetwork(network);
      const start = from % (text.length + 1);
      const rest = text.slice(0, start) + text.slice(start + length);
      const place = to % (rest.length + 1);
      return [rest, rest.slice(0, place) + text.slice(start, start + length) + rest.slice(place)];
    });
    fc.assert(
      fc.property(spoilt, (texts) => texts.forEach(expectSound)),
      { seed: 6, numRuns: 500 },
    );
  });
});

// Work that grows with the square of the length would run for hours: the tests' time limit stands for it.
describe('long texts are read within the time limit', () => {
  const size = 4_000_000;
  const texts: [name: string, text: string][] = [
    ['a name', 'A'.repeat(size)],
    ['a sum', `${'A+'.repeat(size / 2)}A -> B`],
    ['a sum with rails', 'A+ '.repeat(size / 3)],
    ['reactions', 'A + B ->{2.5} C; '.repeat(size / 17)],
    ['statements with mistakes', 'A => B; '.repeat(size / 8)],
    ['open parentheses', `A ->{${'('.repeat(size)}`],
    ['signs', `A ->{${'-'.repeat(size)}1} B`],
    ['powers', `A ->{${'2^'.repeat(size / 2)}2} B`],
    ['a constant of many terms', `A ->{1${' + 1'.repeat(size / 4)}} B`],
    ['a law of many factors', `A -> B [rate 1${'*A'.repeat(size / 2)}]`],
    ['dashes', '-'.repeat(size)],
    ['angles', '<>'.repeat(size / 2)],
    ['digits', '1'.repeat(size)],
    ['an index list', `A[${'1,'.repeat(size / 2)}`],
    ['open brackets', 'a[1,'.repeat(size / 4)],
    ['backticks', '`'.repeat(size)],
    ['a comment', `#${'x'.repeat(size)}`],
    ['white space', ' '.repeat(size)],
    ['line ends', '\r\n'.repeat(size / 2)],
    ['NULs', '\0'.repeat(size)],
    ['surrogates', '\ud800'.repeat(size)],
    ['labels', `f[1]: A -> B; phase p 1: f[*]${', f[*]'.repeat(size / 6)}`],
  ];
  for (const [name, text] of texts) {
    it(`${name}, 4 MB`, () => {
      const { network, issues } = parseNetwork(text);
      expect(network === null).toBe(issues.some(({ severity }) => severity === 'error'));
      const longest = Math.max(0, ...issues.map(({ message, hint }) => message.length + (hint?.length ?? 0)));
      expect(longest).toBeLessThan(500);
    });
  }

  it('a network larger than any is refused', () => {
    const { network, issues } = parseNetwork('A->B\n'.repeat(1_000_001));
    expect(network).toBeNull();
    expect(issues).toMatchObject([{ code: 'tooLarge', severity: 'error', line: 1_000_000 }]);
  });
});

describe('deep nesting', () => {
  const nest = (open: string, inside: string, close: string, depth: number) =>
    `A ->{${open.repeat(depth)}${inside}${close.repeat(depth)}} B`;

  it('is refused with an issue', () => {
    for (const text of [
      nest('(', '1', ')', 100_000),
      nest('exp(', '1', ')', 100_000),
      nest('-', '1', '', 100_000),
      nest('2^', '1', '', 100_000),
      nest('(1+', '1', ')', 100_000),
      nest('1+', '1', '', 100_000),
    ]) {
      expect(parseNetwork(text).issues).toMatchObject([
        { severity: 'error', code: 'expressionTooDeep', line: 1 },
      ]);
    }
  });

  it('is read, printed and evaluated up to the bound', () => {
    for (const text of [nest('(', '1', ')', 200), nest('sqrt(', '1', ')', 150), nest('1+', '1', '', 990)]) {
      const { network, issues } = parseNetwork(text);
      expect(issues).toEqual([]);
      expect(parseNetwork(printNetwork(network!)).issues).toEqual([]);
    }
  });
});

it('reads a chain of parameters longer than any call stack', () => {
  const count = 100_000;
  const chain = Array.from({ length: count }, (_, i) => `param a${i} = a${i + 1}`);
  expect(parseNetwork([...chain, `param a${count} = 1`].join('\n')).issues).toEqual([]);
  const cycle = parseNetwork([...chain, `param a${count} = a0`].join('\n'));
  expect(cycle.issues).toMatchObject([{ code: 'cyclicParameter', line: 1 }]);
});

it('reads a large network within the time limit', () => {
  const count = 100_000;
  const lines = Array.from({ length: count }, (_, i) => `r[${i}]: S${i} + E ->{k${i % 7}} S${i + 1} + E`);
  const parameters = Array.from({ length: 7 }, (_, i) => `param k${i} = ${i}`);
  const { network } = parseNetwork([...parameters, ...lines, 'phase p 1: r[*]'].join('\n'));
  expect(network!.reactions).toHaveLength(count);
  expect(printNetwork(network!).length).toBeGreaterThan(count);
});
