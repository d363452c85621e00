import type { Network } from '../network/index.js';
import { createReactor, simulate } from '../simulate/inlined.js';
import type { EngineKind, Reactor } from '../simulate/types.js';
import { type ClockMeasure, meanOf, measureOfTurns, NoOscillation } from './clock-measure.js';

export interface MeasureClockOptions {
  /** The phase species, two or more, in the order of their turns. */
  phases: readonly string[];
  /** Time in which at least four turns must come. Default 1000. */
  within?: number;
  /** Turns measured, after as many as `settle` have passed. Default 5. */
  turns?: number;
  /** Turns left out at the start. Default 2. */
  settle?: number;
  /** Default 1e-8. */
  rtol?: number;
  /** Default 1e-12. */
  atol?: number;
  engine?: EngineKind;
}

/** Rows per turn from which duty, overlap and exposure are taken. */
const ROWS_PER_TURN = 4000;
/** Rows of the first look, which only has to find the peaks. */
const ROWS_FIRST = 20_000;

/** Runs to the next time that the species rises through the level; the time it took. */
function nextRise(reactor: Reactor, species: string, level: number, within: number): number {
  const { elapsed } = reactor.run('', {
    duration: within,
    until: { species, direction: 'rises', level },
  });
  if (elapsed === within) {
    throw new NoOscillation(`${species} does not rise again within ${within} time units`);
  }
  return elapsed;
}

/**
 * Measures a clock by simulation: its period from located crossings of half the first phase's peak, the rest from the
 * same turns, finely saved. (One would not do: pulses of a ring that is no limit cycle differ from turn to turn.)
 * @throws (rejects) NoOscillation, a RangeError, when the network does not oscillate; RangeError when it has phases of its
 *   own (a clock is what makes them)
 */
export async function measureClock(network: Network, options: MeasureClockOptions): Promise<ClockMeasure> {
  const {
    phases,
    within = 1000,
    turns = 5,
    settle = 2,
    rtol = 1e-8,
    atol = 1e-12,
    engine = 'wasm',
  } = options;
  if (phases.length < 2) throw new RangeError(`phases must name at least two species, got ${phases.length}`);
  if (network.phases.length > 0) throw new RangeError('a clock network must not have phases of its own');
  const [one] = phases;
  const solver = { rtol, atol, engine };
  const look = await simulate(network, { ...solver, to: within, save: ROWS_FIRST });
  // The first turn may be higher than those that follow.
  const later = (name: string) => look.column(name).subarray(look.times.length >> 1);
  const half = later(one).reduce((most, value) => Math.max(most, value), 0) / 2;

  const reactor = await createReactor(network, solver);
  try {
    for (let turn = 0; turn <= settle; turn++) nextRise(reactor, one, half, within);
    const start = reactor.state.slice();
    const periods = Array.from({ length: turns }, () => nextRise(reactor, one, half, within));
    reactor.state.set(start);
    const courses = phases.map(() => new Float64Array(turns * ROWS_PER_TURN));
    const places = phases.map((name) => reactor.index(name));
    const width = reactor.species.length;
    periods.forEach((duration, turn) => {
      const saveAt = Float64Array.from({ length: ROWS_PER_TURN }, (_, i) => (duration * i) / ROWS_PER_TURN);
      const { rows } = reactor.run('', { duration, saveAt });
      for (let i = 0; i < ROWS_PER_TURN; i++) {
        places.forEach((place, p) => {
          courses[p][turn * ROWS_PER_TURN + i] = rows[i * width + place];
        });
      }
    });
    // Whole periods sampled evenly: the rectangle rule is exact to rounding for periodic functions.
    return measureOfTurns(
      courses.map((values, p) => ({ species: phases[p], values })),
      periods,
      (row) => periods[Math.floor(row / ROWS_PER_TURN)],
      ROWS_PER_TURN * turns * meanOf(periods),
    );
  } finally {
    reactor.dispose();
  }
}
