import type { ConstantInput } from '../../network/index.js';
import { clear, copy, product } from '../modules.js';
import { type Signal, turned } from '../rails.js';
import type { ReactionSink } from '../reactions.js';
import { type Edge, edges, type LayeredParts, type Neuron, neurons, place, upTo } from './parts.js';

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
 * @param wanted adds what makes y in V, where it is not the label species D
 */
export function errors(
  sink: ReactionSink,
  parts: LayeredParts,
  wanted = (output: number, b: number, into: Signal) =>
    copy(sink, { name: 'wanted', index: [output, b] }, parts.D(output, b), into, 'k'),
): void {
  const { sizes, A, V, W, Z } = parts;
  const last = sizes.length - 1;
  for (const at of neurons(parts)) {
    const { layer, neuron, copy: b } = at;
    if (layer === last) {
      wanted(neuron, b, V(at));
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

/** ζ = v·g: an error times its neuron's slope g, where that is a signal, at k. */
export function slopedErrors(sink: ReactionSink, parts: LayeredParts & { G: (at: Neuron) => Signal }): void {
  for (const at of neurons(parts)) {
    product(sink, { name: 'delta', index: place(at) }, parts.V(at), parts.G(at), parts.Z(at), 'k');
  }
}

/**
 * Steps downhill, for all copies together, where ζ is an error times its neuron's slope:
 * ```
 * Z^s + A^t -> C^{s·t} + Z + A      Z^s -> C₀^s + Z   (rate)      Z^s -> ∅   (k)      dc/dt = rate·Σ_b ζa
 * ```
 */
export function steps(
  sink: ReactionSink,
  { sizes, batch, A, Z }: LayeredParts,
  into: (edge: Edge) => Signal,
  rate: ConstantInput,
): void {
  for (const at of neurons({ sizes, batch })) {
    const { layer, neuron, copy: b } = at;
    for (const input of upTo(sizes[layer - 1])) {
      const label = { name: 'step', index: [layer, neuron, input, b] };
      product(sink, label, Z(at), A(layer - 1, input, b), into({ layer, neuron, input }), rate);
    }
    copy(sink, { name: 'stepBias', index: place(at) }, Z(at), into({ layer, neuron, input: 0 }), rate);
    clear(sink, { name: 'fadeZ', index: place(at) }, Z(at), 'k');
  }
}

/**
 * Changes of the weights. At rest U is η·Σ_b ζa, and η·Σ_b ζ for a bias: {@link steps} at k·η, and `U^s -> ∅` at k. U dies
 * out at k whatever the number of copies, so that what they add is summed.
 */
export function changes(sink: ReactionSink, parts: LayeredParts): void {
  steps(sink, parts, parts.U, 'k*eta');
  for (const edge of edges(parts)) {
    clear(sink, { name: 'fadeU', index: [edge.layer, edge.neuron, edge.input] }, parts.U(edge), 'k');
  }
}
