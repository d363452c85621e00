import { netChange } from './change.js';
import type { Network, Reaction } from './model.js';
import { type Moiety, moieties } from './moieties.js';

/** What can be said of a network without running it. */
export interface Analysis {
  /** Number of species, held ones included. */
  species: number;
  /** Number of one-way reactions: a reversible arrow counts twice. */
  reactions: number;
  /**
   * The largest molecularity of a reaction: the sum of its reactants' stoichiometries under mass action, of its
   * orders under an explicit law. 0 without reactions.
   */
  maxMolecularity: number;
  /** Conserved sums, see `moieties`; those of one held species alone are left out. */
  moieties: Moiety[];
  /** Species that no reaction changes: `const` ones, and those whose net change is zero everywhere. */
  held: string[];
  /** Species that a reaction uses up or depends on, and none makes. Held ones that drive a reaction count. */
  sources: string[];
  /** Species that a reaction makes, and that none uses up or depends on: accumulators. */
  sinks: string[];
  /** Names of the phases in order. */
  phases: string[];
}

/**
 * Describes a network: counts, conserved sums, and the parts its species play.
 *
 * Lists of species are in the network's order. All reactions count, whatever phases they run in.
 *
 * @param network a valid network
 */
export function analyse(network: Network): Analysis {
  const { species, reactions, phases } = network;
  const made = species.map(() => false);
  const usedUp = species.map(() => false);
  const drives = species.map(() => false);
  let maxMolecularity = 0;
  for (const reaction of reactions) {
    maxMolecularity = Math.max(maxMolecularity, molecularity(reaction));
    for (const term of reaction.orders) drives[term.species] = true;
    for (const { species: index, value } of netChange(reaction)) {
      if (species[index]!.constant) continue;
      if (value > 0) made[index] = true;
      else usedUp[index] = true;
    }
  }
  const named = (wanted: (index: number) => boolean) =>
    species.flatMap(({ name }, index) => (wanted(index) ? [name] : []));
  return {
    species: species.length,
    reactions: reactions.length,
    maxMolecularity,
    moieties: moieties(network),
    held: named((index) => !made[index] && !usedUp[index]),
    sources: named((index) => !made[index] && (usedUp[index]! || drives[index]!)),
    sinks: named((index) => made[index]! && !usedUp[index] && !drives[index]),
    phases: phases.map(({ name }) => name),
  };
}

function molecularity({ law, reactants, orders }: Reaction): number {
  return (law === 'explicit' ? orders : reactants).reduce((sum, { value }) => sum + value, 0);
}
