/**
 * Modules that make a state flow: what a node, its sensitivity or an adjoint does by itself or under a catalyst. Same
 * conventions as the other modules: `a`, `b`, … are signed values, rate = k·∏ concentrations, no factorials.
 */
import type { ConstantInput } from '../network/index.js';
import { railOf, rails, type Sign, type Signal, signProduct } from './rails.js';
import { addReaction, labelOf, type ModuleLabel, type ReactionSink } from './reactions.js';

/** A rail's molecules react with each other, and `change` more of them come out than went in. */
const onItself =
  (change: 1 | -1) =>
  (sink: ReactionSink, label: ModuleLabel, z: Signal, power: 2 | 3, k: ConstantInput): void => {
    for (const p of rails(z)) {
      const molecules = (count: number) => new Array<string>(count).fill(p.species);
      addReaction(sink, labelOf(label, p), molecules(power), molecules(power + change), k);
    }
  };

/**
 * Self-decay: each rail decays on itself.
 * ```
 * 2 Z^s -> Z^s     (k, power 2)                 dz/dt = −k·z·|z|
 * 3 Z^s -> 2 Z^s   (k, power 3)                 dz/dt = −k·z³
 * ```
 * The laws hold while one rail is empty, so a dual-rail Z must be annihilated fast; {@link crossDecay} removes that
 * condition for the cube.
 */
export const selfDecay = onItself(-1);

/**
 * The mixed terms of a cube: with self-decay of power 3 at k, dz/dt = −k·([Z+] − [Z−])³ whatever both rails hold.
 * ```
 * 2 Z^s + Z^{−s} -> 2 Z^s   (3k)                adds 3k·[Z+][Z−]·z to dz/dt
 * ```
 */
export function crossDecay(sink: ReactionSink, label: ModuleLabel, z: Signal, k3: ConstantInput): void {
  for (const p of rails(z)) {
    const other = railOf(z, signProduct(p.sign, -1));
    addReaction(sink, labelOf(label, p), [p.species, p.species, other], [p.species, p.species], k3);
  }
}

/**
 * Self-growth: {@link selfDecay} run backwards in time.
 * ```
 * 2 Z^s -> 3 Z^s   (k, power 2)                 dz/dt = k·z·|z|
 * 3 Z^s -> 4 Z^s   (k, power 3)                 dz/dt = k·z³
 * ```
 * While one rail is empty; it blows up in a time of order 1/(k·|z|^{power−1}).
 */
export const selfGrowth = onItself(1);

/**
 * The mixed terms of a cube run backwards: with self-growth of power 3 at k, dz/dt = k·([Z+] − [Z−])³ whatever both
 * rails hold.
 * ```
 * 2 Z^s + Z^{−s} -> Z^s + Z^{−s}   (3k)         adds −3k·[Z+][Z−]·z to dz/dt
 * ```
 */
export function crossLoss(sink: ReactionSink, label: ModuleLabel, z: Signal, k3: ConstantInput): void {
  for (const p of rails(z)) {
    const other = railOf(z, signProduct(p.sign, -1));
    addReaction(sink, labelOf(label, p), [p.species, p.species, other], [p.species, other], k3);
  }
}

/**
 * Catalytic decay: B removes A, with either sign of b. A kinetic gate: what it leaves of A falls with |b|.
 * ```
 * A^s + B^t -> B^t       (k, molecules 1)       da/dt = −k·|b|·a
 * A^s + 2 B^t -> 2 B^t   (k, molecules 2)       da/dt = −k·b²·a
 * ```
 * (|b| and b² while one rail of B is empty.)
 */
export function catalyticDecay(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  b: Signal,
  molecules: 1 | 2,
  k: ConstantInput,
): void {
  for (const p of rails(a)) {
    for (const q of rails(b)) {
      const catalyst = new Array<string>(molecules).fill(q.species);
      addReaction(sink, labelOf(label, p, q), [p.species, ...catalyst], catalyst, k);
    }
  }
}

