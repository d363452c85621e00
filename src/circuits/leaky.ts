import { accumulate } from './constant.js';
import type { Draft } from './draft.js';
import { catalyticDecay, fanOut } from './flows.js';
import { annihilate, clear, copy, type ModuleLabel, transfer } from './modules.js';
import { annihilateNodes, annihilateWeights, integrate } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import { each, type Learned, type Parts } from './parts.js';
import { dual, type Signal } from './rails.js';
import { short } from './rate.js';

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
 *
 * The Jacobian held at z(T) is that of the quadratic classifier of Nagipogu & Reif; the leak 1/T in place of a pass of
 * length T is ours.
 */
export function leakyAdjoint(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, constants } = settings;
  const { sigma, kf, ka, kx } = constants;
  checkReach(settings, (sigma / (sigma / horizon + kx)) * (kf / (kf + kx)) * (ka / (ka + kx)));
  leakyParams(draft, settings);
  draft.params({
    k1: 'LR * T * (sigma / T + kx) * (kf + kx) * (ka + kx) / (sigma * kf * ka)',
    k2: '1 - k1',
  });
  const A = each(parts.Z.length, (i) => dual(`A[${i}]`));
  const E = handBack(draft, settings, parts, A);
  A.forEach((a, i) => {
    clear(draft.learn, { name: 'adjointFade', index: [i + 1] }, a, 'sigma / T');
    leak(draft, settings, { name: 'adjointLeak', index: [i + 1] }, a, parts.Z[i]);
  });
  return settle(draft, settings, parts, E, A);
}

/**
 * The update divides gradients by a number, so there is a largest rate.
 * @param gain how much gradient a unit of error times a unit of input leaves at J = 0, before that division
 * @throws RangeError for a rate that would need more gradient than there is
 */
export function checkReach({ rate, horizon }: NeuralCrnSettings, gain: number): void {
  const k1 = (rate * horizon) / gain;
  if (k1 < 1) return;
  throw new RangeError(
    `rate ${rate} is out of reach: it needs k1 = ${short(k1)}, and k1 must stay below 1. The rate must be below ` +
      `${short(gain / horizon)}; lower it, or raise sigma, kf and ka (at most 1/T is reached)`,
  );
}

/** The numbers that all adjoints relaxing in phase 2 share. */
export function leakyParams(draft: Draft, settings: NeuralCrnSettings): void {
  const { horizon, learnTime, rate, constants, kappa } = settings;
  const { annihilation, ...named } = constants;
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    ...named,
    kann: annihilation,
    kg: 'sigma',
    kappa: kappa as number,
  });
}

/** Phases 1 and 2 until the error ŷ − y has been handed to every node's first adjoint species. Returns the error. */
export function handBack(
  draft: Draft,
  settings: NeuralCrnSettings,
  parts: Parts,
  first: readonly Signal[],
): Signal {
  const { Y, Z } = parts;
  const O = dual('O');
  const E = dual('E');
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
    first.map((signal) => ({ signal, sign: 1 })),
    'ka',
  );
  return E;
}

/** The node removes its adjoint: da/dt = −σ·J(z)·a, J = 2κ|z|, cubic 3κz². */
export function leak(
  draft: Draft,
  { dynamics }: NeuralCrnSettings,
  label: ModuleLabel,
  a: Signal,
  z: Signal,
): void {
  if (dynamics === 'cubic') catalyticDecay(draft.learn, label, a, z, 2, '3 * kappa * sigma');
  else catalyticDecay(draft.learn, label, a, z, 1, '2 * kappa * sigma');
}

/** The adjoints A meet the inputs, the weights are updated, and everything dies out. */
export function settle(
  draft: Draft,
  { rate, horizon }: NeuralCrnSettings,
  parts: Parts,
  E: Signal,
  A: readonly Signal[],
): Learned {
  const { X, Z, edges } = parts;
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
    readouts: [[dual('O')]],
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' },
  };
}
