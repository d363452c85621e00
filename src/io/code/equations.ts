import { activeReactions } from '../../network/active.js';
import { netChange } from '../../network/change.js';
import type { Network, SpeciesTerm } from '../../network/model.js';

/** How a programming language says the parts of an equation; all numbers count from 0. */
export interface Notation {
  /** The constant of a reaction. */
  constant(reaction: number): string;
  /** The rate of a reaction. */
  rate(reaction: number): string;
  species(index: number): string;
  number(value: number): string;
  /** A species to a power that is neither 0 nor 1. */
  power(species: string, order: number): string;
}

/** `-r[0] + 2.0*r[3]`, in the order of the reactions; each term with its sign. */
function joined(terms: readonly string[], nothing: string): string {
  if (terms.length === 0) return nothing;
  const text = terms.join(' ');
  return text.startsWith('+ ') ? text.slice(2) : text.replace(/^- /, '-');
}

const signed = (factor: number, rest: string, { number }: Notation): string => {
  const size = Math.abs(factor);
  return `${factor < 0 ? '-' : '+'} ${size === 1 ? rest : `${number(size)}*${rest}`}`;
};

/** What a reaction changes: species held by the environment stay as they are. */
export const changes = (network: Network, index: number): SpeciesTerm[] =>
  netChange(network.reactions[index]!).filter(({ species }) => !network.species[species]!.constant);

/** The rates of all reactions. */
export function rateFormulas(network: Network, notation: Notation): string[] {
  return network.reactions.map(({ orders }, r) =>
    [notation.constant(r), ...orders.map((term) => factor(term, notation))].join('*'),
  );
}

const factor = ({ species, value }: SpeciesTerm, { species: name, power }: Notation): string =>
  value === 1 ? name(species) : power(name(species), value);

/** The derivative of every species, of rates. */
export function derivativeFormulas(network: Network, notation: Notation): string[] {
  const terms: string[][] = network.species.map(() => []);
  for (const r of network.reactions.keys()) {
    for (const { species, value } of changes(network, r)) {
      terms[species]!.push(signed(value, notation.rate(r), notation));
    }
  }
  return terms.map((list) => joined(list, notation.number(0)));
}

/** An entry of the Jacobian: how fast the derivative of a row's species grows with a column's. */
export interface JacobianEntry {
  row: number;
  column: number;
  formula: string;
}

/** The entries of the Jacobian that are not 0, row by row. */
export function jacobianFormulas(network: Network, notation: Notation): JacobianEntry[] {
  const rows: Map<number, string[]>[] = network.species.map(() => new Map());
  for (const [r, { orders }] of network.reactions.entries()) {
    const change = changes(network, r);
    for (const by of orders) {
      const factors = orders.flatMap((term) => {
        if (term !== by) return [factor(term, notation)];
        return term.value === 1 ? [] : [factor({ species: term.species, value: term.value - 1 }, notation)];
      });
      const slope = [notation.constant(r), ...factors].join('*');
      for (const { species, value } of change) {
        const entry = rows[species]!.get(by.species);
        const text = signed(value * by.value, slope, notation);
        if (entry) entry.push(text);
        else rows[species]!.set(by.species, [text]);
      }
    }
  }
  return rows.flatMap((row, index) =>
    [...row]
      .sort(([a], [b]) => a - b)
      .map(([column, terms]) => ({ row: index, column, formula: joined(terms, notation.number(0)) })),
  );
}

/** The weighted sum of an observable. */
export const sumFormula = (terms: readonly SpeciesTerm[], notation: Notation): string =>
  joined(
    terms.map(({ species, value }) => signed(value, notation.species(species), notation)),
    notation.number(0),
  );

/** Which reactions run in each phase, as 0 and 1; null for all. */
export function masks(network: Network): (number[] | null)[] {
  return network.phases.map(({ active }) => {
    const running = new Set(activeReactions(network, active));
    if (running.size === network.reactions.length) return null;
    return network.reactions.map((_, r) => (running.has(r) ? 1 : 0));
  });
}
