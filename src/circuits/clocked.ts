import {
  activeReactions,
  type Expression,
  evaluateExpression,
  type Network,
  networkBuilder,
  parameterValues,
  type Reaction,
  type SpeciesTerm,
} from '../network/index.js';
import type { Clock } from './clock.js';

/**
 * How a clock species switches a reaction.
 *
 *  - `'rate'`: its concentration multiplies the rate; the reference, not a reaction anyone could make;
 *  - `'catalyst'`: it is a reactant and a product; orders rise by one;
 *  - `'proxy'`: strictly bimolecular. Reactions with one reactant get a relay of the clock species as a catalyst, those
 *    with two get a relay of a catalytic reactant that is only made while the clock species is there.
 */
export type GateStyle = 'rate' | 'catalyst' | 'proxy';

export interface ClockedOptions {
  /** Default `'catalyst'`. */
  style?: GateStyle;
  /** Exposure ∫C dt of each phase species over one turn, as `measureClock` gives it. */
  exposures: readonly number[];
  /**
   * Phases whose outcome depends on their length: their rates are scaled by duration / exposure. Default the first one.
   * In the others everything relaxes, and only ratios of rates matter.
   */
  timed?: readonly string[];
  /** Rate constant of the relays of style `'proxy'`: fast beside the clock. Default 50. */
  relay?: number;
  /** The crossing at which the doses of each phase come, by phase name: the clock's own edge. */
  doseAt?: Record<string, { species: string; direction: 'rises' | 'falls'; level: number }>;
}

interface Gate {
  phase: string;
  species: string;
  factor: number;
}

const times = (factor: number, rate: Expression): Expression =>
  factor === 1
    ? rate
    : { kind: 'binary', operator: '*', left: { kind: 'number', value: factor }, right: rate };

/**
 * A network of phases with the clock inside: no schedule is left. A reaction that runs in one phase only is switched by
 * that phase's clock species; one that runs in all stays as it is; the clock's own reactions are added. Doses at the
 * start of a phase become doses at the clock's own edge (`doseAt`), or are left to the caller.
 * @throws RangeError for a network that does not have one phase for each of the clock's, a reaction that runs in some
 *   but not all of more than two phases, names that clash with the clock's, or a reaction that no bimolecular gate can
 *   switch (two reactants, neither of them a catalyst)
 */
export function clocked(network: Network, clock: Clock, options: ClockedOptions): Network {
  const { style = 'catalyst', exposures, relay = 50, doseAt = {} } = options;
  const { phases } = network;
  if (phases.length !== clock.phases.length || exposures.length !== clock.phases.length) {
    throw new RangeError(
      `the clock has ${clock.phases.length} phases, the network ${phases.length}, exposures ${exposures.length}; ` +
        'each needs as many',
    );
  }
  const timed = options.timed ?? [phases[0].name];
  const values = parameterValues(network);
  const gates: Gate[] = phases.map(({ name, duration }, p) => ({
    phase: name,
    species: clock.phases[p],
    factor: timed.includes(name) ? evaluateExpression(duration, values) / exposures[p] : 1,
  }));
  const active = phases.map((phase) => new Set(activeReactions(network, phase.active)));

  const builder = networkBuilder();
  for (const part of [clock.network, network]) {
    for (const { name, value } of part.parameters) builder.param(name, value);
    for (const { name, constant, initial } of part.species)
      builder[constant ? 'const' : 'init'](name, initial);
  }
  for (const reaction of clock.network.reactions) plain(builder, clock.network, reaction);
  const relays = new Relays(builder, relay);
  network.reactions.forEach((reaction, r) => {
    const where = gates.filter((_, p) => active[p].has(r));
    if (where.length === gates.length) plain(builder, network, reaction);
    else if (where.length === 1) gated(builder, network, reaction, where[0], style, relays);
    else if (where.length > 1) {
      throw new RangeError(
        `reaction ${reaction.label ?? r + 1} runs in some phases, but neither in one nor in all`,
      );
    }
  });
  for (const { species, amount, mode, at } of network.doses) {
    if (at.kind !== 'phase') continue;
    const edge = doseAt[at.phase];
    if (edge === undefined) continue;
    const when = { when: edge.species };
    const moment =
      edge.direction === 'rises' ? { ...when, rises: edge.level } : { ...when, falls: edge.level };
    builder.dose(network.species[species].name, amount, moment, mode);
  }
  return builder.build();
}

