import type { CompiledProblem } from '../compile/compile.js';
import type { SolveFailure } from './failure.js';
import type { MethodChoice } from './method-choice.js';
import type { PlannedEvent } from './plan.js';

/** Called for every saved row with all species in the network's order. The row is reused: copy it. */
export type RowSink = (time: number, row: Float64Array) => void;

/** A stretch of time to integrate in one phase. */
export interface Stretch {
  phase: number;
  from: number;
  to: number;
  /** Ascending, inside [from, to]. */
  saveAt: Float64Array;
  sink: RowSink;
  /** Accepted steps of the run before this stretch, for messages. */
  stepsBefore: number;
  /** Crossings at which the stretch pauses; those of species that this phase holds cannot come. */
  events: readonly PlannedEvent[];
}

/** What a slice of work came to; a failure is for the run to throw. */
export type Outcome = 'running' | 'done' | 'unsolved' | { crossed: PlannedEvent } | SolveFailure;

/** What decides with whom a stretch may share vectors. */
export interface Berth {
  problem: CompiledProblem;
  choice: MethodChoice;
  /** Address of its workspace. */
  work: number;
  /** Whether it pauses at crossings. */
  watches: boolean;
  maxSeconds: number;
}
