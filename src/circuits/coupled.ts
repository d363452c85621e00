import type { Draft } from './draft.js';
import { burnFuel, exactParams, summedError, writeWeights } from './exact.js';
import { catalyticDecay, crossDecay, crossGrowth, source } from './flows.js';
import { clear, product } from './modules.js';
import { annihilateNodes, annihilateWeights, integrate } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual } from './rails.js';

/**
 * Nodes that feel each other through a fixed matrix R, dz/dt = Θx + Rz + h − (the law's decay), with the exact gradient
 * of Θ. The drives reach every node, so a sensitivity F[i,k] = ∂zᵢ/∂uₖ for every pair of nodes is made in phase 1.
 * ```
 * phase 1   R[i,l]^s + Z[l]^t -> Z[i]^{s·t} + R + Z (1), beside what `integrate` does
 *           ∅ -> F[k,k]+ (1)    R[i,l]^s + F[l,k]^t -> F[i,k]^{s·t} + R + F (1)
 *           F[i,k]^s + Z[i]^t -> Z[i]^t (2κ; cubic: 2 Z, 3κ)
 * phase 2   Z[i]^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> ∅ (kd)
 *           E^s + F[i,k]^t -> A[k]^{s·t} + E + F (ka)    A^s -> ∅ (kalpha)    F^s -> ∅ (kphi)
 *           A[k]^s + X[j]^t -> P[k,j]^{−s·t} + A + X (kg)    X^s -> ∅ (kx)
 * always    Z (kZ), P (kP): opposite rails annihilate
 * ```
 * Law: dFᵢₖ/dt = δᵢₖ + Σₗ RᵢₗFₗₖ − Jᵢ(zᵢ)·Fᵢₖ, so Δθₖⱼ = −Γ·e·(Σᵢ Fᵢₖ(T))·xⱼ with the Γ of the exact adjoint, set to the
 * rate. As there, quadratic nodes carry an error of order 1/kZ. These are the forward sensitivity (variational)
 * equations of the flow, as chemistry.
 */
export function coupledSensitivities(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { rate, hidden, dynamics, exactCubic } = settings;
  const coupling = settings.coupling as number[];
  exactParams(draft, settings);
  const { Z, edges } = parts;
  const fuel = burnFuel(draft, settings);
  integrate(draft, settings, parts);

  const grid = (name: string) =>
    Array.from({ length: hidden }, (_, i) => each(hidden, (k) => dual(`${name}[${i + 1},${k}]`)));
  const R = grid('R');
  const F = grid('F');
  const pairs = (visit: (i: number, k: number, index: [number, number]) => void) => {
    for (let i = 0; i < hidden; i++) for (let k = 0; k < hidden; k++) visit(i, k, [i + 1, k + 1]);
  };
  pairs((i, l, index) => {
    draft.fill(R[i][l], coupling[i * hidden + l]);
    product(draft.feed, { name: 'couple', index }, R[i][l], Z[l], Z[i], 1);
    for (let k = 0; k < hidden; k++) {
      product(draft.feed, { name: 'senseCouple', index: [...index, k + 1] }, R[i][l], F[l][k], F[i][k], 1);
    }
  });
  Z.forEach((z, i) => {
    source(draft.feed, { name: 'sense', index: [i + 1] }, F[i][i], 1, fuel ?? undefined);
    if (exactCubic) crossDecay(draft.feed, { name: 'decayMixed', index: [i + 1] }, z, '3 * kappa');
  });
  pairs((i, k, index) => {
    const decay = { name: 'senseDecay', index };
    if (dynamics === 'quadratic') catalyticDecay(draft.feed, decay, F[i][k], Z[i], 1, '2 * kappa');
    if (dynamics === 'cubic') catalyticDecay(draft.feed, decay, F[i][k], Z[i], 2, '3 * kappa');
    if (exactCubic) crossGrowth(draft.feed, { name: 'senseMixed', index }, F[i][k], Z[i], '6 * kappa');
  });

  const E = summedError(draft, parts);
  const A = each(hidden, (k) => dual(`A[${k}]`));
  pairs((i, k, index) => {
    product(draft.learn, { name: 'adjoint', index }, E, F[i][k], A[k], 'ka');
    clear(draft.learn, { name: 'clearF', index }, F[i][k], 'kphi');
  });
  writeWeights(draft, parts, A, []);

  annihilateNodes(draft, parts, 'kZ');
  annihilateWeights(draft, edges, 'kP');
  return {
    gamma: rate,
    readouts: [Z],
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' },
  };
}
