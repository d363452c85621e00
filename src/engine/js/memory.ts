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

export function addMultipleF(to: number, from: number, count: number, factor: number): void {
  const [a, b] = [to >> 3, from >> 3];
  for (let i = 0; i < count; i++) doubles[a + i] += factor * doubles[b + i];
}

export function sumProductsF(
  factors: number,
  x: number,
  i: number,
  y: number,
  a: number,
  b: number,
  from: number,
  to: number,
): number {
  const [factor, first, second, third] = [factors >> 3, i >> 2, a >> 2, b >> 2];
  const [own, state] = [x >> 3, y >> 3];
  let sum = 0;
  for (let t = from; t < to; t++) {
    const product =
      doubles[factor + t] * doubles[own + words[first + t]] * doubles[state + words[second + t]];
    sum += product * doubles[state + words[third + t]];
  }
  return sum;
}

export function addProductsF(full: number, factors: number, places: number, count: number): void {
  const [at, factor, place] = [full >> 3, factors >> 3, places >> 2];
  for (let p = 0; p < count; p++) {
    const own = place + 4 * p;
    const product = doubles[factor + p] * doubles[at + words[own + 1]] * doubles[at + words[own + 2]];
    doubles[at + words[own]] += product * doubles[at + words[own + 3]];
  }
}

export function combineFoursF(
  to: number,
  base: number,
  weights: number,
  other: number,
  others: number,
  first: number,
  stride: number,
  count: number,
  terms: number,
): void {
  const [a, from, b, rows, step] = [to >> 3, base >> 3, other >> 3, first >> 3, stride >> 3];
  const [w, v] = [weights >> 3, others >> 3];
  for (let i = 0; i < 4 * count; i++) {
    let sum = doubles[from + i];
    let otherSum = 0;
    for (let j = 0, row = rows + i; j < terms; j++, row += step) {
      sum += doubles[w + j] * doubles[row];
      otherSum += doubles[v + j] * doubles[row];
    }
    doubles[a + i] = sum;
    doubles[b + i] = otherSum;
  }
}

export function addFoursF(
  to: number,
  a: number,
  x: number,
  b: number,
  y: number,
  places: number,
  begin: number,
  end: number,
): void {
  const [sum, one, two, place] = [to >> 3, a >> 3, b >> 3, places >> 2];
  for (let e = begin; e < end; e++) {
    const first = (x >> 3) + 4 * words[place + e];
    const second = (y >> 3) + 4 * words[place + e];
    for (let lane = 0; lane < 4; lane++) {
      doubles[sum + lane] += doubles[one + e] * doubles[first + lane];
      doubles[sum + lane] += doubles[two + e] * doubles[second + lane];
    }
  }
}

export function subtractFoursF(
  to: number,
  values: number,
  places: number,
  begin: number,
  end: number,
  from: number,
): void {
  const [sum, value, place, x] = [to >> 3, values >> 3, places >> 2, from >> 3];
  for (let e = begin; e < end; e++) {
    const factor = doubles[value + e];
    const at = x + 4 * words[place + e];
    for (let lane = 0; lane < 4; lane++) doubles[sum + lane] -= factor * doubles[at + lane];
  }
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
