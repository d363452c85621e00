/**
 * The network model: what a text, a builder or an importer makes, and what the compiler reads.
 *
 * Everything here is plain data (it survives `JSON.stringify` and `structuredClone`). Two conventions hold
 * throughout the package:
 *  - a rate is `k · ∏ xᵒ` with **no division by factorials**;
 *  - a reaction's **orders** (exponents in its rate) are apart from its **change** (net stoichiometry), and both
 *    may be any real number.
 */

/** Where a statement stands in its source text; both numbers count from 1. */
export interface SourceSpan {
  line: number;
  column: number;
}

/** A constant: numbers, parameters, `+ - * / ^`, parentheses, `exp ln sqrt`. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'parameter'; name: string }
  | { kind: 'negate'; operand: Expression }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/' | '^'; left: Expression; right: Expression }
  | { kind: 'call'; name: 'exp' | 'ln' | 'sqrt'; argument: Expression };

/** A species by its index in `Network.species`, with a number: a stoichiometry, an order or a net change. */
export interface SpeciesTerm {
  species: number;
  value: number;
}

/** A chemical species. Concentrations are in the model's own unit. */
export interface Species {
  name: string;
  /** Concentration at the start; 0 unless the network says otherwise. */
  initial: Expression;
  /** True for `const` species: held by the environment, reactions never change them. */
  constant: boolean;
  /** Where it is, as an index of `Network.compartments`; a vessel of size 1 when absent. */
  compartment?: number;
  /** What its number is: a concentration (the default), or an amount, for which its compartment's size does not matter. */
  quantity?: 'concentration' | 'amount';
  span?: SourceSpan;
}

/**
 * A vessel of constant size. A derivative never asks for it: whoever builds a network has put sizes into constants and
 * stoichiometries. It says what amount a concentration is, for reports and for stochastic simulation.
 */
export interface Compartment {
  name: string;
  /** In the model's unit of volume; positive. */
  size: Expression;
  span?: SourceSpan;
}

/** A weighted sum of species that a run reports beside them (a group of BioNetGen, a dual-rail value). */
export interface Observable {
  name: string;
  terms: SpeciesTerm[];
  span?: SourceSpan;
}

/** One irreversible reaction. A reversible arrow is two of these with the same label. */
export interface Reaction {
  label: string | null;
  /** Stoichiometry as written, each species once, in order of first appearance. */
  reactants: SpeciesTerm[];
  products: SpeciesTerm[];
  /** Exponents in the rate, each non-zero. Equal to `reactants` under mass action. */
  orders: SpeciesTerm[];
  /** Rate constant `k` (for an explicit law, the law's constant factor). */
  rate: Expression;
  /** `'explicit'` when the orders were written as a rate law and need not match the reactants. */
  law: 'massAction' | 'explicit';
  /**
   * Set on the terms of a law that is a sum of monomials, each of which is a reaction. Those that name one channel are
   * one event for stochastic simulation: its propensity is the sum of theirs, `sign: -1` for a negative term, which
   * stands here with its two sides exchanged.
   */
  channel?: { name: string; sign: 1 | -1 };
  span?: SourceSpan;
}

export interface Parameter {
  name: string;
  value: Expression;
  span?: SourceSpan;
}

/** A species rising or falling through a level. */
export interface LevelCrossing {
  species: number;
  direction: 'rises' | 'falls';
  level: Expression;
}

/** A stretch of the schedule in which a chosen set of reactions runs. */
export interface Phase {
  name: string;
  /** How long it lasts, unless the next phase starts before that. */
  duration: Expression;
  /** Starts the phase at this crossing, when it comes before the phase before is over. */
  when?: LevelCrossing;
  /**
   * Labels of the reactions that run, or `'*'` for all. `name[*]` stands for every label with that base name and
   * an index (`feed[*]` = `feed[1]`, `feed[2,pn]`, …). Unlabelled reactions run in every phase.
   */
  active: '*' | string[];
  span?: SourceSpan;
}

/** A change of one concentration from outside, at the start of a phase or at a level crossing. */
export interface Dose {
  species: number;
  amount: Expression;
  mode: 'add' | 'set';
  at: { kind: 'phase'; phase: string } | ({ kind: 'level' } & LevelCrossing);
  span?: SourceSpan;
}

/** Which times a run reports. */
export type SaveGrid =
  | { kind: 'uniform'; intervals: number }
  | { kind: 'log'; from: number; to: number; points: number };

/** What a `simulate` line of the text asks for; options and flags override it. */
export interface SimulationDirectives {
  to?: Expression;
  save?: SaveGrid;
  rtol?: number;
  /** Absolute tolerance of every species not named in `atolBySpecies`. */
  atol?: number;
  atolBySpecies?: Record<string, number>;
  method?: string;
}

/** A chemical reaction network with its experiment: parameters, schedule, doses and directives. */
export interface Network {
  species: Species[];
  parameters: Parameter[];
  reactions: Reaction[];
  phases: Phase[];
  doses: Dose[];
  compartments?: Compartment[];
  observables?: Observable[];
  simulation: SimulationDirectives;
}

/** A finding in a text or a model. `line` and `column` count from 1; 0 when there is no source text. */
export interface Issue {
  severity: 'error' | 'warning';
  /** A stable, camel-case identifier such as `malformedArrow`. */
  code: string;
  message: string;
  hint?: string;
  line: number;
  column: number;
}
