import type { Draft } from './draft.js';
import { catalyticDecay, crossDecay, crossGrowth, growth, selfDecay, source } from './flows.js';
import { annihilate, clear, copy, product } from './modules.js';
import type { NeuralCrnSettings } from './options.js';
import { type Edge, each, type Parts } from './parts.js';
import { dual, type Signal, single } from './rails.js';

/**
 * Phase 1 of nodes with the drive u = Θx: `P + X -> Z + P + X`, the drift, and the law's self-decay.
 * ```
 * linear     dz/dt = u + h
 * quadratic  dz/dt = u + h − κz|z|        2 Z^s -> Z^s (κ)
 * cubic      dz/dt = u + h − κz³          3 Z^s -> 2 Z^s (κ)
 * ```
 * The quadratic and the cubic law need one rail of Z to be nearly empty: see {@link annihilateNodes}.
 */
export function integrate(draft: Draft, settings: NeuralCrnSettings, parts: Parts): void {
  const { dynamics, rails } = settings;
  const positive = rails === 'positive';
  for (const { node, input, index, weight } of parts.edges) {
    const read = positive ? single(weight.plus) : weight;
    product(draft.feed, { name: 'forward', index }, read, parts.X[input], parts.Z[node], 1);
  }
  drift(draft, settings, parts);
  if (dynamics !== 'quadratic' && dynamics !== 'cubic') return;
  parts.Z.forEach((z, i) => {
    selfDecay(draft.feed, { name: 'decay', index: [i + 1] }, z, dynamics === 'cubic' ? 3 : 2, 'kappa');
  });
}

function drift(draft: Draft, { rails, hidden }: NeuralCrnSettings, { H, Z }: Parts): void {
  if (!H) return;
  // With positive rails all nodes drift into the one O.
  if (rails === 'positive') copy(draft.feed, { name: 'drift', index: [] }, H, Z[0], hidden);
  else
    Z.forEach((z, i) => {
      copy(draft.feed, { name: 'drift', index: [i + 1] }, H, z, 1);
    });
}

/** `Z+ + Z− -> ∅`, always: keeps one rail of every node nearly empty, as its law needs. */
export function annihilateNodes(draft: Draft, { Z }: Parts, k: string): void {
  Z.forEach((z, i) => {
    if (z.minus !== null) annihilate(draft.always, { name: 'annihilateZ', index: [i + 1] }, z, k);
  });
}

/** `P+ + P− -> ∅`, always: keeps the rails of the weights from growing together. */
export function annihilateWeights(draft: Draft, edges: readonly Edge[], k: string): void {
  for (const { index, weight } of edges) annihilate(draft.always, { name: 'annihilateP', index }, weight, k);
}

/**
 * Sensitivities Fᵢ = ∂zᵢ(T)/∂uᵢ of quadratic and cubic nodes, made in phase 1 beside Z. F ≥ 0, so it has one rail.
 * ```
 * ∅ -> F[i] (1)                 or, with fuel, L -> F[i] + L
 * F + Z^s -> Z^s (2κ)           quadratic: dF/dt = 1 − 2κ|z|·F
 * F + 2 Z^s -> 2 Z^s (3κ)       cubic:     dF/dt = 1 − 3κz²·F
 * ```
 * Since a drive is constant during phase 1 and a node feels no other node, ∂zᵢ(T)/∂θᵢⱼ = xⱼ·Fᵢ(T): one forward
 * equation per node does the work of the whole backward pass. `exactCubic` adds the mixed terms of z³ and z².
 *
 * With the constant adjoint no F decays, so all nodes share one: dF/dt = 1, F = T.
 */
export function sensitivities(
  draft: Draft,
  { dynamics, exactCubic, adjoint }: NeuralCrnSettings,
  { Z }: Parts,
  fuel: Signal | null,
): Signal[] {
  if (adjoint === 'constant') {
    const shared = single('F');
    source(draft.feed, { name: 'sense', index: [] }, shared, 1, fuel ?? undefined);
    return Z.map(() => shared);
  }
  const F = each(Z.length, (i) => single(`F[${i}]`));
  F.forEach((f, i) => {
    const at = (name: string) => ({ name, index: [i + 1] });
    source(draft.feed, at('sense'), f, 1, fuel ?? undefined);
    if (dynamics === 'quadratic') catalyticDecay(draft.feed, at('senseDecay'), f, Z[i], 1, '2 * kappa');
    if (dynamics === 'cubic') catalyticDecay(draft.feed, at('senseDecay'), f, Z[i], 2, '3 * kappa');
    if (exactCubic) {
      crossDecay(draft.feed, at('decayMixed'), Z[i], '3 * kappa');
      crossGrowth(draft.feed, at('senseMixed'), f, Z[i], '6 * kappa');
    }
  });
  return F;
}

/**
 * Smooth rectifiers with their sensitivities, all bimolecular: dz/dt = h + zu − κz², dF/dt = z + (u − 2κz)·F, z ≥ 0.
 * ```
 * P^s + X -> U^s + P^s + X (ku)    always U^s -> ∅ (ku)      the drive, by a fast relay
 * ∅ -> I (ku)                      always I -> ∅ (ku)        the unit proxy, I = 1 − e^{−ku·t}
 * Z + U+ -> 2 Z + U+    Z + U− -> U−    2 Z -> Z (κ)
 * Z + I -> F + Z + I    F + U+ -> 2 F + U+    F + U− -> U−    F + Z -> Z (2κ)
 * ```
 * The unit proxy has the start-up lag of U, so that F is the derivative of the network that is there, at any ku. The
 * constant adjoint leaves out what F does to itself: F = ∫z dt.
 *
 * Under a clock the drive runs always. It is there before the nodes may grow, so there is no lag, `Z -> F + Z` does without
 * the proxy (with fuel `Z + L -> F + Z + L`), and the mn reactions of the drive stay bimolecular.
 */
export function rectifiers(
  draft: Draft,
  settings: NeuralCrnSettings,
  parts: Parts,
  fuel: Signal | null,
  clocked = false,
): Signal[] {
  const { Z, X, edges } = parts;
  const U = each(Z.length, (i) => dual(`U[${i}]`));
  const I = single('I');
  const driving = clocked ? draft.always : draft.feed;
  const unit = clocked ? fuel : I;
  for (const { node, input, index, weight } of edges) {
    product(driving, { name: 'drive', index }, weight, X[input], U[node], 'ku');
  }
  U.forEach((u, i) => {
    clear(draft.always, { name: 'driveFade', index: [i + 1] }, u, 'ku');
  });
  if (!clocked) {
    source(draft.feed, { name: 'unit', index: [] }, I, 'ku', fuel ?? undefined);
    clear(draft.always, { name: 'unitFade', index: [] }, I, 'ku');
  }
  drift(draft, settings, parts);
  const F = each(Z.length, (i) => single(`F[${i}]`));
  Z.forEach((z, i) => {
    const at = (name: string) => ({ name, index: [i + 1] });
    growth(draft.feed, at('grow'), z, U[i], 1);
    selfDecay(draft.feed, at('decay'), z, 2, 'kappa');
    if (unit) product(draft.feed, at('sense'), z, unit, F[i], 1);
    else copy(draft.feed, at('sense'), z, F[i], 1);
    if (settings.adjoint === 'constant') return;
    growth(draft.feed, at('senseGrow'), F[i], U[i], 1);
    catalyticDecay(draft.feed, at('senseDecay'), F[i], z, 1, '2 * kappa');
  });
  return F;
}
