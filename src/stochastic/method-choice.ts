import { SELECT_DIRECT, SELECT_REJECTION, SELECT_SORTED } from '../../assembly/stochastic/layout';
import type { StochasticMethod } from './types.js';

/** Channels from which on composition and rejection is quicker than a search, sorted or not (`bench -- stochastic`). */
const MANY = 100;
/** Channels up to which nothing is gained by sorting. */
const FEW = 8;

/** How the kernel finds the next channel of a phase. Leaps need channels in their own order. */
export function selectionFor(method: StochasticMethod, channels: number): number {
  if (method === 'rejection') return SELECT_REJECTION;
  if (method === 'direct') return SELECT_DIRECT;
  if (method === 'sorted') return SELECT_SORTED;
  if (channels > MANY) return SELECT_REJECTION;
  return method === 'tau' || channels <= FEW ? SELECT_DIRECT : SELECT_SORTED;
}
