import type { Network } from '../network/model.js';
import { conservedSums } from '../network/moieties.js';
import type { ReducedNetwork } from './reduce.js';

/** Finding sums takes time that grows faster than the network; beyond this many merged reactions none are sought. */
const MAX_REACTIONS = 5000;

/**
 * The conserved sums of a reduced network that the kernel is to keep against rounding: those with whole weights (a
 * weight with rounding of its own would add to the drift). Keys are the network's species.
 */
export function keptSums(network: Network, reduced: ReducedNetwork): ReadonlyMap<number, number>[] {
  if (reduced.reactions.length > MAX_REACTIONS) return [];
  // One representative stands for all reactions of proportional change.
  const reactions = reduced.reactions.map(({ terms }) => network.reactions[terms[0].raw]);
  return conservedSums({ ...network, reactions }).filter((sum) => [...sum.values()].every(Number.isInteger));
}
