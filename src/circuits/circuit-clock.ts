import type { EngineKind } from '../engine/types.js';
import { positive } from '../network/limits.js';
import { createReactor } from '../simulate/inlined.js';
import type { Crossing } from '../simulate/types.js';
import { type Clock, coopClock, ringClock } from './clock.js';
import type { ClockMeasure } from './clock-measure.js';
import type { GateStyle } from './clocked.js';
import { measureClock } from './measure-clock.js';

/** Which chemical clock drives a circuit, and how. Plain data; only `kind` must be given. */
export interface CircuitClockOptions {
  /** `'coop'`: the cooperative ring, a limit cycle; `'ring'`: the autocatalytic ring of CRN++. */
  kind: 'coop' | 'ring';
  /** How a clock species switches a reaction. Default `'catalyst'`. */
  gate?: GateStyle;
  /**
   * Species in the ring (twice as many with the dimers of the cooperative one). Default three a phase; for two phases by
   * the autocatalytic ring, whose length is odd, 7.
   */
  length?: number;
  /** Cooperative ring only: rate constant of the leak that seeds the next species. Default 3e-3. */
  leak?: number;
  /** Autocatalytic ring only: starting concentration of the idle species. Default 1e-5. */
  epsilon?: number;
  /** Rate constant of the relays of gate `'proxy'`. Default 1000. */
  relay?: number;
  /** Gate `'proxy'`: which reactants get relays, see `ClockedOptions`. Default `'shared'`. */
  relayed?: 'shared' | 'first';
}

/** A clock as it is built into a circuit: what was chosen, and what was measured. Plain data. */
export interface CircuitClock {
  options: Required<Pick<CircuitClockOptions, 'kind' | 'gate' | 'length' | 'relay'>> &
    Pick<CircuitClockOptions, 'leak' | 'epsilon' | 'relayed'> & {
      /** Number of phases, where there are more than two. */
      phases?: number;
    };
  /** Of the clock alone. Gates leave its species as they are, so that it runs the same inside a circuit. */
  measure: ClockMeasure;
  /** When an example is dosed, and a turn is over: the species of the last phase has gone. */
  dose: Crossing;
  /** When a prediction is read: the species of the first phase has gone, and that of the next has not come. */
  read: Crossing;
  /** Concentrations of the clock's species when an example is dosed; species that are not named hold nothing. */
  start: Record<string, number>;
  /** For circuits with output weights: see `PulseGains`. `read` is then the moment of their largest error species. */
  pulse?: PulseGains;
}

/** What the pulse of the clock's second phase makes of a circuit with output weights; measured on one node. */
export interface PulseGains {
  /** Γ/kg: the step of θ per rate constant. */
  theta: number;
  /** Γw/km: that of the output weights. */
  W: number;
  /** What an output is when E is 1 at the moment of reading, without a label. */
  scale: number;
}

/**
 * A phase is over when its species has fallen to this many times the level that it keeps while the other phase is on,
 * within the given parts of its peak: what a gate lets through after the next dose is lost to the wrong phase.
 */
const GONE = 10;
const GONE_LEAST = 1e-4;
const GONE_MOST = 1e-2;
/**
 * Pulses measured: those of an autocatalytic ring differ by some percent from one to the next. Of two phases that is 20
 * turns.
 */
const PULSES = 40;
/** Time in which turns of a clock with two phases must come. */
const WITHIN = 1000;
/** Turns that pass before the state at the edge is taken: a limit cycle has then forgotten how it was started. */
const SETTLED = 5;
/** Tolerances of that state. */
const solver = { rtol: 1e-9, atol: 1e-13 };

/**
 * Fills in the options of a circuit's clock.
 * @param phases how many phases the circuit has; default 2
 * @throws RangeError naming an option that cannot be used, or belongs to the other kind
 */
