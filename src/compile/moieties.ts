import type { SpeciesTerm } from '../network/model.js';
import { conservedSums } from '../network/moieties.js';
import type { Sum } from '../network/pools.js';
import type { ReducedNetwork } from './reduce.js';

/** Finding sums takes time that grows faster than the network; beyond this many merged reactions none are sought. */
const MAX_REACTIONS = 5000;

/**
 * The conserved sums of a reduced network that the kernel is to keep against rounding: those with whole weights (a
 * weight with rounding of its own would add to the drift). Keys are the network's species.
 */
export function keptSums({ change }: ReducedNetwork): Sum[] {
  if (change.count > MAX_REACTIONS) return [];
  const changes = Array.from({ length: change.count }, (_, m) => {
    const terms: SpeciesTerm[] = [];
    for (let x = change.start[m]; x < change.start[m + 1]; x++) {
      terms.push({ species: change.species[x], value: change.value[x] });
    }
    return terms;
  });
  return conservedSums(changes).filter((sum) => [...sum.values()].every(Number.isInteger));
}
