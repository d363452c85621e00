import {
  activeReactions,
  type Expression,
  type Network,
  type NetworkBuilder,
  networkBuilder,
  type Reaction,
  type SpeciesTerm,
} from '../network/index.js';
import type { Clock } from './clock.js';

/**
 * How a clock species switches a reaction.
 *
 *  - `'rate'`: its concentration multiplies the rate; the reference, not a reaction anyone could make;
 *  - `'catalyst'`: it is a reactant and a product; orders rise by one;
 *  - `'proxy'`: strictly bimolecular. Reactions with one reactant get a relay of the clock species as a catalyst; of two
 *    reactants one is replaced by a relay of itself, which is only made while the clock species is there. Where no
 *    gated reaction has two reactants, the clock species itself is the catalyst.
 */
export type GateStyle = 'rate' | 'catalyst' | 'proxy';

export interface ClockedOptions {
  /** Default `'catalyst'`. */
  style?: GateStyle;
  /** Exposure ∫C dt of each phase species over one turn, as `measureClock` gives it. */
  exposures: readonly number[];
  /**
   * Rate constant of the relays of style `'proxy'`. What is gated lags by its inverse, so it has to be fast beside the
   * gated reactions, not only beside the clock. Default 1000.
   */
  relay?: number;
  /**
   * Style `'proxy'`: which reactant a relay stands in for. `'shared'` (default): the one that most reactions of the phase
   * have in common, so that relays are few; `'first'`: the first that the reaction names of those it can be.
   */
  relayed?: 'shared' | 'first';
  /** The crossing at which the doses of each phase come, by phase name: the clock's own edge. */
  doseAt?: Record<string, { species: string; direction: 'rises' | 'falls'; level: number }>;
}

/** The clock species of a phase, and what rates are multiplied by: duration / exposure. */
interface Gate {
  phase: string;
  species: string;
  factor: Expression;
}

const product = (left: Expression, right: Expression): Expression =>
  right.kind === 'number' && right.value === 1 ? left : { kind: 'binary', operator: '*', left, right };

/**
 * A network of phases with the clock inside: no schedule is left. A reaction that runs in one phase only is switched by
 * that phase's clock species; one that runs in all stays as it is; the clock's own reactions are added.
 *
 * Gated rates are scaled by duration / exposure (the parameters `exposure1`, `exposure2`, …), so that a turn does to
 * them what a phase of the schedule does. What runs in all phases is not scaled, and also runs while no phase does.
 *
 * Doses at the start of a phase become doses at the clock's own edge (`doseAt`), or are left to the caller.
 * @throws RangeError for a network that does not have one phase for each of the clock's or lets one start at a crossing,
 * a reaction that runs in some
 *   but not all of more than two phases, or a reaction that no bimolecular gate can switch (three reactants, or two of
 *   which neither is left over); NetworkError for names that clash with the clock's
 */
