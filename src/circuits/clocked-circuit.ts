import type { Network } from '../network/index.js';
import { type Circuit, type Counts, countsOf } from './circuit.js';
import {
  type CircuitClock,
  type CircuitClockOptions,
  clockOf,
  clockSettings,
  measuredClock,
} from './circuit-clock.js';
import { clocked } from './clocked.js';
import { digitalActs } from './digital.js';

/** Intervals of one turn that `simulate` saves of a clocked network's text. */
const SAVED = 400;

/**
 * A two-phase circuit driven by a clock inside: no schedule is left, and `circuit.clock` says when to dose and to read.
 * The clock is in the pot from the start, as it stands when an example is dosed.
 * @throws (rejects) RangeError naming a bad option, or why the circuit cannot be driven this way
 */
export async function clockedCircuit(circuit: Circuit, options: CircuitClockOptions): Promise<Circuit> {
  return withClock(circuit, await measuredClock(options));
}

/**
 * The same with a clock measured before.
 * @throws RangeError why the circuit cannot be driven this way
 */
export function withClock(circuit: Circuit, clock: CircuitClock): Circuit {
  const { options, measure, start } = clock;
  const exposures = measure.phases.map(({ exposure }) => exposure);
  const network = clockedNetwork(circuit, options, exposures);
  for (const species of network.species) {
    const value = start[species.name];
    if (value !== undefined) species.initial = { kind: 'number', value };
  }
  network.simulation = {
    to: { kind: 'number', value: measure.period.mean },
    save: { kind: 'uniform', intervals: SAVED },
  };
  const { digital: _, ...rest } = circuit;
  const driven = { ...rest, network, counts: countsOf(network), clock };
  return { ...driven, digital: digitalActs(driven) };
}

/**
 * The size of a circuit with a clock inside, known without measuring the clock.
 * @throws RangeError as `clockedCircuit`
 */
export function clockedCounts(circuit: Circuit, options: CircuitClockOptions): Counts {
  return countsOf(clockedNetwork(circuit, clockSettings(options), [1, 1]));
}

function clockedNetwork(
  circuit: Circuit,
  options: CircuitClock['options'],
  exposures: readonly number[],
): Network {
  if (circuit.stages) {
    throw new RangeError(
      'clock: a staged circuit needs digital acts between its stages, which no clock inside can do; use pipeline ' +
        "'two-phase'",
    );
  }
  if (circuit.reading.phase === 'learn') {
    throw new RangeError(
      'clock: this circuit is read in the middle of phase learn, which no edge of a clock marks; take one that is read ' +
        "at the end of phase feed (readout 'sum', or error 'hinge')",
    );
  }
  const { gate, relay } = options;
  return clocked(circuit.network, clockOf(options), { style: gate, exposures, relay });
}
