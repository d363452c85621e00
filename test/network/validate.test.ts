import { describe, expect, it } from 'vitest';
import { validateNetwork } from '../../src/network/index.js';
import type { Expression, Network, Reaction } from '../../src/network/model.js';
import { read, withoutSpans } from './helpers.js';

/** Networks made by hand, without a text: what importers hand in. */
const base = (): Network => withoutSpans(read('f: A <->{2}{3} B\ng: A + B -> C\nphase p 1: f'));

function codesAfter(change: (network: Network) => void): string[] {
  const network = base();
  change(network);
  return validateNetwork(network).map(({ code }) => code);
}

describe('a network made by hand', () => {
  it('passes as it is', () => {
    expect(validateNetwork(base())).toEqual([]);
  });

  it('has issues without a place', () => {
    const network = base();
    network.reactions[0]!.rate = { kind: 'number', value: -1 };
    expect(validateNetwork(network)).toMatchObject([{ code: 'negativeConstant', line: 0, column: 0 }]);
  });

  it('shares a label only between the two directions of one arrow', () => {
    const label = (index: number, name: string) => (network: Network) => {
      network.reactions[index]!.label = name;
    };
    expect(codesAfter(label(2, 'f'))).toEqual(['duplicateLabel']);
    expect(codesAfter(({ reactions }) => reactions.splice(1, 0, reactions.pop()!))).toEqual([
      'duplicateLabel',
    ]);
    expect(
      codesAfter(({ reactions }) => reactions.splice(0, 2, reactions[0]!, { ...reactions[0]! })),
    ).toEqual(['duplicateLabel']);
    const explicit = ({ reactions }: Network) => {
      reactions[1]!.law = 'explicit';
    };
    expect(codesAfter(explicit)).toEqual(['duplicateLabel']);
    const third = ({ reactions }: Network) => {
      reactions.splice(2, 0, { ...reactions[0]! });
    };
    expect(codesAfter(third)).toEqual(['duplicateLabel']);
  });

  it('refers only to species that it has', () => {
    const missing = [{ species: 9, value: 1 }];
    const change = (part: Partial<Reaction>) => (network: Network) =>
      Object.assign(network.reactions[2]!, part);
    expect(codesAfter(change({ products: missing }))).toContain('unknownSpecies');
    expect(codesAfter(change({ orders: missing, law: 'explicit' }))).toContain('unknownSpecies');
    const dose = {
      species: 9,
      amount: { kind: 'number', value: 1 },
      mode: 'add',
      at: { kind: 'phase', phase: 'p' },
    };
    expect(codesAfter(({ doses }) => doses.push(dose as never))).toEqual(['unknownSpecies']);
    const when = { species: 9, direction: 'rises', level: { kind: 'number', value: 1 } };
    expect(codesAfter(({ phases }) => Object.assign(phases[0]!, { when }))).toEqual(['unknownSpecies']);
  });

  it('has the orders of its reactants under mass action', () => {
    expect(codesAfter(({ reactions }) => reactions[2]!.orders.pop())).toEqual(['ordersDiffer']);
    expect(
      codesAfter(({ reactions }) => {
        reactions[2]!.orders.pop();
        reactions[2]!.law = 'explicit';
      }),
    ).toEqual([]);
  });

  it('names each thing once, with a name that a text can hold', () => {
    expect(codesAfter(({ species }) => (species[1]!.name = 'A'))).toEqual(['duplicateSpecies']);
    expect(codesAfter(({ species }) => (species[1]!.name = 'a`b'))).toEqual(['invalidName']);
    expect(codesAfter(({ phases }) => (phases[0]!.name = ''))).toEqual(['invalidName']);
    expect(codesAfter(({ reactions }) => (reactions[2]!.label = 'x\r'))).toEqual(['invalidName']);
  });

  it('has expressions of bounded depth', () => {
    let deep: Expression = { kind: 'number', value: 1 };
    for (let i = 0; i < 100_000; i++) deep = { kind: 'negate', operand: deep };
    expect(codesAfter(({ reactions }) => (reactions[2]!.rate = deep))).toEqual(['expressionTooDeep']);
    expect(codesAfter(({ parameters }) => parameters.push({ name: 'k', value: deep }))).toEqual([
      'expressionTooDeep',
    ]);
  });
});
