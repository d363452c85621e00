import { describe, expect, it } from 'vitest';
import { networkBuilder, printNetwork, validateNetwork } from '../../src/network/index.js';
import type { Network } from '../../src/network/model.js';
import { issueAtMark, names, read, withoutSpans } from './helpers.js';

const codesAfter = (network: Network, change: (network: Network) => void): string[] => {
  const copy = structuredClone(network);
  change(copy);
  return validateNetwork(copy).map(({ code }) => code);
};

describe('compartments and amounts', () => {
  it('say where a species is and what its number is', () => {
    const network = read('param V = 2\nA -> B\ncompartment cell V/4: A, B; compartment rest 1; amount B');
    expect(withoutSpans(network.compartments)).toEqual([
      { name: 'cell', size: read('param V = 2; param s = V/4').parameters[1]!.value },
      { name: 'rest', size: { kind: 'number', value: 1 } },
    ]);
    expect(network.species.map(({ compartment, quantity }) => [compartment, quantity])).toEqual([
      [0, undefined],
      [0, 'amount'],
    ]);
    expect(network.compartments![0]!.span).toEqual({ line: 3, column: 13 });
  });

  it('may be stated ahead of the species, and bring none into being', () => {
    const network = read('compartment cell 0.5: B\namount B\nobservable Sum = B + A\nA -> B');
    expect(names(network)).toEqual(['A', 'B']);
    expect(network.species[1]).toMatchObject({ compartment: 0, quantity: 'amount' });
  });

  it('are absent from a network that does not name them', () => {
    const network = read('A -> B');
    expect(network).not.toHaveProperty('compartments');
    expect(network).not.toHaveProperty('observables');
    expect(Object.keys(network.species[0]!).sort()).toEqual(['constant', 'initial', 'name', 'span']);
  });

  it.each([
    ['A -> B; compartment cell¦', 'missingValue'],
    ['A -> B; compartment cell¦: A', 'missingValue'],
    ['A -> B; compartment ¦0.5', 'missingName'],
    ['A -> B; compartment cell 0.5: ¦', 'missingName'],
    ['A -> B; compartment cell 0.5: A ¦B', 'unexpectedText'],
    ['A -> B; compartment cell ¦0', 'invalidSize'],
    ['A -> B; compartment cell ¦1e999', 'invalidSize'],
    ['A -> B; compartment cell ¦-1', 'invalidSize'],
    ['A -> B; compartment cell ¦k', 'unknownParameter'],
    ['A -> B; compartment cell 1; compartment ¦cell 2', 'duplicateCompartment'],
    ['A -> B; compartment cell 1: A; compartment rest 2: B, ¦A', 'duplicatePlace'],
    ['A -> B; compartment cell 1: A, ¦A', 'duplicatePlace'],
    ['A -> B; compartment cell 1: ¦C', 'unknownSpecies'],
    ['A -> B; amount ¦', 'missingName'],
    ['A -> B; amount ¦C', 'unknownSpecies'],
    ['A -> B; amount A, ¦A', 'duplicateAmount'],
  ])('%s', (text, code) => {
    expect(issueAtMark(text).code).toBe(code);
  });

  it('of a network made by hand are checked', () => {
    const network = withoutSpans(read('A -> B; compartment cell 1: A'));
    expect(codesAfter(network, ({ species }) => (species[1]!.compartment = 3))).toEqual([
      'unknownCompartment',
    ]);
    expect(codesAfter(network, ({ species }) => (species[1]!.quantity = 'mass' as 'amount'))).toEqual([
      'invalidQuantity',
    ]);
    expect(codesAfter(network, (it) => delete it.compartments)).toEqual(['unknownCompartment']);
  });

  it('of many species stand in lines of twenty', () => {
    const species = Array.from({ length: 41 }, (_, i) => `S${i}`);
    const builder = networkBuilder().amount(...species);
    for (const name of species) builder.reaction(`${name} -> `);
    const lines = printNetwork(builder.build())
      .split('\n')
      .filter((line) => line.startsWith('amount'));
    expect(lines.map((line) => line.split(',').length)).toEqual([20, 20, 1]);
  });
});

