import type { CircuitClock } from '../circuits/index.js';
import type { Crossing, Reactor } from '../simulate/types.js';
import { CircuitFailure } from './failure.js';
import { asStochastic } from './stochastic.js';

/** An edge that has not come within so many periods will not come. */
const PATIENCE = 3;

/**
 * Runs a pot with a clock inside to the next time that a species of the clock crosses a level.
 * @returns how long that took
 * @throws CircuitFailure when the edge does not come
 */
export function runToEdge(reactor: Reactor, { measure }: CircuitClock, edge: Crossing): number {
  const duration = PATIENCE * measure.period.mean;
  // A few molecules pass a low level now and then also on their way up: it counts once they have been many.
  const many = asStochastic(reactor) && middleOf(measure, edge);
  const isWaiting = many !== undefined && reactor.state[reactor.index(edge.species)] < many.level;
  const waited = isWaiting ? reactor.run('', { duration, until: many }).elapsed : 0;
  const elapsed = waited + (waited < duration ? reactor.run('', { duration, until: edge }).elapsed : 0);
  if (elapsed < duration) return elapsed;
  const { species, direction, level } = edge;
  throw new CircuitFailure(
    'clock',
    `the clock has stopped: ${species} ${direction} through ${level.toPrecision(3)} no more within ` +
      `${duration.toPrecision(3)} time units, ${PATIENCE} of its periods`,
    { hint: "look at the clock's reactions and constants in the network, or take another clock" },
  );
}

/** Where the species of a falling edge rises through half its peak; undefined for others. */
function middleOf(
  { phases }: CircuitClock['measure'],
  { species, direction }: Crossing,
): Crossing | undefined {
  const phase = phases.find((one) => one.species === species);
  if (direction !== 'falls' || phase === undefined) return undefined;
  return { species, direction: 'rises', level: phase.peak / 2 };
}