export function clocked(network: Network, clock: Clock, options: ClockedOptions): Network {
  const { exposures, relay = 1000, relayed = 'shared', doseAt = {} } = options;
  const { phases } = network;
  if (phases.length !== clock.phases.length || exposures.length !== clock.phases.length) {
    throw new RangeError(
      `the clock has ${clock.phases.length} phases, the network ${phases.length}, exposures ${exposures.length}; ` +
        'each needs as many',
    );
  }
  const moving = phases.find(({ when }) => when !== undefined);
  if (moving) {
    throw new RangeError(`phase ${moving.name} starts at a crossing: a clock inside makes phases itself`);
  }
  const gates = phases.map(
    ({ name, duration }, p): Gate => ({
      phase: name,
      species: clock.phases[p],
      factor: {
        kind: 'binary',
        operator: '/',
        left: duration,
        right: { kind: 'parameter', name: `exposure${p + 1}` },
      },
    }),
  );
  const active = phases.map((phase) => new Set(activeReactions(network, phase.active)));
  const gateOf = network.reactions.map((reaction, r): Gate | null | undefined => {
    const where = gates.filter((_, p) => active[p].has(r));
    if (where.length === gates.length) return null;
    if (where.length > 1) {
      throw new RangeError(
        `reaction ${reaction.label ?? r + 1} runs in some phases, but neither in one nor in all`,
      );
    }
    return where[0];
  });

  const builder = networkBuilder();
  for (const part of [clock.network, network]) {
    for (const { name, value } of part.parameters) builder.param(name, value);
    for (const { name, constant, initial } of part.species)
      builder[constant ? 'const' : 'init'](name, initial);
  }
  exposures.forEach((exposure, p) => {
    builder.param(`exposure${p + 1}`, exposure);
  });
  for (const reaction of clock.network.reactions) builder.reaction(inputOf(clock.network, reaction));
  const add = switchBy(options.style ?? 'catalyst', builder, network, gateOf, relay, relayed);
  network.reactions.forEach((reaction, r) => {
    const gate = gateOf[r];
    const input = inputOf(network, reaction);
    if (gate === null) builder.reaction(input);
    else if (gate !== undefined) add({ ...input, rate: product(gate.factor, reaction.rate) }, gate);
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

type Side = Record<string, number>;

/** A reaction by names, as the builder takes it. */
interface Named {
  label?: string;
  reactants: Side;
  products: Side;
  /** Of an explicit law. */
  orders?: Side;
  rate: Expression;
}

const byName = (network: Network, terms: readonly SpeciesTerm[]): Side =>
  Object.fromEntries(terms.map(({ species, value }) => [network.species[species].name, value]));

function inputOf(network: Network, { label, reactants, products, orders, rate, law }: Reaction): Named {
  return {
    ...(label === null ? {} : { label }),
    reactants: byName(network, reactants),
    products: byName(network, products),
    ...(law === 'explicit' ? { orders: byName(network, orders) } : {}),
    rate,
  };
}

const plus = (side: Side, name: string): Side => ({ ...side, [name]: (side[name] ?? 0) + 1 });
const molecules = (side: Side): number => Object.values(side).reduce((sum, value) => sum + value, 0);

/** How a gated reaction is added to the network. */
type AddGated = (reaction: Named, gate: Gate) => void;

function switchBy(
  style: GateStyle,
  builder: NetworkBuilder,
  network: Network,
  gateOf: readonly (Gate | null | undefined)[],
  relayRate: number,
  relayed: 'shared' | 'first',
): AddGated {
  if (style === 'rate') {
    return ({ orders, ...reaction }, { species }) => {
      builder.reaction({ ...reaction, orders: plus(orders ?? reaction.reactants, species) });
    };
  }
  const catalysed = (reaction: Named, catalyst: string) => {
    const { reactants, products, orders } = reaction;
    builder.reaction({
      ...reaction,
      reactants: plus(reactants, catalyst),
      products: plus(products, catalyst),
      ...(orders && { orders: plus(orders, catalyst) }),
    });
  };
  const gated = network.reactions.flatMap((reaction, r) => {
    const gate = gateOf[r];
    return gate ? [{ reaction: inputOf(network, reaction), gate }] : [];
  });
  if (style === 'catalyst' || gated.every(({ reaction }) => molecules(reaction.reactants) <= 1)) {
    return (reaction, { species }) => catalysed(reaction, species);
  }
  const relays = new Relays(builder, relayRate, gated);
  return (reaction, gate) => {
    if (molecules(reaction.reactants) <= 1) {
      catalysed(reaction, relays.ofClock(gate));
      return;
    }
    const candidates = standIns(reaction);
    const chosen = relayed === 'first' ? candidates[0] : relays.mostShared(candidates, gate);
    const relay = relays.ofReactant(gate, chosen);
    const swap = (side: Side): Side => {
      const left = side[chosen] - 1;
      const others = Object.entries(side).filter(([name]) => name !== chosen || left > 0);
      return plus({ ...Object.fromEntries(others), ...(left > 0 && { [chosen]: left }) }, relay);
    };
    builder.reaction({ ...reaction, reactants: swap(reaction.reactants), products: swap(reaction.products) });
  };
}

/** Reactants of which a molecule is left over: a relay can stand in for it. Those that do not change come first. */
function leftOver({ reactants, products }: Named): string[] {
  const names = Object.keys(reactants).filter((name) => products[name] >= 1);
  const same = (name: string) => reactants[name] === products[name];
  return [...names.filter(same), ...names.filter((name) => !same(name))];
}

/** The reactants that a relay may replace. @throws RangeError when there is none, or the reaction has too many */
function standIns(reaction: Named): string[] {
  const candidates = leftOver(reaction);
  if (candidates.length > 0 && molecules(reaction.reactants) <= 2 && !reaction.orders) return candidates;
  throw new RangeError(
    `reaction ${reaction.label ?? 'without a label'} cannot be switched by a bimolecular gate: it needs two ` +
      'reactants, one of which is left over; gate a step before it, or switch by catalysts',
  );
}

/**
 * Fast copies that exist only while a clock species does; each is made once.
 *
 * All have the same rate constant: what one phase makes and what it removes must come and go together.
 */
class Relays {
  readonly #made = new Set<string>();
  readonly #builder: NetworkBuilder;
  readonly #uses = new Map<string, number>();

  constructor(builder: NetworkBuilder, rate: number, gated: readonly { reaction: Named; gate: Gate }[]) {
    this.#builder = builder;
    builder.param('relayRate', rate);
    for (const { reaction, gate } of gated) {
      for (const name of leftOver(reaction))
        this.#uses.set(`${name} ${gate.phase}`, this.#used(name, gate) + 1);
    }
  }

  /** A copy of the clock species itself: `C -> C + gate`, `gate -> ∅`. */
  ofClock({ phase, species }: Gate): string {
    return this.#make(`gate[${phase}]`, [species], species, phase);
  }

  /** A copy of a reactant while the clock species is there: `C + X -> C + X + relay`, `relay -> ∅`. */
  ofReactant({ phase, species }: Gate, reactant: string): string {
    const name = reactant.replace(/^([A-Za-z_]\w*)(\[(.*)\])?([+-]?)$/, (_, base, __, index, rail) => {
      const entries = index === undefined ? phase : `${index},${phase}`;
      return `${base}gate[${entries}]${rail}`;
    });
    return this.#make(name, [species, reactant], reactant, phase);
  }

  /** Of these reactants the one that most reactions of the phase share, so that relays are few. */
  mostShared(candidates: readonly string[], gate: Gate): string {
    return candidates.reduce((best, name) => (this.#used(name, gate) > this.#used(best, gate) ? name : best));
  }

  #used(name: string, { phase }: Gate): number {
    return this.#uses.get(`${name} ${phase}`) ?? 0;
  }

  #make(name: string, sources: string[], of: string, phase: string): string {
    if (this.#made.has(name)) return name;
    this.#made.add(name);
    const catalysts = Object.fromEntries(sources.map((source) => [source, 1]));
    const tag = `${of.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}${of.endsWith('+') ? 'p' : of.endsWith('-') ? 'n' : ''}`;
    this.#builder.reaction({
      label: `relay[${tag},${phase}]`,
      reactants: catalysts,
      products: { ...catalysts, [name]: 1 },
      rate: 'relayRate',
    });
    this.#builder.reaction({
      label: `drop[${tag},${phase}]`,
      reactants: { [name]: 1 },
      products: {},
      rate: 'relayRate',
    });
    return name;
  }
}
