import type { CircuitClock } from '../circuits/index.js';
import type { Crossing, Reactor } from '../simulate/types.js';
import { CircuitFailure } from './failure.js';

/** An edge that has not come within so many periods will not come. */
const PATIENCE = 3;

/**
 * Runs a pot with a clock inside to the next time that a species of the clock crosses a level.
 * @returns how long that took
 * @throws CircuitFailure when the edge does not come
 */
export function runToEdge(reactor: Reactor, { measure }: CircuitClock, edge: Crossing): number {
  const duration = PATIENCE * measure.period.mean;
  const { elapsed } = reactor.run('', { duration, until: edge });
  if (elapsed < duration) return elapsed;
  const { species, direction, level } = edge;
  throw new CircuitFailure(
    'clock',
    `the clock has stopped: ${species} ${direction} through ${level.toPrecision(3)} no more within ` +
      `${duration.toPrecision(3)} time units, ${PATIENCE} of its periods`,
    { hint: "look at the clock's reactions and constants in the network, or take another clock" },
  );
}