type Builder = ReturnType<typeof networkBuilder>;

const byName = (network: Network, terms: readonly SpeciesTerm[]): Record<string, number> =>
  Object.fromEntries(terms.map(({ species, value }) => [network.species[species].name, value]));

function plain(
  builder: Builder,
  network: Network,
  { label, reactants, products, orders, rate, law }: Reaction,
): void {
  builder.reaction({
    ...(label === null ? {} : { label }),
    reactants: byName(network, reactants),
    products: byName(network, products),
    ...(law === 'explicit' ? { orders: byName(network, orders) } : {}),
    rate,
  });
}

/** Fast copies that exist only while a clock species does; each is made once. */
class Relays {
  private readonly made = new Set<string>();

  constructor(
    private readonly builder: Builder,
    private readonly rate: number,
  ) {}

  /** A copy of the clock species itself: `C -> C + gate`, `gate -> ∅`. */
  ofClock({ phase, species }: Gate): string {
    return this.make(`gate[${phase}]`, [species], species, phase);
  }

  /** A copy of a reactant while the clock species is there: `C + X -> C + X + relay`, `relay -> ∅`. */
  ofReactant({ phase, species }: Gate, reactant: string): string {
    const name = reactant.replace(/^([A-Za-z_]\w*)(\[(.*)\])?([+-]?)$/, (_, base, __, index, rail) => {
      const entries = index === undefined ? phase : `${index},${phase}`;
      return `${base}gate[${entries}]${rail}`;
    });
    return this.make(name, [species, reactant], reactant, phase);
  }

  private make(name: string, sources: string[], of: string, phase: string): string {
    if (this.made.has(name)) return name;
    this.made.add(name);
    const catalysts = Object.fromEntries(sources.map((source) => [source, 1]));
    const tag = `${of.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}${of.endsWith('+') ? 'p' : of.endsWith('-') ? 'n' : ''}`;
    this.builder.reaction({
      label: `relay[${tag},${phase}]`,
      reactants: catalysts,
      products: { ...catalysts, [name]: 1 },
      rate: this.rate,
    });
    this.builder.reaction({
      label: `drop[${tag},${phase}]`,
      reactants: { [name]: 1 },
      products: {},
      rate: this.rate,
    });
    return name;
  }
}

function gated(
  builder: Builder,
  network: Network,
  reaction: Reaction,
  gate: Gate,
  style: GateStyle,
  relays: Relays,
): void {
  const { label, law } = reaction;
  const reactants = byName(network, reaction.reactants);
  const products = byName(network, reaction.products);
  const orders = byName(network, reaction.orders);
  const named = label === null ? {} : { label };
  const rate = times(gate.factor, reaction.rate);
  const withCatalyst = (side: Record<string, number>, catalyst: string) => ({
    ...side,
    [catalyst]: (side[catalyst] ?? 0) + 1,
  });
  if (style === 'rate') {
    builder.reaction({ ...named, reactants, products, orders: withCatalyst(orders, gate.species), rate });
    return;
  }
  const add = (catalyst: string) =>
    builder.reaction({
      ...named,
      reactants: withCatalyst(reactants, catalyst),
      products: withCatalyst(products, catalyst),
      ...(law === 'explicit' ? { orders: withCatalyst(orders, catalyst) } : {}),
      rate,
    });
  if (style === 'catalyst') {
    add(gate.species);
    return;
  }
  const molecularity = Object.values(orders).reduce((sum, order) => sum + order, 0);
  if (molecularity <= 1) {
    add(relays.ofClock(gate));
    return;
  }
  const catalyst = Object.keys(reactants).find((name) => reactants[name] === 1 && products[name] === 1);
  if (catalyst === undefined || molecularity > 2 || law === 'explicit') {
    throw new RangeError(
      `reaction ${label ?? 'without a label'} cannot be switched by a bimolecular gate: it needs two reactants, one of ` +
        'them a catalyst; gate a step before it instead',
    );
  }
  const relay = relays.ofReactant(gate, catalyst);
  const swap = (side: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(side).map(([name, value]) => [name === catalyst ? relay : name, value]),
    );
  builder.reaction({ ...named, reactants: swap(reactants), products: swap(products), rate });
}