/**
 * The mixed term that {@link catalyticDecay} with two molecules lacks: together da/dt = −k·([B+] − [B−])²·a exactly.
 * ```
 * A^s + B+ + B− -> 2 A^s + B+ + B−   (2k)       da/dt = +2k·[B+][B−]·a
 * ```
 */
export function crossGrowth(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  b: Signal,
  k2: ConstantInput,
): void {
  const both = [b.plus, railOf(b, -1)];
  for (const p of rails(a)) {
    addReaction(sink, labelOf(label, p), [p.species, ...both], [p.species, p.species, ...both], k2);
  }
}

/**
 * Catalytic growth: A multiplies or dies by the sign of U. A has one rail.
 * ```
 * A + U+ -> 2 A + U+     A + U− -> U−   (k)     da/dt = k·u·a
 * ```
 */
export function growth(sink: ReactionSink, label: ModuleLabel, a: Signal, u: Signal, k: ConstantInput): void {
  for (const q of rails(u)) {
    const products = q.sign === 1 ? [a.plus, a.plus, q.species] : [q.species];
    addReaction(sink, labelOf(label, q), [a.plus, q.species], products, k);
  }
}

/**
 * Source: C is produced at a constant pace, from nothing or under a catalyst (a switch, a fuel) that stays.
 * ```
 * ∅ -> C   (k)                                  dc/dt = k
 * Λ -> C + Λ   (k)                              dc/dt = k·[Λ]
 * ```
 */
export function source(
  sink: ReactionSink,
  label: ModuleLabel,
  into: Signal,
  k: ConstantInput,
  catalyst?: Signal,
): void {
  const held = catalyst ? [catalyst.plus] : [];
  addReaction(sink, labelOf(label), held, [into.plus, ...held], k);
}

/** One of several receivers, and the sign with which it receives. */
export interface Branch {
  signal: Signal;
  sign: Sign;
}

/**
 * Fan-out: A turns into every receiver at once, each with its own sign; one reaction a rail. With `keep`, A stays and
 * the receivers grow instead (a sum with signs, when several A feed one receiver).
 * ```
 * A^s -> C1^{±s} + C2^{±s} + …   (k)            dcᵢ/dt = ±k·a,  da/dt = −k·a  (0 if kept)
 * ```
 */
export function fanOut(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  branches: readonly Branch[],
  k: ConstantInput,
  options: { keep?: boolean } = {},
): void {
  for (const p of rails(a)) {
    const made = branches.map(({ signal, sign }) => railOf(signal, signProduct(p.sign, sign)));
    addReaction(sink, labelOf(label, p), [p.species], options.keep ? [...made, p.species] : made, k);
  }
}

/**
 * Gated fan-out: the rail of A that contradicts the gate G turns into the receivers, for as long as G is there; the
 * other rail of A stays untouched.
 * ```
 * A^{−s} + G^s -> G^s + C1^{∓s} + C2^{∓s} + …   (k)
 * ```
 * With A = ŷ − y and G made from a label of ±1 this lets only max(0, 1 − y·ŷ) pass: the slope of a squared hinge.
 */
export function contradict(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  gate: Signal,
  branches: readonly Branch[],
  k: ConstantInput,
): void {
  for (const g of rails(gate)) {
    const sign = signProduct(g.sign, -1);
    const made = branches.map((branch) => railOf(branch.signal, signProduct(sign, branch.sign)));
    addReaction(sink, labelOf(label, g), [railOf(a, sign), g.species], [g.species, ...made], k);
  }
}

/**
 * Catalysed transfer: A turns into C, with its sign kept or turned, as fast as there is catalyst.
 * ```
 * A^s + L -> C^{±s} + L   (k)                   da/dt = −k·[L]·a,  dc/dt = ±k·[L]·a
 * ```
 */
export function gatedTransfer(
  sink: ReactionSink,
  label: ModuleLabel,
  a: Signal,
  into: Signal,
  catalyst: Signal,
  k: ConstantInput,
  sign: Sign = 1,
): void {
  for (const p of rails(a)) {
    const made = railOf(into, signProduct(p.sign, sign));
    addReaction(sink, labelOf(label, p), [p.species, catalyst.plus], [made, catalyst.plus], k);
  }
}
