import type { Signal } from './rails.js';

/** What is done to the pot by hand between two stages. Plain data, so that what runs is what is reported. */
export type DigitalAct =
  /** (p, m) becomes (max(0, p − m), max(0, m − p)): the difference stays. */
  | { kind: 'normalise'; what: string; signals: Signal[] }
  /** P^s += rate·[G^{−s}]: a step against each gradient. */
  | { kind: 'write'; what: string; gradients: Signal[]; weights: Signal[]; rate: number }
  /** Concentrations become 0. */
  | { kind: 'empty'; what: string; species: string[] };

/** One stage of a staged circuit: a phase of its network's schedule, and what is done by hand when it ends. */
export interface Stage {
  phase: string;
  /** One line for people. */
  does: string;
  duration: number;
  /** Whether it ends at rest, so that a longer stage does the same. */
  relaxes: boolean;
  after: DigitalAct[];
}
