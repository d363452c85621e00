import type { Engine } from '../engine/types.js';

/** @throws RangeError when the engine has no more memory */
export function allocate(engine: Engine, bytes: number): number {
  const address = engine.kernel.allocate(bytes);
  if (address === 0) throw new RangeError(`the engine cannot get ${bytes} more bytes of memory`);
  return address;
}

const aligned = (bytes: number): number => (bytes + 15) & ~15;

/**
 * Memory of one run after the other. Several vessels share an engine's arena, so none may release what lies above it:
 * each keeps its own, which grows to the largest that was asked for.
 */
export class Scratch {
  private address = 0;
  private bytes = 0;
  private used = 0;

  constructor(private readonly engine: Engine) {}

  /** Forgets what was taken, and makes room for three areas. */
  reserve(first: number, second: number, third: number): void {
    this.used = 0;
    const needed = aligned(first) + aligned(second) + aligned(third);
    if (needed <= this.bytes) return;
    // What it had stays behind in the arena; by doubling that is never more than what it has.
    this.bytes = Math.max(needed, 2 * this.bytes);
    this.address = allocate(this.engine, this.bytes);
  }

  /** Address of the next area. */
  take(bytes: number): number {
    const at = this.address + this.used;
    this.used += aligned(bytes);
    return at;
  }
}

/**
 * Memory for what comes and goes in any order. Areas are as large as a power of two and used again, so that no more is
 * ever taken of the arena than twice the most of each size that was in use together.
 */
export class Room {
  private readonly sizes = new Map<number, number>();
  /** Areas that are free, by size. */
  private readonly idle = new Map<number, number[]>();

  constructor(private readonly engine: Engine) {}

  /** @throws RangeError when the engine has no more memory */
  take(bytes: number): number {
    let size = 1024;
    while (size < bytes) size *= 2;
    const address = this.idle.get(size)?.pop() ?? allocate(this.engine, size);
    this.sizes.set(address, size);
    return address;
  }

  /** Gives back what was taken; nothing happens to addresses that were not. */
  free(address: number): void {
    const size = this.sizes.get(address);
    if (size === undefined) return;
    this.sizes.delete(address);
    const idle = this.idle.get(size);
    if (idle === undefined) this.idle.set(size, [address]);
    else idle.push(address);
  }
}
