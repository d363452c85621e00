import type { Network } from '../network/index.js';
import type { Counts } from './circuit.js';
import type { CircuitClock } from './circuit-clock.js';
import type { Signal } from './rails.js';

/**
 * Whose reactions a circuit is made of.
 *  - `'authors'`: the list that the authors published;
 *  - `'reconstruction'`: ours, to do what their paper says; names and reports say "after";
 *  - `'own'`: our own design.
 */
export type Origin = 'authors' | 'reconstruction' | 'own';

/** What a system is, for people. */
export interface LearnerAbout {
  /** Name of the system, as in `neural-crn circuit NAME`. */
  system: string;
  /** One line. */
  title: string;
  origin: Origin;
  /** Where the system comes from. */
  source: string;
}

/**
 * A network in which chemistry learns, whatever the system: what counts, reports and comparisons need of it. Plain data.
 * Each system adds what its protocol needs. The title says which network it is.
 */
export interface LearnerCircuit extends LearnerAbout {
  /** Everything that is chemistry. */
  network: Network;
  counts: Counts;
  /** Phases of one step, in order; with a clock inside none, for the network then has no schedule. */
  phases: string[];
  /** The clock inside that drives the circuit in place of a schedule. */
  clock?: CircuitClock;
  /** What is learned. */
  weights: LearnedWeight[];
  /** An output at or above it means the label 1. Default ½. */
  threshold?: number;
  /** What is done from outside to run the circuit, in words. */
  digital: string[];
}

/** One learned number: its name in reports, such as `w[2,1,0]`, and its species. */
export interface LearnedWeight {
  name: string;
  signal: Signal;
}
