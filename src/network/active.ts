import type { Network } from './model.js';
import { everyIndex, familyOf, showName } from './names.js';

/** Finds reactions by label, and by the family `name[*]` of labels with that base name and an index. */
export interface LabelTable {
  /** Indices of the reactions with exactly this label, or of the family for an entry such as `feed[*]`. */
  find(entry: string): readonly number[] | undefined;
  /** All labels of the network. */
  readonly labels: Iterable<string>;
}

export function labelTable(network: Pick<Network, 'reactions'>): LabelTable {
  const exact = new Map<string, number[]>();
  const families = new Map<string, number[]>();
  for (const [index, { label }] of network.reactions.entries()) {
    if (label === null) continue;
    append(exact, label, index);
    const family = familyOf(label);
    if (family !== null) append(families, family, index);
  }
  return {
    labels: exact.keys(),
    find: (entry) =>
      exact.get(entry) ??
      (entry.endsWith(everyIndex) ? families.get(entry.slice(0, -everyIndex.length)) : undefined),
  };
}

function append(table: Map<string, number[]>, key: string, index: number): void {
  const list = table.get(key);
  if (list) list.push(index);
  else table.set(key, [index]);
}

/**
 * The reactions that run in a phase.
 *
 * @param active labels, where `name[*]` stands for every label with that base name and an index; or `'*'` for all
 * @returns indices into `network.reactions`, ascending, with the unlabelled reactions, which always run
 * @throws RangeError naming a label that no reaction has
 */
export function activeReactions(
  network: Pick<Network, 'reactions'>,
  active: '*' | readonly string[],
): number[] {
  const { reactions } = network;
  if (active === '*') return reactions.map((_, index) => index);
  const table = labelTable(network);
  const runs = reactions.map(({ label }) => label === null);
  for (const entry of new Set(active)) {
    const found = table.find(entry);
    if (!found) {
      const known = [...new Set(table.labels)].slice(0, 50).map(showName).join(', ');
      throw new RangeError(`no reaction has the label ${showName(entry)}; there are ${known || 'none'}`);
    }
    for (const index of found) runs[index] = true;
  }
  return reactions.flatMap((_, index) => (runs[index] ? [index] : []));
}
