import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { issueAtMark } from './helpers.js';

/** Text with `¦` before the offending token, the code, and what the hint (or else the message) must say. */
type Case = [text: string, code: string, says?: RegExp];

function check(cases: Case[]): void {
  for (const [text, code, says] of cases) {
    it(JSON.stringify(text), () => {
      const issue = issueAtMark(text);
      expect(issue).toMatchObject({ severity: 'error', code });
      if (says) expect(issue.hint ?? issue.message).toMatch(says);
    });
  }
}

describe('arrows', () => {
  check([
    ['A ¦=> B', 'malformedArrow', /`->`/],
    ['A ¦--> B', 'malformedArrow', /`->`/],
    ['A ¦→ B', 'malformedArrow', /`->`/],
    ['A ¦<=> B', 'malformedArrow', /`<->`/],
    ['A ¦⇌ B', 'malformedArrow', /`<->`/],
    ['A ¦<- B', 'malformedArrow', /turn the reaction round/],
    ['A -> ¦> B', 'malformedArrow'],
    ['A -> B ¦-> C', 'secondArrow', /one reaction for each arrow/],
    ['A + B¦', 'missingArrow', /`A \+ B -> C`/],
    ['A + B ¦= C', 'missingArrow'],
  ]);
});

describe('constants', () => {
  check([
    ['A -> B ¦{2}', 'misplacedConstant', /`A ->\{k\} B`/],
    ['A ¦{2} -> B', 'misplacedConstant', /`A ->\{k\} B`/],
    ['A -> B; k¦', 'missingArrow', /in braces after the arrow/],
    ['A -> B; 0.5¦', 'missingSpecies', /in braces after the arrow/],
    ['A -> B¦, 0.5', 'unexpectedText', /in braces after the arrow/],
    ['A ->¦[2] B', 'malformedLaw', /in braces after the arrow/],
    ['A ->{2}¦{3} B', 'extraConstant', /reversible/],
    ['A <->{2}{3}¦{4} B', 'extraConstant'],
    ['A <->{2} ¦B', 'missingConstant', /two constants/],
    ['A <->{2¦, 3} B', 'unclosedBrace', /own braces/],
    ['A ->{¦} B', 'missingConstant'],
    ['A ->{2 ¦3} B', 'unclosedBrace', /`\*`/],
    ['A ->{2¦\nB -> C', 'unclosedBrace'],
    ['A ->{2 + ¦} B', 'missingValue'],
    ['A ->{(2 + 1¦} B', 'unclosedParenthesis', /line 1, column 6/],
    ['A ->{2*¦*2} B', 'missingValue', /`\^`/],
    ['A ->{¦log(2)} B', 'unknownFunction', /`ln`/],
    ['A ->{¦sqr(2)} B', 'unknownFunction', /`sqrt`/],
    ['A ->{2 ¦· 3} B', 'unexpectedCharacter', /`\*`/],
    ['A ->{¦−1} B', 'unexpectedCharacter', /`-`/],
    ['param kon = 2\nA ->{2*¦kom} B', 'unknownParameter', /`kon`/],
    ['A ->{¦k} B', 'unknownParameter', /`param k = …`/],
    ['A ->{2*¦A} B', 'unknownParameter', /`A` is a species.*\[rate/],
    ['A ->{¦-1} B', 'negativeConstant'],
    ['param k = 1\nA <->{2}{¦1 - 2*k} B', 'negativeConstant'],
    ['A ->{¦1/0} B', 'nonFiniteConstant'],
    ['A ->{¦ln(-1)} B', 'nonFiniteConstant'],
    ['A ->{¦1e999} B', 'nonFiniteConstant'],
    ['A ->{¦0 - 1e999} B', 'nonFiniteConstant'],
  ]);
});

describe('sides', () => {
  check([
    ['A + ¦-> B', 'missingSpecies'],
    ['A + ¦+ B -> C', 'missingSpecies'],
    ['A +¦', 'missingSpecies'],
    ['A ¦B -> C', 'missingPlus'],
    ['A -> B ¦C', 'missingPlus'],
    ['A ¦2 B -> C', 'missingPlus'],
    ['2 ¦-> B', 'missingSpecies'],
    ['A -> 2¦', 'missingSpecies'],
    ['2E5 ¦-> B', 'missingSpecies', /`2 E5`/],
    ['2 ¦* A -> B', 'missingSpecies', /`2 A`/],
    ['A¦*2 -> B', 'unexpectedText'],
    ['A -> ¦-2 B', 'invalidStoichiometry'],
    ['A -> 2 B + 1e999 ¦C', 'invalidStoichiometry'],
    ['0 ¦+ A -> B', 'misplacedNothing'],
    ['A + ¦∅ -> B', 'misplacedNothing'],
    ['A + 0 ¦-> B', 'missingSpecies'],
    ['R¦(a) -> B', 'unexpectedText', /backticks/],
    ['¦(A + B) -> C', 'missingSpecies'],
    ['1¦: A -> B', 'missingSpecies', /label/],
    ['a: b¦: A -> B', 'missingArrow'],
    ['A ¦! B', 'unexpectedCharacter'],
    ['A -> ¦"B"', 'unexpectedCharacter', /backticks/],
    ['A ->¦\u200b B', 'unexpectedCharacter', /U\+200B/],
  ]);
});

describe('rate laws', () => {
  check([
    ['A -> B [rate 2¦', 'unclosedBracket'],
    ['A -> B [rate ¦]', 'missingValue'],
    ['A -> B ¦[2*A]', 'malformedLaw', /\[rate/],
    ['A -> B [rate¦: 2]', 'malformedLaw'],
    ['A -> B [rate 2] ¦C', 'unexpectedText'],
    ['A ->{2} B ¦[rate 2]', 'twoRates'],
    ['A <-> B ¦[rate 2]', 'misplacedLaw', /two reactions/],
    ['A -> B [rate ¦A + B]', 'notMonomial', /one reaction for each term/],
    ['A -> B [rate 2*(¦A - 1)]', 'notMonomial'],
    ['A -> B [rate ¦exp(A)]', 'notMonomial'],
    ['A -> B [rate ¦2^A]', 'notMonomial'],
    ['param n = 2\nA -> B [rate A^¦n]', 'orderNotNumber', /write the number/],
    ['A -> B [rate ¦A^-1]', 'negativeOrder'],
    ['A -> B [rate 2/¦A]', 'negativeOrder'],
    ['A -> B [rate ¦A^(1/0)]', 'invalidOrder'],
    ['A -> B [rate ¦E*A]', 'unknownName'],
    ['param kon = 2\nA -> B [rate ¦kom*A]', 'unknownName', /`kon`/],
    ['Enzyme -> B [rate 2*¦Enzime]', 'unknownName', /`Enzyme`/],
    ['A -> B [rate ¦-1*A]', 'negativeConstant'],
    ['A -> B [rate ¦-A]', 'negativeConstant'],
    ['A -> B [rate ¦A/0]', 'nonFiniteConstant'],
  ]);
});

describe('declarations', () => {
  check([
    ['param ¦= 2', 'missingName', /`param name = value`/],
    ['param k¦', 'missingEquals'],
    ['param k ¦2', 'missingEquals', /`param k = value`/],
    ['param k = ¦', 'missingValue'],
    ['param k = 1,¦', 'missingName'],
    ['param k = 1 ¦init A = 2', 'unexpectedText', /new line/],
    ['init ¦2 = A', 'missingName'],
    ['init A ¦+= 1', 'missingEquals'],
    ['param k = 1\nparam ¦k = 1', 'duplicateParameter'],
    ['A -> B\ninit A = 1\ninit ¦A = 2', 'duplicateInit'],
    ['A -> B\ninit A = 1, ¦A = 2', 'duplicateInit'],
    ['A -> B\nconst A = 1\nconst ¦A = 1', 'duplicateConst'],
    ['A -> B\ninit A = 1\nconst ¦A = 1', 'duplicateInit'],
    ['param A = 1\n¦A -> B', 'nameClash'],
    ['A -> B\nparam ¦A = 1', 'nameClash'],
    ['A -> B\ninit A = ¦-1', 'negativeInitial'],
    ['A -> B\nparam k = 2\nconst A = ¦1 - k', 'negativeInitial'],
    ['A -> B\ninit A = ¦1e999', 'nonFiniteInitial'],
    ['A -> B\ninit A = ¦0/0', 'nonFiniteInitial'],
    ['A -> B\ninit A = 2*¦k', 'unknownParameter'],
    ['param k = ¦1/0', 'nonFiniteParameter'],
    ['param ¦k = 2*k', 'cyclicParameter', /itself/],
    [
      'param a = 1\nparam ¦b = c\nparam c = a + d, d = b\nparam e = b',
      'cyclicParameter',
      /`b` → `c` → `d` → `b`/,
    ],
  ]);

  it('names the line of the first of two', () => {
    expect(issueAtMark('param k = 1\n\nparam ¦k = 1').message).toMatch(/line 1/);
    expect(issueAtMark('\nA -> B\ninit A = 1\ninit ¦A = 2').message).toMatch(/line 3/);
    expect(issueAtMark('\nf: A -> B\n¦f: B -> A').message).toMatch(/line 2/);
    expect(issueAtMark('phase p 1: *\nphase q 1: *\nphase ¦p 1: *').message).toMatch(/line 1/);
    expect(issueAtMark('rtol 1e-3\n\n¦rtol 1e-4').message).toMatch(/line 1/);
  });

  it('warns of a species that nothing uses', () => {
    const issue = issueAtMark('Glucose -> B\ninit ¦Glucos = 1');
    expect(issue).toMatchObject({
      severity: 'warning',
      code: 'unusedSpecies',
      hint: expect.stringMatching(/`Glucose`/),
    });
    for (const use of ['A -> B [rate F]', '-> F', 'dose F += 1 when A rises 1\nA ->', 'atol F=1e-9']) {
      expect(parseNetwork(`const F = 1\n${use}`).issues).toEqual([]);
    }
  });

  it('warns of a reaction of nothing', () => {
    expect(issueAtMark('¦∅ -> ∅')).toMatchObject({ severity: 'warning', code: 'noEffect' });
  });
});

describe('labels, phases and doses', () => {
  const net = 'f: A -> B\ng[1]: B -> A\nphase p 1: *\n';
  check([
    ['f: A -> B\n¦f: A -> B', 'duplicateLabel'],
    ['f: A <-> B\n¦f: B -> A', 'duplicateLabel'],
    ['f: A -> B; ¦f: B -> A', 'duplicateLabel'],
    ['¦`f[*]`: A -> B', 'invalidName'],
    ['phase ¦1: *', 'missingName'],
    ['phase p¦: *', 'missingValue', /duration/],
    ['phase p¦', 'missingValue'],
    ['phase p 1¦', 'missingColon'],
    ['phase p 1 ¦f', 'missingColon'],
    ['f: A -> B\nphase p 1: f ¦g', 'unexpectedText'],
    ['f: A -> B\nphase p 1: f,¦', 'missingName'],
    ['f: A -> B\nphase p 1: f, ¦*', 'missingName', /alone/],
    ['f: A -> B\nphase p 1: *¦, f', 'unexpectedText'],
    ['phase p ¦0: *', 'invalidDuration'],
    ['phase p ¦-1: *', 'invalidDuration'],
    ['phase p ¦1/0: *', 'invalidDuration'],
    ['phase p 1: *\nphase ¦p 1: *', 'duplicatePhase'],
    ['grow: A -> B\nphase p 1: ¦grown', 'unknownLabel', /`grow`/],
    ['f: A -> B\nphase p 1: f, ¦f[*]', 'unknownLabel'],
    ['f[1]: A -> B\nphase p 1: f[*], ¦f[2]', 'unknownLabel', /`f\[1\]`/],
    ['f[1]: A -> B\nphase p 1: f[¦2*]', 'malformedIndex', /`feed\[\*\]`/],
    [`${net}dose ¦+= 2 at p`, 'missingName'],
    [`${net}dose A ¦2 at p`, 'missingEquals'],
    [`${net}dose A ¦-= 2 at p`, 'missingEquals'],
    [`${net}dose A += at ¦p`, 'missingMoment'],
    [`${net}dose A += 2¦`, 'missingMoment', /at phase/],
    [`${net}dose A += 2 at ¦5`, 'missingName'],
    [`${net}dose A += 2 at p ¦q`, 'unexpectedText'],
    [`${net}dose A += 2 at ¦q`, 'unknownPhase'],
    [`${net}dose ¦C += 2 at p`, 'unknownSpecies'],
    [`${net}dose A += ¦-2 at p`, 'invalidDose'],
    [`${net}dose A += ¦1/0 at p`, 'invalidDose'],
    [`${net}dose A = 2 when B ¦> 1`, 'missingDirection'],
    [`${net}dose A = 2 when ¦C rises 1`, 'unknownSpecies'],
    [`${net}dose A = 2 when B rises ¦-1`, 'invalidLevel'],
    [`${net}dose A = 2 when B rises ¦1/0`, 'invalidLevel'],
  ]);
});

describe('directives', () => {
  check([
    ['simulate¦', 'missingClause'],
    ['simulate ¦100', 'missingClause', /`simulate to 100`/],
    ['simulate to¦', 'missingValue'],
    ['simulate ¦too 100', 'unknownClause', /`to`/],
    ['simulate to 100 ¦until 3', 'unknownClause'],
    ['simulate to ¦-1', 'invalidEnd'],
    ['simulate to ¦1/0', 'invalidEnd'],
    ['simulate to 1 ¦to 2', 'duplicateDirective'],
    ['save 1\n¦save 2', 'duplicateDirective'],
    ['A ->\natol A=1, ¦A=2', 'duplicateDirective'],
    ['save ¦0', 'invalidSave'],
    ['save ¦2.5', 'invalidSave'],
    ['save ¦-3', 'invalidSave'],
    ['save¦', 'missingNumber'],
    ['save ¦every', 'missingNumber'],
    ['save log ¦0 1 5', 'invalidSave'],
    ['save log ¦2 1 5', 'invalidSave'],
    ['save log ¦1 1e999 5', 'invalidSave'],
    ['save log ¦1 2 1', 'invalidSave'],
    ['save log ¦1 2 3.5', 'invalidSave'],
    ['save log 1 2¦', 'missingNumber', /two times and a number of points/],
    ['save 100 ¦rtl 1', 'unknownClause', /`rtol`/],
    ['rtol ¦0', 'invalidTolerance'],
    ['rtol ¦-1e-6', 'invalidTolerance'],
    ['rtol ¦1e999', 'invalidTolerance'],
    ['rtol ¦= 1e-6', 'missingNumber', /without `=`/],
    ['atol ¦0', 'invalidTolerance'],
    ['A ->\natol A=¦0', 'invalidTolerance'],
    ['A ->\natol ¦B=1', 'unknownSpecies'],
    ['A ->\natol A ¦1', 'missingEquals'],
    ['method ¦rodas5', 'unknownMethod', /`rodas5p`/],
    ['method ¦Rodas4', 'unknownMethod', /`rodas4`/],
    ['method¦', 'missingName', /auto, rodas5p, rodas4, tsit5/],
  ]);

  it('accepts an end at the start', () => {
    expect(parseNetwork('A -> B\nsimulate to 0').issues).toEqual([]);
  });
});

describe('statements that begin wrongly', () => {
  check([
    ['¦parm k = 1', 'unknownStatement', /`param`/],
    ['¦Init A = 1', 'unknownStatement', /`init`/],
    ['¦species A', 'unknownStatement', /`init`/],
    ['¦simulat to 100', 'unknownStatement', /`simulate`/],
    ['¦phse p 1: *', 'unknownStatement', /`phase`/],
    ['¦rtl 1e-8', 'unknownStatement', /`rtol`/],
    ['¦to 100', 'unknownStatement', /`simulate to`/],
    ['k ¦= 2', 'unknownStatement', /`param k = …`/],
    ['A ¦+= 2', 'unknownStatement', /`dose A/],
    ['¦= 2', 'missingArrow'],
    ['¦%', 'unexpectedCharacter', /`#`/],
    ['¦\0', 'unexpectedCharacter', /U\+0000/],
  ]);
});

describe('several mistakes', () => {
  it('are all told, in the order of the text', () => {
    const { network, issues } = parseNetwork(
      'param k = \nA ->{k} B\nA => B\ninit A = -1\nphase p 1: f\nC+ D -> E; dose Q = 1 at p',
    );
    expect(network).toBeNull();
    expect(issues.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      '1:11 missingValue',
      '3:3 malformedArrow',
      '4:10 negativeInitial',
      '5:12 unknownLabel',
      '6:4 railSign',
      '6:17 unknownSpecies',
    ]);
  });

  it('do not follow from names in a statement that could not be read', () => {
    const text =
      'param k == 1\nA ->{k} B\nf: C => D\nphase p 1: f, g[*]\ng[1]: C =>\nphase q: *\ndose D += 1 at q\ninit C = 1';
    const { issues } = parseNetwork(text);
    expect(issues.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '1 missingValue',
      '3 malformedArrow',
      '5 malformedArrow',
      '6 missingValue',
    ]);
  });

  it('are counted from each kind of line end', () => {
    const { issues } = parseNetwork('\uFEFFA =>\r\n\tA => B\rA =>\n\n  A => B');
    expect(issues.map(({ line, column }) => [line, column])).toEqual([
      [1, 3],
      [2, 4],
      [3, 3],
      [5, 5],
    ]);
  });

  it('stop at a hundred', () => {
    const { issues } = parseNetwork('A =>\n'.repeat(1000));
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', code: 'tooManyIssues', line: 100 });
  });

  it('stop at a hundred warnings without hiding an error', () => {
    const { network, issues } = parseNetwork(
      `${Array.from({ length: 300 }, (_, i) => `init S${i} = 1`).join('\n')}\nA ->{-1} B`,
    );
    expect(network).toBeNull();
    expect(issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'negativeConstant', line: 301, column: 6 },
    ]);
    expect(issues.at(-1)).toMatchObject({ code: 'tooManyIssues', severity: 'warning' });
  });

  it('cut long names in their messages', () => {
    const { issues } = parseNetwork(`${'A'.repeat(1000)} ${'B'.repeat(1000)} -> C`);
    expect(issues[0]!.message.length).toBeLessThan(120);
  });
});
