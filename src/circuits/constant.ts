import type { Draft } from './draft.js';
import { annihilate, clear, product, transfer, update } from './modules.js';
import { annihilateNodes, annihilateWeights, integrate } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import type { Learned, Parts } from './parts.js';
import { dual } from './rails.js';
import { type LearningConstants, updateConstants } from './rate.js';

/**
 * Constant adjoint: the whole learning phase knows of the nodes only what they sum up to.
 * ```
 * phase 2   Z[i]^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> ∅ (kd)
 *           E^s + X[j]^t -> G[i,j]^{s·t} + E^s + X[j]^t (kg)
 *           G^s -> P^{−s} (k1)    G^s -> ∅ (k2)    X^s -> ∅ (kx)
 * always    Z+ + Z− -> ∅, E+ + E− -> ∅, P+ + P− -> ∅ (ka)
 * ```
 * Law: Δθᵢⱼ = −Γ·e·xⱼ with Γ = k1/(k1 + k2)·kg·kf/((kf + kx)(kd + kx)), set to rate·T. With linear nodes that is the
 * exact gradient. Elsewhere it has the gradient's sign in every component, but all rows of a full matrix move alike.
 *
 * In the all-positive form the nodes share the output O, and P is written by G− alone while G+ makes the debt N.
 *
 * The adjoint held at its end, a(t) = a(T), is the first-order gradient of Nagipogu & Reif (arXiv 2409.00034, v4); the
 * phase that only relaxes is ours.
 */
export function constantAdjoint(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, learnTime, rate, rails } = settings;
  const constants = settings.constants as unknown as LearningConstants;
  const { gamma } = updateConstants(rate, horizon, constants);
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    kf: constants.kf,
    kd: constants.kd,
    kg: constants.kg,
    kx: constants.kx,
    ka: constants.annihilation,
    // Solved from the rate, so that changing LR or T in the text keeps Δθ = −LR·∂L/∂θ.
    k1: 'LR * T * (kf + kx) * (kd + kx) / (kg * kf)',
    k2: '1 - k1',
    ...(settings.kappa !== null && { kappa: settings.kappa }),
  });
  const { X, Y, Z, edges } = parts;
  integrate(draft, settings, parts);

  const E = dual('E');
  // E = ŷ − y: every node turns into error with its sign, the label with the opposite one.
  if (rails === 'positive') transfer(draft.learn, { name: 'readout', index: [] }, Z[0], E, 'kf');
  else
    Z.forEach((z, i) => {
      transfer(draft.learn, { name: 'readout', index: [i + 1] }, z, E, 'kf');
    });
  transfer(draft.learn, { name: 'target', index: [] }, Y[0], E, 'kf', -1);
  clear(draft.learn, { name: 'fade', index: [] }, E, 'kd');
  accumulate(
    draft,
    parts,
    edges.map(() => E),
    'gradient',
  );
  X.forEach((x, j) => {
    clear(draft.learn, { name: 'clearX', index: [j + 1] }, x, 'kx');
  });

  annihilateNodes(draft, parts, 'ka');
  annihilate(draft.always, { name: 'annihilateE', index: [] }, E, 'ka');
  annihilateWeights(draft, edges, 'ka');
  const output = rails === 'positive' ? [Z[0]] : Z;
  return { gamma, readouts: [output], reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' } };
}

/**
 * Gradients by way of a store: `S^s + X^t -> G^{s·t} + S^s + X^t (kg)`, then `G^s -> P^{−s} (k1)`, `G^s -> ∅ (k2)`.
 * @param signals the error signal of each edge's node
 */
export function accumulate(
  draft: Draft,
  { X, edges }: Parts,
  signals: readonly ReturnType<typeof dual>[],
  name: string,
): void {
  const G = edges.map(({ index }) => dual(`G[${index.join(',')}]`));
  edges.forEach(({ input, index }, e) => {
    product(draft.learn, { name, index }, signals[e], X[input], G[e], 'kg');
  });
  edges.forEach(({ index, weight }, e) => {
    update(draft.learn, { name: 'update', index }, { name: 'discard', index }, G[e], weight, 'k1', 'k2');
  });
}
