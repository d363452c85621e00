import fc from 'fast-check';
import { evaluateExpression, parameterValues } from '../../src/index.js';
import type { Expression, Network, Reaction, SpeciesTerm } from '../../src/network/model.js';
import { randomNetwork } from '../tools/random-network.js';

const number = (value: number): Expression => ({ kind: 'number', value });

/** Names that need quotes, spelling or care in one language or another. */
const names = [
  'A',
  'B+',
  'B-',
  'P[1,2]',
  "y'",
  'x',
  'R(a,l!1)',
  'two words',
  'α',
  'init',
  'J',
  'end',
  'X_1',
  '∅ß',
];

/** A positive constant in other words: the same number by way of a parameter and some arithmetic. */
function reworded(value: number, parameter: number): Expression {
  const k: Expression = { kind: 'parameter', name: `k${parameter}` };
  switch (parameter % 5) {
    case 0:
      return { kind: 'binary', operator: '*', left: number(value), right: k };
    case 1:
      return {
        kind: 'binary',
        operator: '/',
        left: number(value),
        right: { kind: 'negate', operand: { kind: 'negate', operand: k } },
      };
    case 2:
      return {
        kind: 'call',
        name: 'exp',
        argument: { kind: 'binary', operator: '-', left: k, right: number(value) },
      };
    case 3:
      return {
        kind: 'binary',
        operator: '^',
        left: { kind: 'call', name: 'sqrt', argument: k },
        right: number(-2),
      };
    default:
      return k;
  }
}

/** The reactants with a species more. */
function withCatalyst({ reactants, orders }: Reaction, count: number): SpeciesTerm[] {
  const catalyst = orders[0]?.species ?? count - 1;
  const same = reactants.find(({ species }) => species === catalyst);
  if (!same) return [...reactants, { species: catalyst, value: 1 }];
  return reactants.map((term) => (term === same ? { ...term, value: term.value + 1 } : term));
}

/**
 * Random networks with parameters, expressions, labels, observables and names of all kinds.
 */
export function exchangeable(options: {
  fractional: boolean;
  /** Explicit laws have nothing but catalysts beside the reactants. */
  elementary?: boolean;
}): fc.Arbitrary<Network> {
  return fc
    .tuple(
      randomNetwork(options),
      fc.infiniteStream(fc.nat(9)),
      fc.shuffledSubarray(names, { minLength: 8, maxLength: 8 }),
    )
    .map(([{ network }, stream, shuffled]) => {
      const draw = () => stream.next().value as number;
      const parameters = Array.from({ length: 5 }, (_, i) => ({
        name: `k${i}`,
        value:
          i > 0 && draw() < 5
            ? {
                kind: 'binary' as const,
                operator: '+' as const,
                left: { kind: 'parameter' as const, name: `k${i - 1}` },
                right: number(0.5),
              }
            : number(0.25 * (i + 1)),
      }));
      const species = network.species.map((one, i) => ({ ...one, name: shuffled[i]! }));
      const made: Network = {
        ...network,
        species,
        parameters,
        reactions: network.reactions.map((reaction, i) => ({
          ...reaction,
          ...(options.elementary &&
            reaction.law === 'explicit' && { orders: withCatalyst(reaction, species.length) }),
          label: draw() < 3 ? `r[${i}]` : null,
          rate:
            reaction.rate.kind === 'number' && draw() < 5
              ? reworded(reaction.rate.value, draw() % 5)
              : reaction.rate,
        })),
        ...(draw() < 6 && {
          observables: [
            { name: 'Sum', terms: species.map((_, i) => ({ species: i, value: (i % 3) + 1 })) },
            { name: 'Difference', terms: [{ species: 0, value: -2.5 }] },
            { name: 'Nothing', terms: [] },
          ],
        }),
      };
      // The starting values are positive, and stay so.
      const values = parameterValues(made);
      for (const one of made.species) {
        if (draw() < 3)
          one.initial = {
            kind: 'binary',
            operator: '/',
            left: one.initial,
            right: { kind: 'parameter', name: 'k1' },
          };
        evaluateExpression(one.initial, values);
      }
      return made;
    });
}