export function clockSettings(options: CircuitClockOptions, phases = 2): CircuitClock['options'] {
  const { kind, gate = 'catalyst', relay = 1000, relayed, leak, epsilon } = options;
  if (kind !== 'coop' && kind !== 'ring') {
    throw new RangeError(`clock must be 'coop' or 'ring', got ${JSON.stringify(kind)}`);
  }
  if (gate !== 'catalyst' && gate !== 'proxy' && gate !== 'rate') {
    throw new RangeError(`gate must be 'catalyst', 'proxy' or 'rate', got ${JSON.stringify(gate)}`);
  }
  positive({ relay });
  if (kind === 'coop' && epsilon !== undefined) {
    throw new RangeError("epsilon is for the clock 'ring'; that of 'coop' has a leak");
  }
  if (kind === 'ring' && leak !== undefined) {
    throw new RangeError("leak is for the clock 'coop'; that of 'ring' has an epsilon");
  }
  if (relayed !== undefined && relayed !== 'shared' && relayed !== 'first') {
    throw new RangeError(`relayed must be 'shared' or 'first', got ${JSON.stringify(relayed)}`);
  }
  const many = { ...(relayed && { relayed }), ...(phases > 2 && { phases }) };
  // The autocatalytic ring is odd.
  const ring = 3 * phases + (phases % 2 === 0 ? 1 : 0);
  const settings: CircuitClock['options'] =
    kind === 'coop'
      ? { kind, gate, length: options.length ?? 3 * phases, relay, leak: leak ?? 3e-3, ...many }
      : { kind, gate, length: options.length ?? ring, relay, epsilon: epsilon ?? 1e-5, ...many };
  clockOf(settings);
  return settings;
}

/** The network of a circuit's clock. @throws RangeError naming a bad option */
export function clockOf({ kind, length, leak, epsilon, phases = 2 }: CircuitClock['options']): Clock {
  return kind === 'coop'
    ? coopClock({ phases, length, ...(leak !== undefined && { leak }) })
    : ringClock({ phases, length, ...(epsilon !== undefined && { epsilon }) });
}

type Measured = Omit<CircuitClock, 'options'>;

/** Clocks measured before, by what decides their course. */
const known = new Map<string, Promise<Measured>>();

/**
 * Measures the clock that a circuit is to be driven by. The same options give the same numbers.
 * @param phases how many phases the circuit has; default 2
 * @throws (rejects) RangeError naming a bad option, or when the clock does not oscillate
 */
export async function measuredClock(
  given: CircuitClockOptions,
  engine: EngineKind = 'wasm',
  phases = 2,
): Promise<CircuitClock> {
  const options = clockSettings(given, phases);
  const { kind, length, leak, epsilon } = options;
  const key = JSON.stringify([kind, length, leak, epsilon, phases]);
  let measured = known.get(key);
  if (measured === undefined) {
    measured = measure(clockOf(options), engine);
    known.set(key, measured);
    // What failed once is tried again.
    measured.catch(() => known.delete(key));
  }
  return structuredClone({ options, ...(await measured) });
}

async function measure({ network, phases }: Clock, engine: EngineKind): Promise<Measured> {
  const within = WITHIN * Math.max(1, phases.length / 2);
  const found = await measureClock(network, {
    phases,
    engine,
    turns: Math.ceil(PULSES / phases.length),
    within,
  });
  const gone = Math.min(GONE_MOST, Math.max(GONE_LEAST, GONE * found.leak));
  const [read, dose] = [0, found.phases.length - 1].map((p): Crossing => {
    const { species, peak } = found.phases[p];
    return { species, direction: 'falls', level: gone * peak };
  });
  const reactor = await createReactor(network, { ...solver, engine });
  try {
    for (let turn = 0; turn < SETTLED; turn++) {
      reactor.run('', { duration: 3 * found.period.mean, until: dose });
    }
    const start = Object.fromEntries(reactor.species.map((name, i) => [name, reactor.state[i]]));
    return { measure: found, dose, read, start };
  } finally {
    reactor.dispose();
  }
}
