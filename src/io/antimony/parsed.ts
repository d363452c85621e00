import type { Formula, Lambda } from '../sbml/mathml.js';

/** A side's species with its stoichiometry. */
export interface Participant {
  species: string;
  stoichiometry: number;
  at: number;
}

export interface ParsedReaction {
  name: string | null;
  reversible: boolean;
  reactants: Participant[];
  products: Participant[];
  law: Formula | null;
  at: number;
}

/** `at time >= t: A = …` */
export interface ParsedEvent {
  time: Formula;
  assignments: { variable: string; value: Formula; at: number }[];
  at: number;
}

/** What is said of a name anywhere in the text. */
export interface Thing {
  name: string;
  kind?: 'species' | 'compartment';
  /** `$`, or `const` for a species. */
  held?: boolean;
  variable?: boolean;
  substanceOnly?: boolean;
  compartment?: string;
  value?: { formula: Formula; at: number };
  rule?: { formula: Formula; at: number };
  display?: string;
  at: number;
}

/** An Antimony text taken apart. */
export interface ParsedModel {
  things: Map<string, Thing>;
  reactions: ParsedReaction[];
  functions: Map<string, Lambda>;
  events: ParsedEvent[];
}
