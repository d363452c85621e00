import { power } from '../network/power.js';
import type { Draft } from './draft.js';
import { checkReach, handBack, leak, leakyParams, settle } from './leaky.js';
import { clear, copy, transfer } from './modules.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual } from './rails.js';

/**
 * Frozen-Jacobian adjoint: what a node's adjoint would be after a backward pass of length T with the Jacobian held at
 * z(T). A phase that only relaxes cannot time such a pass, but a chain can: K stages are left one after the other, and
 * the time that takes has mean T/σ and spread T/(σ√K). As in the leaky circuit all is σ times faster than phase 1.
 * ```
 * phase 1   Z[i]^s -> O^s + Z[i]^s (kr)    O^s -> ∅ (kr)
 * phase 2   O^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> A[1,1]^s + … + A[m,1]^s (ka)
 *           A[i,1]^s -> A[i,2]^s -> … -> A[i,K]^s -> ∅ (Kσ/T)    A[i,k]^s + Z[i]^t -> Z[i]^t (2κσ; cubic: 2 Z, 3κσ)
 *           A[i,k]^s -> A[i,k]^s + B[i]^s (kb)    B[i]^s -> ∅ (kb)             B follows Σₖ A[i,k]
 *           B[i]^s + X[j]^t -> G[i,j]^{s·t} + B + X (kg = σ)    G -> P (k1)    G -> ∅ (k2)
 *           Z^s -> ∅ (kz)    X^s -> ∅ (kx)
 * always    Z, E, B, P: opposite rails annihilate
 * ```
 * Law: Δθᵢⱼ = −rate·e·xⱼ·F up to O(1/σ), F = (1 − (1 + J·T/K)^{−K})/J with J = Jᵢ(zᵢ(T)): the area under all stages. It
 * tends to (1 − e^{−J·T})/J as K grows, by about ½J²T²·e^{−J·T}/K; K = 1 is the leaky law. k1 makes the step exact at
 * J = 0, the decay of X meanwhile included.
 *
 * Nagipogu & Reif drop only the variation of z along the backward pass in this way, with a pass of its own; the chain
 * in place of a clock is ours.
 */
export function frozenAdjoint(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, constants } = settings;
  const { sigma, kf, ka, kb, kx } = constants;
  const stages = settings.stages as number;
  const pace = (stages * sigma) / horizon;
  const stay = (1 - power(pace / (pace + kx), stages)) / kx;
  checkReach(settings, sigma * stay * (kf / (kf + kx)) * (ka / (ka + kx)) * (kb / (kb + kx)));
  leakyParams(draft, settings);
  draft.params({
    K: stages,
    pace: 'K * sigma / T',
    stay: '(1 - (pace / (pace + kx))^K) / kx',
    k1: 'LR * T * (kf + kx) * (ka + kx) * (kb + kx) / (sigma * stay * kf * ka * kb)',
    k2: '1 - k1',
  });
  const { Z } = parts;
  const A = Z.map((_, i) => each(stages, (k) => dual(`A[${i + 1},${k}]`)));
  const B = each(Z.length, (i) => dual(`B[${i}]`));
  const E = handBack(
    draft,
    settings,
    parts,
    A.map(([first]) => first),
  );
  A.forEach((chain, i) => {
    chain.forEach((a, k) => {
      const at = (name: string) => ({ name, index: [i + 1, k + 1] });
      if (k + 1 < stages) transfer(draft.learn, at('adjointStage'), a, chain[k + 1], 'pace');
      else clear(draft.learn, at('adjointFade'), a, 'pace');
      leak(draft, settings, at('adjointLeak'), a, Z[i]);
      copy(draft.learn, at('adjointSum'), a, B[i], 'kb');
    });
    clear(draft.learn, { name: 'sumFade', index: [i + 1] }, B[i], 'kb');
  });
  return settle(draft, settings, parts, E, B);
}
