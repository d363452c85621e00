import { createReactor } from '../simulate/inlined.js';
import type { Crossing, EngineKind, Reactor } from '../simulate/types.js';
import { type Circuit, doses, parameters } from './circuit.js';
import type { CircuitClock, CircuitClockOptions, PulseGains } from './circuit-clock.js';
import { measuredClock } from './circuit-clock.js';
import { withClock } from './clocked-circuit.js';
import { twoPhaseCrn } from './neural.js';
import type { NeuralCrnSettings } from './options.js';

/** Rows of the turn in which the moment of reading is looked for. */
const ROWS = 4000;
/** Nothing but ratios is taken from the probe, so its tolerances are those of the clock's own measurement. */
const solver = { rtol: 1e-9, atol: 1e-13 };
/** The probe's weight, input and output weight: any will do. */
const [WEIGHT, INPUT] = [0.5, 1];
/** Gains of a probe whose rate constants are its learning rates. */
const UNIT: PulseGains = { theta: 1, W: 1, scale: 1 };

/**
 * A two-phase circuit driven by a clock inside: see `withClock`.
 * @throws (rejects) RangeError naming a bad option, or why the circuit cannot be driven this way
 */
export async function clockedCircuit(
  circuit: Circuit,
  options: CircuitClockOptions,
  engine?: EngineKind,
): Promise<Circuit> {
  return withClock(circuit, await clockFor(circuit, options, engine));
}

/**
 * The clock that drives a circuit: measured by itself and, where the circuit has output weights, by a turn of the same
 * chemistry with one input, one node and one output. Every signal of that turn is a number times a shape that all
 * circuits with these rate constants share, so its gains and its moment of reading are theirs.
 * @throws (rejects) RangeError naming a bad option, or when the clock does not oscillate
 */
export async function clockFor(
  circuit: Circuit,
  options: CircuitClockOptions,
  engine?: EngineKind,
): Promise<CircuitClock> {
  const clock = await measuredClock(options, engine);
  if (circuit.reading.phase !== 'learn') return clock;
  const settings = probeOf(circuit.options);
  const ideal = await fedProbe(twoPhaseCrn(settings, UNIT), engine);
  const probe = withClock({ ...circuit, options: settings }, { ...clock, pulse: UNIT });
  return { ...clock, ...(await turnOf(probe, clock, ideal, engine)) };
}

/** One input, one node, one output, rates of 1; the law, the times and the constants are those of the circuit. */
function probeOf(settings: NeuralCrnSettings): NeuralCrnSettings {
  return {
    ...settings,
    ...{ inputs: 1, hidden: 1, outputs: 1, augment: false, fuel: false },
    ...{ theta: [WEIGHT], readoutWeights: [1], rate: 1 },
    readoutRate: settings.readoutRate === null ? null : 1,
  };
}

/** z and F of the probe at the end of a phase 1 of exactly its length, with its drive up from the start. */
async function fedProbe(probe: Circuit, engine?: EngineKind): Promise<{ z: number; F: number }> {
  return inPot(probe, engine, (reactor, level) => {
    const has = (name: string) => reactor.species.includes(name);
    if (has('U[1]+')) reactor.state[reactor.index('U[1]+')] = WEIGHT * INPUT;
    reactor.run(probe.phases.feed);
    const z = has('Z[1]') ? level('Z[1]') : level('Z[1]+') - level('Z[1]-');
    return { z, F: level(has('F') ? 'F' : 'F[1]') };
  });
}

/** A turn of the probe under the clock. */
async function turnOf(
  probe: Circuit,
  { measure: { period }, dose }: CircuitClock,
  { z, F }: { z: number; F: number },
  engine?: EngineKind,
): Promise<{ read: Crossing; pulse: PulseGains }> {
  return inPot(probe, engine, (reactor, level) => {
    const before = parameters(probe, level);
    const dosed = reactor.state.slice();
    const saveAt = Float64Array.from({ length: ROWS }, (_, k) => (k * period.mean) / (ROWS - 1));
    const { rows } = reactor.run('', { duration: period.mean, saveAt });
    const column = (species: string) => {
      const place = reactor.index(species);
      return saveAt.map((_, k) => rows[k * reactor.species.length + place]);
    };
    // E is read while the clock's species rises: a level that it crosses once.
    const rising = column(dose.species);
    const top = rising.indexOf(rising.reduce((most, one) => Math.max(most, one), 0));
    const minus = column('E[1]-');
    const error = column('E[1]+').map((plus, k) => (k > top ? 0 : plus - minus[k]));
    const largest = error.reduce((most, one) => Math.max(most, one), 0);

    reactor.state.set(dosed);
    reactor.run('', { duration: 3 * period.mean, until: dose });
    const after = parameters(probe, level);
    // Without a label the error is the output, which is z.
    return {
      read: { species: dose.species, direction: 'rises', level: rising[error.indexOf(largest)] },
      pulse: {
        theta: (before.theta[0] - after.theta[0]) / (z * F * INPUT),
        W: before.W && after.W ? (before.W[0] - after.W[0]) / (z * z) : 1,
        scale: z / largest,
      },
    };
  });
}

/** Does something to a pot of the probe that has got its example, without a label. */
async function inPot<T>(
  probe: Circuit,
  engine: EngineKind | undefined,
  act: (reactor: Reactor, level: (species: string) => number) => T,
): Promise<T> {
  const reactor = await createReactor(probe.network, { ...solver, ...(engine && { engine }) });
  try {
    for (const { species, amount } of doses(probe, [INPUT])) reactor.state[reactor.index(species)] += amount;
    return act(reactor, (species) => reactor.state[reactor.index(species)]);
  } finally {
    reactor.dispose();
  }
}
