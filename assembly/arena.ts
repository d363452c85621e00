import { ensureBytes, heapStart } from './memory';

/**
 * An aligned bump allocator with mark and release: problems are put down first, a run's buffers after them, and
 * released as a whole. Nothing is freed one by one, so nothing can leak one by one.
 */
let top: i32 = 0;

/** Address of `bytes` fresh bytes, aligned to 16; 0 when the host has no more memory. */
export function allocate(bytes: i32): i32 {
  if (top == 0) top = heapStart();
  const address = top;
  const next = (address + bytes + 15) & ~15;
  if (next < address || !ensureBytes(next)) return 0;
  top = next;
  return address;
}

/** The present top, to give to `release`. */
export function mark(): i32 {
  if (top == 0) top = heapStart();
  return top;
}

/** Forgets everything allocated since `mark` returned `to`. */
export function release(to: i32): void {
  top = to;
}
