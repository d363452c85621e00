import { countsOf } from '../circuit.js';
import { type CircuitClockOptions, measuredClock } from '../circuit-clock.js';
import { drivenNetwork } from '../clocked-circuit.js';
import type { LayeredCircuit } from './circuit.js';
import { layeredActs } from './digital.js';
import type { LayeredSettings } from './options.js';

/**
 * A layered network driven by a clock inside, with a phase species for each of its phases: with stored examples nothing is
 * left to do from outside.
 * @throws (rejects) RangeError naming a bad option, or for examples that are dosed, for which no edge of the clock waits
 */
export async function clockedLayered<S extends LayeredSettings>(
  circuit: LayeredCircuit<S>,
  options: CircuitClockOptions,
): Promise<LayeredCircuit<S>> {
  const { settings, phases } = circuit;
  if (settings.data === 'dosed') {
    throw new RangeError(
      "clock: data 'dosed' comes in the middle of a step, which no edge of the clock marks; store the examples",
    );
  }
  const clock = await measuredClock(options, 'wasm', phases.length);
  const network = drivenNetwork(circuit.network, clock);
  return {
    ...circuit,
    network,
    counts: countsOf(network),
    phases: [],
    clock,
    digital: layeredActs(settings, phases, clock, circuit.rounds),
  };
}
