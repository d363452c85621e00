import { netChange } from '../network/index.js';
import type { Network, Reaction, SpeciesTerm } from '../network/model.js';
import { power } from '../network/power.js';
import { showReaction } from '../network/validate-reactions.js';

/** A number of molecules in a propensity: n(n−1)… of `order` factors, or to the power `order`. */
export interface Factor {
  species: number;
  order: number;
  falls: boolean;
}

/** A product of factors, with its sign in the coefficient. */
export interface Term {
  coefficient: number;
  factors: Factor[];
}

/** What happens at one stroke: reactions that are terms of one law are one channel. */
export interface Channel {
  /** Of the network; the first names it in messages. */
  reactions: number[];
  terms: Term[];
  /** Molecules gained or lost, species by species; none of them held. */
  change: SpeciesTerm[];
}

/** What the numbers of a channel follow from. */
export interface Circumstances {
  /** Rate constants by reaction. */
  constants: ArrayLike<number>;
  /** Molecules to a unit of each species' number. */
  volumes: ArrayLike<number>;
  /** Concentrations; those of held species are part of the coefficients. */
  state: ArrayLike<number>;
}

/**
 * The channels of a network, with propensities in molecules per event. Mass action: k·Ω·∏ n(n−1)…/Ωᵢ^ν, without
 * factorials; a law of one's own: its rate times Ω, the volume of what it changes. Species that are held are a
 * reservoir: their concentration counts as it is. What changes nothing and what cannot happen is left out.
 * @param active reactions that run
 * @throws RangeError naming the reaction whose changes are no whole numbers or stand in different volumes
 */
export function channelsOf(network: Network, active: readonly number[], given: Circumstances): Channel[] {
  const channels: Channel[] = [];
  for (const reactions of groups(network, active)) {
    const channel = channelOf(network, reactions, given);
    if (channel.change.length > 0 && channel.terms.length > 0) channels.push(channel);
  }
  return channels;
}

/** Active reactions, those of one law together, in the order of the first of each. */
function groups(network: Network, active: readonly number[]): number[][] {
  const all: number[][] = [];
  const named = new Map<string, number[]>();
  for (const r of active) {
    const name = network.reactions[r].channel?.name;
    const known = name === undefined ? undefined : named.get(name);
    if (known !== undefined) {
      known.push(r);
      continue;
    }
    const group = [r];
    all.push(group);
    if (name !== undefined) named.set(name, group);
  }
  return all;
}

function channelOf(network: Network, reactions: number[], given: Circumstances): Channel {
  const change = changeOf(network, reactions[0]);
  for (const r of reactions.slice(1)) {
    if (sameChange(change, changeOf(network, r))) continue;
    throw new RangeError(
      `${showReaction(network, r)} is a term of the law of ${showReaction(network, reactions[0])}, but changes something else`,
    );
  }
  if (change.length === 0) return { reactions, terms: [], change };
  const volume = volumeOf(network, reactions[0], change, given.volumes);
  const terms = reactions.map((r) => termOf(network, r, volume, given));
  return { reactions, change, terms: asFalling(terms.filter(({ coefficient }) => coefficient !== 0)) };
}

/** Molecules that one event of a reaction changes; a negative term stands in the network with its sides exchanged. */
function changeOf(network: Network, r: number): SpeciesTerm[] {
  const reaction = network.reactions[r];
  const sign = reaction.channel?.sign ?? 1;
  return netChange(reaction)
    .filter(({ species }) => !network.species[species].constant)
    .map(({ species, value }) => {
      if (Number.isInteger(value)) return { species, value: sign * value };
      throw new RangeError(
        `${showReaction(network, r)} changes ${network.species[species].name} by ${value}: molecules come and go ` +
          'in whole numbers',
      );
    });
}

function sameChange(one: SpeciesTerm[], other: SpeciesTerm[]): boolean {
  if (one.length !== other.length) return false;
  const values = new Map(one.map(({ species, value }) => [species, value]));
  return other.every(({ species, value }) => values.get(species) === value);
}

/** Molecules to a unit of the rate: those of what the reaction changes. */
function volumeOf(
  network: Network,
  r: number,
  change: SpeciesTerm[],
  volumes: Circumstances['volumes'],
): number {
  const [first] = change;
  const other = change.find(({ species }) => volumes[species] !== volumes[first.species]);
  if (other === undefined) return volumes[first.species];
  const told = ({ species }: SpeciesTerm) => `${network.species[species].name} (${volumes[species]})`;
  throw new RangeError(
    `${showReaction(network, r)} changes species of which one unit is not the same number of molecules, ` +
      `${told(first)} and ${told(other)}, so its rate is no number of events; give both as amounts ` +
      "(quantity: 'amount'), or put them into compartments of one size",
  );
}

function termOf(
  network: Network,
  r: number,
  volume: number,
  { constants, volumes, state }: Circumstances,
): Term {
  const reaction = network.reactions[r];
  let coefficient = (reaction.channel?.sign ?? 1) * constants[r] * volume;
  const factors: Factor[] = [];
  for (const { species, value: order } of reaction.orders) {
    if (network.species[species].constant) {
      coefficient *= power(state[species], order);
      continue;
    }
    coefficient /= power(volumes[species], order);
    factors.push({ species, order, falls: falls(network, r, reaction, species, order) });
  }
  if (Number.isFinite(coefficient)) return { coefficient, factors };
  throw new RangeError(
    `the propensity of ${showReaction(network, r)} has the coefficient ${coefficient}: its constant, the volume or a ` +
      'held concentration is of extreme size',
  );
}

function falls(network: Network, r: number, reaction: Reaction, species: number, order: number): boolean {
  if (reaction.law === 'explicit' || order === 1) return false;
  if (Number.isInteger(order)) return true;
  throw new RangeError(
    `${showReaction(network, r)} takes ${order} of ${network.species[species].name} by mass action: molecules ` +
      'meet in whole numbers; give it a rate law of its own, [rate …]',
  );
}

/** Coefficients that are the same but for the rounding of what they were made of. */
const SAME = 1e-12;

/** c·n² − c·n, as SBML writes the law of a dimerisation, is c·n(n−1): exactly 0 for one molecule, and quicker. */
function asFalling(terms: Term[]): Term[] {
  if (terms.length !== 2) return terms;
  const [square, single] = terms[0].coefficient > 0 ? terms : [terms[1], terms[0]];
  const [a, b] = [square.factors, single.factors];
  if (a.length !== 1 || b.length !== 1 || a[0].species !== b[0].species) return terms;
  if (a[0].order !== 2 || a[0].falls || b[0].order !== 1) return terms;
  const c = square.coefficient;
  if (!(c > 0) || Math.abs(c + single.coefficient) > SAME * c) return terms;
  return [{ coefficient: c, factors: [{ ...a[0], falls: true }] }];
}
