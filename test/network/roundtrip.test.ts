import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork, printExpression, printNetwork, validateNetwork } from '../../src/network/index.js';
import { anyExpression, anyNetwork, tokenSoup } from './arbitraries.js';
import { read, readWarned, withoutSpans } from './helpers.js';

describe('any network', () => {
  it('reads back from its text as it was, and its text is stable', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const text = printNetwork(network);
        const again = readWarned(text).network;
        expect(withoutSpans(again)).toEqual(network);
        expect(printNetwork(again)).toBe(text);
      }),
      { seed: 1, numRuns: 800 },
    );
  });

  it('passes the validation that its text passes', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expect(validateNetwork(network).filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('any expression', () => {
  it('reads back from its text as it was', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const { network } = parseNetwork(
          `param k=1, k+=1, exp=1, \`a b\`=1, P[1]-=1\nparam out = ${printExpression(expression)}`,
        );
        // The value may be infinite, which is an error of its own.
        if (network) expect(withoutSpans(network.parameters.at(-1)!.value)).toEqual(expression);
        const inDose = parseNetwork(
          `param k=1, k+=1, exp=1, \`a b\`=1, P[1]-=1\nA ->\nphase p ${printExpression(expression)} : *`,
        );
        const syntactic = ['invalidDuration', 'nonFiniteParameter'];
        expect(inDose.issues.filter(({ code }) => !syntactic.includes(code))).toEqual([]);
      }),
      { seed: 3, numRuns: 1500 },
    );
  });
});

describe('the text', () => {
  it('is stable for what people write', () => {
    fc.assert(
      fc.property(tokenSoup, (soup) => {
        const { network } = parseNetwork(soup);
        if (!network) return;
        const text = printNetwork(network);
        const again = readWarned(text).network;
        expect(withoutSpans(again)).toEqual(withoutSpans(network));
        expect(printNetwork(again)).toBe(text);
      }),
      { seed: 4, numRuns: 8000 },
    );
  });

  it('looks like this', () => {
    const text = `param k1 = 0.04
param half = k1/2

A + 2 B ->{k1} C
grow: X ->{2} 2 X
bind: A <->{k1}{half + 1} \`R(a,l!1)\`
f+ : A -> B [rate k1*A^0.5*C]
-> A
B -> ∅
swap: A <-> B
bind2: A + B <->{k1}{2} C [channel bind2]
A -> C [rate k1*A^2, channel -r+]

init A = 1
const F = 2

compartment cell 0.5*k1: A, B
compartment rest 2
amount C, F

observable Total = A + 2 B - 0.5 C
observable Net = -A + F
observable Nothing = 0

phase feed 0.5: grow, f+
phase learn 10*k1: *

dose X += 2 at feed
dose A = 0 when C rises 0.5

simulate to 100 save 200 rtol 1e-8 atol 1e-12 atol B=1e-18 method rodas5p
`;
    expect(printNetwork(readWarned(text).network)).toBe(text);
    expect(printNetwork(read(''))).toBe('');
    expect(printNetwork(read('save log 1e-6 1e5 200'))).toBe('simulate save log 0.000001 100000 200\n');
  });

  it('names ahead of the reactions only the species whose order asks for it', () => {
    const ordered = read('A -> B\nB -> C\ninit C = 2');
    expect(printNetwork(ordered)).toBe('A -> B\nB -> C\n\ninit C = 2\n');
    const swapped = read('init B = 2\nC -> D\nA -> B');
    expect(printNetwork(swapped)).toBe('init B = 2\n\nC -> D\nA -> B\n');
    const late = read('init A = 1, B = 0\nC -> B\nA -> C');
    expect(printNetwork(late)).toBe('init A = 1\ninit B = 0\n\nC -> B\nA -> C\n');
  });

  it('puts no more parentheses than reading needs', () => {
    const cases = [
      'a - b - c',
      'a - (b - c)',
      'a/b/c',
      'a/(b*c)',
      'a*b/c',
      'a*(b/c)',
      'a^b^c',
      '(a^b)^c',
      '-a^b',
      '(-a)^b',
      '-a*b',
      '-(a*b)',
      'a - -b',
      'a^-b',
      '2^-1',
      '(-2)^2',
      '-2^2',
      '-(2)',
      'exp(a + b)*c',
      'sqrt(ln(a))',
      '(a + b)*c',
    ];
    for (const text of cases) {
      const { network } = parseNetwork(`param a=1,b=2,c=3\nparam x = ${text}`);
      expect(printExpression(network!.parameters.at(-1)!.value)).toBe(text);
    }
    const spelt = parseNetwork('param x = ((2)) + +3*(4)').network!;
    expect(printExpression(spelt.parameters[0]!.value)).toBe('2 + 3*4');
  });

  it('joins the two directions of an arrow, labelled or not', () => {
    expect(printNetwork(read('A + B ->{2} C\nC ->{3} A + B\nC -> A'))).toBe('A + B <->{2}{3} C\nC -> A\n');
    expect(printNetwork(read('A + B -> C\nC -> B + A'))).toBe('A + B -> C\nC -> B + A\n');
    expect(printNetwork(read('A -> B\nf: B -> A'))).toBe('A -> B\nf: B -> A\n');
    expect(printNetwork(read('A -> B\nB -> A [rate B]'))).toBe('A -> B\nB -> A [rate B]\n');
  });

  it('keeps a label for both directions only as one arrow', () => {
    const network = read('f: A <-> B');
    const [forth, back] = network.reactions;
    expect(() => printNetwork({ ...network, reactions: [forth!, forth!] })).toThrow(RangeError);
    expect(() => printNetwork({ ...network, reactions: [forth!, { ...back!, law: 'explicit' }] })).toThrow(
      /label "f"/,
    );
  });

  it('refuses a name that no text can hold', () => {
    const network = read('A -> B');
    for (const name of ['', 'a`b', 'a\nb']) {
      const species = [{ ...network.species[0]!, name }, network.species[1]!];
      expect(() => printNetwork({ ...network, species })).toThrow(RangeError);
    }
  });
});
