import type { Formula, Lambda } from './mathml.js';

/** What an SBML file says, read but not yet understood. `at` is where each part stands. */
export interface SbmlModel {
  compartments: SbmlCompartment[];
  species: SbmlSpecies[];
  parameters: SbmlParameter[];
  functions: Map<string, Lambda>;
  /** By the id they are for. */
  initialAssignments: Map<string, Assignment>;
  assignmentRules: Map<string, Assignment>;
  reactions: SbmlReaction[];
  /** The parameter that turns extents into amounts, unless a species has one of its own. */
  conversionFactor: string | undefined;
  at: number;
}

interface Named {
  id: string;
  name: string | undefined;
  at: number;
}

export interface SbmlCompartment extends Named {
  /** Absent where Level 3 does not say. */
  dimensions: number | undefined;
  size: number | undefined;
}

export interface SbmlSpecies extends Named {
  compartment: string;
  amount: number | undefined;
  concentration: number | undefined;
  /** Formulas mean its amount, whatever its compartment. */
  substanceOnly: boolean;
  boundary: boolean;
  constant: boolean;
  conversionFactor: string | undefined;
  substanceUnits: string | undefined;
}

export interface SbmlParameter extends Named {
  value: number | undefined;
  constant: boolean;
}

/** Something that is assigned to an id. */
export interface Assignment {
  formula: Formula;
  at: number;
}

/** A species on a side of a reaction. */
export interface SbmlReference {
  id: string | undefined;
  species: string;
  /** A number, or a formula that must be one. */
  stoichiometry: number | Formula | undefined;
  at: number;
}

export interface SbmlReaction extends Named {
  reversible: boolean;
  reactants: SbmlReference[];
  products: SbmlReference[];
  law: SbmlLaw | null;
}

export interface SbmlLaw {
  formula: Formula;
  /** What the law says of itself, by the Systems Biology Ontology. */
  term: string | undefined;
  locals: SbmlParameter[];
}
