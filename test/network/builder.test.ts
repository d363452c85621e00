import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrossingInput, NetworkError, networkBuilder, printNetwork } from '../../src/network/index.js';
import type { LevelCrossing, Network, SpeciesTerm } from '../../src/network/model.js';
import { anyNetwork } from './arbitraries.js';
import { readWarned, withoutSpans } from './helpers.js';

/** The issues of a build that must fail. */
function issuesOf(build: () => unknown) {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toBeInstanceOf(Error);
    return (error as NetworkError).issues;
  }
  throw new Error('the build did not fail');
}

const codes = (build: () => unknown) => issuesOf(build).map(({ code }) => code);

describe('the builder makes what the text makes', () => {
  it('statement by statement', () => {
    const built = networkBuilder()
      .param('k1', 0.04)
      .param('half', 'k1/2')
      .init('A', 1)
      .init('B', '2*half')
      .const('F', 2)
      .reaction('bind: A <->{k1}{half} B')
      .reaction({ reactants: { A: 1, F: 2 }, products: {}, rate: 'k1', label: 'use' })
      .reaction({ reactants: { A: 1 }, products: { C: 1 }, rate: 3, orders: { A: 0.5, B: 1 } })
      .reaction({ reactants: { C: 1 }, products: { B: 1 }, reverse: 2, label: 'turn' })
      .reaction({ reactants: { C: 1 }, products: { A: 1 }, channel: { name: 'give', sign: 1 } })
      .reaction('A -> C [rate k1*A^2, channel -give]')
      .compartment('cell', 'half', ['A', 'C'])
      .compartment('rest', 2)
      .amount('C', 'F')
      .observable('Net', { A: 1, B: -2 })
      .phase('p', 'k1', ['bind', 'use'])
      .phase('q', 10, '*')
      .dose('A', 2, { at: 'p' })
      .dose('A', 'half', { at: 'q' }, 'set')
      .dose('B', 1, { when: 'C', rises: 0.5 })
      .dose('B', 0, { when: 'C', falls: 'half' }, 'set')
      .simulation({ to: '10*half', save: 50, rtol: 1e-8, atol: 1e-12, method: 'rodas5p' })
      .simulation({ atolBySpecies: { B: 1e-18 } })
      .build();
    const { network } = readWarned(`
      param k1 = 0.04; param half = k1/2
      init A = 1, B = 2*half
      const F = 2
      bind: A <->{k1}{half} B
      use: A + 2 F ->{k1} ∅
      A -> C [rate 3*A^0.5*B]
      turn: C <->{1}{2} B
      C -> A [channel give]; A -> C [rate k1*A^2, channel -give]
      compartment cell half: A, C; compartment rest 2
      amount C, F
      observable Net = A - 2 B
      phase p k1: bind, use
      phase q 10: *
      dose A += 2 at p; dose A = half at q
      dose B += 1 when C rises 0.5; dose B = 0 when C falls half
      simulate to 10*half save 50 rtol 1e-8 atol 1e-12 atol B=1e-18 method rodas5p`);
    expect(built).toEqual(withoutSpans(network));
  });

  it('for any network', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expect(rebuild(network)).toEqual(network);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('as a text that reads back', () => {
    const built = networkBuilder()
      .reaction({ reactants: { 'R(a)': 1 }, products: { 'a b': 2.5 } })
      .build();
    expect(printNetwork(built)).toBe('`R(a)` -> 2.5 `a b`\n');
  });
});

/** The same network by calls of the builder. */
function rebuild(network: Network): Network {
  const builder = networkBuilder();
  const nameOf = (index: number) => network.species[index]!.name;
  const pairs = (terms: SpeciesTerm[]) =>
    terms.map(({ species, value }): [string, number] => [nameOf(species), value]);
  for (const { name, value } of network.parameters) builder.param(name, value);
  for (const { name, initial, constant } of network.species) {
    if (constant) builder.const(name, initial);
    else builder.init(name, initial);
  }
  const { reactions } = network;
  for (let i = 0; i < reactions.length; i++) {
    const { label, reactants, products, orders, rate, law, channel } = reactions[i]!;
    const reversible = label !== null && reactions[i + 1]?.label === label;
    builder.reaction({
      reactants: pairs(reactants),
      products: pairs(products),
      rate,
      ...(label !== null && { label }),
      ...(law === 'explicit' && { orders: pairs(orders) }),
      ...(channel && { channel }),
      ...(reversible && { reverse: reactions[++i]!.rate }),
    });
  }
  const crossing = ({ species, direction, level }: LevelCrossing): CrossingInput => {
    const when = nameOf(species);
    return direction === 'rises' ? { when, rises: level } : { when, falls: level };
  };
  for (const { name, duration, active, when } of network.phases) {
    builder.phase(name, duration, active, when && crossing(when));
  }
  for (const { species, amount, mode, at } of network.doses) {
    if (at.kind === 'phase') {
      builder.dose(nameOf(species), amount, { at: at.phase }, mode);
    } else {
      builder.dose(nameOf(species), amount, crossing(at), mode);
    }
  }
  for (const [k, { name, size }] of (network.compartments ?? []).entries()) {
    const inside = network.species.filter(({ compartment }) => compartment === k);
    builder.compartment(
      name,
      size,
      inside.map((one) => one.name),
    );
  }
  builder.amount(...network.species.flatMap(({ name, quantity }) => (quantity ? [name] : [])));
  for (const { name, terms } of network.observables ?? []) builder.observable(name, pairs(terms));
  return builder.simulation(network.simulation).build();
}

describe('the builder keeps the rules of the text', () => {
  it('with the same codes', () => {
    const start = () => networkBuilder().reaction('f: A -> B').phase('p', 1, '*');
    expect(codes(() => start().reaction('f: B -> A').build())).toEqual(['duplicateLabel']);
    expect(codes(() => start().reaction('g: A <-> B').reaction('g: B -> A').build())).toEqual([
      'duplicateLabel',
    ]);
    expect(codes(() => start().param('k', 1).param('k', 1).build())).toEqual(['duplicateParameter']);
    expect(codes(() => start().init('A', 1).init('A', 1).build())).toEqual(['duplicateInit']);
    expect(codes(() => start().const('A', 1).const('A', 1).build())).toEqual(['duplicateConst']);
    expect(codes(() => start().phase('p', 1, '*').build())).toEqual(['duplicatePhase']);
    expect(codes(() => start().param('A', 1).build())).toEqual(['nameClash']);
    expect(codes(() => start().init('A', -1).build())).toEqual(['negativeInitial']);
    expect(codes(() => start().init('A', Number.NaN).build())).toEqual(['nonFiniteInitial']);
    expect(codes(() => start().param('k', '2*kk').build())).toEqual(['unknownParameter']);
    expect(codes(() => start().param('k', 'k').build())).toEqual(['cyclicParameter']);
    expect(codes(() => start().phase('q', 0, '*').build())).toEqual(['invalidDuration']);
    expect(codes(() => start().phase('q', 1, ['g']).build())).toEqual(['unknownLabel']);
    expect(codes(() => start().dose('C', 1, { at: 'p' }).build())).toEqual(['unknownSpecies']);
    expect(codes(() => start().dose('A', 1, { at: 'q' }).build())).toEqual(['unknownPhase']);
    expect(codes(() => start().dose('A', 1, { when: 'C', rises: 1 }).build())).toEqual(['unknownSpecies']);
    expect(codes(() => start().simulation({ save: 0 }).build())).toEqual(['invalidSave']);
    expect(codes(() => start().simulation({ rtol: 0 }).build())).toEqual(['invalidTolerance']);
    expect(codes(() => start().simulation({ method: 'euler' }).build())).toEqual(['unknownMethod']);
    expect(codes(() => start().simulation({ to: 1 }).simulation({ to: 2 }).build())).toEqual([
      'duplicateDirective',
    ]);
    expect(
      codes(() =>
        start()
          .simulation({ atolBySpecies: { C: 1 } })
          .build(),
      ),
    ).toEqual(['unknownSpecies']);
  });

  it('for reactions given as objects', () => {
    const build = (reaction: Parameters<ReturnType<typeof networkBuilder>['reaction']>[0]) => () =>
      networkBuilder().reaction(reaction).build();
    const A = { A: 1 };
    expect(codes(build({ reactants: { A: -1 }, products: {} }))).toEqual(['invalidStoichiometry']);
    expect(codes(build({ reactants: A, products: { B: Number.NaN } }))).toEqual(['invalidStoichiometry']);
    expect(codes(build({ reactants: A, products: {}, rate: -1 }))).toEqual(['negativeConstant']);
    expect(codes(build({ reactants: A, products: {}, rate: '1/0' }))).toEqual(['nonFiniteConstant']);
    expect(codes(build({ reactants: A, products: {}, orders: { A: -1 } }))).toEqual(['negativeOrder']);
    expect(codes(build({ reactants: A, products: {}, orders: A, reverse: 1 }))).toEqual(['misplacedLaw']);
    expect(codes(build({ reactants: { '': 1 }, products: {} }))).toEqual(['invalidName']);
    expect(codes(build({ reactants: { '': 1 }, products: {}, rate: -1 }))).toEqual([
      'invalidName',
      'negativeConstant',
    ]);
    expect(codes(build({ reactants: { A: Number.NaN }, products: {} }))).toEqual(['invalidStoichiometry']);
    expect(codes(build({ reactants: { 'a\nb': 1 }, products: {} }))).toEqual(['invalidName']);
    expect(codes(build({ reactants: A, products: {}, label: 'f[*]' }))).toEqual(['invalidName']);
  });

  it('with messages that quote a text that cannot be read, and its hint', () => {
    const issues = issuesOf(() =>
      networkBuilder().reaction('A+ B -> C').param('k', '2 +').reaction('A -> B\nB -> C').build(),
    );
    expect(issues).toMatchObject([
      { code: 'railSign', line: 0, column: 0, message: expect.stringMatching(/"A\+ B -> C", column 4/) },
      { code: 'missingValue', message: expect.stringMatching(/"2 \+", column 4/) },
      { code: 'unexpectedText' },
    ]);
    expect(issues[0]!.hint).toMatch(/rail/);
    expect(() => networkBuilder().init('A', -1).build()).toThrow(/`init` of `A` is -1/);
  });
});

describe('the builder', () => {
  it('adds up a species given twice', () => {
    const network = networkBuilder()
      .reaction({
        reactants: [
          ['2', 1],
          ['1', 2],
          ['2', 3],
        ],
        products: {},
      })
      .build();
    expect(network.reactions[0]!.reactants).toEqual([
      { species: 0, value: 4 },
      { species: 1, value: 2 },
    ]);
    expect(network.species.map(({ name }) => name)).toEqual(['2', '1']);
  });

  it('reads what it is given at the call, and leaves it alone', () => {
    const reaction = { reactants: { A: 1 } as Record<string, number>, products: { B: 1 } };
    const builder = networkBuilder().reaction(reaction);
    reaction.reactants = { C: 1 };
    builder.reaction(reaction);
    expect(builder.build().species.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  it('builds a network of its own each time, and may go on', () => {
    const builder = networkBuilder().reaction('A -> B');
    const first = builder.build();
    const second = builder.reaction('B -> C').build();
    expect(first.reactions).toHaveLength(1);
    expect(second.reactions).toHaveLength(2);
    expect(second.reactions[0]).not.toBe(first.reactions[0]);
  });

  it('refuses what is no constant at the call', () => {
    expect(() => networkBuilder().init('A', undefined as never)).toThrow(TypeError);
    expect(() => networkBuilder().param('k', null as never)).toThrow(/not null/);
  });

  it('builds a hundred thousand reactions within the time limit', () => {
    const count = 100_000;
    const builder = networkBuilder();
    for (let i = 0; i < count; i++) {
      builder.reaction({
        reactants: { [`S${i}`]: 1, E: 1 },
        products: { [`S${i + 1}`]: 1 },
        label: `r[${i}]`,
      });
    }
    const network = builder.phase('p', 1, ['r[*]']).build();
    expect(network.reactions).toHaveLength(count);
  });
});
