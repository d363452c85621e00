import type { Term } from './assemble-parts.js';
import {
  Assembler,
  type CrossingStatement,
  type DoseStatement,
  type ReactionStatement,
} from './assembler.js';
import type { Finding } from './issues.js';
import type { Expression, Issue, Network, Reaction, SaveGrid } from './model.js';
import { readExpression, readReaction } from './parse.js';
import { Places } from './places.js';

/** A constant: a number, a text such as `'k1/2'`, or an expression. */
export type ConstantInput = number | string | Expression;

/**
 * Numbers by species name, as they are, without backticks. Pairs keep their order where a record would not (names
 * such as `1` come first in a record); a species named in two pairs has their sum.
 */
export type TermsInput = Readonly<Record<string, number>> | readonly (readonly [string, number])[];

/** A reaction as an object. */
export interface ReactionInput {
  /** Stoichiometry by species; finite, not negative. */
  reactants: TermsInput;
  products: TermsInput;
  /** Rate constant `k` in k·∏xᵒ, without factorials. Default 1. */
  rate?: ConstantInput;
  /** Exponents in the rate by species. Default: those of the reactants (mass action). */
  orders?: TermsInput;
  /** Makes the reaction reversible, with this constant for the way back. Not together with `orders`. */
  reverse?: ConstantInput;
  label?: string;
  /** The event of stochastic simulation of which this is one term; the way back is its other sign. */
  channel?: NonNullable<Reaction['channel']>;
}

/** When a species' level rises or falls through a value. */
export type CrossingInput = { when: string; rises: ConstantInput } | { when: string; falls: ConstantInput };

/** When a dose is given: at the start of a phase, or at a crossing. */
export type DoseMoment = { at: string } | CrossingInput;

/** What a `simulate` line says. */
export interface DirectivesInput {
  /** End time. */
  to?: ConstantInput;
  /** A number of equal intervals, or a grid. */
  save?: number | SaveGrid;
  rtol?: number;
  /** For all species. */
  atol?: number;
  /** For single species. */
  atolBySpecies?: Readonly<Record<string, number>>;
  method?: string;
}

/** A network that breaks a rule. `issues` has every finding, errors and warnings. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(readonly issues: readonly Issue[]) {
    const errors = issues.filter(({ severity }) => severity === 'error');
    const shown = errors.slice(0, 5).map(({ message, hint }) => (hint ? `${message} (${hint})` : message));
    if (errors.length > shown.length) shown.push(`and ${errors.length - shown.length} more`);
    super(`the network is not valid: ${shown.join('; ')}`);
  }
}

/**
 * Builds a network step by step; it can do all that the text can. Every method returns the builder. Statements may
 * come in any order, and nothing is checked before `build`. Species are in the order in which `reaction`, `init` and
 * `const` name them first.
 */
export interface NetworkBuilder {
  /** A parameter; its value may refer to parameters declared anywhere. */
  param(name: string, value: ConstantInput): NetworkBuilder;
  /** A starting concentration, in the model's unit. Species without one start at 0. */
  init(name: string, value: ConstantInput): NetworkBuilder;
  /** A concentration held by the environment: reactions never change it. */
  const(name: string, value: ConstantInput): NetworkBuilder;
  /** A reaction as a statement of the text (`'grow: X ->{2} 2 X'`), or as an object. */
  reaction(reaction: string | ReactionInput): NetworkBuilder;
  /**
   * A stretch of the schedule: labels of the reactions that run (`name[*]` for every index), or `'*'` for all. With
   * `start` it begins at that crossing, when it comes before the phase before is over.
   */
  phase(
    name: string,
    duration: ConstantInput,
    active: '*' | readonly string[],
    start?: CrossingInput,
  ): NetworkBuilder;
  /** A concentration added (or set) from outside. `mode` is `'add'` by default. */
  dose(species: string, amount: ConstantInput, moment: DoseMoment, mode?: 'add' | 'set'): NetworkBuilder;
  /** A vessel with its size, in the model's unit of volume, and the species in it, which are named elsewhere. */
  compartment(name: string, size: ConstantInput, species?: readonly string[]): NetworkBuilder;
  /** Makes the numbers of species amounts instead of concentrations; they are named elsewhere. */
  amount(...species: readonly string[]): NetworkBuilder;
  /** A weighted sum of species that a run reports beside them. */
  observable(name: string, terms: TermsInput): NetworkBuilder;
  /** Directives; each may be given once. */
  simulation(directives: DirectivesInput): NetworkBuilder;
  /**
   * The network.
   * @throws NetworkError with the issues when a rule is broken
   */
  build(): Network;
}

/**
 * Starts an empty network.
 *
 * @example
 * const network = networkBuilder().init('A', 1).reaction('A ->{0.5} B').simulation({ to: 10 }).build();
 */
export function networkBuilder(): NetworkBuilder {
  return new Builder();
}

class Builder implements NetworkBuilder {
  /** What was read at the call, so that a caller may change the objects given afterwards. */
  private readonly steps: ((assembler: Assembler) => void)[] = [];
  private readonly findings: Finding[] = [];

  param(name: string, value: ConstantInput): this {
    const expression = this.constant(value);
    return this.add((assembler) => assembler.parameter(name, expression));
  }

