import {
  addAmounts,
  addCompartments,
  addObservables,
  type CompartmentStatement,
  type ObservableStatement,
  type SpeciesReference,
  type Term,
} from './assemble-parts.js';
import { firstOn, IssueList } from './issues.js';
import { readLaw } from './law.js';
import type {
  Dose,
  Expression,
  LevelCrossing,
  Network,
  Phase,
  Reaction,
  SaveGrid,
  SourceSpan,
  SpeciesTerm,
} from './model.js';
import { showName } from './names.js';
import { suggest } from './nearest.js';
import { type DirectiveName, type Places, placeKeys } from './places.js';
import { checkNetwork } from './validate.js';

type Where = SourceSpan | undefined;

/** One reaction statement. */
export interface ReactionStatement {
  label: string | null;
  reactants: readonly Term[];
  products: readonly Term[];
  rate: Expression | null;
  /** The constant of the way back; absent for a one-way arrow, null for the default. */
  reverse?: Expression | null;
  /** An explicit rate law as written, instead of `rate`. */
  law?: Expression | null;
  /** Orders given apart from the reactants, with `rate` as the constant factor. */
  orders?: readonly Term[] | null;
  /** The event of stochastic simulation that this is a term of; the way back is the term of the other sign. */
  channel?: Reaction['channel'] | null;
  at?: Where;
}

/** One dose statement. */
export interface DoseStatement {
  species: SpeciesReference;
  amount: Expression;
  mode: Dose['mode'];
  when: { kind: 'phase'; phase: string; at?: Where } | ({ kind: 'level' } & CrossingStatement);
  at?: Where;
}

/** A species' level rising or falling through a value. */
export interface CrossingStatement {
  name: string;
  direction: 'rises' | 'falls';
  level: Expression;
  at?: Where;
}

/**
 * Most reactions, species and parameters of one network: ten times the largest published ones. Beyond, a text is
 * refused in good time instead of filling the memory.
 */
const mostParts = { reactions: 1_000_000, species: 500_000, parameters: 500_000 };

class TooLarge {
  constructor(readonly part: keyof typeof mostParts) {}
}

const one = (): Expression => ({ kind: 'number', value: 1 });

/**
 * Puts a network together from statements in any order, for the parser and the builder alike. It checks what a
 * finished network can no longer show (a value given twice, a name that stands for nothing); `validate.ts` has all
 * other rules.
 */
export class Assembler {
  readonly issues = new IssueList();
  private readonly network: Network = {
    species: [],
    parameters: [],
    reactions: [],
    phases: [],
    doses: [],
    simulation: {},
  };
  private readonly indices = new Map<string, number>();
  private readonly given = new Map<number, { constant: boolean; at: Where }>();
  private readonly directives = new Map<string, Where>();
  private readonly tolerances = new Map<string, number>();
  private readonly laws: { reaction: Reaction; law: Expression }[] = [];
  private readonly doses: DoseStatement[] = [];
  private readonly starts: { phase: Phase; when: CrossingStatement }[] = [];
  private readonly compartments: CompartmentStatement[] = [];
  private readonly amounts: SpeciesReference[] = [];
  private readonly observables: ObservableStatement[] = [];

  /** @param places where the parts of the statements stand, as far as there is a text */
  constructor(private readonly places: Places) {}

