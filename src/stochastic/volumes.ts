import { evaluateExpression } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkPositive } from '../simulate/check.js';
import type { StochasticOptions } from './types.js';

/**
 * Molecules that one unit of each species' number stands for: of a concentration, `volume` times the size of its
 * compartment; of an amount 1.
 * @throws RangeError or TypeError when `volume` is missing where one is needed, or names what is no compartment
 */
export function volumesOf(
  network: Network,
  parameters: ReadonlyMap<string, number>,
  volume: StochasticOptions['volume'],
): Float64Array {
  const compartments = network.compartments ?? [];
  const byName = checkVolume(compartments, volume);
  const ofCompartment = compartments.map(({ name, size }) => {
    const factor = byName(name);
    if (factor === undefined) return undefined;
    return factor * checkPositive(`the size of compartment ${name}`, evaluateExpression(size, parameters));
  });
  return Float64Array.from(network.species, ({ name, quantity, compartment }) => {
    if (quantity === 'amount') return 1;
    const found = compartment === undefined ? byName(undefined) : ofCompartment[compartment];
    if (found !== undefined) return found;
    if (volume === undefined) {
      throw new RangeError(
        'volume is missing: give the number of molecules that a concentration of 1 stands for, volume: 1000 say',
      );
    }
    throw new RangeError(
      compartment === undefined
        ? `volume gives numbers by compartment, but the species ${name} is in none; give one number for all`
        : `volume lacks the compartment ${compartments[compartment].name}, in which there is ${name}`,
    );
  });
}

/** The option as a function of a compartment's name. */
function checkVolume(
  compartments: NonNullable<Network['compartments']>,
  volume: StochasticOptions['volume'],
): (compartment: string | undefined) => number | undefined {
  if (volume === undefined) return () => undefined;
  if (typeof volume !== 'object' || volume === null) {
    const factor = checkPositive('volume', volume);
    return () => factor;
  }
  const known = compartments.map(({ name }) => name);
  for (const [name, value] of Object.entries(volume)) {
    if (!known.includes(name)) {
      throw new RangeError(
        `volume names the compartment ${JSON.stringify(name)}, which the network lacks; it has ${known.join(', ') || 'none'}`,
      );
    }
    checkPositive(`volume.${name}`, value);
  }
  return (name) => (name !== undefined && Object.hasOwn(volume, name) ? volume[name] : undefined);
}
