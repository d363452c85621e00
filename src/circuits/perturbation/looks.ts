import type { PhasedDraft } from '../draft.js';
import { catalyticDecay, gatedTransfer } from '../flows.js';
import { type Edge, edges, neurons, place, upTo } from '../layered/parts.js';
import { annihilate, clear, copy, product, transfer } from '../modules.js';
import { railOf, rails, turned } from '../rails.js';
import { addReaction, labelOf, type ReactionSink } from '../reactions.js';
import { BASE, LOSS, type PerturbationParts, passedBy, turnOf } from './parts.js';

const indexOf = ({ layer, neuron, input }: Edge): number[] => [layer, neuron, input];

/**
 * The weight whose turn it is counts δ more, without being touched:
 * ```
 * Turn[e] + A^s -> Turn[e] + A^s + N^s (k·δ)       Turn[e] -> Turn[e] + N+ (k·δ, a bias)
 * ```
 * In the phase of the layer's sum, so that its sum becomes Σ wa + δa.
 */
export function perturbed(sink: ReactionSink, parts: PerturbationParts, layer: number): void {
  const { A, N } = parts;
  edges(parts).forEach((edge, k) => {
    if (edge.layer !== layer) return;
    for (const b of upTo(parts.batch)) {
      const into = N({ layer, neuron: edge.neuron, copy: b });
      const label = { name: `perturb${layer}`, index: [...indexOf(edge).slice(1), b] };
      if (edge.input > 0) product(sink, label, turnOf(k + 1), A(layer - 1, edge.input, b), into, 'k*delta');
      else copy(sink, label, turnOf(k + 1), into, 'k*delta');
    }
  });
}

/**
 * The loss of a pass, in a phase of its own. At rest V = y − a, and L = Σ v² over outputs and copies, whatever the common part
 * of V's rails:
 * ```
 * D^s -> V^s + D    A^s -> V^{−s} + A    V^s -> ∅      2 V^s -> L+ + 2 V^s    V+ + V− -> L− + V+ + V− (2k)    L^s -> ∅
 * ```
 * at k where none is given.
 */
export function losses(sink: ReactionSink, parts: PerturbationParts): void {
  const { sizes, A, D, V } = parts;
  for (const at of neurons(parts, sizes.length - 1)) {
    const index = [at.neuron, at.copy];
    const v = V(at);
    copy(sink, { name: 'wanted', index }, D(at.neuron, at.copy), v, 'k');
    copy(sink, { name: 'given', index }, A(at.layer, at.neuron, at.copy), turned(v), 'k');
    clear(sink, { name: 'fadeV', index: place(at) }, v, 'k');
    for (const p of rails(v)) {
      addReaction(
        sink,
        labelOf({ name: 'square', index }, p),
        [p.species, p.species],
        [LOSS.plus, p.species, p.species],
        'k',
      );
    }
    const both = [v.plus, railOf(v, -1)];
    addReaction(sink, labelOf({ name: 'mixed', index }), both, [railOf(LOSS, -1), ...both], '2*k');
  }
  clear(sink, { name: 'fadeL', index: [] }, LOSS, 'k');
}

/**
 * What a look is worth, in a phase of its own, gated by whose turn it is. In nobody's the loss is remembered, in a weight's
 * compared; U → −(η/δ)·(L − L₀):
 * ```
 * L^s + Turn[0] -> L0^s + L + Turn[0]      L0^s + Turn[0] -> Turn[0]                                (k)
 * L^s + Turn[e] -> U^{−s} + L + Turn[e],   L0^s + Turn[e] -> U^s + L0 + Turn[e]                     (k·η/δ)
 * U^s + Turn[e] -> Turn[e]                                                                          (k)
 * ```
 */
export function comparisons(sink: ReactionSink, parts: PerturbationParts): void {
  product(sink, { name: 'remember', index: [] }, LOSS, turnOf(0), BASE, 'k');
  catalyticDecay(sink, { name: 'forget', index: [] }, BASE, turnOf(0), 1, 'k');
  edges(parts).forEach((edge, k) => {
    const index = indexOf(edge);
    const u = parts.U(edge);
    product(sink, { name: 'compare', index }, LOSS, turnOf(k + 1), u, 'k*eta/delta', -1);
    product(sink, { name: 'compareBase', index }, BASE, turnOf(k + 1), u, 'k*eta/delta');
    catalyticDecay(sink, { name: 'fadeU', index }, u, turnOf(k + 1), 1, 'k');
  });
}

/** The turn comes, in phase arrive: `Passed[e] -> Turn[e + 1]`, after the last nobody's. */
export function arrive(draft: PhasedDraft, sink: ReactionSink, parts: PerturbationParts): void {
  const count = edges(parts).length;
  for (let e = 0; e <= count; e++) {
    transfer(sink, { name: 'arrive', index: [e] }, passedBy(e), turnOf((e + 1) % (count + 1)), 'k');
  }
  draft.declare(passedBy(count).plus, 1);
}

/**
 * The turn goes, in phase leave: `Turn[e] -> Passed[e]`; and as the last weight's goes, all weights take their steps.
 * ```
 * U^s + Passed[M] -> W^s + Passed[M] (k)
 * ```
 */
export function leave(sink: ReactionSink, parts: PerturbationParts): void {
  const all = edges(parts);
  for (let e = 0; e <= all.length; e++)
    transfer(sink, { name: 'leave', index: [e] }, turnOf(e), passedBy(e), 'k');
  for (const edge of all) {
    gatedTransfer(
      sink,
      { name: 'learn', index: indexOf(edge) },
      parts.U(edge),
      parts.W(edge),
      passedBy(all.length),
      'k',
    );
  }
}

/** Rails that remove each other all the time. */
export function cancelRails(draft: PhasedDraft, parts: PerturbationParts): void {
  const { always } = draft;
  for (const at of neurons(parts, parts.sizes.length - 1)) {
    annihilate(always, { name: 'cancelV', index: place(at) }, parts.V(at), 'kann');
  }
  annihilate(always, { name: 'cancelL', index: [] }, LOSS, 'kann');
  annihilate(always, { name: 'cancelL0', index: [] }, BASE, 'kann');
  for (const edge of edges(parts)) {
    annihilate(always, { name: 'cancelW', index: indexOf(edge) }, parts.W(edge), 'kann');
    annihilate(always, { name: 'cancelU', index: indexOf(edge) }, parts.U(edge), 'kann');
  }
}
