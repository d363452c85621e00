import { labelTable } from '../network/active.js';
import { activeReactions } from '../network/index.js';
import type { Expression, Network, Parameter, Reaction } from '../network/model.js';
import { familyOf } from '../network/names.js';
import { suggest } from '../network/nearest.js';
import { printReaction } from '../network/print.js';
import type { VariationSettings, Varied } from './variation.js';

/** A number that differs from draw to draw, as a parameter of the network. */
export interface Factor {
  parameter: string;
  what: Varied;
  /** The label (or text) of the reaction or the base name of several, the species, or the phase. */
  of: string;
  /** What it is in the network as it was designed: 1, or 0 for a leak. */
  nominal: 0 | 1;
  /** Place of its variation in the list. */
  variation: number;
}

/** A network whose factors are parameters: every draw is the same network with other numbers. */
export interface VariedNetwork {
  network: Network;
  factors: Factor[];
}

const parameter = (name: string): Expression => ({ kind: 'parameter', name });
const times = (name: string, right: Expression): Expression => ({
  kind: 'binary',
  operator: '*',
  left: parameter(name),
  right,
});

/**
 * Puts a factor before everything that varies. As it is returned, the network does what the given one does.
 * @throws RangeError naming what `only` asks for and the network does not have
 */
export function variedNetwork(network: Network, variations: readonly VariationSettings[]): VariedNetwork {
  return new Weaver(network).weave(variations);
}

class Weaver {
  readonly #original: Network;
  readonly #network: Network;
  readonly #factors: Factor[] = [];
  readonly #base: string;

  constructor(network: Network) {
    this.#original = network;
    this.#network = structuredClone(network);
    const taken = [...network.parameters, ...network.species].map(({ name }) => name);
    let base = 'vary';
    while (taken.some((name) => name === base || name.startsWith(`${base}[`))) base += '_';
    this.#base = base;
  }

  weave(variations: readonly VariationSettings[]): VariedNetwork {
    variations.forEach((variation, v) => {
      if (variation.what === 'rates') this.#rates(variation, v);
      else if (variation.what === 'initial') this.#initial(variation, v);
      else if (variation.what === 'doses') this.#doses(variation, v);
      else if (variation.what === 'jitter') this.#durations(variation, v);
      else if (variation.what === 'leaks') this.#leaks(variation, v);
    });
    const parameters = this.#factors.map(
      ({ parameter: name, nominal }): Parameter => ({ name, value: { kind: 'number', value: nominal } }),
    );
    this.#network.parameters.push(...parameters);
    return { network: this.#network, factors: this.#factors };
  }

