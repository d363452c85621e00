import { activeReactions, type Network } from '../network/index.js';
import { type Counts, countsOf } from './circuit.js';

/** Size of one phase of a network: its reactions, and the species that take part in them. */
export function phaseCounts(network: Network, phase: string): Counts {
  const found = network.phases.find(({ name }) => name === phase);
  if (!found) {
    const known = network.phases.map(({ name }) => name).join(', ');
    throw new RangeError(`there is no phase ${JSON.stringify(phase)}; there are ${known}`);
  }
  const reactions = activeReactions(network, found.active).map((index) => network.reactions[index]);
  const taking = new Set(
    reactions.flatMap(({ reactants, products }) => [...reactants, ...products].map(({ species }) => species)),
  );
  return { ...countsOf({ ...network, reactions }), species: taking.size };
}
