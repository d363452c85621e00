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
 * Up to so many channels, of which each changes so few propensities, the heap of the next-reaction method is shallow and
 * quicker than composition and rejection.
 */
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
  if (length > MANY + MANY_BY_DEPENDENT * dependents) {
    // After a leap all propensities are others, and every wait of a heap would have to be drawn anew.
    const isHeaped = method === 'auto' && length <= SHALLOW && dependents <= LOOSE;
    return isHeaped ? SELECT_NEXT : SELECT_REJECTION;
  }
  return method === 'tau' || length <= FEW ? SELECT_DIRECT : SELECT_SORTED;
}