describe('observables', () => {
  const terms = (text: string) => {
    const network = read(`Z+ + Z- + A + B -> ∅\nobservable ${text}`);
    return network.observables!.map(({ name, terms }) => [
      name,
      ...terms.map(({ species, value }) => `${value} ${network.species[species]!.name}`),
    ]);
  };

  it('are weighted sums of either sign', () => {
    expect(terms('Total = A + 2 B, Net = Z+ - Z-')).toEqual([
      ['Total', '1 A', '2 B'],
      ['Net', '1 Z+', '-1 Z-'],
    ]);
    expect(terms('x = -A - 0.5B+1e-3 A')).toEqual([['x', '-0.999 A', '-0.5 B']]);
    expect(terms('x=+A')).toEqual([['x', '1 A']]);
  });

  it('may be empty', () => {
    expect(terms('x = 0, y = ∅')).toEqual([['x'], ['y']]);
    expect(terms('x = 0 A')).toEqual([['x', '0 A']]);
  });

  it('use the species that they name', () => {
    // No warning that A takes part in nothing.
    expect(read('init A = 1\nobservable x = A').observables).toHaveLength(1);
  });

  it.each([
    ['A -> B; observable ¦', 'missingName'],
    ['A -> B; observable x ¦A', 'missingEquals'],
    ['A -> B; observable x = ¦', 'missingSpecies'],
    ['A -> B; observable x = 2¦', 'missingSpecies'],
    ['A -> B; observable x = 2 ¦* A', 'missingSpecies'],
    ['A -> B; observable x = A ¦* 2', 'unexpectedText'],
    ['A -> B; observable x = A + ¦', 'missingSpecies'],
    ['A -> B; observable x = A ¦B', 'unexpectedText'],
    ['A -> B; observable x = ¦(A + B)', 'missingSpecies'],
    ['A -> B; observable x = A + ¦C', 'unknownSpecies'],
    ['A -> B; observable x = 1e999 ¦A', 'invalidWeight'],
    ['A -> B; observable x = A, ¦x = B', 'duplicateObservable'],
    ['A -> B; observable ¦A = B', 'nameClash'],
  ])('%s', (text, code) => {
    expect(issueAtMark(text).code).toBe(code);
  });

  it('of a network made by hand are checked', () => {
    const network = withoutSpans(read('A -> B; observable x = A'));
    expect(codesAfter(network, (it) => (it.observables![0]!.terms[0]!.species = 9))).toEqual([
      'unknownSpecies',
    ]);
    expect(codesAfter(network, (it) => (it.observables![0]!.name = ''))).toEqual(['invalidName']);
  });
});

describe('channels', () => {
  const channels = (text: string) => read(text).reactions.map(({ channel }) => channel);

  it('join the terms of a law', () => {
    expect(
      channels(`param k = 2
        A -> B [rate k*A^2, channel r1]
        B -> A [rate k*A, channel -r1]
        A ->{k} B [channel x+]
        A -> C`),
    ).toEqual([{ name: 'r1', sign: 1 }, { name: 'r1', sign: -1 }, { name: 'x+', sign: 1 }, undefined]);
  });

  it('of a reversible arrow have the other sign on the way back', () => {
    expect(channels('A <->{2}{3} B [channel r]')).toEqual([
      { name: 'r', sign: 1 },
      { name: 'r', sign: -1 },
    ]);
    expect(channels('A <-> B [channel -r]').map((channel) => channel!.sign)).toEqual([-1, 1]);
  });

  it('are printed as they are read', () => {
    for (const text of [
      'A <->{2}{3} B [channel r]\n',
      'A ->{2} B [channel r]\nB ->{3} A\n',
      'A ->{2} B [channel r]\nB ->{3} A [channel s]\n',
      'A -> B [rate A^2, channel r]\nB -> A [rate A, channel -r]\n',
      '2 A -> A [channel r]\n2 A -> A [channel r]\n',
    ]) {
      expect(printNetwork(read(text))).toBe(text);
    }
  });

  it.each([
    ['A -> B [channel ¦]', 'missingName'],
    ['A -> B [rate A ¦channel r]', 'unclosedBracket'],
    ['A -> B [rate A, ¦r]', 'malformedChannel'],
    ['A -> B [channel r¦, rate A]', 'unclosedBracket'],
    ['A -> B [channel r ¦s]', 'unclosedBracket'],
    ['A <-> B ¦[rate A, channel r]', 'misplacedLaw'],
    ['A -> B [channel r]\n¦A -> C [channel r]', 'channelDiffers'],
    ['A -> B [channel r]\n¦B -> A [channel r]', 'channelDiffers'],
    ['A -> B [channel r]\n¦A -> 2 B [channel r]', 'channelDiffers'],
  ])('%s', (text, code) => {
    expect(issueAtMark(text).code).toBe(code);
  });

  it('compare what changes, not what reacts', () => {
    expect(channels('A + E -> B + E [channel r]\nB + 2 A -> 3 A [channel -r]')).toHaveLength(2);
  });

  it('of a network made by hand are checked', () => {
    const network = withoutSpans(read('A -> B [channel r]'));
    expect(codesAfter(network, (it) => (it.reactions[0]!.channel!.name = 'a\nb'))).toEqual(['invalidName']);
    expect(codesAfter(network, (it) => (it.reactions[0]!.channel!.sign = 0 as 1))).toEqual(['invalidSign']);
  });
});

it('the new keywords are names where an arrow, a plus or a colon follows, or a name is wanted', () => {
  const network = read(`
    observable -> amount
    compartment + amount -> ∅
    amount <-> compartment
    amount: A -> observable
    compartment->channel
    observable + rate -> A
    init observable = 2, amount = 1
    compartment compartment 2: amount, observable
    amount amount
    observable total = observable + 2 amount`);
  expect(names(network)).toEqual(['observable', 'amount', 'compartment', 'A', 'channel', 'rate']);
  expect(network.reactions.map(({ label }) => label)).toEqual([null, null, null, null, 'amount', null, null]);
  expect(network.observables).toHaveLength(1);
});
