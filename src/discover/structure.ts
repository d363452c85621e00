import { networkBuilder } from '../network/builder.js';
import type { Network } from '../network/model.js';
import { printReaction } from '../network/print.js';
import type { Courses } from './courses.js';
import type { Weights } from './power-laws.js';

/** A reaction with whole numbers: what it changes of each species, and its rate constant in the model's units. */
export interface WholeReaction {
  change: readonly number[];
  constant: number;
}

export const orderOf = (change: readonly number[]): number =>
  change.reduce((sum, one) => sum - Math.min(0, one), 0);

/** A structure's name: its changes, whatever the order of its reactions. */
export const keyOf = (reactions: readonly WholeReaction[]): string =>
  reactions
    .map(({ change }) => change.join(','))
    .sort()
    .join(' ');

/**
 * Whole numbers for what was learned. Reactions that change nothing are dropped, equal ones are one.
 * @param flips entries (by place in the weights) that are rounded the other way
 */
export function roundedOff(
  data: Courses,
  weights: Weights,
  flips: ReadonlySet<number> = new Set(),
): WholeReaction[] {
  const n = data.species.length;
  const found = new Map<string, WholeReaction>();
  for (let row = 0; row < weights.length; row += n + 1) {
    const change = data.species.map((_, s) => {
      const weight = weights[row + s];
      const near = Math.round(weight);
      const whole = flips.has(row + s) ? near + (weight >= near ? 1 : -1) : near;
      return whole === 0 ? 0 : whole;
    });
    if (change.every((one) => one === 0)) continue;
    const unit = data.concentration ** (1 - orderOf(change)) / data.time;
    const constant = Math.exp(weights[row + n]) * unit;
    const key = change.join(',');
    const same = found.get(key);
    found.set(key, { change, constant: constant + (same?.constant ?? 0) });
  }
  return [...found.values()];
}

/** Entries that rounding moved by more than a quarter, the least certain first. */
export function uncertain(weights: Weights, species: number): number[] {
  const places = Array.from(weights, (_, place) => place).filter(
    (place) => place % (species + 1) !== species,
  );
  const distance = (place: number) => Math.abs(weights[place] - Math.round(weights[place]));
  return places.filter((place) => distance(place) > 0.25).sort((a, b) => distance(b) - distance(a));
}

/** The reactions as a network of mass action. */
export function networkOf(species: readonly string[], reactions: readonly WholeReaction[]): Network {
  const builder = networkBuilder();
  for (const name of species) builder.init(name, 0);
  for (const { change, constant } of reactions) {
    const side = (sign: number) =>
      species.flatMap((name, s): [string, number][] =>
        sign * change[s] > 0 ? [[name, sign * change[s]]] : [],
      );
    builder.reaction({ reactants: side(-1), products: side(1), rate: constant });
  }
  return builder.build();
}

/** A reaction of a network without its constant. */
export const reactionText = (network: Network, r: number): string =>
  printReaction(network, r).replace(/->\{[^}]*\}/, '->');