  /**
   * Runs work that adds statements, and stops it when the network grows too large.
   * @returns false if it was stopped
   */
  run(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      const { part } = error;
      const message = `the network has more than ${mostParts[part]} ${part}`;
      this.issues.error({ code: 'tooLarge', message, at: this.network[part].at(-1)?.span });
      return false;
    }
  }

  parameter(name: string, value: Expression, at?: Where): void {
    this.refuseBeyond('parameters');
    this.network.parameters.push(at ? { name, value, span: at } : { name, value });
  }

  /** `init`, or `const` for a species held by the environment. */
  initial(name: string, value: Expression, constant: boolean, at?: Where): void {
    const index = this.species(name, at);
    const first = this.given.get(index);
    if (first) {
      const both = first.constant && constant ? 'const' : 'init';
      const message =
        first.constant === constant
          ? `\`${both}\` of ${showName(name)} is given twice${firstOn(first.at)}`
          : `${showName(name)} has both \`init\` and \`const\`${firstOn(first.at)}`;
      this.issues.error({ code: both === 'const' ? 'duplicateConst' : 'duplicateInit', message, at });
      return;
    }
    this.given.set(index, { constant, at });
    const species = this.network.species[index]!;
    species.initial = value;
    species.constant = constant;
  }

  /** Adds the reaction; `reverse` adds its way back under the same label. */
  reaction(statement: ReactionStatement): void {
    this.refuseBeyond('reactions');
    const { label, reverse, law, channel, at } = statement;
    const reactants = this.side(statement.reactants);
    const products = this.side(statement.products);
    const orders = statement.orders ? this.side(statement.orders) : copyTerms(reactants);
    const kind = law || statement.orders ? 'explicit' : 'massAction';
    const rate = statement.rate ?? one();
    const forth = newReaction(label, reactants, products, orders, rate, kind, at);
    if (channel) forth.channel = channel;
    this.network.reactions.push(forth);
    if (law) this.laws.push({ reaction: forth, law });
    // Without a text the number of the statement is its place, so that a label's two uses can be told apart.
    if (!at && label !== null) this.places.note(forth, 0, this.network.reactions.length);
    if (reverse === undefined) return;
    const [made, usedUp, backOrders] = [copyTerms(reactants), copyTerms(products), copyTerms(products)];
    const back = newReaction(label, usedUp, made, backOrders, reverse ?? one(), 'massAction', at);
    if (channel) back.channel = { name: channel.name, sign: channel.sign === 1 ? -1 : 1 };
    this.network.reactions.push(back);
    if (!at && label !== null) this.places.noteDerived(back, forth);
  }

  phase(
    name: string,
    duration: Expression,
    active: Phase['active'],
    at?: Where,
    when?: CrossingStatement,
  ): number {
    const phase: Phase = { name, duration, active };
    if (at) phase.span = at;
    if (when) this.starts.push({ phase, when });
    return this.network.phases.push(phase) - 1;
  }

  dose(statement: DoseStatement): void {
    this.doses.push(statement);
  }

  /** A compartment with the species in it, which must be named elsewhere. */
  compartment(statement: CompartmentStatement): void {
    this.compartments.push(statement);
  }

  /** Species whose numbers are amounts; they must be named elsewhere. */
  amount(species: readonly SpeciesReference[]): void {
    this.amounts.push(...species);
  }

  observable(statement: ObservableStatement): void {
    this.observables.push(statement);
  }

  simulateTo(value: Expression, at?: Where): void {
    if (this.isFirst('to', at)) this.network.simulation.to = value;
  }

  /** `valueAt` is where the value stands, here and below; `at` where the directive does. */
  save(grid: SaveGrid, at?: Where, valueAt?: Where): void {
    if (this.isFirst('save', at, valueAt)) this.network.simulation.save = grid;
  }

  method(name: string, at?: Where, valueAt?: Where): void {
    if (this.isFirst('method', at, valueAt)) this.network.simulation.method = name;
  }

  tolerance(kind: 'rtol' | 'atol', value: number, at?: Where, valueAt?: Where): void {
    if (this.isFirst(kind, at, valueAt)) this.network.simulation[kind] = value;
  }

  /** The absolute tolerance of one species. */
  speciesTolerance(name: string, value: number, at?: Where, valueAt?: Where): void {
    const shown = `\`atol\` of ${showName(name)}`;
    if (this.isNew(placeKeys.tolerance(name), shown, at, valueAt)) this.tolerances.set(name, value);
  }

  /** The network, or null when the issues have an error. */
  finish(): Network | null {
    const { network, issues } = this;
    if (!issues.overflowed) {
      this.readLaws();
      for (const statement of this.doses) this.addDose(statement);
      for (const { phase, when } of this.starts) {
        const crossing = this.crossing(when);
        if (crossing) phase.when = crossing;
      }
      const find = (name: string, at: Where) => this.find(name, at);
      addCompartments(network, this.compartments, find, issues);
      addAmounts(network, this.amounts, find, issues);
      addObservables(network, this.observables, find, this.places);
      if (this.tolerances.size > 0) network.simulation.atolBySpecies = Object.fromEntries(this.tolerances);
      checkNetwork(network, this.places, issues);
    }
    return issues.hasErrors ? null : network;
  }

  private refuseBeyond(part: keyof typeof mostParts): void {
    if (this.network[part].length >= mostParts[part]) throw new TooLarge(part);
  }

  private species(name: string, at: Where): number {
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    this.refuseBeyond('species');
    const index = this.indices.size;
    this.indices.set(name, index);
    const initial: Expression = { kind: 'number', value: 0 };
    const constant = false;
    this.network.species.push(at ? { name, initial, constant, span: at } : { name, initial, constant });
    return index;
  }

  /** A stoichiometry of zero is no term, but brings its species into being. */
  private side(terms: readonly Term[]): SpeciesTerm[] {
    const indices = terms.map(({ name, at }) => this.species(name, at));
    const side = terms.map(({ value, at }, i) => {
      const term = { species: indices[i]!, value };
      if (at && !Number.isFinite(value)) this.places.note(term, at.line, at.column);
      return term;
    });
    return side.every(({ value }) => value !== 0) ? side : side.filter(({ value }) => value !== 0);
  }

  private isFirst(name: DirectiveName, at: Where, valueAt?: Where): boolean {
    const shown = name === 'to' ? '`simulate to`' : `\`${name}\``;
    return this.isNew(placeKeys.directive(name), shown, at, valueAt);
  }

  private isNew(key: string, shown: string, at: Where, valueAt: Where): boolean {
    if (this.directives.has(key)) {
      const message = `${shown} is given twice${firstOn(this.directives.get(key))}`;
      this.issues.error({ code: 'duplicateDirective', message, at });
      return false;
    }
    this.directives.set(key, at);
    if (at) this.places.note(key, at.line, at.column);
    if (valueAt) this.places.note(placeKeys.valueOf(key), valueAt.line, valueAt.column);
    return true;
  }

  private readLaws(): void {
    if (this.laws.length === 0) return;
    const parameters = new Set(this.network.parameters.map(({ name }) => name));
    const meaning = (name: string) =>
      parameters.has(name) ? 'parameter' : this.indices.has(name) ? 'species' : 'unknown';
    const hintFor = (name: string) => suggest(name, [...parameters, ...this.indices.keys()]);
    for (const { reaction, law } of this.laws) {
      const read = readLaw(law, meaning, hintFor, this.places);
      if ('finding' in read) {
        this.issues.error({ ...read.finding, at: read.finding.at ?? reaction.span });
        continue;
      }
      reaction.rate = read.rate;
      this.places.noteDerived(read.rate, law);
      reaction.orders = read.orders.map(({ name, value, node }) => {
        const term = { species: this.indices.get(name)!, value };
        this.places.noteDerived(term, node);
        return term;
      });
    }
  }

  private addDose({ species, amount, mode, when, at }: DoseStatement): void {
    const target = this.find(species.name, species.at);
    if (target === undefined) return;
    let moment: Dose['at'];
    if (when.kind === 'phase') {
      moment = { kind: 'phase', phase: when.phase };
    } else {
      const crossing = this.crossing(when);
      if (crossing === undefined) return;
      moment = { kind: 'level', ...crossing };
    }
    if (when.at) this.places.note(moment, when.at.line, when.at.column);
    const dose = { species: target, amount, mode, at: moment };
    this.network.doses.push(at ? { ...dose, span: at } : dose);
  }

  private crossing({ name, at, direction, level }: CrossingStatement): LevelCrossing | undefined {
    const species = this.find(name, at);
    return species === undefined ? undefined : { species, direction, level };
  }

  /** A species that a statement refers to without bringing it into being. */
  private find(name: string, at: Where): number | undefined {
    const index = this.indices.get(name);
    if (index !== undefined) return index;
    const bare = name.slice(0, -1);
    const hint =
      name.endsWith('+') && this.indices.has(bare)
        ? `\`${name}=\` sets the species \`${name}\`; to add to \`${bare}\`, write \`${bare} += …\` with white space`
        : suggest(name, this.indices.keys(), 'a species is one that a reaction, `init` or `const` names');
    this.issues.error({
      code: 'unknownSpecies',
      message: `there is no species ${showName(name)}`,
      hint,
      at,
      about: name,
    });
    return undefined;
  }
}

/** Written out, as networks have many reactions: all of one shape, and no copy on the way. */
function newReaction(
  label: string | null,
  reactants: SpeciesTerm[],
  products: SpeciesTerm[],
  orders: SpeciesTerm[],
  rate: Expression,
  law: Reaction['law'],
  span: Where,
): Reaction {
  return span
    ? { label, reactants, products, orders, rate, law, span }
    : { label, reactants, products, orders, rate, law };
}

const copyTerms = (terms: readonly SpeciesTerm[]): SpeciesTerm[] => terms.map((term) => ({ ...term }));