  init(name: string, value: ConstantInput): this {
    const expression = this.constant(value);
    return this.add((assembler) => assembler.initial(name, expression, false));
  }

  const(name: string, value: ConstantInput): this {
    const expression = this.constant(value);
    return this.add((assembler) => assembler.initial(name, expression, true));
  }

  reaction(reaction: string | ReactionInput): this {
    const statement = typeof reaction === 'string' ? readReaction(reaction) : this.statement(reaction);
    if (!('finding' in statement)) return this.add((assembler) => assembler.reaction(statement));
    this.findings.push(statement.finding);
    return this;
  }

  phase(name: string, duration: ConstantInput, active: '*' | readonly string[], start?: CrossingInput): this {
    const expression = this.constant(duration);
    const labels = active === '*' ? active : [...active];
    const when = start && this.crossing(start);
    return this.add((assembler) => assembler.phase(name, expression, labels, undefined, when));
  }

  dose(species: string, amount: ConstantInput, moment: DoseMoment, mode: 'add' | 'set' = 'add'): this {
    const statement: DoseStatement = {
      species: { name: species },
      amount: this.constant(amount),
      mode,
      when: this.moment(moment),
    };
    return this.add((assembler) => assembler.dose(statement));
  }

  compartment(name: string, size: ConstantInput, species: readonly string[] = []): this {
    const statement = {
      name,
      size: this.constant(size),
      species: species.map((one) => ({ name: one })),
    };
    return this.add((assembler) => assembler.compartment(statement));
  }

  amount(...species: readonly string[]): this {
    const references = species.map((name) => ({ name }));
    return this.add((assembler) => assembler.amount(references));
  }

  observable(name: string, terms: TermsInput): this {
    const statement = { name, terms: toTerms(terms) };
    return this.add((assembler) => assembler.observable(statement));
  }

  simulation({ to, save, rtol, atol, atolBySpecies, method }: DirectivesInput): this {
    const end = to === undefined ? undefined : this.constant(to);
    const grid: SaveGrid | undefined =
      typeof save === 'number' ? { kind: 'uniform', intervals: save } : save && { ...save };
    const tolerances = Object.entries(atolBySpecies ?? {});
    return this.add((assembler) => {
      if (end !== undefined) assembler.simulateTo(end);
      if (grid !== undefined) assembler.save(grid);
      if (rtol !== undefined) assembler.tolerance('rtol', rtol);
      if (atol !== undefined) assembler.tolerance('atol', atol);
      for (const [name, value] of tolerances) assembler.speciesTolerance(name, value);
      if (method !== undefined) assembler.method(method);
    });
  }

  build(): Network {
    const assembler = new Assembler(new Places());
    for (const finding of this.findings) assembler.issues.error(finding);
    const complete = assembler.run(() => {
      for (const step of this.steps) step(assembler);
    });
    const network = complete ? assembler.finish() : null;
    if (!network) throw new NetworkError(assembler.issues.list());
    return network;
  }

  private add(step: (assembler: Assembler) => void): this {
    this.steps.push(step);
    return this;
  }

  private statement(input: ReactionInput): ReactionStatement | { finding: Finding } {
    const { reactants, products, rate, orders, reverse, label, channel } = input;
    if (orders && reverse !== undefined) {
      const message = 'a reversible reaction follows mass action, but orders are given';
      const hint = 'add the two directions as two reactions';
      return { finding: { code: 'misplacedLaw', message, hint } };
    }
    return {
      label: label ?? null,
      reactants: toTerms(reactants),
      products: toTerms(products),
      rate: rate === undefined ? null : this.constant(rate),
      ...(reverse !== undefined && { reverse: this.constant(reverse) }),
      orders: orders ? toTerms(orders) : null,
      ...(channel && { channel: { ...channel } }),
    };
  }

  private moment(moment: DoseMoment): DoseStatement['when'] {
    if ('at' in moment) return { kind: 'phase', phase: moment.at };
    return { kind: 'level', ...this.crossing(moment) };
  }

  private crossing(input: CrossingInput): CrossingStatement {
    const name = input.when;
    if ('rises' in input) return { name, direction: 'rises', level: this.constant(input.rises) };
    return { name, direction: 'falls', level: this.constant(input.falls) };
  }

  /** A text that is no constant becomes an issue, and 1 stands in for it. */
  private constant(value: ConstantInput): Expression {
    if (typeof value === 'number') return { kind: 'number', value };
    if (typeof value === 'object' && value !== null) return value;
    if (typeof value !== 'string') {
      throw new TypeError(`expected a number, a text or an expression, not ${String(value)}`);
    }
    const expression = readExpression(value);
    if (!('finding' in expression)) return expression;
    this.findings.push(expression.finding);
    return { kind: 'number', value: 1 };
  }
}

function toTerms(input: TermsInput): Term[] {
  const pairs = Array.isArray(input)
    ? (input as readonly (readonly [string, number])[])
    : Object.entries(input);
  const terms = new Map<string, Term>();
  for (const [name, value] of pairs) {
    const same = terms.get(name);
    if (same) same.value += value;
    else terms.set(name, { name, value });
  }
  return [...terms.values()];
}
