/**
 * Threefry 4×32 with 20 rounds (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11): four
 * random words from a key and a counter, by additions, rotations and exclusive ors alone. Streams of different keys
 * share nothing, so a run's numbers follow from its seed and its own number, whoever runs it.
 */
import { getI, setI } from '../memory';
import { D_COUNTER, D_KEY } from './layout';

// Parity of the key schedule, from the cipher Threefish.
export const PARITY: i32 = 0x1bd11bda;

function rotate(x: i32, by: i32): i32 {
  return (x << by) | (x >>> (32 - by));
}

/** Writes the block whose counter is `ahead` further on than the stream's: words 0, 4, 8 and 12 of `out`. */
export function threefry(stream: i32, ahead: i32, out: i32): void {
  const k0 = getI(stream, D_KEY);
  const k1 = getI(stream, D_KEY + 1);
  const k2 = getI(stream, D_KEY + 2);
  const k3 = getI(stream, D_KEY + 3);
  // The key as it turns by one word at every injection.
  let a = k1;
  let b = k2;
  let c = k3;
  let d = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  let e = k0;
  let x0 = (getI(stream, D_COUNTER) + ahead + k0) | 0;
  let x1 = (getI(stream, D_COUNTER + 1) + k1) | 0;
  let x2 = (getI(stream, D_COUNTER + 2) + k2) | 0;
  let x3 = (getI(stream, D_COUNTER + 3) + k3) | 0;
  for (let group: i32 = 1; group <= 5; group++) {
    // Two sets of rotations take turns.
    const first = (group & 1) == 1;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 10 : 6) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, first ? 26 : 20) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, first ? 11 : 17) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, first ? 21 : 11) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = rotate(x1, first ? 13 : 25) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = rotate(x3, first ? 27 : 10) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = rotate(x3, first ? 23 : 18) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = rotate(x1, first ? 5 : 20) ^ x2;
    x0 = (x0 + a) | 0;
    x1 = (x1 + b) | 0;
    x2 = (x2 + c) | 0;
    x3 = (x3 + d + group) | 0;
    const turned = a;
    a = b;
    b = c;
    c = d;
    d = e;
    e = turned;
  }
  setI(out, 0, x0);
  setI(out, 4, x1);
  setI(out, 8, x2);
  setI(out, 12, x3);
}

/** Goes on by four blocks. A counter that has begun at a multiple of four never wraps within them. */
export function advanceCounter(stream: i32): void {
  const next = (getI(stream, D_COUNTER) + 4) | 0;
  setI(stream, D_COUNTER, next);
  if (next == 0) setI(stream, D_COUNTER + 1, (getI(stream, D_COUNTER + 1) + 1) | 0);
}