  #factor(what: Varied, of: string, variation: number): string {
    const name = `${this.#base}[${this.#factors.length + 1}]`;
    this.#factors.push({ parameter: name, what, of, nominal: what === 'leaks' ? 0 : 1, variation });
    return name;
  }

  #rates({ per, only }: VariationSettings, variation: number): void {
    const { reactions } = this.#original;
    const chosen = this.#reactions(only);
    const shared = new Map<string, string>();
    reactions.forEach((reaction, r) => {
      if (!chosen.has(r)) return;
      const group = groupOf(reaction, per);
      let name = group === null ? undefined : shared.get(group.key);
      name ??= this.#factor('rates', group?.name ?? this.#nameOf(r), variation);
      if (group !== null) shared.set(group.key, name);
      this.#network.reactions[r].rate = times(name, reaction.rate);
    });
  }

  #initial({ only }: VariationSettings, variation: number): void {
    const { species } = this.#original;
    const chosen = this.#named('species', species, only);
    species.forEach(({ name, initial }, s) => {
      if (!chosen.has(name) || (initial.kind === 'number' && initial.value === 0)) return;
      this.#network.species[s].initial = times(this.#factor('initial', name, variation), initial);
    });
  }

  #doses({ only }: VariationSettings, variation: number): void {
    const { species, doses } = this.#original;
    const chosen = this.#named('species', species, only);
    doses.forEach((dose, d) => {
      const { name } = species[dose.species];
      if (!chosen.has(name)) return;
      const at = dose.at.kind === 'phase' ? ` at ${dose.at.phase}` : '';
      this.#network.doses[d].amount = times(this.#factor('doses', name + at, variation), dose.amount);
    });
  }

  #durations({ only }: VariationSettings, variation: number): void {
    const { phases } = this.#original;
    const chosen = this.#named('phase', phases, only);
    phases.forEach(({ name, duration }, p) => {
      if (!chosen.has(name)) return;
      this.#network.phases[p].duration = times(this.#factor('jitter', name, variation), duration);
    });
  }

  /** Reactions that do without a molecule which is there before and after. They run when those that they are leaks of do. */
  #leaks({ only, per }: VariationSettings, variation: number): void {
    const { reactions, phases, species } = this.#original;
    const chosen = this.#reactions(only);
    const labels = new Set(reactions.flatMap(({ label }) => label ?? []));
    let base = 'spontaneous';
    while ([...labels].some((label) => label === base || familyOf(label) === base)) base += '_';
    const active = phases.map((phase) => new Set(activeReactions(this.#original, phase.active)));
    const shared = new Map<string, string>();
    let count = 0;
    reactions.forEach((reaction, r) => {
      if (!chosen.has(r) || reaction.law === 'explicit') return;
      const molecules = reaction.reactants.reduce((sum, { value }) => sum + value, 0);
      if (molecules < 2) return;
      for (const { species: s } of reaction.reactants) {
        if (!reaction.products.some((term) => term.species === s)) continue;
        const of = `${this.#nameOf(r)} without ${species[s].name}`;
        const group = groupOf(reaction, per);
        let name = group === null ? undefined : shared.get(group.key);
        name ??= this.#factor('leaks', group?.name ?? of, variation);
        if (group !== null) shared.set(group.key, name);
        const label = reaction.label === null ? null : `${base}[${++count}]`;
        this.#network.reactions.push(withoutOne(reaction, s, label, times(name, reaction.rate)));
        if (label === null) continue;
        phases.forEach((phase, p) => {
          if (phase.active !== '*' && active[p].has(r)) {
            (this.#network.phases[p].active as string[]).push(label);
          }
        });
      }
    });
  }

  /** @throws RangeError for a label that no reaction has */
  #reactions(only: readonly string[] | undefined): Set<number> {
    const { reactions } = this.#original;
    if (only === undefined) return new Set(reactions.keys());
    const table = labelTable(this.#original);
    return new Set(
      only.flatMap((label) => {
        const found = table.find(label);
        if (found !== undefined) return [...found];
        const hint = suggest(label, table.labels, 'reactions are chosen by their labels');
        throw new RangeError(`vary: no reaction has the label ${JSON.stringify(label)}; ${hint}`);
      }),
    );
  }

  /** @throws RangeError for a name that is not among them */
  #named(what: string, all: readonly { name: string }[], only: readonly string[] | undefined): Set<string> {
    const names = new Set(all.map(({ name }) => name));
    if (only === undefined) return names;
    for (const name of only) {
      if (names.has(name)) continue;
      throw new RangeError(
        `vary: there is no ${what} ${JSON.stringify(name)}; ${suggest(name, names, `there are ${[...names].join(', ')}`)}`,
      );
    }
    return new Set(only);
  }

  /** A name for a report; the two directions of an arrow differ. */
  #nameOf(r: number): string {
    const { reactions } = this.#original;
    const { label } = reactions[r];
    if (label === null) return printReaction(this.#original, r);
    return r > 0 && reactions[r - 1].label === label ? `${label} (back)` : label;
  }
}

/** What a reaction shares its factor with: the terms of one law, and where types are asked for the labels of a family. */
function groupOf(
  { label, channel }: Reaction,
  per: VariationSettings['per'],
): { key: string; name: string } | null {
  if (per === 'type' && label !== null) {
    const name = familyOf(label) ?? label;
    return { key: `label ${name}`, name };
  }
  return channel === undefined ? null : { key: `channel ${channel.name}`, name: channel.name };
}

function withoutOne(reaction: Reaction, species: number, label: string | null, rate: Expression): Reaction {
  const less = (terms: Reaction['reactants']) =>
    terms.flatMap((term) => {
      if (term.species !== species) return [{ ...term }];
      return term.value > 1 ? [{ species, value: term.value - 1 }] : [];
    });
  const reactants = less(reaction.reactants);
  return {
    label,
    reactants,
    products: less(reaction.products),
    orders: reactants.map((term) => ({ ...term })),
    rate,
    law: 'massAction',
  };
}

/** The network with the numbers of a draw. */
export function withFactors({ network, factors }: VariedNetwork, values: readonly number[]): Network {
  const numbers = new Map(factors.map(({ parameter: name }, k) => [name, values[k]]));
  return {
    ...network,
    parameters: network.parameters.map((one) => {
      const value = numbers.get(one.name);
      return value === undefined ? one : { ...one, value: { kind: 'number', value } };
    }),
  };
}
