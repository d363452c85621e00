import { catalyticDecay, crossGrowth } from '../flows.js';
import { annihilate, product, tripleProduct } from '../modules.js';
import type { NeuralCrnSettings } from '../options.js';
import { type Rail, railOf, rails, type Signal, signProduct } from '../rails.js';
import { addReaction, labelOf, type ModuleLabel, type ReactionSink } from '../reactions.js';
import type { StagedParts } from './parts.js';

/**
 * The adjoint as the public simulation code of Nagipogu & Reif has it, in rates without factorials, for comparison.
 * ```
 * quadratic         A^s + Z^t -> A^{−s·t} + A^s + Z^t (2κ)         da/ds = −2κz·a: the Jacobian for z ≥ 0 only
 * quadratic, frozen A^s + Z^t -> Z^t (2κ)    A+ + A− -> ∅          da/ds = −2κ([Z+] + [Z−])·a, while the drives pull at Z
 * cubic             A^s + 2 Z^t -> A^{−s} + A^s + 2 Z^t (3κ)       da/ds = −3κz²·a while one rail of Z is empty
 *                   A^s + Z+ + Z− -> 2 A^s + Z+ + Z− (6κ), twice    A+ + A− -> ∅
 * relu              A^s + P^t + X^v -> A^{s·t·v} + A + P + X       da/ds = (u − 4κz)·a: twice the decay, no β
 *                   A^s + Z^t -> A^{−s·t} + A^s + Z^t (4κ)
 * ```
 */
export function publishedAdjoint(sink: ReactionSink, settings: NeuralCrnSettings, parts: StagedParts): void {
  const { dynamics, adjoint } = settings;
  const { A, X, Z, edges, read } = parts;
  if (dynamics === 'relu') {
    edges.forEach(({ node, input, index }, e) => {
      tripleProduct(sink, { name: 'adjointDrive', index }, [A[node], read[e], X[input]], A[node], 1);
    });
  }
  A.forEach((a, i) => {
    const at = (name: string) => ({ name, index: [i + 1] });
    if (dynamics === 'relu') product(sink, at('adjointLeak'), a, Z[i], a, '4 * kappa', -1);
    else if (dynamics === 'cubic') {
      turnBySquare(sink, at('adjointLeak'), a, Z[i], '3 * kappa');
      crossGrowth(sink, at('adjointMixed'), a, Z[i], '6 * kappa');
      crossGrowth(sink, at('adjointMixedAgain'), a, Z[i], '6 * kappa');
    } else if (adjoint === 'frozen') catalyticDecay(sink, at('adjointLeak'), a, Z[i], 1, '2 * kappa');
    else product(sink, at('adjointLeak'), a, Z[i], a, '2 * kappa', -1);
    if (dynamics === 'cubic' || adjoint === 'frozen') annihilate(sink, at('annihilateA'), a, 'kann');
  });
}

/** `A^s + 2 B^t -> A^{−s} + A^s + 2 B^t (k)`: da/dt = −k·([B+]² + [B−]²)·a, both rails of A growing. */
function turnBySquare(sink: ReactionSink, label: ModuleLabel, a: Signal, b: Signal, k: string): void {
  const opposite = (p: Rail) => railOf(a, signProduct(p.sign, -1));
  for (const p of rails(a)) {
    for (const q of rails(b)) {
      const held = [p.species, q.species, q.species];
      addReaction(sink, labelOf(label, p, q), held, [opposite(p), ...held], k);
    }
  }
}
