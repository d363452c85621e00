import { FUEL } from './circuit.js';
import type { Draft, PhaseSink } from './draft.js';
import { selfDecay } from './flows.js';
import { annihilate, clear, product, transfer } from './modules.js';

import { annihilateNodes, annihilateWeights, integrate, sensitivities } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual, type Signal, single } from './rails.js';

/**
 * Exact gradient with a summed read-out, without a backward pass: the sensitivities F of phase 1 wait for the error.
 * ```
 * phase 2   Z[i]^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> ∅ (kd)
 *           E^s + F[i] -> A[i]^s + E^s + F[i] (ka)    A[i]^s -> ∅ (kalpha)    F[i] -> ∅ (kphi)
 *           A[i]^s + X[j]^t -> P[i,j]^{−s·t} + A + X (kg)    X^s -> ∅ (kx)
 * always    Z+ + Z− -> ∅, E+ + E− -> ∅ (kZ)    P+ + P− -> ∅ (kP)
 * ```
 * Law: Δθᵢⱼ = −Γ·e·Fᵢ(T)·xⱼ with Γ = kg·ka·kf/((kalpha + kx)(kf + σ)(kd + σ)), σ = kx + kphi, set to the rate. Every
 * signal of phase 2 is a number times a shape that all nodes share, so the direction is that of the gradient whatever
 * the constants. The weights need no store G: they are read in phase 1 alone, so phase 2 may write them.
 *
 * Quadratic nodes carry an error of order 1/kZ from their half-empty rail; cubic ones none with `exactCubic`.
 *
 * Fᵢ(T) = ∫₀ᵀ ∂fᵢ/∂uᵢ·exp(−∫ₜᵀ Jᵢ) dt is the integral that the backward pass of Nagipogu & Reif computes; as the forward
 * equation dFᵢ/dt = ∂fᵢ/∂uᵢ − Jᵢ·Fᵢ (see `sensitivities`) it is ours.
 */
export function exactAdjoint(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  exactParams(draft, settings);
  const { Z, edges } = parts;
  const fuel = burnFuel(draft, settings);
  integrate(draft, settings, parts);
  const F = sensitivities(draft, settings, parts, fuel);

  const E = summedError(draft, parts);
  const A = each(Z.length, (i) => dual(`A[${i}]`));
  A.forEach((a, i) => {
    product(draft.learn, { name: 'adjoint', index: [i + 1] }, E, F[i], a, 'ka');
  });
  writeWeights(draft, parts, A, F);

  annihilateNodes(draft, parts, 'kZ');
  annihilate(draft.always, { name: 'annihilateE', index: [] }, E, 'kZ');
  annihilateWeights(draft, edges, 'kP');
  return {
    gamma: settings.rate,
    readouts: [Z],
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' },
  };
}

/** The numbers of an exact gradient with a summed read-out; kg is solved from the rate. */
export function exactParams(draft: Draft, settings: NeuralCrnSettings): void {
  const { horizon, learnTime, rate, constants, kappa } = settings;
  const { kf, ka, kd, kalpha, kx, kphi, kZ, kP } = constants;
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    kf,
    ka,
    kd,
    kalpha,
    kx,
    kphi,
    kg: 'LR * (kalpha + kx) * (kf + kx + kphi) * (kd + kx + kphi) / (ka * kf)',
    kZ,
    kP,
    ...(kappa !== null && { kappa }),
  });
}

/** The error ŷ − y of a summed read-out: `Z[i]^s -> E^s`, `Y^s -> E^{−s}` (kf), `E^s -> ∅` (kd). */
export function summedError(draft: Draft, { Y, Z }: Parts): Signal {
  const E = dual('E');
  Z.forEach((z, i) => {
    transfer(draft.learn, { name: 'readout', index: [i + 1] }, z, E, 'kf');
  });
  transfer(draft.learn, { name: 'target', index: [] }, Y[0], E, 'kf', -1);
  clear(draft.learn, { name: 'fade', index: [] }, E, 'kd');
  return E;
}

/**
 * `A -> ∅ (kalpha)`, `F -> ∅ (kphi)`, the step `A + X -> P^{−} + A + X (kg)`, and `X -> ∅ (kx)`.
 * @param sink where what A does runs; F and X go in phase 2 in any case
 */
export function writeWeights(
  draft: Draft,
  { X, edges }: Parts,
  A: readonly Signal[],
  F: readonly Signal[],
  sink: PhaseSink = draft.learn,
): void {
  A.forEach((a, i) => {
    clear(sink, { name: 'adjointFade', index: [i + 1] }, a, 'kalpha');
  });
  const distinct = [...new Set(F)];
  distinct.forEach((f, i) => {
    const index = distinct.length < F.length ? [] : [i + 1];
    clear(draft.learn, { name: 'clearF', index }, f, 'kphi');
  });
  for (const { node, input, index, weight } of edges) {
    product(sink, { name: 'write', index }, A[node], X[input], weight, 'kg', -1);
  }
  X.forEach((x, j) => {
    clear(draft.learn, { name: 'clearX', index: [j + 1] }, x, 'kx');
  });
}

/**
 * The fuel L of learning: it feeds the sensitivities, so that steps are proportional to it and none are made without.
 * `2 L -> L (1/(n₀·T2))` in phase 2 makes it 1/(1 + n/n₀) after n examples.
 */
export function burnFuel(draft: Draft, { fuel }: NeuralCrnSettings): Signal | null {
  if (fuel === false) return null;
  const L = single(FUEL);
  draft.fill(L, 1);
  if (fuel !== 'constant') {
    draft.params({ n0: fuel });
    selfDecay(draft.learn, { name: 'burn', index: [] }, L, 2, '1 / (n0 * T2)');
  }
  return L;
}
