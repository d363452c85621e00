import type { Network } from '../network/index.js';
import { type Circuit, type Counts, countsOf } from './circuit.js';
import {
  type CircuitClock,
  type CircuitClockOptions,
  clockOf,
  clockSettings,
  type PulseGains,
} from './circuit-clock.js';
import { clocked } from './clocked.js';
import { digitalActs } from './digital.js';
import { twoPhaseCrn } from './neural.js';

/** Intervals of one turn that `simulate` saves of a clocked network's text. */
const SAVED = 400;

/**
 * A two-phase circuit driven by a clock inside: no schedule is left, and `circuit.clock` says when to dose and to read.
 * The clock is in the pot from the start, as it stands when an example is dosed.
 * @param clock measured for this circuit: see `clockFor`
 * @throws RangeError why the circuit cannot be driven this way
 */
export function withClock(circuit: Circuit, clock: CircuitClock): Circuit {
  refuseUnclockable(circuit);
  const { digital: _, ...rest } = clockable(circuit, clock.pulse);
  const network = drivenNetwork(rest.network, clock);
  const driven = { ...rest, network, counts: countsOf(network), clock };
  return { ...driven, digital: digitalActs(driven) };
}

/** A network of phases driven by a measured clock, which is in it from the start as it stands when a turn begins. */
export function drivenNetwork(phased: Network, { options, measure, start }: CircuitClock): Network {
  const network = clockedNetwork(
    phased,
    options,
    measure.phases.map(({ exposure }) => exposure),
  );
  for (const species of network.species) {
    const value = start[species.name];
    if (value !== undefined) species.initial = { kind: 'number', value };
  }
  network.simulation = {
    to: { kind: 'number', value: measure.period.mean },
    save: { kind: 'uniform', intervals: SAVED },
  };
  return network;
}

/**
 * The size of a circuit with a clock inside, known without measuring the clock.
 * @throws RangeError as `clockedCircuit`
 */
export function clockedCounts(circuit: Circuit, options: CircuitClockOptions): Counts {
  refuseUnclockable(circuit);
  // Gains are numbers that no count depends on.
  return drivenCounts(clockable(circuit, { theta: 1, W: 1, scale: 1 }).network, options);
}

/** The size of a network of phases with a clock inside. @throws RangeError naming a bad option */
export function drivenCounts(phased: Network, options: CircuitClockOptions): Counts {
  const phases = phased.phases.length;
  return countsOf(clockedNetwork(phased, clockSettings(options, phases), new Array<number>(phases).fill(1)));
}

function clockedNetwork(
  phased: Network,
  options: CircuitClock['options'],
  exposures: readonly number[],
): Network {
  const { gate, relay, relayed } = options;
  return clocked(phased, clockOf(options), {
    style: gate,
    exposures,
    relay,
    ...(relayed && { relayed }),
  });
}

/** The form of a circuit that a clock can drive: with output weights another one, see `exactReadout`. */
function clockable(circuit: Circuit, pulse: PulseGains | undefined): Circuit {
  if (circuit.reading.phase !== 'learn') return circuit;
  if (pulse === undefined) {
    throw new RangeError(
      'clock: output weights need a clock that was measured for their circuit, see clockFor',
    );
  }
  return twoPhaseCrn(circuit.options, pulse);
}

/** @throws RangeError why the circuit cannot be driven by a clock inside */
function refuseUnclockable(circuit: Circuit): void {
  if (circuit.stages) {
    throw new RangeError(
      'clock: a staged circuit needs digital acts between its stages, which no clock inside can do; use pipeline ' +
        "'two-phase'",
    );
  }
}
