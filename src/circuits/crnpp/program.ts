import type { Term } from '../../network/assemble-parts.js';
import type { Expression, SourceSpan } from '../../network/model.js';

/** Modules by name, with how many species each names; the last is what it computes. */
export const modules = { ld: 2, add: 3, sub: 3, mul: 3, div: 3, sqrt: 2 } as const;
export type ModuleName = keyof typeof modules;

/** Comparisons that a step may depend on: greater, not less, equal, not greater, less. */
export const conditions = ['ifGT', 'ifGE', 'ifEQ', 'ifLE', 'ifLT'] as const;
export type Condition = (typeof conditions)[number];

/** A command of a CRN++ program. */
export type Command = { at?: SourceSpan } & (
  | { kind: 'module'; module: ModuleName; species: readonly string[] }
  /** Approximate majority: the more abundant of two species takes over the other. */
  | { kind: 'am'; species: readonly [string, string] }
  /** Compares two species; what follows in later steps may depend on it. */
  | { kind: 'cmp'; species: readonly [string, string] }
  | { kind: 'if'; condition: Condition; body: readonly Command[] }
  /** Runs while species are there, or while one is not. */
  | { kind: 'present'; species: readonly Term[]; body: readonly Command[] }
  | { kind: 'absent'; species: string; body: readonly Command[] }
  | {
      kind: 'reaction';
      reactants: readonly Term[];
      products: readonly Term[];
      rate: Expression;
      reverse?: Expression;
    }
);

/** A CRN++ program (Vasić, Soloveichik & Khurshid 2018): steps that a clock runs one after the other, again and again. */
export interface CrnppProgram {
  /** Numbers by name that the program refers to. */
  values: readonly { name: string; value: Expression; at?: SourceSpan }[];
  concentrations: readonly { species: string; value: Expression; at?: SourceSpan }[];
  /** Commands outside of steps: they run all the time. */
  always: readonly Command[];
  steps: readonly (readonly Command[])[];
}

/** A step as the clock runs it: one that compares takes two of the clock's phases. */
export interface ClockedPhase {
  /** Number of the step in the program, from 1. */
  step: number;
  commands: readonly Command[];
  /** The comparison that is decided in this phase. */
  decides: boolean;
}

/**
 * The clock's phases: a comparison is made in the phase of its step, beside the step's other commands, and decided in a
 * phase of its own.
 */
export function phasesOf({ steps }: Pick<CrnppProgram, 'steps'>): ClockedPhase[] {
  return steps.flatMap((commands, i) => {
    const phase = { step: i + 1, commands, decides: false };
    const compares = commands.some(({ kind }) => kind === 'cmp');
    return compares ? [phase, { step: i + 1, commands: [], decides: true }] : [phase];
  });
}
