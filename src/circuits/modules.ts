/**
 * Reusable pieces of chemistry. Each adds labelled reactions to a network and states the law that the signals then
 * obey, with `a`, `b`, … for the signed values of the signals `A`, `B`, … and rate = k·∏ concentrations (no
 * factorials).
 *
 * Labels are `name[index]`; for dual-rail operands the index ends in their rails, `p` or `n`, in the order of the
 * reactants: `forward[2,pn]` is `P[2]+ + X[2]- -> …`. A module named `name` is switched on in a phase by
 * {@link family}.
 */
import type { ConstantInput } from '../network/index.js';
import { railOf, rails, type Signal, signProduct } from './rails.js';
import { addReaction as add, labelOf, type ModuleLabel, type ReactionSink } from './reactions.js';

export type { ModuleLabel, ReactionSink };

/**
 * Product: a·b accumulates in C, both factors stay, with its sign kept (`sign` = 1) or turned (−1).
 * ```
 * A^s + B^t -> C^{±s·t} + A^s + B^t   (k)       dc/dt = ±k·a·b
 * ```
 * Turned, and into a weight, it writes a step against a gradient: A + X -> P^{−} + A + X. 4 reactions when both factors have two rails, 2 when one has, else 1.
 */
export function product(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  b: Signal,
  into: Signal,
  k: ConstantInput,
  sign: 1 | -1 = 1,
): void {
  for (const p of rails(a)) {
    for (const q of rails(b)) {
      const result = railOf(into, signProduct(sign, signProduct(p.sign, q.sign)));
      add(sink, labelOf(label, p, q), [p.species, q.species], [result, p.species, q.species], k);
    }
  }
}

/**
 * Product of three: a·b·c accumulates in D, all factors stay, with its sign kept (`sign` = 1) or turned (−1). D may be
 * one of the factors, which then flows by itself.
 * ```
 * A^s + B^t + C^u -> D^{±s·t·u} + A^s + B^t + C^u   (k)       dd/dt = ±k·a·b·c
 * ```
 * Trimolecular; 8 reactions when all factors have two rails.
 */
export function tripleProduct(
  sink: ReactionSink,
  label: ModuleLabel,
  [a, b, c]: readonly [Signal, Signal, Signal],
  into: Signal,
  k: ConstantInput,
  sign: 1 | -1 = 1,
): void {
  for (const p of rails(a)) {
    for (const q of rails(b)) {
      for (const r of rails(c)) {
        const result = railOf(into, signProduct(sign, signProduct(p.sign, signProduct(q.sign, r.sign))));
        const held = [p.species, q.species, r.species];
        add(sink, labelOf(label, p, q, r), held, [result, ...held], k);
      }
    }
  }
}

/**
 * Copy: A is produced into C at a constant pace and stays. With a sink on C it makes a scaled copy; without, a drift.
 * ```
 * A^s -> C^s + A^s   (k)                        dc/dt = k·a
 * ```
 */
export function copy(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  into: Signal,
  k: ConstantInput,
): void {
  for (const p of rails(a)) {
    add(sink, labelOf(label, p), [p.species], [railOf(into, p.sign), p.species], k);
  }
}

/**
 * Transfer: A turns into C, with its sign kept (`sign` = 1) or turned (−1). Several transfers into one C add up, so
 * this is also the sum (+1) and the difference (−1).
 * ```
 * A^s -> C^{±s}   (k)                           da/dt = −k·a,  dc/dt = ±k·a
 * ```
 */
export function transfer(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  into: Signal,
  k: ConstantInput,
  sign: 1 | -1 = 1,
): void {
  for (const p of rails(a)) {
    add(sink, labelOf(label, p), [p.species], [railOf(into, signProduct(p.sign, sign))], k);
  }
}

/**
 * Clean-up: A dies out.
 * ```
 * A^s -> ∅   (k)                                da/dt = −k·a
 * ```
 */
export function clear(sink: ReactionSink, label: ModuleLabel, a: Signal, k: ConstantInput): void {
  for (const p of rails(a)) add(sink, labelOf(label, p), [p.species], [], k);
}

/**
 * Annihilation: the two rails of A remove each other, so that one of them is nearly empty; a does not change.
 * ```
 * A+ + A- -> ∅   (k)                            da/dt = 0
 * ```
 */
export function annihilate(sink: ReactionSink, label: ModuleLabel, a: Signal, k: ConstantInput): void {
  add(sink, labelOf(label), [a.plus, railOf(a, -1)], [], k);
}

/**
 * Update: an accumulated gradient G is turned, by the part k1/(k1 + k2), into a change of the weight W against it;
 * the rest is discarded.
 * ```
 * G^s -> W^{−s}  (k1)      G^s -> ∅  (k2)       Δw = −g·k1/(k1 + k2) once G has died out
 * ```
 * @param discard label of the reactions that discard
 */
export function update(
  sink: ReactionSink,
  label: ModuleLabel,
  discard: ModuleLabel,
  gradient: Signal,
  weight: Signal,
  k1: ConstantInput,
  k2: ConstantInput,
): void {
  transfer(sink, label, gradient, weight, k1, -1);
  clear(sink, discard, gradient, k2);
}

/** Every reaction of a module called `name`, for a phase's list of active labels: `name`, or `name[*]` if indexed. */
export function family(name: string, indexed: boolean): string {
  return indexed ? `${name}[*]` : name;
}
