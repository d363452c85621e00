import type { PhasedDraft } from '../draft.js';
import { type LayeredParts, type Neuron, neurons, place } from '../layered/parts.js';
import { annihilate, clear } from '../modules.js';
import { dual, rails, type Signal } from '../rails.js';
import { addReaction, labelOf, type ReactionSink } from '../reactions.js';

/** The signals of a leaky-ReLU network: those of every layered one, and the sign of each neuron's sum. */
export interface LakinParts extends LayeredParts {
  /** H+ + H− = 1, all on the rail of z's sign. */
  H: (at: Neuron) => Signal;
}

export const signOf = (at: Neuron): Signal => dual(`H[${place(at).join(',')}]`);

/** Rails annihilate all the time; after a sum only the rail of its sign is left of N. */
export function cancelRails(draft: PhasedDraft, parts: LakinParts): void {
  for (const at of neurons(parts)) {
    for (const [letter, of] of Object.entries({ N: parts.N, V: parts.V, Z: parts.Z })) {
      annihilate(draft.always, { name: `cancel${letter}`, index: place(at) }, of(at), 'kann');
    }
    for (const rail of rails(parts.H(at))) draft.declare(rail.species, 0.5);
  }
}

/**
 * A layer's leaky rectifiers. At rest a = z for z > 0, else α·z, and H stands on the rail of the sign.
 * ```
 * N+ -> A+ + N+ (k)    N− -> A− + N− (k·α)    A^s -> ∅ (k)    N^s + H^{−s} -> N^s + H^s (kann)
 * ```
 * The sign is slow where z is nearly 0: it turns at kann·|z|.
 */
export function rectify(sink: ReactionSink, parts: LakinParts, layer: number): void {
  for (const at of neurons(parts, layer)) {
    const index = [at.neuron, at.copy];
    const a = parts.A(layer, at.neuron, at.copy);
    weighted(sink, { name: `rectify${layer}`, index }, parts.N(at), a);
    clear(sink, { name: `fadeA${layer}`, index }, a, 'k');
    const [plus, minus] = rails(parts.H(at));
    for (const [n, from, to] of [
      [rails(parts.N(at))[0], minus, plus],
      [rails(parts.N(at))[1], plus, minus],
    ]) {
      const label = labelOf({ name: `sign${layer}`, index }, n);
      addReaction(sink, label, [n.species, from.species], [n.species, to.species], 'kann');
    }
  }
}

/** A copy at k of the positive rail and at k·α of the negative one. */
function weighted(sink: ReactionSink, label: { name: string; index: number[] }, from: Signal, into: Signal) {
  const targets = rails(into);
  rails(from).forEach((rail, r) => {
    const rate = rail.sign === 1 ? 'k' : 'k*alpha';
    addReaction(sink, labelOf(label, rail), [rail.species], [targets[r].species, rail.species], rate);
  });
}

/**
 * ζ = v·1 or v·α by the sign that is remembered:
 * ```
 * V^s + H+ -> V^s + H+ + Z^s (k)      V^s + H− -> V^s + H− + Z^s (k·α)
 * ```
 */
export function slopedErrors(sink: ReactionSink, parts: LakinParts): void {
  for (const at of neurons(parts)) {
    const z = rails(parts.Z(at));
    rails(parts.V(at)).forEach((v, r) => {
      for (const h of rails(parts.H(at))) {
        const label = labelOf({ name: 'delta', index: place(at) }, v, h);
        const made = [v.species, h.species, z[r].species];
        addReaction(sink, label, [v.species, h.species], made, h.sign === 1 ? 'k' : 'k*alpha');
      }
    });
  }
}
