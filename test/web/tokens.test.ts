import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNetwork } from '../../src/index.js';
import { Lexer } from '../../src/network/lexer.js';
import { presets } from '../../web/simulate/presets';
import { type TokenClass, tokensOf } from '../../web/simulate/tokens';
import { hypercube } from '../problems/hypercube.js';
import * as problems from '../problems/index.js';

const examples = readdirSync(new URL('../../examples/', import.meta.url))
  .filter((name) => name.endsWith('.crn'))
  .map((name) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8'));

const texts: string[] = [
  ...problems.referenceProblems.map(({ text }) => text),
  problems.neuralForward(2).text,
  problems.diffusingBrusselator(3).text,
  hypercube(3),
  ...presets.map(({ text }) => text),
  ...examples,
  `param k1 = 0.04;  init A = 1;  const F = 1;  param kf = 2;  param kr = sqrt(1)   # const: held
A + 2 B ->{k1} C;  A <->{kf}{kr*exp(-1)} B;  -> A;  F -> ∅
grow: X[1] ->{2} 2 X[1];  f[1]: B -> C;  A -> B [rate k1*A^0.5*C]
phase feed 0.5: grow, f[*];  phase learn 10*kf: *;  dose X[1] += 2 at feed
dose A += 1 when C rises 0.5;  phase drain 1 when A rises 2: *
simulate to 100 rtol 1e-8 atol 1e-12, B=1e-18 method rodas5p | save log 1e-6 1e2 200
compartment cell 2*kf: A, B; compartment rest 1; amount C, F; observable Net = Z+ - 2 Z-, Sum = A + B
A -> B [rate kf*A^2, channel r1]; B -> A [channel -r1]
Z+ + Z- -> ∅; A+B->C; \`R(a,l!1)\` -> X // and so on`,
];

/** What the library's own reader cuts a text into: offsets, and the shapes that it tells apart. */
function read(text: string): [number, number, string][] {
  const lexer = new Lexer(text);
  const found: [number, number, string][] = [];
  for (;;) {
    const { kind, start, end } = lexer.next();
    if (kind === 'end' && start === end) return found;
    found.push([start, end, kind]);
  }
}

const kinds: Record<TokenClass, string> = {
  keyword: 'name',
  label: 'name',
  species: 'name',
  part: 'name',
  parameter: 'name',
  name: 'name',
  function: 'name',
  method: 'name',
  number: 'number',
  arrow: 'arrow',
  nothing: 'nothing',
  symbol: 'symbol',
  separator: 'end',
  invalid: 'bad',
  comment: 'comment',
};

function shapes(text: string): [number, number, string][] {
  return tokensOf(text)
    .filter((token) => token.class !== 'comment')
    .map((token) => [token.from, token.to, kinds[token.class]]);
}

const readable = (text: string) =>
  read(text).map(([from, to, kind]) => [from, to, kind === 'oddArrow' ? 'bad' : kind]);

test.each(texts.map((text, k) => [k, text] as const))('text %i is cut as the reader cuts it', (_, text) => {
  expect(shapes(text)).toEqual(readable(text));
});

test('any text is cut as the reader cuts it', () => {
  const pieces = fc.constantFrom(
    ...[
      'A',
      'k',
      "x'",
      'P[1, 2]',
      '[',
      ']',
      '{',
      '}',
      '+',
      '-',
      '->',
      '<->',
      '=>',
      '-->',
      '→',
      '~',
      '=',
      '+=',
    ],
    ...[
      '1',
      '.5',
      '1e-3',
      '1e',
      '2.',
      '`a b`',
      '`',
      '``',
      '∅',
      ' ',
      '\t',
      '\n',
      '\r\n',
      ';',
      '|',
      ',',
      ':',
      '#',
      '//',
      '/',
    ],
    ...['*', '^', '(', ')', '€', '😀', 'é', '.', '!', 'param', 'init', 'to', '\u2028'],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const text = parts.join('');
      expect(shapes(text)).toEqual(readable(text));
    }),
    { seed: 7, numRuns: 3000 },
  );
});

test.each(texts.map((text, k) => [k, text] as const))(
  'names of text %i are what the reader takes them for',
  (_, text) => {
    const { network, issues } = parseNetwork(text);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    const species = new Set(network?.species.map(({ name }) => name));
    const parameters = new Set(network?.parameters.map(({ name }) => name));
    const labels = new Set<string>();
    for (const { label } of network?.reactions ?? []) {
      if (label !== null) labels.add(label).add(label.replace(/\[.*/, ''));
    }
    for (const { name } of network?.phases ?? []) labels.add(name);
    const parts = new Set<string>();
    for (const { name } of network?.compartments ?? []) parts.add(name);
    for (const { name } of network?.observables ?? []) parts.add(name);
    for (const { channel } of network?.reactions ?? []) if (channel) parts.add(channel.name);
    for (const token of tokensOf(text)) {
      const name = text.slice(token.from, token.to).replace(/^`|`$|(?<=\[.*)\s/g, '');
      if (token.class === 'species') expect(species).toContain(name);
      if (token.class === 'parameter') expect(parameters).toContain(name);
      if (token.class === 'label') expect(labels).toContain(name);
      if (token.class === 'part') expect(parts).toContain(name);
      if (token.class === 'name') expect(species.has(name) || parameters.has(name)).toBe(true);
      expect(token.class).not.toBe('invalid');
    }
  },
);

test('every class of token occurs', () => {
  const seen = new Set(texts.flatMap((text) => tokensOf(text).map((token) => token.class)));
  expect([...seen].sort()).toEqual(
    Object.keys(kinds)
      .filter((name) => name !== 'invalid')
      .sort(),
  );
  expect(tokensOf('A => B').map((token) => token.class)).toEqual(['species', 'invalid', 'species']);
});
