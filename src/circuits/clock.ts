import { type Network, type NetworkBuilder, networkBuilder } from '../network/index.js';
import { positive, wholeFrom } from '../network/limits.js';

/** A chemical clock: a network whose phase species take turns. */
export interface Clock {
  network: Network;
  /** Species that mark the phases, in the order of their turns; far enough apart not to overlap. */
  phases: string[];
}

export interface CoopClockOptions {
  /** Number of phases, at least 2. Default 2. */
  phases?: number;
  /** Length of the ring, twice the number of phases or a higher multiple of it. Default 2·phases. */
  length?: number;
  /** Rate constant of dimerisation, its reverse and the cooperative step. Default 10. */
  rate?: number;
  /** Rate constant λ of the leak that seeds the next species; the smaller, the longer and cleaner the phases. Default 1e-3. */
  leak?: number;
  /** Total concentration Σ(X + 2D). Default 10. */
  total?: number;
}

/** The species of a ring that mark phases: the first, and as far apart as they can be. */
const marks = (phases: number, length: number): string[] =>
  Array.from({ length: phases }, (_, p) => `C[${1 + Math.floor((p * length) / phases)}]`);

/**
 * The cooperative ring: a limit cycle of order 2, the default clock.
 *
 *     2 C[i] <-> D[i]      C[i] + D[i+1] -> C[i+1] + D[i+1]      C[i] -> C[i+1] (leak)
 *
 * Matter moves from one species to the next, slowly by the leak until the next one's dimer catalyses the rest. Started
 * as one pulse in C[1]. Phases are evenly spaced: with four in the ring C[1] and C[3], and 8 species, 16 reactions.
 * @throws RangeError naming a bad option
 */
export function coopClock(options: CoopClockOptions = {}): Clock {
  const { phases = 2, length = 2 * phases, rate = 10, leak = 1e-3, total = 10 } = options;
  wholeFrom('phases', phases, 2);
  if (!Number.isInteger(length) || length < 2 * phases || length % phases !== 0) {
    const allowed = phases === 2 ? 'an even number' : `a multiple of ${phases}, the number of phases,`;
    throw new RangeError(`length must be ${allowed} ≥ ${2 * phases}, got ${length}`);
  }
  positive({ rate, leak, total });
  const builder = networkBuilder();
  builder.param('clockRate', rate);
  builder.param('clockLeak', leak);
  for (let i = 1; i <= length; i++) {
    const next = (i % length) + 1;
    builder.reaction(`dimerise[${i}]: 2 C[${i}] ->{clockRate} D[${i}]`);
    builder.reaction(`split[${i}]: D[${i}] ->{clockRate} 2 C[${i}]`);
    builder.reaction(`push[${i}]: C[${i}] + D[${next}] ->{clockRate} C[${next}] + D[${next}]`);
    builder.reaction(`leak[${i}]: C[${i}] ->{clockLeak} C[${next}]`);
  }
  builder.init('C[1]', total);
  return { network: builder.build(), phases: marks(phases, length) };
}

export interface RingClockOptions {
  /** Number of phases, at least 2. Default 2. */
  phases?: number;
  /** Length of the ring, odd and more than twice the number of phases. Default 2·phases + 1. */
  length?: number;
  /** Starting concentration ε of the idle species; the period grows as ln(1/ε). Default 1e-3. */
  epsilon?: number;
  /** Rate constant. Default 1. */
  rate?: number;
}

/** A ring of autocatalysts in a network of its own or of somebody else. */
export interface Ring {
  /** Of its species, which are `name[1]` … `name[length]`. */
  name: string;
  /** Of the parameter with its rate constant. */
  rateName: string;
  /** Of its reactions. */
  label: string;
  length: number;
  /** Starting concentration of the idle species; the first two begin with 1. */
  epsilon: number;
  rate: number;
}

/** Adds the reactions `C[i] + C[i+1] -> 2 C[i+1]` around a ring (Lachmann & Sella 1995). */
export function addRing(
  builder: NetworkBuilder,
  { name, rateName, label, length, epsilon, rate }: Ring,
): void {
  builder.param(rateName, rate);
  const constant = { kind: 'parameter' as const, name: rateName };
  for (let i = 1; i <= length; i++) {
    const [own, next] = [`${name}[${i}]`, `${name}[${(i % length) + 1}]`];
    builder.init(own, i <= 2 ? 1 : epsilon);
    builder.reaction({
      label: `${label}[${i}]`,
      reactants: { [own]: 1, [next]: 1 },
      products: { [next]: 2 },
      rate: constant,
    });
  }
}

/**
 * The autocatalytic ring (Lachmann & Sella 1995; the clock of CRN++):
 *
 *     C[i] + C[i+1] -> 2 C[i+1]
 *
 * Neutrally stable, not a limit cycle: disturbances last. Only odd rings are built, because even ones have two conserved
 * products that any mismatch of constants drives to extinction. Phases are as far apart as an odd ring allows: of five
 * C[1] and C[3], of seven C[1] and C[4]; nine phases of 27 species are C[1], C[4], …, C[25].
 * @throws RangeError naming a bad option
 */
export function ringClock(options: RingClockOptions = {}): Clock {
  const { phases = 2, length = 2 * phases + 1, epsilon = 1e-3, rate = 1 } = options;
  wholeFrom('phases', phases, 2);
  if (!Number.isInteger(length) || length <= 2 * phases || length % 2 !== 1) {
    throw new RangeError(`length must be an odd number ≥ ${2 * phases + 1}, got ${length}`);
  }
  if (!(epsilon > 0 && epsilon < 0.5))
    throw new RangeError(`epsilon must lie between 0 and 0.5, got ${epsilon}`);
  positive({ rate });
  const builder = networkBuilder();
  addRing(builder, { name: 'C', rateName: 'clockRate', label: 'pass', length, epsilon, rate });
  return { network: builder.build(), phases: marks(phases, length) };
}
