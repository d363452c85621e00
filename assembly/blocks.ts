/**
 * Four blocks of a stream at a time, a block to a lane. The JavaScript engine swaps this file for
 * `src/engine/js/blocks.ts`, which makes the same words one block after the other by `stochastic/threefry.ts`.
 */
import { getI } from './memory';
import { D_COUNTER, D_KEY, D_WORDS } from './stochastic/layout';
import { advanceCounter, PARITY } from './stochastic/threefry';

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Makes the next four blocks: first the first words of each, then the second ones, and so on. */
export function fillWords(stream: i32): void {
  const k0 = getI(stream, D_KEY);
  const k1 = getI(stream, D_KEY + 1);
  const k2 = getI(stream, D_KEY + 2);
  const k3 = getI(stream, D_KEY + 3);
  let a = k1;
  let b = k2;
  let c = k3;
  let d = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  let e = k0;
  const counter = getI(stream, D_COUNTER);
  let x0 = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(counter + k0));
  let x1 = i32x4.splat(getI(stream, D_COUNTER + 1) + k1);
  let x2 = i32x4.splat(getI(stream, D_COUNTER + 2) + k2);
  let x3 = i32x4.splat(getI(stream, D_COUNTER + 3) + k3);
  for (let group: i32 = 1; group <= 5; group++) {
    if ((group & 1) == 1) {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 10), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotate(x3, 26), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotate(x3, 11), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotate(x1, 21), x2);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 13), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotate(x3, 27), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotate(x3, 23), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotate(x1, 5), x2);
    } else {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 6), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotate(x3, 20), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotate(x3, 17), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotate(x1, 11), x2);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 25), x0);
      x2 = i32x4.add(x2, x3);
      x3 = v128.xor(rotate(x3, 10), x2);
      x0 = i32x4.add(x0, x3);
      x3 = v128.xor(rotate(x3, 18), x0);
      x2 = i32x4.add(x2, x1);
      x1 = v128.xor(rotate(x1, 20), x2);
    }
    x0 = i32x4.add(x0, i32x4.splat(a));
    x1 = i32x4.add(x1, i32x4.splat(b));
    x2 = i32x4.add(x2, i32x4.splat(c));
    x3 = i32x4.add(x3, i32x4.splat(d + group));
    const turned = a;
    a = b;
    b = c;
    c = d;
    d = e;
    e = turned;
  }
  const out = usize(stream + (D_WORDS << 2));
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
  advanceCounter(stream);
}
