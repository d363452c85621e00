import type { PhaseSink } from '../draft.js';
import { catalyticDecay, crossGrowth } from '../flows.js';
import { annihilate, product, tripleProduct } from '../modules.js';
import type { NeuralCrnSettings } from '../options.js';
import type { ReactionSink } from '../reactions.js';
import { pull, reversedFlow } from './flow.js';
import type { StagedParts } from './parts.js';
import { publishedAdjoint } from './published.js';

/**
 * Stage 5, in reversed time s = T − t: the adjoint flows by the node's Jacobian, and gradients accumulate.
 * ```
 * exact      dz/ds = −f(z)     da/ds = a·∂f/∂z(z(t))     dg/ds = a·∂f/∂θ(z(t))      Z runs back beside A
 * frozen     z stays           da/ds = a·∂f/∂z(z(T))     dg/ds = a·∂f/∂θ(z(T))      A leaks, Z is a catalyst
 * constant   z stays           a stays                   dg/ds = a·∂f/∂θ(z(T))      gradient lines alone
 * ```
 * With a(0) = Σₖ eₖWₖᵢ that makes gᵢⱼ = a(0)·Fᵢ·xⱼ, Fᵢ = ∫ exp(−∫ J) as the circuit's options say.
 */
export function backwardFlow(sink: PhaseSink, settings: NeuralCrnSettings, parts: StagedParts): void {
  const { adjoint, staged } = settings;
  const published = staged?.backward === 'published';
  if (adjoint === 'exact') reversedFlow(sink, settings, parts);
  // The published frozen adjoint does not hold Z: its drives run backwards, with nothing that annihilates.
  if (adjoint === 'frozen' && published) pull(sink, settings, parts, -1);
  if (adjoint !== 'constant') {
    if (published) publishedAdjoint(sink, settings, parts);
    else adjointFlow(sink, settings, parts);
  }
  gradients(sink, settings, parts);
}

/**
 * The adjoint under the node's Jacobian.
 * ```
 * quadratic  da/ds = −2κ|z|·a          A^s + Z^t -> Z^t (2κ)
 * cubic      da/ds = −3κz²·a           A^s + 2 Z^t -> 2 Z^t (3κ)    A^s + Z+ + Z− -> 2 A^s + Z+ + Z− (6κ)
 * relu       da/ds = (u + β − 2κ|z|)·a     A^s + P^t + X^v -> A^{s·t·v} + A + P + X    A^s + B^t -> A^{s·t} + A + B
 *                                          A^s + Z^t -> Z^t (2κ)
 * recurrent  daⱼ/ds = Σᵢ aᵢθᵢⱼ         A[i]^s + P[i,j]^t -> A[j]^{s·t} + A + P
 * ```
 * An adjoint that decays by being turned into its opposite (as the authors have it) has the same law, but its rails grow.
 */
function adjointFlow(sink: ReactionSink, settings: NeuralCrnSettings, parts: StagedParts): void {
  const { dynamics, wiring, adjoint } = settings;
  const { A, B, X, Z, edges, read } = parts;
  if (wiring === 'recurrent') {
    edges.forEach(({ node, input, index }, e) => {
      product(sink, { name: 'adjointFlow', index }, A[node], read[e], A[input], 1);
    });
    return;
  }
  if (dynamics === 'linear') return;
  if (dynamics === 'relu') {
    edges.forEach(({ node, input, index }, e) => {
      tripleProduct(sink, { name: 'adjointDrive', index }, [A[node], read[e], X[input]], A[node], 1);
    });
  }
  A.forEach((a, i) => {
    const at = (name: string) => ({ name, index: [i + 1] });
    if (dynamics === 'relu') product(sink, at('adjointBias'), a, B[i], a, 1);
    if (dynamics !== 'cubic') catalyticDecay(sink, at('adjointLeak'), a, Z[i], 1, '2 * kappa');
    else {
      catalyticDecay(sink, at('adjointLeak'), a, Z[i], 2, '3 * kappa');
      crossGrowth(sink, at('adjointMixed'), a, Z[i], '6 * kappa');
    }
    // The law needs it nowhere; the authors have it here, and sizes are compared.
    if (dynamics === 'cubic' || (dynamics === 'quadratic' && adjoint === 'frozen')) {
      annihilate(sink, at('annihilateA'), a, 'kann');
    }
  });
}

/**
 * ```
 * dgᵢⱼ/ds = aᵢ·xⱼ       A[i]^s + X[j]^t -> G[i,j]^{s·t} + A + X       (recurrent: Z[j] in place of X[j])
 * relu       aᵢ·zᵢ·xⱼ   A^s + Z^t + X^v -> G^{s·t·v} + A + Z + X      dvᵢ/ds = aᵢ·zᵢ   A^s + Z^t -> V^{s·t} + A + Z
 * ```
 */
function gradients(
  sink: ReactionSink,
  { dynamics }: NeuralCrnSettings,
  { A, G, V, X, Z, edges }: StagedParts,
): void {
  edges.forEach(({ node, input, index }, e) => {
    const label = { name: 'gradient', index };
    if (dynamics === 'relu') tripleProduct(sink, label, [A[node], Z[node], X[input]], G[e], 1);
    else product(sink, label, A[node], X[input], G[e], 1);
  });
  V.forEach((v, i) => {
    product(sink, { name: 'gradientB', index: [i + 1] }, A[i], Z[i], v, 1);
  });
}
