import type { PhasedDraft } from '../draft.js';
import { gatedTransfer, growth, source } from '../flows.js';
import { neurons, place } from '../layered/parts.js';
import { annihilate, clear, product, transfer } from '../modules.js';
import type { ReactionSink } from '../reactions.js';
import { type BfcnnParts, FIXED } from './parts.js';

/**
 * The sigmoid of every neuron, which runs all the time. M is spent at k, so that E grows by e to its integral, and A is
 * the part E/(1 + E) of A + Q = 1:
 * ```
 * M+ + E -> M+ + 2 E    M− + E -> M−    M^s -> ∅        dE/dt = k·m·E
 * Q + E -> A + E        A -> Q                          a → e^z/(1 + e^z)
 * A + Q -> A + Q + G    G -> ∅                          g → a(1 − a), the slope
 * ```
 * all at k. The rails of N, V, Z and W annihilate all the time, too.
 */
export function sigmoids(draft: PhasedDraft, parts: BfcnnParts): void {
  const { always } = draft;
  const { A, E, G, M, N, Q, V, Z } = parts;
  for (const at of neurons(parts)) {
    const index = place(at);
    const a = A(at.layer, at.neuron, at.copy);
    clear(always, { name: 'spendM', index }, M(at), 'k');
    growth(always, { name: 'grow', index }, E(at), M(at), 'k');
    gatedTransfer(always, { name: 'rise', index }, Q(at), a, E(at), 'k');
    transfer(always, { name: 'fall', index }, a, Q(at), 'k');
    product(always, { name: 'slope', index }, a, Q(at), G(at), 'k');
    clear(always, { name: 'fadeG', index }, G(at), 'k');
    annihilate(always, { name: 'cancelN', index }, N(at), 'kann');
    annihilate(always, { name: 'cancelV', index }, V(at), 'kann');
    annihilate(always, { name: 'cancelZ', index }, Z(at), 'kann');
    draft.declare(E(at).plus, 1);
    draft.declare(a.plus, 0.5);
    draft.declare(Q(at).plus, 0.5);
  }
}

/** Reset, in phase load: E → 1 and with it A → ½, whatever they were. `Fix -> E + Fix, E -> ∅` at k. */
export function resetSigmoids(sink: ReactionSink, parts: BfcnnParts): void {
  for (const at of neurons(parts)) {
    source(sink, { name: 'refill', index: place(at) }, parts.E(at), 'k', FIXED);
    clear(sink, { name: 'fadeE', index: place(at) }, parts.E(at), 'k');
  }
}

/** Activation of a layer: one transfer N -> M at k starts the cascade, which then runs by itself. */
export function activate(sink: ReactionSink, parts: BfcnnParts, layer: number): void {
  for (const at of neurons(parts, layer)) {
    transfer(sink, { name: `activate${layer}`, index: [at.neuron, at.copy] }, parts.N(at), parts.M(at), 'k');
  }
}
