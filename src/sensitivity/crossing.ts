import * as L from '../../assembly/layout';
import type { Engine } from '../engine/types.js';
import type { Placed } from '../simulate/placed.js';
import type { PlannedEvent } from '../simulate/plan.js';

/** The rates of change of a problem's unknowns where its last stretch ended. The next call of the kernel overwrites them. */
export function slopeIn(engine: Engine, { problem, record, work }: Placed): Float64Array {
  const header = engine.words(record, L.P_HEADER_WORDS);
  const out = work + header[L.P_W_DERIVATIVE_STAGE];
  engine.kernel.derivative(record, work, work + header[L.P_W_STATE], out);
  return engine.doubles(out, problem.dynamic.length);
}

/**
 * Where a stretch ended at a crossing: the crossing species' place among the unknowns, and the rate at which it crosses. A
 * crossing x(τ) = level moves by τ̇ = (level˙ − ẋ)/rate.
 * @throws RangeError when the species only touches the level, so that the time has no derivative
 */
export function crossingTime(
  engine: Engine,
  placed: Placed,
  { species, direction, level }: PlannedEvent,
  names: readonly string[],
): { unknown: number; rate: number } {
  const unknown = placed.problem.dynamic.indexOf(species);
  const rate = slopeIn(engine, placed)[unknown];
  if (direction === 'rises' ? rate > 0 : rate < 0) return { unknown, rate };
  throw new RangeError(
    `${names[species]} ${direction} ${level}: it crosses at the rate ${rate}, so that the time of the crossing has no ` +
      'derivative; sensitivities need a level that is crossed, not touched',
  );
}
