/** Random numbers of a stream: uniform and exponential. Both engines give the same bits. */
import { fillWords } from '../blocks';
import { exp } from '../math';
import { getF, getI, setI } from '../memory';
import { D_NEXT, D_TABLES, D_WORDS, DRAWN, LAYERS } from './layout';

const TWO26: f64 = 67108864.0;
const TO_UNIT: f64 = 1.1102230246251565e-16; // 2^-53

/** Place of the next two words, which are then used. */
export function nextWords(stream: i32): i32 {
  let at = getI(stream, D_NEXT);
  if (at == DRAWN) {
    fillWords(stream);
    at = 0;
  }
  setI(stream, D_NEXT, at + 2);
  return D_WORDS + at;
}

/** A multiple of 2^-53 in [0, 1) from the upper bits of two words. */
export function unit(high: i32, low: i32): f64 {
  return (f64(high >>> 5) * TWO26 + f64(low >>> 6)) * TO_UNIT;
}

/** Uniform in [0, 1): every multiple of 2^-53 is as likely. */
export function uniform(stream: i32): f64 {
  const at = nextWords(stream);
  return unit(getI(stream, at), getI(stream, at + 1));
}

/** Layer of the ziggurat from bits of two words that `unit` has no room for. */
export function layerOf(high: i32, low: i32): i32 {
  return ((high & 31) << 3) | (low & 7);
}

/** Exponential with mean 1, by the ziggurat method (Marsaglia & Tsang 2000). */
export function exponential(stream: i32): f64 {
  const at = nextWords(stream);
  const high = getI(stream, at);
  const low = getI(stream, at + 1);
  const layer = layerOf(high, low);
  const x = getI(stream, D_TABLES);
  const t = unit(high, low) * getF(x, layer);
  return t < getF(x, layer + 1) ? t : besideLayer(stream, layer, t);
}

/** Goes on from a number that does not lie under the curve for certain. */
export function besideLayer(stream: i32, layer: i32, t: f64): f64 {
  const x = getI(stream, D_TABLES);
  // The tail is the distribution itself, further out.
  if (layer == 0) return getF(x, 1) + exponential(stream);
  const y = x + ((LAYERS + 1) << 3);
  const under = getF(y, layer);
  const height = under + uniform(stream) * (getF(y, layer + 1) - under);
  return height < exp(-t) ? t : exponential(stream);
}
