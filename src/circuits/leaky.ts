import { accumulate } from './constant.js';
import type { Draft } from './draft.js';
import { catalyticDecay, fanOut } from './flows.js';
import { annihilate, clear, copy, transfer } from './modules.js';

import { annihilateNodes, annihilateWeights, integrate } from './nodes.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual } from './rails.js';
import { short } from './rate.js';
import type { NeuralCrnSettings } from './settings.js';

/**
 * Leaky adjoint, one per node: it leaks with the node's Jacobian at the end of phase 1, on a time scale σ times
 * shorter than phase 1, while Z and X hardly change.
 * ```
 * phase 1   Z[i]^s -> O^s + Z[i]^s (kr)    O^s -> ∅ (kr)                       O follows ŷ = Σ z
 * phase 2   O^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> A[1]^s + … + A[m]^s (ka)
 *           A[i]^s -> ∅ (σ/T)    A[i]^s + Z[i]^t -> Z[i]^t (2κσ)              cubic: A + 2 Z -> 2 Z (3κσ)
 *           A[i]^s + X[j]^t -> G[i,j]^{s·t} + A + X (kg = σ)    G -> P (k1)    G -> ∅ (k2)
 *           Z^s -> ∅ (kz)    X^s -> ∅ (kx)
 * always    Z, E, A, P: opposite rails annihilate
 * ```
 * Law: Δθᵢⱼ = −Γ′·e·xⱼ/(1 + T·Jᵢ(zᵢ(T))) up to O(1/σ), with Γ′ = k1·kg/(σ/T + kx)·kf/(kf + kx)·ka/(ka + kx) set to
 * rate·T: the rows of Θ get different steps, so classifiers learn where the constant adjoint cannot.
 */
export function leakyAdjoint(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, learnTime, rate, constants, dynamics } = settings;
  const { sigma, kf, ka, kr, kx, kz, annihilation } = constants;
  const gain = (sigma / (sigma / horizon + kx)) * (kf / (kf + kx)) * (ka / (ka + kx));
  const k1 = (rate * horizon) / gain;
  if (!(k1 < 1)) {
    throw new RangeError(
      `rate ${rate} is out of reach: it needs k1 = ${short(k1)}, and k1 must stay below 1. The rate must be below ` +
        `${short(gain / horizon)}; lower it, or raise sigma, kf and ka (at most 1/T is reached)`,
    );
  }
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    sigma,
    kf,
    ka,
    kr,
    kx,
    kz,
    kann: annihilation,
    kg: 'sigma',
    k1: 'LR * T * (sigma / T + kx) * (kf + kx) * (ka + kx) / (sigma * kf * ka)',
    k2: '1 - k1',
    kappa: settings.kappa as number,
  });
  const { X, Y, Z, edges } = parts;
  const O = dual('O');
  const E = dual('E');
  const A = each(Z.length, (i) => dual(`A[${i}]`));
  integrate(draft, settings, parts);
  Z.forEach((z, i) => {
    copy(draft.feed, { name: 'output', index: [i + 1] }, z, O, 'kr');
  });
  clear(draft.feed, { name: 'outputFade', index: [] }, O, 'kr');

  transfer(draft.learn, { name: 'readout', index: [] }, O, E, 'kf');
  transfer(draft.learn, { name: 'target', index: [] }, Y[0], E, 'kf', -1);
  fanOut(
    draft.learn,
    { name: 'adjoint', index: [] },
    E,
    A.map((signal) => ({ signal, sign: 1 })),
    'ka',
  );
  A.forEach((a, i) => {
    clear(draft.learn, { name: 'adjointFade', index: [i + 1] }, a, 'sigma / T');
    const [molecules, k] =
      dynamics === 'cubic' ? ([2, '3 * kappa * sigma'] as const) : ([1, '2 * kappa * sigma'] as const);
    catalyticDecay(draft.learn, { name: 'adjointLeak', index: [i + 1] }, a, Z[i], molecules, k);
  });
  accumulate(
    draft,
    parts,
    edges.map(({ node }) => A[node]),
    'gradient',
  );
  Z.forEach((z, i) => {
    clear(draft.learn, { name: 'clearZ', index: [i + 1] }, z, 'kz');
  });
  X.forEach((x, j) => {
    clear(draft.learn, { name: 'clearX', index: [j + 1] }, x, 'kx');
  });

  annihilateNodes(draft, parts, 'kann');
  annihilate(draft.always, { name: 'annihilateE', index: [] }, E, 'kann');
  A.forEach((a, i) => {
    annihilate(draft.always, { name: 'annihilateA', index: [i + 1] }, a, 'kann');
  });
  annihilateWeights(draft, edges, 'kann');
  return {
    gamma: rate * horizon,
    readouts: [[O]],
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' },
  };
}
