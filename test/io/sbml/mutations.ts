import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readSbml } from '../../../src/io/sbml/index.js';
import { createRandom } from '../../../src/learning/index.js';
import { printNetwork } from '../../../src/network/index.js';

const folder = new URL('models/', import.meta.url);

/** Models of these tests that are spoilt. */
export const seeds = ['rules.xml', 'level2.xml', 'ours.xml'].map((name) =>
  readFileSync(new URL(name, folder), 'utf8'),
);

/** Pieces of SBML that find their way into a text. */
const pieces = [
  '<',
  '>',
  '/>',
  '</',
  '"',
  '&',
  '&lt;',
  '&#0;',
  '&a;',
  '<!DOCTYPE x>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x?>',
  '\0',
  '\ud800',
  'é',
  '1e999',
  '-1',
  '0',
  'NaN',
  'INF',
  '',
  ' ',
  '\n',
  'true',
  'false',
  'A',
  'k',
  'cell',
  'R1',
  '<apply>',
  '</apply>',
  '<times/>',
  '<divide/>',
  '<power/>',
  '<ci>A</ci>',
  '<ci>R1</ci>',
  '<cn>2</cn>',
  '<sep/>',
  '<math xmlns="http://www.w3.org/1998/Math/MathML">',
  '</math>',
  '<species id="A"/>',
  '<listOfRules>',
  'xmlns=""',
];

/** A text with up to five places cut out, doubled, moved or overwritten; the same for the same number. */
export function mutated(number: number): string {
  const random = createRandom(number);
  const below = (limit: number) => random.integer(limit);
  let text = seeds[below(seeds.length)]!;
  for (let changes = 1 + below(5); changes > 0; changes--) {
    const from = below(text.length + 1);
    const length = below(2) === 0 ? below(8) : below(200);
    const cut = text.slice(from, from + length);
    const to = below(text.length + 1);
    switch (below(5)) {
      case 0:
        text = text.slice(0, from) + text.slice(from + length);
        break;
      case 1:
        text = text.slice(0, to) + cut + text.slice(to);
        break;
      case 2:
        text = text.slice(0, from) + pieces[below(pieces.length)] + text.slice(from);
        break;
      case 3:
        text = text.slice(0, from) + pieces[below(pieces.length)] + text.slice(from + length);
        break;
      default:
        text = text.slice(0, from) + String.fromCharCode(below(0x180)) + text.slice(from + 1);
    }
  }
  return text;
}

/** What holds for every text: nothing is thrown, there is a network or an error, and places lie in the text. */
export function expectSound(text: string): boolean {
  const { network, issues } = readSbml(text);
  const errors = issues.filter(({ severity }) => severity === 'error');
  expect(network === null).toBe(errors.length > 0);
  expect(issues.length).toBeLessThanOrEqual(202);
  const lines = text.replace(/^\ufeff/u, '').split(/\r\n|[\n\r\u2028\u2029\u0085]/u);
  for (const { code, message, line, column } of issues) {
    expect(code).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    expect(message).not.toBe('');
    expect(message.length).toBeLessThan(1000);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
  }
  if (network === null) return false;
  expect(() => printNetwork(network)).not.toThrow();
  return true;
}
