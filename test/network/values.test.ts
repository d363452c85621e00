import { describe, expect, it } from 'vitest';
import {
  activeReactions,
  evaluateExpression,
  initialConcentrations,
  parameterValues,
  parseNetwork,
  rateConstants,
  speciesIndex,
} from '../../src/network/index.js';
import { read } from './helpers.js';

describe('evaluateExpression', () => {
  const value = (text: string) => parameterValues(read(`param a = 2, b = 3\nparam x = ${text}`)).get('x');

  it('takes the operators in their usual order', () => {
    expect(value('1 - 2 - 3')).toBe(-4);
    expect(value('12/2/3')).toBe(2);
    expect(value('2 + 3*4^2')).toBe(50);
    expect(value('2^3^2')).toBe(512);
    expect(value('-2^2')).toBe(-4);
    expect(value('(-2)^2')).toBe(4);
    expect(value('2^-1')).toBe(0.5);
    expect(value('-a^b*2')).toBe(-16);
    expect(value('--a')).toBe(2);
    expect(value('+a - -b')).toBe(5);
    expect(value('a*-b')).toBe(-6);
    expect(value('1e-3*1E3')).toBe(1);
  });

  it('knows exp, ln and sqrt', () => {
    // Of the kernel's own arithmetic, the same on every host: within a unit in the last place.
    expect(value('exp(1)')).toBeCloseTo(Math.E, 15);
    expect(value('ln(exp(a))')).toBe(2);
    expect(value('sqrt(a*8)')).toBe(4);
  });

  it('names a parameter without a value', () => {
    expect(() => evaluateExpression({ kind: 'parameter', name: 'k' }, new Map())).toThrow(/`k`/);
  });
});

describe('parameterValues', () => {
  const network = read('param c = a*b, a = 2\nparam b = a + 1');

  it('resolves parameters in any order and lists them in the order of the network', () => {
    expect([...parameterValues(network)]).toEqual([
      ['c', 6],
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('takes overrides, on which the others build', () => {
    expect(parameterValues(network, { a: 4 }).get('c')).toBe(20);
    expect(parameterValues(network, { b: 10, a: 1 }).get('c')).toBe(10);
    expect(parameterValues(network, { c: 0 }).get('c')).toBe(0);
  });

  it('refuses unknown and meaningless overrides by name', () => {
    expect(() => parameterValues(network, { d: 1 })).toThrow(/unknown parameter `d`.*`c`, `a`, `b`/);
    expect(() => parameterValues(network, { a: 1, toString: 1 })).toThrow(RangeError);
    expect(() => parameterValues(network, { a: Number.NaN })).toThrow(/`a` must be a finite number/);
    expect(() => parameterValues(read('A -> B'), { k: 1 })).toThrow(/none/);
  });

  it('lets an override break a cycle of a hand-made network', () => {
    const refer = (name: string, to: string) => ({ name, value: { kind: 'parameter', name: to } as const });
    const cyclic = { parameters: [refer('a', 'b'), refer('b', 'a')] };
    expect(() => parameterValues(cyclic)).toThrow(/`a` → `b`/);
    expect(parameterValues(cyclic, { b: 3 }).get('a')).toBe(3);
    expect(() => parameterValues({ parameters: [refer('a', 'z')] })).toThrow(/`z` has no value/);
  });
});

describe('the numbers of a network', () => {
  const network = read('param k = 2\ninit A = k, B = 3\nconst F = k^2\nA + F <->{k}{k/4} B\nB -> C');

  it('come in the order of its species and reactions', () => {
    const values = parameterValues(network, { k: 3 });
    expect([...initialConcentrations(network, values)]).toEqual([3, 3, 9, 0]);
    expect([...rateConstants(network, values)]).toEqual([3, 0.75, 1]);
    expect([...speciesIndex(network)]).toEqual([
      ['A', 0],
      ['B', 1],
      ['F', 2],
      ['C', 3],
    ]);
  });

  it('are refused by name where an override makes them negative or infinite', () => {
    expect(() => initialConcentrations(network, parameterValues(network, { k: -1 }))).toThrow(/`A` is -1/);
    expect(() => rateConstants(network, parameterValues(network, { k: -1 }))).toThrow(
      /`A \+ F ->\{k\} B` is -1/,
    );
    expect(() => rateConstants(network, parameterValues(network, { k: 1e308 }))).not.toThrow();
    expect(() => initialConcentrations(network, parameterValues(network, { k: 1e308 }))).toThrow(/Infinity/);
  });
});

describe('activeReactions', () => {
  const network = read(
    'A -> B\nfeed[1]: A -> B\nfeed[2,pn]: A <-> B\nfeed: A -> B\nfeeder[1]: A -> B\ngrow: B -> A\nfeed[3]+ : A -> B',
  );

  it('runs the named reactions, both directions of an arrow, and those without a label', () => {
    expect(activeReactions(network, '*')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(activeReactions(network, [])).toEqual([0]);
    expect(activeReactions(network, ['grow', 'feed'])).toEqual([0, 4, 6]);
    expect(activeReactions(network, ['feed[2,pn]', 'feed[2,pn]'])).toEqual([0, 2, 3]);
  });

  it('takes a base name with every index, and no other label', () => {
    expect(activeReactions(network, ['feed[*]'])).toEqual([0, 1, 2, 3, 7]);
    expect(activeReactions(network, ['feeder[*]', 'feed[1]'])).toEqual([0, 1, 5]);
  });

  it('refuses an unknown label by name', () => {
    expect(() => activeReactions(network, ['grew'])).toThrow(/`grew`; there are `feed\[1\]`/);
    expect(() => activeReactions(network, ['grow[*]'])).toThrow(RangeError);
    expect(() => activeReactions(network, ['*'])).toThrow(RangeError);
    expect(() => activeReactions(read('A -> B'), ['f'])).toThrow(/none/);
  });

  it('agrees with what the parser lets through', () => {
    const { network: parsed } = parseNetwork('f[1]: A -> B\ng: B ->\nphase p 1: f[*]\nphase q 1: g, f[1]');
    expect(parsed!.phases.map(({ active }) => activeReactions(parsed!, active))).toEqual([[0], [0, 1]]);
  });
});
