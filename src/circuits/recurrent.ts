import type { Draft } from './draft.js';
import { burnFuel, summedError } from './exact.js';
import { annihilate, clear, copy, product } from './modules.js';
import { annihilateNodes, annihilateWeights, integrate } from './nodes.js';
import type { NeuralCrnSettings } from './options.js';
import type { Learned, Parts } from './parts.js';
import { dual } from './rails.js';

/**
 * Recurrent linear nodes, dz/dt = Θz + h from z(0) = x, with the exact gradient of Θ. Nodes feel each other, so every
 * node has a sensitivity to every weight, S[i,k,l] = ∂zᵢ/∂θₖₗ, made in phase 1 beside Z.
 * ```
 * phase 1   P[i,j]^s + Z[j]^t -> Z[i]^{s·t} + P + Z (1)
 *           P[i,j]^s + S[j,k,l]^t -> S[i,k,l]^{s·t} + P + S (1)    Z[l]^s -> S[k,k,l]^s + Z[l]^s (1; or with L)
 * phase 2   Z[i]^s -> E^s, Y^s -> E^{−s} (kf)    E^s -> ∅ (kd)    S^s -> ∅ (kx)
 *           E^s + S[i,k,l]^t -> P[k,l]^{−s·t} + E + S (kg)
 * always    Z, S, E, P: opposite rails annihilate (ka)
 * ```
 * Law: dSᵢₖₗ/dt = Σⱼ θᵢⱼSⱼₖₗ + δᵢₖzₗ, so Δθₖₗ = −Γ·e·Σᵢ Sᵢₖₗ(T) = −Γ·∂L/∂θₖₗ with Γ = kg·kf/((kf + kx)(kd + kx)), set to the
 * rate. All of it is linear in the rails, hence exact at any rate of annihilation.
 *
 * It grows as n⁴: 4n⁴+7n³+7n²+3n+5 reactions and 2n³+2n²+2n+4 species, 159 / 32 at n = 2 but 3180 / 314 at n = 5.
 *
 * Williams & Zipser, "A learning algorithm for continually running fully recurrent neural networks" (1989), as
 * chemistry.
 */
export function recurrentSensitivities(draft: Draft, settings: NeuralCrnSettings, parts: Parts): Learned {
  const { horizon, learnTime, rate, constants, hidden } = settings;
  const { kf, kd, kx, annihilation } = constants;
  draft.params({
    T: horizon,
    T2: learnTime,
    LR: rate,
    kf,
    kd,
    kx,
    kg: 'LR * (kf + kx) * (kd + kx) / kf',
    ka: annihilation,
  });
  const { Z, edges } = parts;
  const fuel = burnFuel(draft, settings);
  integrate(draft, settings, parts);

  const nodes = Array.from({ length: hidden }, (_, i) => i);
  const S = edges.map(({ index }) => nodes.map((i) => dual(`S[${[i + 1, ...index].join(',')}]`)));
  edges.forEach(({ node, input, index }, e) => {
    for (const { node: to, input: from, index: along, weight } of edges) {
      const label = { name: 'sense', index: [...along, ...index] };
      product(draft.feed, label, weight, S[e][from], S[e][to], 1);
    }
    const label = { name: 'senseSource', index };
    if (fuel) product(draft.feed, label, Z[input], fuel, S[e][node], 1);
    else copy(draft.feed, label, Z[input], S[e][node], 1);
  });

  const E = summedError(draft, parts);
  edges.forEach(({ index, weight }, e) => {
    S[e].forEach((s, i) => {
      const at = [i + 1, ...index];
      product(draft.learn, { name: 'write', index: at }, E, s, weight, 'kg', -1);
      clear(draft.learn, { name: 'clearS', index: at }, s, 'kx');
      annihilate(draft.always, { name: 'annihilateS', index: at }, s, 'ka');
    });
  });

  annihilateNodes(draft, parts, 'ka');
  annihilate(draft.always, { name: 'annihilateE', index: [] }, E, 'ka');
  annihilateWeights(draft, edges, 'ka');
  return {
    gamma: rate,
    readouts: [Z],
    reading: { phase: 'feed', after: 0, scale: 1, labelled: 'output' },
  };
}
