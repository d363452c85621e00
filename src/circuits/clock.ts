import { type Network, networkBuilder } from '../network/index.js';

/** A chemical clock: a network whose phase species take turns. */
export interface Clock {
  network: Network;
  /** Species that mark the phases, in the order of their turns; far enough apart not to overlap. */
  phases: string[];
}

export interface CoopClockOptions {
  /** Length of the ring, even and at least 4; phases are opposite each other. Default 4. */
  length?: number;
  /** Rate constant of dimerisation, its reverse and the cooperative step. Default 10. */
  rate?: number;
  /** Rate constant λ of the leak that seeds the next species; the smaller, the longer and cleaner the phases. Default 1e-3. */
  leak?: number;
  /** Total concentration Σ(X + 2D). Default 10. */
  total?: number;
}

function checkPositive(name: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
  return value;
}

/**
 * The cooperative ring: a limit cycle of order 2, the default clock.
 *
 *     2 C[i] <-> D[i]      C[i] + D[i+1] -> C[i+1] + D[i+1]      C[i] -> C[i+1] (leak)
 *
 * Matter moves from one species to the next, slowly by the leak until the next one's dimer catalyses the rest. Started
 * as one pulse in C[1]. With four in the ring C[1] and C[3] are the phases: 8 species, 16 reactions.
 * @throws RangeError naming a bad option
 */
export function coopClock(options: CoopClockOptions = {}): Clock {
  const { length = 4, rate = 10, leak = 1e-3, total = 10 } = options;
  if (!Number.isInteger(length) || length < 4 || length % 2 !== 0) {
    throw new RangeError(`length must be an even number ≥ 4, got ${length}`);
  }
  const builder = networkBuilder();
  builder.param('clockRate', checkPositive('rate', rate));
  builder.param('clockLeak', checkPositive('leak', leak));
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.reaction(`dimerise[${i}]: 2 C[${i}] ->{clockRate} D[${i}]`);
    builder.reaction(`split[${i}]: D[${i}] ->{clockRate} 2 C[${i}]`);
    builder.reaction(`push[${i}]: C[${i}] + D[${next}] ->{clockRate} C[${next}] + D[${next}]`);
    builder.reaction(`leak[${i}]: C[${i}] ->{clockLeak} C[${next}]`);
  }
  builder.init('C[1]', checkPositive('total', total));
  return { network: builder.build(), phases: ['C[1]', `C[${length / 2 + 1}]`] };
}

export interface RingClockOptions {
  /** Length of the ring, odd and at least 5. Default 5. */
  length?: number;
  /** Starting concentration ε of the idle species; the period grows as ln(1/ε). Default 1e-3. */
  epsilon?: number;
  /** Rate constant. Default 1. */
  rate?: number;
}

/**
 * The autocatalytic ring (Lachmann & Sella 1995; the clock of CRN++):
 *
 *     C[i] + C[i+1] -> 2 C[i+1]
 *
 * Neutrally stable, not a limit cycle: disturbances last. Only odd rings are built, because even ones have two conserved
 * products that any mismatch of constants drives to extinction. Phases are as nearly opposite as an odd ring allows: of
 * five C[1] and C[3], of seven C[1] and C[4].
 * @throws RangeError naming a bad option
 */
export function ringClock(options: RingClockOptions = {}): Clock {
  const { length = 5, epsilon = 1e-3, rate = 1 } = options;
  if (!Number.isInteger(length) || length < 5 || length % 2 !== 1) {
    throw new RangeError(`length must be an odd number ≥ 5, got ${length}`);
  }
  if (!(epsilon > 0 && epsilon < 0.5))
    throw new RangeError(`epsilon must lie between 0 and 0.5, got ${epsilon}`);
  const builder = networkBuilder();
  builder.param('clockRate', checkPositive('rate', rate));
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.reaction(`pass[${i}]: C[${i}] + C[${next}] ->{clockRate} 2 C[${next}]`);
    builder.init(`C[${i}]`, i <= 2 ? 1 : epsilon);
  }
  return { network: builder.build(), phases: ['C[1]', `C[${(length + 1) / 2}]`] };
}
