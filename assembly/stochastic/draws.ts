/** Random numbers of a stream: uniform and exponential. Both engines give the same bits. */
import { fillWords } from '../blocks';
import { exp } from '../math';
import { getF, getI, setI } from '../memory';
import { D_NEXT, D_TABLES, D_WORDS, DRAWN, LAYERS } from './layout';

const TWO26: f64 = 67108864.0;
const TO_UNIT: f64 = 1.1102230246251565e-16; // 2^-53

/** Takes two words; the place of the first. */
function take(stream: i32): i32 {
  let at = getI(stream, D_NEXT);
  if (at == DRAWN) {
    fillWords(stream);
    at = 0;
  }
  setI(stream, D_NEXT, at + 2);
  return D_WORDS + at;
}

/** Uniform in [0, 1): every multiple of 2^-53 is as likely. */
export function uniform(stream: i32): f64 {
  const at = take(stream);
  return (f64(getI(stream, at) >>> 5) * TWO26 + f64(getI(stream, at + 1) >>> 6)) * TO_UNIT;
}

/**
 * Exponential with mean 1, by the ziggurat method (Marsaglia & Tsang 2000). The layer comes from bits that the number
 * itself has no room for.
 */
export function exponential(stream: i32): f64 {
  const x = getI(stream, D_TABLES);
  const y = x + ((LAYERS + 1) << 3);
  let whole: f64 = 0.0;
  while (true) {
    const at = take(stream);
    const high = getI(stream, at);
    const low = getI(stream, at + 1);
    const layer = ((high & 31) << 3) | (low & 7);
    const t = (f64(high >>> 5) * TWO26 + f64(low >>> 6)) * TO_UNIT * getF(x, layer);
    if (t < getF(x, layer + 1)) return whole + t;
    if (layer == 0) {
      // The tail is the distribution itself, further out.
      whole += getF(x, 1);
      continue;
    }
    const under = getF(y, layer);
    if (under + uniform(stream) * (getF(y, layer + 1) - under) < exp(-t)) return whole + t;
  }
}
