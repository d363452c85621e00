import type { Channel } from './channels.js';

/** Lists of channels of which some must be looked at after each event, as stretches of one table. */
export interface Dependencies {
  /** First dependent of each channel, and where the last one's end; all 0 where they belong to species. */
  start: Int32Array;
  dependents: Int32Array;
  /** First dependent of each species, and where the last one's end; undefined where they belong to channels. */
  readers: Int32Array | undefined;
  /** Propensities that an event changes, on average over channels. */
  mean: number;
}

/** Entries up to which every channel has a list of its own, in which none comes twice. */
const OWN_LISTS = 1 << 22;

/** Channels by the species in whose number their propensity changes. */
function readersOf(channels: readonly Channel[], species: number): number[][] {
  const readers: number[][] = Array.from({ length: species }, () => []);
  channels.forEach(({ terms }, c) => {
    const read = new Set<number>();
    for (const { factors } of terms) for (const factor of factors) read.add(factor.species);
    for (const s of read) readers[s].push(c);
  });
  return readers;
}

/**
 * Which propensities an event changes (the dependency graph of Gibson & Bruck 2000). A channel has one list of its own;
 * where all of them together would be too large, it has those of the species that it changes.
 */
export function dependenciesOf(channels: readonly Channel[], species: number): Dependencies {
  const readers = readersOf(channels, species);
  let entries = 0;
  for (const { change } of channels) for (const one of change) entries += readers[one.species].length;
  const lists = entries <= OWN_LISTS ? ownLists(channels, readers) : sharedLists(readers, channels.length);
  return { ...lists, mean: entries / Math.max(1, channels.length) };
}

type Lists = Omit<Dependencies, 'mean'>;

function ownLists(channels: readonly Channel[], readers: readonly number[][]): Lists {
  const seen = new Int32Array(channels.length).fill(-1);
  const dependents: number[] = [];
  const start = new Int32Array(channels.length + 1);
  channels.forEach(({ change }, c) => {
    for (const { species } of change) {
      for (const reader of readers[species]) {
        if (seen[reader] === c) continue;
        seen[reader] = c;
        dependents.push(reader);
      }
    }
    start[c + 1] = dependents.length;
  });
  return { start, dependents: Int32Array.from(dependents), readers: undefined };
}

function sharedLists(lists: readonly number[][], channels: number): Lists {
  const readers = new Int32Array(lists.length + 1);
  lists.forEach((list, s) => {
    readers[s + 1] = readers[s] + list.length;
  });
  const start = new Int32Array(channels + 1);
  return { start, dependents: Int32Array.from(lists.flat()), readers };
}
