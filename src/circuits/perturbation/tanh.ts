import type { PhasedDraft } from '../draft.js';
import { gatedTransfer, growth, source } from '../flows.js';
import { neurons, place } from '../layered/parts.js';
import { annihilate, clear, transfer } from '../modules.js';
import { railOf, single } from '../rails.js';
import type { ReactionSink } from '../reactions.js';
import { FIXED, type PerturbationParts } from './parts.js';

/**
 * tanh of every neuron, which runs all the time: the sigmoid of a BFCNN at twice the exponent, of which both parts are rails.
 * ```
 * M+ + E -> M+ + 2 E    M− + E -> M−  (2k)      M^s -> ∅ (k)        e → exp(2z)
 * A− + E -> A+ + E      A+ -> A−       (k)                          a = (e − 1)/(e + 1) = tanh z
 * ```
 */
export function tanhs(draft: PhasedDraft, parts: PerturbationParts): void {
  const { always } = draft;
  const { A, E, M, N } = parts;
  for (const at of neurons(parts)) {
    const index = place(at);
    const a = A(at.layer, at.neuron, at.copy);
    const [plus, minus] = [single(a.plus), single(railOf(a, -1))];
    clear(always, { name: 'spendM', index }, M(at), 'k');
    growth(always, { name: 'grow', index }, E(at), M(at), '2*k');
    gatedTransfer(always, { name: 'rise', index }, minus, plus, E(at), 'k');
    transfer(always, { name: 'fall', index }, plus, minus, 'k');
    annihilate(always, { name: 'cancelN', index }, N(at), 'kann');
    draft.declare(E(at).plus, 1);
    draft.declare(plus.plus, 0.5);
    draft.declare(minus.plus, 0.5);
  }
}

/** Reset: E → 1 and with it a → 0, whatever they were. `Fix -> E + Fix, E -> ∅` at k. */
export function resetTanhs(sink: ReactionSink, parts: PerturbationParts): void {
  for (const at of neurons(parts)) {
    source(sink, { name: 'refill', index: place(at) }, parts.E(at), 'k', FIXED);
    clear(sink, { name: 'fadeE', index: place(at) }, parts.E(at), 'k');
  }
}

/** Activation of a layer: one transfer N -> M at k starts the cascade, which then runs by itself. */
export function activate(sink: ReactionSink, parts: PerturbationParts, layer: number): void {
  for (const at of neurons(parts, layer)) {
    transfer(sink, { name: `activate${layer}`, index: [at.neuron, at.copy] }, parts.N(at), parts.M(at), 'k');
  }
}
