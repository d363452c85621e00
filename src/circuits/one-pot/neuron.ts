import type { PhasedDraft } from '../draft.js';
import { gatedTransfer, growth, selfDecay, source } from '../flows.js';
import { neurons, place } from '../layered/parts.js';
import { annihilate, clear, product, transfer } from '../modules.js';
import type { OnePotParts } from './parts.js';

/**
 * Smooth rectifiers after Anderson, Joshi & Deshpande, that follow their sums z all the time:
 * ```
 * N+ + A -> N+ + 2 A    N− + A -> N−    ∅ -> A (k·h)    2 A -> A        da/dt = k(h + z·a − a²)
 * ```
 * at k where nothing is given. The only positive rest is a = (z + √(z² + 4h))/2, stable and reached from any start.
 */
export function smoothRectifiers(draft: PhasedDraft, parts: OnePotParts): void {
  const { always } = draft;
  for (const at of neurons(parts)) {
    const index = place(at);
    const a = parts.A(at.layer, at.neuron, at.copy);
    annihilate(always, { name: 'cancelN', index }, parts.N(at), 'kann');
    growth(always, { name: 'drive', index }, a, parts.N(at), 'k');
    source(always, { name: 'seep', index }, a, 'k*h');
    selfDecay(always, { name: 'crowd', index }, a, 2, 'k');
  }
}

/**
 * Their slopes da/dz = a²/(a² + h), the part G of G + Q = 1:
 * ```
 * 2 A -> 2 A + S    S -> ∅    Q + S -> G + S    G -> Q (k·h)        s → a²,  g → s/(s + h)
 * ```
 */
export function slopes(draft: PhasedDraft, parts: OnePotParts): void {
  const { always } = draft;
  for (const at of neurons(parts)) {
    const index = place(at);
    const a = parts.A(at.layer, at.neuron, at.copy);
    const [s, g, q] = [parts.S(at), parts.G(at), parts.Q(at)];
    product(always, { name: 'square', index }, a, a, s, 'k');
    clear(always, { name: 'fadeS', index }, s, 'k');
    gatedTransfer(always, { name: 'rise', index }, q, g, s, 'k');
    transfer(always, { name: 'fall', index }, g, q, 'k*h');
    draft.declare(q.plus, 1);
  }
}
