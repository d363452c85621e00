/**
 * The JavaScript engine's memory: the twin of `assembly/memory.ts`, swapped in when the kernel's sources are bundled.
 * One buffer seen as doubles and as 32-bit integers; each engine instance has its own. The build writes most accessor
 * calls out as accesses to these two views.
 */
const PAGE = 65536;
let buffer = new ArrayBuffer(PAGE);
export let doubles = new Float64Array(buffer);
export let words = new Int32Array(buffer);

export function getF(base: number, index: number): number {
  return doubles[(base >> 3) + index];
}

export function setF(base: number, index: number, value: number): void {
  doubles[(base >> 3) + index] = value;
}

export function getI(base: number, index: number): number {
  return words[(base >> 2) + index];
}

export function setI(base: number, index: number, value: number): void {
  words[(base >> 2) + index] = value;
}

export function copyF(to: number, from: number, count: number): void {
  doubles.copyWithin(to >> 3, from >> 3, (from >> 3) + count);
}

export function zeroF(to: number, count: number): void {
  doubles.fill(0, to >> 3, (to >> 3) + count);
}

export function subtractMultipleF(to: number, from: number, count: number, factor: number): void {
  const [a, b] = [to >> 3, from >> 3];
  for (let i = 0; i < count; i++) doubles[a + i] -= factor * doubles[b + i];
}

export function heapStart(): number {
  // Address 0 means "no memory" to the arena's callers.
  return 16;
}

export function ensureBytes(bytes: number): boolean {
  if (bytes <= buffer.byteLength) return true;
  const pages = Math.ceil(bytes / PAGE);
  let grown: ArrayBuffer;
  try {
    grown = new ArrayBuffer(pages * PAGE);
  } catch {
    return false;
  }
  new Uint8Array(grown).set(new Uint8Array(buffer));
  buffer = grown;
  doubles = new Float64Array(buffer);
  words = new Int32Array(buffer);
  return true;
}

/** The buffer as it is now; replaced when memory grows. */
export function memoryBuffer(): ArrayBuffer {
  return buffer;
}
