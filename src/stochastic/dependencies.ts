import type { Channel } from './channels.js';

/** Lists of channels of which some must be looked at after each event, as stretches of one table. */
export interface Dependencies {
  /** First segment of each channel, and where the last one's end. */
  start: Int32Array;
  from: Int32Array;
  to: Int32Array;
  dependents: Int32Array;
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
  return entries <= OWN_LISTS ? ownLists(channels, readers) : sharedLists(channels, readers);
}

function ownLists(channels: readonly Channel[], readers: readonly number[][]): Dependencies {
  const seen = new Int32Array(channels.length).fill(-1);
  const dependents: number[] = [];
  const edges = [0];
  channels.forEach(({ change }, c) => {
    for (const { species } of change) {
      for (const reader of readers[species]) {
        if (seen[reader] === c) continue;
        seen[reader] = c;
        dependents.push(reader);
      }
    }
    edges.push(dependents.length);
  });
  return {
    start: Int32Array.from({ length: channels.length + 1 }, (_, c) => c),
    from: Int32Array.from(edges.slice(0, -1)),
    to: Int32Array.from(edges.slice(1)),
    dependents: Int32Array.from(dependents),
  };
}

function sharedLists(channels: readonly Channel[], readers: readonly number[][]): Dependencies {
  const edges = [0];
  for (const list of readers) edges.push(edges[edges.length - 1] + list.length);
  const start = [0];
  const from: number[] = [];
  const to: number[] = [];
  for (const { change } of channels) {
    for (const { species } of change) {
      from.push(edges[species]);
      to.push(edges[species + 1]);
    }
    start.push(from.length);
  }
  return {
    start: Int32Array.from(start),
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    dependents: Int32Array.from(readers.flat()),
  };
}
