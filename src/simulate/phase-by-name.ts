import { checkNumber, checkOneOf, checkPositive } from './check.js';
import type { Plan, PlannedEvent } from './plan.js';
import type { Crossing } from './types.js';

/**
 * A phase of a plan, and how long it is to run.
 * @param other in place of its own duration
 * @throws RangeError for a phase that there is not, or a duration that is none
 */
export function phaseByName(
  { phases }: Plan,
  name: string,
  other: number | undefined,
): { phase: number; duration: number } {
  const phase = phases.findIndex((one) => one.name === name);
  if (phase < 0) {
    const known = phases.map((one) => JSON.stringify(one.name)).join(', ');
    throw new RangeError(`the network has no phase ${JSON.stringify(name)}; it has ${known}`);
  }
  return { phase, duration: checkPositive('duration', other ?? phases[phase].duration) };
}

/** The crossing that ends a run. @param index a species' place, by name */
export function stopAt(
  { species, direction, level }: Crossing,
  index: (species: string) => number,
): PlannedEvent {
  return {
    species: index(species),
    direction: checkOneOf('until.direction', direction, ['rises', 'falls']),
    level: checkNumber('until.level', level),
    doses: [],
    after: 'stop',
  };
}
