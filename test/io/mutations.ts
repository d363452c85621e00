import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { formatNamed } from '../../src/io/index.js';
import { createRandom } from '../../src/learning/index.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';
import { crnppPrograms } from '../../src/validation/crnpp-programs.js';

const network = parseNetwork(`param k = 2; param half = k/2
  init A = 1; init B = half; const F = 3
  r: A + 2 B ->{k} C; A <->{k}{half} B; A -> B [rate half*A*F, channel s]; -> A
  observable Sum = A + 2 B; compartment cell 2: A, B; amount C
  simulate to 3 save 10`).network!;

/** What our own writers make, for the formats that have one. */
const written = (name: string): string => formatNamed(name, 'write').write!(network, { allowLoss: true });

const models = new URL('sbml/models/', import.meta.url);

/** Texts that are spoilt, by format. */
export const corpus: Readonly<Record<string, readonly string[]>> = {
  json: [written('json')],
  net: [
    written('net'),
    'begin parameters\n 1 k 2 # x\n 2 h k/2\nend parameters\nbegin functions\n 1 f() h*2\nend functions\nbegin species\n 1 A(b~U!1) 1\n 2 $@c::B() k\nend species\nbegin reactions\n 1 1,1,2 0 2*k #r\n 2 0 2 f\nend reactions\nbegin groups\n 1 G 1,2*2\nend groups\n',
  ],
  antimony: [
    written('antimony'),
    'function f(x)\n x^2\nend\nmodel *m()\n compartment c = 2; species A in c, $F in c;\n A = 1; F = 2 mL; k = 3;\n J: A -> 2 B; c*(k*A - f(2)*B);\n => A; c*F*k\n T := A + 2*B; A is "a b"\n at (time >= 5), priority=1: A = 10, B = B + 2;\nend\n',
  ],
  dsd: [
    written('dsd'),
    'directive simulation { final=10.0; points=5; kinetics=Stochastic; plots=[X; [low]] }\ndirective parameters [ k=2.0, {variation=Random}; h=1.0 ]\ndirective rates [ low = [X]*[Y]; ]\ninit X 1 | init "a<b>" k | init X 2 @ 3 | constant 2 C |\nC ~ X + 2Y <->{k}{h} "a<b>" (* c *) | X ->[[low]*k] // d\n',
  ],
  nuskell: [
    written('nuskell'),
    '# c\nA + 2B -> C [k = 1e5]; -> A\nA <=> B [kf = 2, kr = 3 /s]\nA @initial 4 nM\nB @constant 1\nfuels = {A, B}\n',
  ],
  list: ['#X_1=0.5,Y=2\nX_1 + Y->Y + 2 X_1,0.49\n->Y,k*2^2\nX_1 <-> Y : 1, exp(k)\nk = 3; Z=2 // c\n'],
  crnpp: Object.values(crnppPrograms),
  sbml: ['rules.xml', 'level2.xml', 'ours.xml'].map((name) => readFileSync(new URL(name, models), 'utf8')),
};

/** Pieces of all these languages but SBML. */
const pieces = (
  '-> => <-> <=> + - * / ^ ** ( ) [ ] { } , ; : = := == >= | @ $ ~ # // (* *) /* */ " \' ` \\ _ . 0 1 -1 2.5 1e999 1e-3 .5 A B k X_1 ' +
  'begin end parameters species reactions groups functions model function species compartment const var in at time is has init ' +
  'constant directive simulation rates final=1 points=0 crn step conc ld[a,b] cmp[a,b] ifGT[{ ifAbsent[a,{ rxn[a,b,1] 1*^9 exp( log( ' +
  'pow(2,3) f() {} [] "":0 null true -0 \ud800 é ∅ → \0 \ufeff'
)
  .split(' ')
  .concat(['\n', '\r\n', ' ', '\t', '\u2028', '//~ A -> B\n', '"version":1,', '"species":[']);

const sbmlPieces = (
  '< /> </ > " & &lt; &#0; &a; <!--  --> <![CDATA[ ]]> <?x?> \0 \ud800 é 1e999 -1 0 NaN INF true false A k cell R1 <apply> </apply> ' +
  '<times/> <divide/> <power/> <ci>A</ci> <ci>R1</ci> <cn>2</cn> <sep/> </math> <listOfRules> xmlns=""'
)
  .split(' ')
  .concat([
    ' ',
    '\n',
    '<!DOCTYPE x>',
    '<species id="A"/>',
    '<math xmlns="http://www.w3.org/1998/Math/MathML">',
  ]);

/** A text of a format with up to five places cut out, doubled, moved or overwritten; the same for the same number. */
export function mutated(name: string, number: number): string {
  const random = createRandom(number, name);
  const below = (limit: number) => random.integer(limit);
  const texts = corpus[name]!;
  const words = name === 'sbml' ? sbmlPieces : pieces;
  let text = texts[below(texts.length)]!;
  for (let changes = 1 + below(5); changes > 0; changes--) {
    const from = below(text.length + 1);
    const length = below(2) === 0 ? below(8) : below(120);
    const cut = text.slice(from, from + length);
    const to = below(text.length + 1);
    const piece = words[below(words.length)]!;
    switch (below(5)) {
      case 0:
        text = text.slice(0, from) + text.slice(from + length);
        break;
      case 1:
        text = text.slice(0, to) + cut + text.slice(to);
        break;
      case 2:
        text = text.slice(0, from) + piece + text.slice(from);
        break;
      case 3:
        text = text.slice(0, from) + piece + text.slice(from + length);
        break;
      default:
        text = text.slice(0, from) + String.fromCharCode(below(0x180)) + text.slice(from + 1);
    }
  }
  return text;
}

/**
 * What holds for every text: nothing is thrown, there is a network or an error, and places lie in the text.
 * @returns whether a network was read
 */
export function expectSound(name: string, text: string): boolean {
  const { network: found, issues } = formatNamed(name, 'read').read!(text);
  // Millions of texts are read: `expect` is called only to say what is wrong.
  const wrong: unknown[] = [];
  if ((found === null) !== issues.some(({ severity }) => severity === 'error'))
    wrong.push(['no cause', issues]);
  if (issues.length > 210) wrong.push(['issues', issues.length]);
  const lines = issues.length > 0 ? text.replace(/^\ufeff/u, '').split(/\r\n|[\n\r\u2028\u2029\u0085]/u) : [];
  // Line 0 is for what no place in the text stands for; in XML every issue has its element.
  const least = name === 'sbml' ? 1 : 0;
  for (const issue of issues) {
    const { code, message, line, column } = issue;
    const said = /^[a-z]+([A-Z][a-z]+)*$/.test(code) && message !== '' && message.length < 1000;
    const placed = line >= least && line <= lines.length && column >= least;
    const inLine = name !== 'sbml' || column <= lines[line - 1]!.length + 1;
    if (!said || !placed || !inLine) wrong.push(issue);
  }
  if (wrong.length > 0) expect(wrong).toEqual([]);
  if (found === null) return false;
  printNetwork(found);
  return true;
}
