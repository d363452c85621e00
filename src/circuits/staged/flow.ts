import type { PhaseSink } from '../draft.js';
import { crossDecay, crossLoss, selfDecay, selfGrowth } from '../flows.js';
import { annihilate, copy, family, product, tripleProduct } from '../modules.js';
import type { NeuralCrnSettings } from '../options.js';
import { turned } from '../rails.js';
import type { ReactionSink } from '../reactions.js';
import type { StagedParts } from './parts.js';

/**
 * Stage 1: the nodes flow for the time T.
 * ```
 * linear     dz/dt = u + h             P^s + X^t -> Z^{s·t} + P + X      H^s -> Z^s + H
 * recurrent  dzᵢ/dt = Σⱼ θᵢⱼzⱼ         P[i,j]^s + Z[j]^t -> Z[i]^{s·t} + P + Z
 * quadratic  dz/dt = u + h − κz|z|     2 Z^s -> Z^s (κ)                  Z+ + Z− -> ∅ (kann)
 * cubic      dz/dt = u + h − κz³       3 Z^s -> 2 Z^s (κ)                Z+ + Z− -> ∅ (kann)
 * relu       dz/dt = h + z(u + β) − κz|z|     P^s + Z^t + X^v -> Z^{s·t·v} + P + Z + X    B^s + Z^t -> Z^{s·t} + B + Z
 * ```
 * with u = Σⱼ θᵢⱼxⱼ (diagonal: θᵢxᵢ) and all constants 1 where none is given. `exactCubic` adds the mixed terms of z³.
 */
export function forwardFlow(sink: ReactionSink, settings: NeuralCrnSettings, parts: StagedParts): void {
  pull(sink, settings, parts, 1);
  const power = powerOf(settings);
  if (power === null) return;
  parts.Z.forEach((z, i) => {
    selfDecay(sink, { name: 'decay', index: [i + 1] }, z, power, 'kappa');
    if (settings.exactCubic) crossDecay(sink, { name: 'decayMixed', index: [i + 1] }, z, '3 * kappa');
    annihilate(sink, { name: 'annihilateZ', index: [i + 1] }, z, 'kann');
  });
}

/**
 * The flow of stage 1 run backwards in time: everything that made Z makes its opposite, decays become growths.
 * ```
 * dz/ds = −f(z)      2 Z^s -> 3 Z^s (κ),  3 Z^s -> 4 Z^s (κ),  Z+ + Z− -> ∅ (kann)
 * ```
 * After the time T the nodes are where they started. The opposite rail is fed all along, so that holds up to O(1/kann);
 * with `exactCubic` it does at any kann. What is wrong grows by exp(∫ J): with weights of about 5 a cubic node at
 * kann = 100 blows up before it is back, so a cubic classifier that trains for long needs `exactCubic` or a faster
 * annihilation.
 */
export function reversedFlow(sink: PhaseSink, settings: NeuralCrnSettings, parts: StagedParts): void {
  pull(sink, settings, parts, -1);
  const power = powerOf(settings);
  if (power === null) return;
  parts.Z.forEach((z, i) => {
    selfGrowth(sink, { name: 'regrow', index: [i + 1] }, z, power, 'kappa');
    if (settings.exactCubic) crossLoss(sink, { name: 'regrowMixed', index: [i + 1] }, z, '3 * kappa');
  });
  sink.share(family('annihilateZ', true));
}

/** What pulls at Z from outside, forwards (+1) or backwards (−1): drives, biases and drift. */
export function pull(
  sink: ReactionSink,
  { dynamics }: NeuralCrnSettings,
  { X, Z, H, B, edges, read }: StagedParts,
  sign: 1 | -1,
): void {
  const named = (name: string, index: number[]) => ({
    name: sign === 1 ? name : `reverse${name[0].toUpperCase()}${name.slice(1)}`,
    index,
  });
  edges.forEach(({ node, input, index }, e) => {
    const label = named('drive', index);
    const z = Z[node];
    if (dynamics === 'relu') tripleProduct(sink, label, [read[e], z, X[input]], z, 1, sign);
    else product(sink, label, read[e], X[input], z, 1, sign);
  });
  B.forEach((b, i) => {
    product(sink, named('bias', [i + 1]), b, Z[i], Z[i], 1, sign);
  });
  H?.forEach((h, i) => {
    copy(sink, named('drift', [i + 1]), h, sign === 1 ? Z[i] : turned(Z[i]), 1);
  });
}

/** Power of the law's self-decay; `null` for linear nodes. */
function powerOf({ dynamics }: NeuralCrnSettings): 2 | 3 | null {
  return dynamics === 'linear' ? null : dynamics === 'cubic' ? 3 : 2;
}
