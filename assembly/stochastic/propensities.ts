/** What a channel's propensity is at a state, and what its event changes. */
import { power } from '../kinetics';
import { getF, getI, setF, setI } from '../memory';
import { table } from '../problem';
import {
  C_A,
  C_B,
  C_BYTES,
  C_CHANGES,
  C_COEFFICIENT,
  C_LESS,
  NEGATIVE_NUMBER,
  Q_CHANNEL_OFFSET,
  Q_FACTOR_FALLS_OFFSET,
  Q_FACTOR_ORDER_OFFSET,
  Q_FACTOR_SPECIES_OFFSET,
  Q_FACTOR_START_OFFSET,
  Q_PAIR_END,
  Q_TERM_COEFFICIENT_OFFSET,
  Q_TERM_START_OFFSET,
  S_CHANGES,
  S_CHANNEL,
  S_CHANNELS,
  S_SPECIES,
  S_STATE,
  TOO_MANY,
  V_BYTES,
  V_SPECIES,
  V_VALUE,
} from './layout';

/** Up to here every whole number is a double. */
export const MOST: f64 = 9007199254740992.0; // 2^53
/** Terms that cancel to less than this part of their sizes cancel to 0: what is left is their rounding. */
const ROUNDING: f64 = 9.094947017729282e-13; // 2^-40

/** Propensity of a channel at the state n; NaN where its terms sum to less than 0. */
export function propensity(problem: i32, n: i32, channel: i32): f64 {
  return propensityIn(problem, table(problem, Q_CHANNEL_OFFSET), getI(problem, Q_PAIR_END), n, channel);
}

/** The same where the table of channels and the end of the pairs are at hand. */
export function propensityIn(problem: i32, channels: i32, pairs: i32, n: i32, channel: i32): f64 {
  if (channel >= pairs) return ofTerms(problem, n, channel - pairs);
  const one = channels + channel * C_BYTES;
  return getF(one, C_COEFFICIENT) * getF(n, getI(one, C_A)) * (getF(n, getI(one, C_B)) - getF(one, C_LESS));
}

/** The same for a channel after the pairs. */
function ofTerms(problem: i32, n: i32, general: i32): f64 {
  const terms = table(problem, Q_TERM_START_OFFSET);
  const coefficients = table(problem, Q_TERM_COEFFICIENT_OFFSET);
  const starts = table(problem, Q_FACTOR_START_OFFSET);
  const species = table(problem, Q_FACTOR_SPECIES_OFFSET);
  const orders = table(problem, Q_FACTOR_ORDER_OFFSET);
  const falls = table(problem, Q_FACTOR_FALLS_OFFSET);
  let sum: f64 = 0.0;
  let size: f64 = 0.0;
  const end = getI(terms, general + 1);
  for (let t = getI(terms, general); t < end; t++) {
    let value = getF(coefficients, t);
    for (let f = getI(starts, t); f < getI(starts, t + 1); f++) {
      const x = getF(n, getI(species, f));
      const order = getF(orders, f);
      if (getI(falls, f) == 0) value *= power(x, order);
      else for (let less: f64 = 0.0; less < order; less += 1.0) value *= x - less;
    }
    sum += value;
    size += Math.abs(value);
  }
  if (Math.abs(sum) <= ROUNDING * size) return 0.0;
  return sum < 0.0 ? 0.0 / 0.0 : sum;
}

/** Lets the event of a channel happen. @returns 0, or why it cannot, with the species to blame in the run's record */
export function fire(run: i32, channel: i32): i32 {
  const n = getI(run, S_STATE);
  const one = getI(run, S_CHANNELS) + channel * C_BYTES;
  const changes = getI(run, S_CHANGES);
  const first = changes + getI(one, C_CHANGES) * V_BYTES;
  const end = changes + getI(one + C_BYTES, C_CHANGES) * V_BYTES;
  for (let change = first; change < end; change += V_BYTES) {
    const s = getI(change, V_SPECIES);
    const next = getF(n, s) + getF(change, V_VALUE);
    if (!(next >= 0.0 && next <= MOST)) {
      // It does not happen at all.
      for (let done = first; done < change; done += V_BYTES) {
        const other = getI(done, V_SPECIES);
        setF(n, other, getF(n, other) - getF(done, V_VALUE));
      }
      setI(run, S_CHANNEL, channel);
      setI(run, S_SPECIES, s);
      return next < 0.0 ? NEGATIVE_NUMBER : TOO_MANY;
    }
    setF(n, s, next);
  }
  return 0;
}
