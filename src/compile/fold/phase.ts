import type { Expression, Network, Reaction, Species, SpeciesTerm } from '../../network/model.js';
import { changesNothing } from './pairs.js';
import { flowKey, netChange } from './rates.js';

/** Species that decay alike: each is its start times one number, which begins at 1. */
export interface Decays {
  /** The species that has that number, beyond those of the network. */
  shape: number;
  members: number[];
}

/** An amount that a species gains in a phase: factor · k[constant] · ∏ held · ∫ monomial dt. */
export interface Gain {
  species: number;
  factor: number;
  /** Reaction of the network. */
  constant: number;
  /** Species that the folded phase holds, as they are at its start: two at most. */
  held: SpeciesTerm[];
  /** The species that has the integral, beyond those of the network. */
  integral: number;
}

/** A phase of a network without what need not be integrated, and how that is found afterwards. */
export interface FoldedPhase {
  /** Species of its own follow those of the network, reactions of its own those of the network. */
  network: Network;
  active: number[];
  /** Of each reaction of its own the one whose constant it has; −1 for the constant 1. */
  constants: number[];
  decays: Decays[];
  gains: Gain[];
  /** Differences that are found afterwards: both species of each. */
  pairs: [number, number][];
  /** Species that the phase changes, and unknowns that are left. */
  changed: number;
  unknowns: number;
}

interface Step {
  index: number;
  orders: readonly SpeciesTerm[];
  change: Map<number, number>;
}

/**
 * Takes out of a phase
 *  - differences that it does not change, though their two species annihilate: they are held;
 *  - species that only decay, at a constant rate that others share: one *shape* serves them all;
 *  - species that it changes and does not read: *gains* say what they get, by integrals of monomials.
 *
 * So a block of reactions `P[i,j] + X[j] -> U[i] + …` becomes constants that are summed before the phase, and
 * `A[i] + X[j] -> P[i,j] + …` an integral of A times one shape, multiplied by every x[j] after it.
 *
 * What is left has the same solution: nothing is approximated. Of a difference that is found afterwards the two species
 * are not those of the network, which annihilate for a while yet: the greater is the difference, the other 0.
 *
 * @param partner as `differencePairs` gives it
 */
export function foldPhase(
  network: Network,
  active: readonly number[],
  constants: ArrayLike<number>,
  partner: Int32Array,
): FoldedPhase {
  const steps = active.map((index): Step => {
    const reaction = network.reactions[index];
    return { index, orders: reaction.orders, change: netChange(network, reaction) };
  });
  const seen = steps.filter((step) => !changesNothing(step, partner));
  const roles = new Roles(network.species.length, seen, partner);
  const isSeen = new Set(seen);
  for (;;) {
    // Annihilations of what stays among the unknowns stay, too.
    const kept = steps.filter(
      (step) => isSeen.has(step) || [...step.change.keys()].some((s) => roles.stays(s)),
    );
    const groups = decayGroups(kept, constants, roles);
    const writer = new Writer(network, groups, roles, partner);
    for (const step of kept) writer.step(step);
    for (const group of groups) writer.decay(group);
    const phase = writer.finish(steps);
    const others = phase.gains.filter(({ held }) => !isProduct(held));
    if (others.length === 0) return phase;
    for (const { species } of others) roles.keep(species);
  }
}

/** Whether it is what the kernel computes for a gain: a product of two concentrations at most. */
const isProduct = (held: readonly SpeciesTerm[]): boolean =>
  held.length <= 2 && held.every(({ value }) => value === 1);

/** What a phase does with each species. */
class Roles {
  private readonly read: Uint8Array;
  private readonly moved: Uint8Array;

  constructor(
    count: number,
    seen: readonly Step[],
    private readonly partner: Int32Array,
  ) {
    this.read = new Uint8Array(count);
    this.moved = new Uint8Array(count);
    for (const { orders, change } of seen) {
      for (const { species } of orders) this.mark(this.read, species);
      for (const [s, value] of change) {
        this.mark(this.moved, s);
        // What a law uses up without reading it may fall below 0, which somebody must see.
        if (value < 0 && partner[s] < 0) this.read[s] = 1;
      }
    }
  }

  /** Makes what is changed and not read one of the unknowns. */
  keep(s: number): void {
    this.mark(this.read, s);
  }

  isHeld(s: number): boolean {
    return this.moved[s] === 0;
  }

  /** Changed, and read by nobody. */
  isGained(s: number): boolean {
    return this.moved[s] === 1 && this.read[s] === 0;
  }

  private mark(marks: Uint8Array, s: number): void {
    marks[s] = 1;
    if (this.partner[s] >= 0) marks[this.partner[s]] = 1;
  }

  /** Among the unknowns, unless it only decays. */
  stays(s: number): boolean {
    return this.moved[s] === 1 && this.read[s] === 1;
  }
}

interface Group {
  members: number[];
  /** The first member's reactions. */
  losses: Step[];
}

