import {
  SELECT_DIRECT,
  SELECT_NEXT,
  SELECT_REJECTION,
  SELECT_SORTED,
} from '../../assembly/stochastic/layout';
import type { StochasticProblem } from './compile.js';
import type { StochasticMethod } from './types.js';

/**
 * Channels from which on composition and rejection is quicker than a search: it costs as much as a search among so many, and
 * so many more for each propensity that an event changes, since that has to find its group anew (`bench -- stochastic`).
 */
const MANY = 100;
const MANY_BY_DEPENDENT = 8;
/** Channels up to which a search is so short that sorting does not pay. */
const FEW = 24;
/**
 * With so many channels at least, and at most, of which each changes so few propensities, the next-reaction method is quicker
 * than a search and than composition and rejection: its heap is still shallow.
 */
const HEAPED = 100;
const SHALLOW = 200;
const LOOSE = 2.5;

/** How the kernel finds the next channel of a phase. Leaps need channels in their own order. */
export function selectionFor(
  method: StochasticMethod,
  {
    channels: { length },
    dependents,
  }: { channels: { length: number } } & Pick<StochasticProblem, 'dependents'>,
): number {
  if (method === 'rejection') return SELECT_REJECTION;
  if (method === 'next') return SELECT_NEXT;
  if (method === 'direct') return SELECT_DIRECT;
  if (method === 'sorted') return SELECT_SORTED;
  // After a leap all propensities are others, and every wait of a heap would have to be drawn anew.
  if (method === 'auto' && length >= HEAPED && length <= SHALLOW && dependents <= LOOSE) return SELECT_NEXT;
  if (length > MANY + MANY_BY_DEPENDENT * dependents) return SELECT_REJECTION;
  return method === 'tau' || length <= FEW ? SELECT_DIRECT : SELECT_SORTED;
}
