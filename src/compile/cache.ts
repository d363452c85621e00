import type { Structure } from './structure.js';
import type { TermLists } from './term-lists.js';

/** What a cache has done, and what it holds. */
export interface CacheStats {
  /** Values that were made, and found again. */
  made: number;
  found: number;
  kept: number;
  bytes: number;
}

export interface CacheOptions<Value> {
  make: (structure: Structure) => Value;
  bytesOf: (value: Value) => number;
  /** Bound on the bytes kept, structures and values; a larger value is made anew each time. */
  mostBytes: number;
  /** For tests: what finds an entry. It is never trusted, so that any function will do. */
  hash?: (structure: Structure) => number;
}

interface Entry<Value> {
  structure: Structure;
  value: Value;
  bytes: number;
}

/**
 * Values made from structures, the least recently asked for given up first. A structure is compared in full before its
 * value is given out; of two with the same hash only the later is kept.
 */
export class StructureCache<Value> {
  /** In order of use: a `Map` lists its keys as they were set. */
  private readonly entries = new Map<number, Entry<Value>>();
  private readonly hash: (structure: Structure) => number;
  private bytes = 0;
  private made = 0;
  private found = 0;

  constructor(private readonly options: CacheOptions<Value>) {
    this.hash = options.hash ?? hashOf;
  }

  get(structure: Structure): Value {
    const hash = this.hash(structure);
    const entry = this.entries.get(hash);
    if (entry !== undefined) {
      this.forget(hash, entry);
      if (sameStructure(entry.structure, structure)) {
        this.found++;
        this.keep(hash, entry);
        return entry.value;
      }
    }
    const value = this.options.make(structure);
    this.made++;
    this.keep(hash, { structure, value, bytes: bytesIn(structure) + this.options.bytesOf(value) });
    return value;
  }

  get stats(): CacheStats {
    const { made, found, bytes } = this;
    return { made, found, kept: this.entries.size, bytes };
  }

  private keep(hash: number, entry: Entry<Value>): void {
    const { mostBytes } = this.options;
    if (entry.bytes > mostBytes) return;
    this.entries.set(hash, entry);
    this.bytes += entry.bytes;
    for (const [oldest, old] of this.entries) {
      if (this.bytes <= mostBytes) return;
      this.forget(oldest, old);
    }
  }

  private forget(hash: number, entry: Entry<Value>): void {
    this.entries.delete(hash);
    this.bytes -= entry.bytes;
  }
}

export function sameStructure(one: Structure, other: Structure): boolean {
  return (
    one.species === other.species &&
    one.eliminate === other.eliminate &&
    sameNumbers(one.active, other.active) &&
    sameLists(one.orders, other.orders) &&
    sameLists(one.change, other.change)
  );
}

const sameLists = (one: TermLists, other: TermLists): boolean =>
  sameNumbers(one.start, other.start) &&
  sameNumbers(one.species, other.species) &&
  sameNumbers(one.value, other.value);

function sameNumbers(one: Int32Array | Float64Array, other: Int32Array | Float64Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** FNV-1a by words (Fowler, Noll & Vo) over everything that is compared; numbers to sixteen binary places. */
function hashOf({ species, active, orders, change, eliminate }: Structure): number {
  let hash = 0x811c9dc5 ^ (2 * species + Number(eliminate));
  for (const numbers of [active, orders.start, orders.species, change.start, change.species]) {
    for (let i = 0; i < numbers.length; i++) hash = Math.imul(hash ^ numbers[i], 0x01000193);
  }
  for (const { value } of [orders, change]) {
    for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ (value[i] * 65536), 0x01000193);
  }
  return hash;
}

/** What an entry's objects take besides the contents of their arrays, roughly. */
const OVERHEAD = 2048;

const bytesIn = ({ active, orders, change }: Structure): number =>
  [active, orders.start, orders.species, orders.value, change.start, change.species, change.value].reduce(
    (total, { byteLength }) => total + byteLength,
    OVERHEAD,
  );
