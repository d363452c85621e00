/**
 * Seeded random numbers that are the same on every host: 32-bit integer arithmetic, sums and comparisons only
 * (no `Math.log`, whose last bit differs between hosts).
 */

/** The whole state of a generator: four unsigned 32-bit words. Plain data; see {@link restoreRandom}. */
export type RandomState = [number, number, number, number];

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [from, to), 53 random bits. Default [0, 1). */
  uniform(from?: number, to?: number): number;
  /** Normal with the given mean and standard deviation. Default 0 and 1. */
  normal(mean?: number, deviation?: number): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Uniform integer in 0 … count−1, without modulo bias. `count` is 1 … 2³². */
  integer(count: number): number;
  /** Shuffles in place (Fisher & Yates, Durstenfeld's form) and returns the same array. */
  shuffle<T>(items: T[]): T[];
  /** A copy of the state, to continue later with {@link restoreRandom}. */
  state(): RandomState;
}

const TWO32 = 4294967296;
const TWO53 = 9007199254740992;

/**
 * Makes a generator from a seed.
 *
 * Streams of one seed are independent for practical purposes: data, starting weights and sample order each have
 * their own, so that asking for more of one never shifts another.
 *
 * @param seed an integer in 0 … 2⁵³−1
 * @param stream name of the stream
 * @throws RangeError when the seed is not such an integer
 */
export function createRandom(seed: number, stream = ''): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed must be an integer from 0 to 2^53 - 1, got ${seed}`);
  }
  // splitmix32 (finaliser constants of lowbias32 by C. Wellons) spreads neighbouring seeds over the whole state.
  let word = (seed >>> 0) ^ Math.imul(Math.floor(seed / TWO32), 0x85ebca6b) ^ hash(stream);
  const next = () => {
    word = (word + 0x9e3779b9) | 0;
    let z = word ^ (word >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return restoreRandom([next(), next(), next(), next()]);
}

/**
 * Continues a generator from its state: the next numbers are those the original would have given.
 *
 * The generator is xoshiro128** 1.1 (Blackman & Vigna 2018), period 2¹²⁸ − 1.
 *
 * @throws RangeError when the state is not four unsigned 32-bit words, or all zero
 */
export function restoreRandom(state: RandomState): Random {
  if (
    !Array.isArray(state) ||
    state.length !== 4 ||
    !state.every((word) => Number.isInteger(word) && word >= 0 && word < TWO32) ||
    state.every((word) => word === 0)
  ) {
    throw new RangeError(
      `a random state is four unsigned 32-bit integers, not all zero; got ${JSON.stringify(state)}`,
    );
  }
  let [a, b, c, d] = state;

  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };

  // Top 27 and 26 bits of two words: every multiple of 2⁻⁵³ in [0, 1) is equally likely.
  const unit = () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67108864 + low) / TWO53;
  };

  /**
   * Exponential with mean 1 by von Neumann's comparison game (1951): a run of falling uniforms of odd length
   * accepts its first member as the fraction; an even one adds 1. Exact, and free of logarithms.
   */
  const exponential = () => {
    for (let whole = 0; ; whole++) {
      const first = unit();
      let last = first;
      let length = 1;
      for (let u = unit(); u < last; u = unit()) {
        last = u;
        length++;
      }
      if (length % 2 === 1) return whole + first;
    }
  };

  const random: Random = {
    uniform: (from = 0, to = 1) => from + (to - from) * unit(),
    exponential,
    normal(mean = 0, deviation = 1) {
      // Half-normal from two exponentials by rejection: accept x when y > (x − 1)²/2 (Kahn; Devroye 1986, IV.2).
      for (;;) {
        const x = exponential();
        if (exponential() * 2 > (x - 1) * (x - 1)) return mean + deviation * (unit() < 0.5 ? -x : x);
      }
    },
    integer(count) {
      if (!Number.isInteger(count) || count < 1 || count > TWO32) {
        throw new RangeError(`count must be an integer from 1 to 2^32, got ${count}`);
      }
      // Words at or above the largest multiple of `count` are drawn again.
      const limit = TWO32 - (TWO32 % count);
      let word = next();
      while (word >= limit) word = next();
      return word % count;
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = random.integer(i + 1);
        const item = items[i];
        items[i] = items[j];
        items[j] = item;
      }
      return items;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
  return random;
}

/** 32-bit FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
