import { clear, copy, product } from '../modules.js';
import { turned } from '../rails.js';
import type { ReactionSink } from '../reactions.js';
import { edges, type LayeredParts, neurons, place, upTo } from './parts.js';

/**
 * Weighted sums of one layer. At rest N is z = Σᵢ wᵢaᵢ + w₀, whatever the common part of its rails:
 * ```
 * W^s + A^t -> N^{s·t} + W + A    (k)      W₀^s -> N^s + W₀    (k)      N^s -> ∅    (k)
 * ```
 */
export function weightedSums(sink: ReactionSink, parts: LayeredParts, layer: number): void {
  const { sizes, A, N, W } = parts;
  for (const at of neurons(parts, layer)) {
    const { neuron, copy: b } = at;
    for (const input of upTo(sizes[layer - 1])) {
      const label = { name: `weigh${layer}`, index: [neuron, input, b] };
      product(sink, label, W({ layer, neuron, input }), A(layer - 1, input, b), N(at), 'k');
    }
    copy(sink, { name: `bias${layer}`, index: [neuron, b] }, W({ layer, neuron, input: 0 }), N(at), 'k');
    clear(sink, { name: `fadeN${layer}`, index: [neuron, b] }, N(at), 'k');
  }
}

/**
 * Errors before the slope. At rest V is y − a in the outputs, and Σₒ wₒζₒ with the ζ of the layer above elsewhere:
 * ```
 * D^s -> V^s + D    A^s -> V^{−s} + A    (outputs)      W^s + Z^t -> V^{s·t} + W + Z    (hidden)      V^s -> ∅
 * ```
 * all at k.
 */
export function errors(sink: ReactionSink, parts: LayeredParts): void {
  const { sizes, A, D, V, W, Z } = parts;
  const last = sizes.length - 1;
  for (const at of neurons(parts)) {
    const { layer, neuron, copy: b } = at;
    if (layer === last) {
      copy(sink, { name: 'wanted', index: [neuron, b] }, D(neuron, b), V(at), 'k');
      copy(sink, { name: 'given', index: [neuron, b] }, A(layer, neuron, b), turned(V(at)), 'k');
    } else {
      for (const above of upTo(sizes[layer + 1])) {
        const weight = W({ layer: layer + 1, neuron: above, input: neuron });
        const error = Z({ layer: layer + 1, neuron: above, copy: b });
        product(sink, { name: 'back', index: [layer, above, neuron, b] }, weight, error, V(at), 'k');
      }
    }
    clear(sink, { name: 'fadeV', index: place(at) }, V(at), 'k');
  }
}

/**
 * Changes of the weights, for all copies together. At rest U is η·Σ_b ζa, and η·Σ_b ζ for a bias, where ζ is an error
 * times its neuron's slope:
 * ```
 * Z^s + A^t -> U^{s·t} + Z + A    (k·η)      Z^s -> U₀^s + Z    (k·η)      U^s -> ∅,  Z^s -> ∅    (k)
 * ```
 * U dies out at k whatever the number of copies, so that what they add is summed.
 */
export function changes(sink: ReactionSink, parts: LayeredParts): void {
  const { sizes, A, U, Z } = parts;
  for (const at of neurons(parts)) {
    const { layer, neuron, copy: b } = at;
    for (const input of upTo(sizes[layer - 1])) {
      const label = { name: 'step', index: [layer, neuron, input, b] };
      product(sink, label, Z(at), A(layer - 1, input, b), U({ layer, neuron, input }), 'k*eta');
    }
    copy(sink, { name: 'stepBias', index: place(at) }, Z(at), U({ layer, neuron, input: 0 }), 'k*eta');
    clear(sink, { name: 'fadeZ', index: place(at) }, Z(at), 'k');
  }
  for (const edge of edges(parts)) {
    clear(sink, { name: 'fadeU', index: [edge.layer, edge.neuron, edge.input] }, U(edge), 'k');
  }
}
