import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/index.js';
import { issueAtMark, names, read, shapes } from './helpers.js';

describe('a sign directly after a name', () => {
  it('is a rail before white space', () => {
    expect(shapes(read('Z+ + Z- -> ∅'))).toEqual(['1 Z+ + 1 Z- ->']);
    expect(names(read('A+\t-> B-\u00a0+ C+ '))).toEqual(['A+', 'B-', 'C+']);
  });

  it('is a rail at the end of the statement', () => {
    for (const end of ['', '\n', '\r', '\r\n', ';', '|', '#x', '//x']) {
      expect(names(read(`A -> B+${end}`))).toEqual(['A', 'B+']);
    }
  });

  it('is a rail before , ) ] } = * and ^', () => {
    const network = read(
      'init A+=1,B-=2\nparam k+=3,k-=4\nf+ : A+ <->{k+}{exp(k-)} B-\nA+ -> B- [rate 2*A+^2*B-]\ng- : A+ ->{k+*k-^2} B-\nphase p+ 1: f+,g-',
    );
    expect(names(network)).toEqual(['A+', 'B-']);
    expect(network.parameters.map(({ name }) => name)).toEqual(['k+', 'k-']);
    expect(network.reactions[2]!.orders).toEqual([
      { species: 0, value: 2 },
      { species: 1, value: 1 },
    ]);
    expect(network.phases[0]!.active).toEqual(['f+', 'g-']);
  });

  it('is a rail after an index list', () => {
    expect(names(read("P[1,2]+ + y'[1]- -> P[3]"))).toEqual(['P[1,2]+', "y'[1]-", 'P[3]']);
  });

  it('is a sum or a difference before anything else', () => {
    expect(shapes(read('A+B->C'))).toEqual(['1 A + 1 B -> 1 C']);
    expect(shapes(read('A+2B+`c d`->C'))).toEqual(['1 A + 2 B + 1 c d -> 1 C']);
    expect(shapes(read('A+_->C'))).toEqual(['1 A + 1 _ -> 1 C']);
    const { parameters } = read('param a = 1, b = a+1, c = a-b, d = a-(b), e = a+exp(b)');
    expect(parameters.map(({ value }) => value.kind)).toEqual([
      'number',
      'binary',
      'binary',
      'binary',
      'binary',
    ]);
  });

  it('is part of an arrow if it can be', () => {
    expect(shapes(read('A->B'))).toEqual(['1 A -> 1 B']);
    expect(shapes(read('A-> B'))).toEqual(['1 A -> 1 B']);
    expect(shapes(read('A<->B'))).toEqual(['1 A -> 1 B', '1 B -> 1 A']);
    expect(shapes(read('P[1]->B'))).toEqual(['1 P[1] -> 1 B']);
    expect(shapes(read('A- -> B'))).toEqual(['1 A- -> 1 B']);
  });

  it('is no part of a quoted name', () => {
    expect(names(read('`a b`+C -> D'))).toEqual(['a b', 'C', 'D']);
    expect(names(read('`a b` + C -> D'))).toEqual(['a b', 'C', 'D']);
    expect(names(read('`a b+` -> D'))).toEqual(['a b+', 'D']);
    expect(issueAtMark('`a b`+ ¦-> D').code).toBe('missingSpecies');
  });
});

describe('a sign that was meant otherwise', () => {
  it('has a hint where a sum was meant', () => {
    for (const text of ['A+ ¦B -> C', 'A + B+ ¦C -> D', 'A -> B+ ¦C', 'A- ¦2 B -> C', 'P[1]+ ¦`x y` -> C']) {
      const issue = issueAtMark(text);
      expect(issue).toMatchObject({ severity: 'error', code: 'railSign' });
      expect(issue.hint).toMatch(/rail sign.*white space/);
    }
    expect(issueAtMark('A+ ¦B -> C').hint).toContain('`A + …`');
  });

  it('has a hint in expressions too', () => {
    expect(issueAtMark('param k1 = 1, k2 = 2\nA ->{k1+ ¦k2} B')).toMatchObject({ code: 'railSign' });
    expect(issueAtMark('param k1 = 1\nA -> B [rate k1- ¦(2)]')).toMatchObject({ code: 'railSign' });
    expect(issueAtMark('param k1 = 1, k2 = k1- ¦1')).toMatchObject({ code: 'railSign' });
  });

  it('has a hint where a rail was meant', () => {
    expect(issueAtMark('A+¦->B')).toMatchObject({
      code: 'missingSpecies',
      hint: expect.stringMatching(/`A\+ -> B`/),
    });
    expect(issueAtMark('A¦-->B')).toMatchObject({
      code: 'malformedArrow',
      hint: expect.stringMatching(/`A- -> B`/),
    });
    expect(issueAtMark('A¦-B -> C').hint).toMatch(/rail sign/);
  });

  it('has a hint where a dose was to be added', () => {
    const issue = issueAtMark('f: X -> ∅\nphase p 1: f\ndose ¦X+= 2 at p');
    expect(issue).toMatchObject({ code: 'unknownSpecies', hint: expect.stringMatching(/`X \+= …`/) });
    const { network } = parseNetwork('X+ -> X\nphase p 1: *\ndose X+= 2 at p\ndose X+ += 2 at p');
    expect(network!.doses).toMatchObject([
      { species: 0, mode: 'set' },
      { species: 0, mode: 'add' },
    ]);
  });
});

describe('names', () => {
  it('hold letters of every script, digits, primes and an index list', () => {
    const text = "α -> µ_1 + _x + y'' + Größe + 𝑥2 + é + P[1,2] + W[i,j',_k,é]";
    const found = ['α', 'µ_1', '_x', "y''", 'Größe', '𝑥2', 'é', 'P[1,2]', "W[i,j',_k,é]"];
    expect(names(read(text))).toEqual(found);
  });

  it('lose white space inside the index list', () => {
    expect(names(read('P[ 1,\t2 ] -> P[1,2]'))).toEqual(['P[1,2]']);
  });

  it('hold anything in backticks, as it stands', () => {
    const text = '`R(a,l!1)` -> `2` + `P[1, 2]` + `;|#//` + `∅` + ` ` + `\0` + `A`\nA -> ∅';
    expect(names(read(text))).toEqual(['R(a,l!1)', '2', 'P[1, 2]', ';|#//', '∅', ' ', '\0', 'A']);
  });

  it('end where their rule ends', () => {
    expect(issueAtMark("P[1]¦' -> B").code).toBe('unexpectedCharacter');
    expect(issueAtMark('P[1]¦x -> B').code).toBe('missingPlus');
    expect(issueAtMark('P¦[] -> B').code).toBe('malformedIndex');
    expect(issueAtMark('P¦[1;').code).toBe('malformedIndex');
    expect(issueAtMark('P¦[1,-2] -> B').code).toBe('malformedIndex');
    expect(issueAtMark('P¦[*] -> B').code).toBe('malformedIndex');
    expect(issueAtMark('A¦₂ -> B').code).toBe('unexpectedCharacter');
    expect(issueAtMark('¦`A -> B\nA -> B').code).toBe('unclosedQuote');
    expect(issueAtMark('A -> ¦`` + C').code).toBe('emptyName');
  });
});
