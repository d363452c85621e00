/**
 * The fold program's derivatives (`fold` in `kinetics.ts`): effective constants kₑ = Σ factor · k · ∏ heldᵒ by the raw
 * constants and the held species, forward and back.
 */
import { power, powerSlope } from '../kinetics';
import {
  P_FOLD_A_OFFSET,
  P_FOLD_B_OFFSET,
  P_FOLD_FACTOR_OFFSET,
  P_FOLD_MORE_ORDER_OFFSET,
  P_FOLD_MORE_SPECIES_OFFSET,
  P_FOLD_MORE_START_OFFSET,
  P_FOLD_RAW_OFFSET,
  P_FOLD_START_OFFSET,
  P_RAW_OFFSET,
  P_REACTIONS,
} from '../layout';
import { getF, getI, setF } from '../memory';
import { table } from '../problem';

/**
 * A held concentration's power in a folded constant. The slope of an order below 1 at 0 is infinite: nothing is held
 * there but what is never there.
 */
function heldPower(problem: i32, full: i32, m: i32): f64 {
  const species = getI(table(problem, P_FOLD_MORE_SPECIES_OFFSET), m);
  return power(getF(full, species), getF(table(problem, P_FOLD_MORE_ORDER_OFFSET), m));
}

function heldSlope(problem: i32, full: i32, m: i32): f64 {
  const species = getI(table(problem, P_FOLD_MORE_SPECIES_OFFSET), m);
  return powerSlope(getF(full, species), getF(table(problem, P_FOLD_MORE_ORDER_OFFSET), m), 0.0);
}

/**
 * Derivatives of the effective constants by one quantity.
 * @param full the state of all species, followed by a slot that holds 1
 * @param rawDots f64[RAW]: derivatives of the raw constants
 * @param fullDots those of the state, followed by a 0
 * @param out f64[REACTIONS]
 */
export function foldTangent(problem: i32, full: i32, rawDots: i32, fullDots: i32, out: i32): void {
  const raw = table(problem, P_RAW_OFFSET);
  const start = table(problem, P_FOLD_START_OFFSET);
  const which = table(problem, P_FOLD_RAW_OFFSET);
  const factor = table(problem, P_FOLD_FACTOR_OFFSET);
  const a = table(problem, P_FOLD_A_OFFSET);
  const b = table(problem, P_FOLD_B_OFFSET);
  const moreStart = table(problem, P_FOLD_MORE_START_OFFSET);
  const moreSpecies = table(problem, P_FOLD_MORE_SPECIES_OFFSET);
  const reactions = getI(problem, P_REACTIONS);
  let t: i32 = 0;
  for (let r: i32 = 0; r < reactions; r++) {
    const end = getI(start, r + 1);
    let sum: f64 = 0.0;
    for (; t < end; t++) {
      const k = getI(which, t);
      const p = getI(a, t);
      const q = getI(b, t);
      let value = getF(factor, t) * getF(raw, k);
      let dot = getF(factor, t) * getF(rawDots, k);
      dot = dot * getF(full, p) + value * getF(fullDots, p);
      value *= getF(full, p);
      dot = dot * getF(full, q) + value * getF(fullDots, q);
      value *= getF(full, q);
      const moreEnd = getI(moreStart, t + 1);
      for (let m = getI(moreStart, t); m < moreEnd; m++) {
        const change = getF(fullDots, getI(moreSpecies, m));
        const held = heldPower(problem, full, m);
        dot *= held;
        // A species that does not change may stand at 0, where the slope need not be finite.
        if (change != 0.0) dot += value * heldSlope(problem, full, m) * change;
        value *= held;
      }
      sum += dot;
    }
    setF(out, r, sum);
  }
}

/**
 * Adds what the cotangents of the effective constants come to for raw constants and held species.
 * @param ofConstants f64[REACTIONS]
 * @param ofRaw f64[RAW]
 * @param ofFull of the state of all species, and of the slot after them, which means nothing
 */
export function foldCotangent(problem: i32, full: i32, ofConstants: i32, ofRaw: i32, ofFull: i32): void {
  const raw = table(problem, P_RAW_OFFSET);
  const start = table(problem, P_FOLD_START_OFFSET);
  const which = table(problem, P_FOLD_RAW_OFFSET);
  const factor = table(problem, P_FOLD_FACTOR_OFFSET);
  const a = table(problem, P_FOLD_A_OFFSET);
  const b = table(problem, P_FOLD_B_OFFSET);
  const moreStart = table(problem, P_FOLD_MORE_START_OFFSET);
  const moreSpecies = table(problem, P_FOLD_MORE_SPECIES_OFFSET);
  const reactions = getI(problem, P_REACTIONS);
  let t: i32 = 0;
  for (let r: i32 = 0; r < reactions; r++) {
    const end = getI(start, r + 1);
    const weight = getF(ofConstants, r);
    for (; t < end; t++) {
      const k = getI(which, t);
      const p = getI(a, t);
      const q = getI(b, t);
      const moreBegin = getI(moreStart, t);
      const moreEnd = getI(moreStart, t + 1);
      const both = getF(full, p) * getF(full, q);
      const scaled = weight * getF(factor, t);
      let others: f64 = 1.0;
      for (let m = moreBegin; m < moreEnd; m++) others *= heldPower(problem, full, m);
      setF(ofRaw, k, getF(ofRaw, k) + scaled * both * others);
      const whole = scaled * getF(raw, k);
      // As above: where nothing follows from it, a slope at 0 need not be finite.
      if (whole == 0.0) continue;
      setF(ofFull, p, getF(ofFull, p) + whole * others * getF(full, q));
      setF(ofFull, q, getF(ofFull, q) + whole * others * getF(full, p));
      for (let by = moreBegin; by < moreEnd; by++) {
        let product = whole * both;
        for (let m = moreBegin; m < moreEnd; m++) {
          product *= m == by ? heldSlope(problem, full, m) : heldPower(problem, full, m);
        }
        const s = getI(moreSpecies, by);
        setF(ofFull, s, getF(ofFull, s) + product);
      }
    }
  }
}