/** Species of which all that changes is lost at a constant rate, by that rate. */
function decayGroups(steps: readonly Step[], constants: ArrayLike<number>, roles: Roles): Group[] {
  const losses = new Map<number, Step[]>();
  const others = new Set<number>();
  for (const step of steps) {
    for (const [s, value] of step.change) {
      if (!roles.stays(s)) continue;
      const isLoss =
        value < 0 &&
        step.orders.every((term) => (term.species === s ? term.value === 1 : roles.isHeld(term.species))) &&
        step.orders.some(({ species }) => species === s);
      if (!isLoss) others.add(s);
      else losses.set(s, [...(losses.get(s) ?? []), step]);
    }
  }
  const groups = new Map<string, Group>();
  for (const [s, own] of losses) {
    if (others.has(s)) continue;
    const rates = own.map(({ index, orders, change }) => {
      const held = orders
        .filter(({ species }) => species !== s)
        .map(({ species, value }) => `${species}^${value}`);
      return [constants[index] * (change.get(s) as number), ...held.sort()].join(' ');
    });
    const key = rates.sort().join(', ');
    const group = groups.get(key);
    if (group) group.members.push(s);
    else groups.set(key, { members: [s], losses: own });
  }
  return [...groups.values()].filter(({ members }) => members.length > 1);
}

/** Writes the phase that is left. */
class Writer {
  private readonly species: Species[];
  private readonly reactions: Reaction[];
  private readonly active: number[] = [];
  private readonly constants: number[];
  private readonly decays: Decays[];
  private readonly gains: Gain[] = [];
  private readonly integrals = new Map<string, number>();
  /** Of a species that only decays, the one of its shape. */
  private readonly shapes = new Map<number, number>();

  constructor(
    private readonly network: Network,
    groups: readonly Group[],
    private readonly roles: Roles,
    private readonly partner: Int32Array,
  ) {
    this.species = network.species.slice();
    this.reactions = network.reactions.slice();
    this.constants = [...network.reactions.keys()];
    this.decays = groups.map(({ members }) => ({ shape: this.invent(), members }));
    for (const { shape, members } of this.decays) for (const s of members) this.shapes.set(s, shape);
  }

  step({ index, orders, change }: Step): void {
    const stays = new Map<number, number>();
    const gained: [number, number][] = [];
    for (const [s, value] of change) {
      if (this.roles.isGained(s)) gained.push([s, value]);
      else if (this.roles.stays(s) && !this.shapes.has(s)) stays.set(s, value);
    }
    const shaped = orders.flatMap((term) => {
      const shape = this.shapes.get(term.species);
      return shape === undefined ? [term] : [term, { species: shape, value: term.value }];
    });
    if (stays.size > 0) {
      this.reactions[index] = rewritten(this.network.reactions[index], shaped, stays);
      this.active.push(index);
    }
    if (gained.length === 0) return;
    const isUnknown = ({ species: s }: SpeciesTerm) =>
      s >= this.network.species.length || (this.roles.stays(s) && !this.shapes.has(s));
    const integral = this.integralOf(shaped.filter(isUnknown));
    const held = shaped.filter((term) => !isUnknown(term));
    for (const [species, factor] of gained)
      this.gains.push({ species, factor, constant: index, held, integral });
  }

  /** The shape's own decay: that of the first member. */
  decay({ members, losses }: Group): void {
    const shape = this.shapes.get(members[0]) as number;
    for (const { index, orders, change } of losses) {
      const own = orders.map((term) => (term.species === members[0] ? { species: shape, value: 1 } : term));
      this.react(index, own, new Map([[shape, change.get(members[0]) as number]]));
    }
  }

  finish(steps: readonly Step[]): FoldedPhase {
    const { network, species, reactions, active, constants, decays, gains, partner } = this;
    const changed = new Set(steps.flatMap(({ change }) => [...change.keys()]));
    const left = [...changed].filter((s) => this.roles.stays(s) && !this.shapes.has(s));
    const pairs = new Map<number, [number, number]>();
    for (const { species: s } of gains) {
      const mate = partner[s];
      if (mate >= 0) pairs.set(Math.min(s, mate), [Math.min(s, mate), Math.max(s, mate)]);
    }
    return {
      network: { ...network, species, reactions },
      active,
      constants,
      decays,
      gains,
      pairs: [...pairs.values()],
      changed: changed.size,
      unknowns: left.length + species.length - network.species.length,
    };
  }

  private integralOf(monomial: readonly SpeciesTerm[]): number {
    const key = flowKey(monomial, '');
    let integral = this.integrals.get(key);
    if (integral === undefined) {
      integral = this.invent();
      this.integrals.set(key, integral);
      this.react(-1, monomial, new Map([[integral, 1]]));
    }
    return integral;
  }

  /** A species of its own. */
  private invent(): number {
    this.species.push({ name: `∫${this.species.length}`, initial: ZERO, constant: false });
    return this.species.length - 1;
  }

  /** A reaction of its own. */
  private react(constant: number, orders: readonly SpeciesTerm[], change: Map<number, number>): void {
    const like: Reaction = {
      label: null,
      reactants: [],
      products: [],
      orders: [],
      rate: ZERO,
      law: 'explicit',
    };
    this.active.push(this.reactions.length);
    this.reactions.push(rewritten(like, orders, change));
    this.constants.push(constant);
  }
}

const ZERO: Expression = { kind: 'number', value: 0 };

function rewritten(
  reaction: Reaction,
  orders: readonly SpeciesTerm[],
  change: ReadonlyMap<number, number>,
): Reaction {
  const terms = [...change].map(([species, value]) => ({ species, value }));
  return {
    ...reaction,
    law: 'explicit',
    orders: orders.slice(),
    reactants: terms
      .filter(({ value }) => value < 0)
      .map(({ species, value }) => ({ species, value: -value })),
    products: terms.filter(({ value }) => value > 0),
  };
}
