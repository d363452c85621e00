/**
 * What the host has folded out of a phase, found once its unknowns stand in the state. A program is a record:
 *
 *     gains, pairs, members (counts)                      3 words and one of padding
 *     factor of each gain                                 doubles
 *     species, two held species, integral of each gain    4 words each
 *     both species of each pair                           2 words each
 *     decaying species and its shape                      2 words each
 *
 * Indices count the slots of the state.
 */
import { addProductsF, getF, getI, setF } from './memory';
import { U_BYTES, U_GAINS, U_MEMBERS, U_PAIRS } from './layout';

/** @param full the state vector of all species, what the folded phase has of its own, and a slot that holds 1 */
export function unfold(program: i32, full: i32): void {
  const gains = getI(program, U_GAINS);
  const factors = program + U_BYTES;
  const places = factors + (gains << 3);
  addProductsF(full, factors, places, gains);
  const pairs = places + (gains << 4);
  const pairWords = getI(program, U_PAIRS) << 1;
  for (let p: i32 = 0; p < pairWords; p += 2) {
    const one = getI(pairs, p);
    const other = getI(pairs, p + 1);
    const difference = getF(full, one) - getF(full, other);
    setF(full, one, Math.max(0.0, difference));
    setF(full, other, Math.max(0.0, -difference));
  }
  const members = pairs + (pairWords << 2);
  const memberWords = getI(program, U_MEMBERS) << 1;
  for (let m: i32 = 0; m < memberWords; m += 2) {
    const species = getI(members, m);
    setF(full, species, getF(full, species) * getF(full, getI(members, m + 1)));
  }
}
