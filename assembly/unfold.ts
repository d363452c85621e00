/**
 * What species gain in a phase of which the host has folded them out, found once its unknowns stand in the state. A program is
 * a record:
 *
 *     number of gains, even                               1 word and one of padding
 *     factor of each gain                                 doubles
 *     species, two held species, integral of each gain    4 words each
 *
 * Indices count the slots of the state.
 */
import { addProductsF, getI } from './memory';
import { U_BYTES } from './layout';

/** @param full the state vector of all species, what the folded phase has of its own, and a slot that holds 1 */
export function unfold(program: i32, full: i32): void {
  const gains = getI(program, 0);
  const factors = program + U_BYTES;
  addProductsF(full, factors, factors + (gains << 3), gains);
}
