import { dual, type Signal } from '../rails.js';
import type { LayeredSettings } from './options.js';

/** A neuron in one copy of the network. Layers count from 1, neurons and copies too. */
export interface Neuron {
  layer: number;
  neuron: number;
  copy: number;
}

/** A weight of a neuron; input 0 is the bias. */
export interface Edge {
  layer: number;
  neuron: number;
  input: number;
}

/**
 * The signals of a layered network by place: `A` of layer 0 are the inputs, in every copy, and `D` the labels.
 * Everything else has two rails.
 */
export interface LayeredParts {
  sizes: readonly number[];
  batch: number;
  /** Activations, inputs among them (`A[0,i,b]`). */
  A: (layer: number, neuron: number, copy: number) => Signal;
  /** Labels `D[o,b]`. */
  D: (output: number, copy: number) => Signal;
  /** Weighted sums, errors before the slope, and after it. */
  N: (at: Neuron) => Signal;
  V: (at: Neuron) => Signal;
  Z: (at: Neuron) => Signal;
  /** Weights and their changes. */
  W: (edge: Edge) => Signal;
  U: (edge: Edge) => Signal;
}

/** @param rails how activations and labels are held */
export function layeredParts(
  { sizes, batch }: Pick<LayeredSettings, 'sizes' | 'batch'>,
  rails: { A: (name: string, layer: number) => Signal; D: (name: string) => Signal },
): LayeredParts {
  const neuron = (letter: string) => (at: Neuron) => dual(`${letter}[${place(at).join(',')}]`);
  const edge =
    (letter: string) =>
    ({ layer, neuron, input }: Edge) =>
      dual(`${letter}[${layer},${neuron},${input}]`);
  return {
    sizes,
    batch,
    A: (layer, j, copy) => rails.A(`A[${layer},${j},${copy}]`, layer),
    D: (output, copy) => rails.D(`D[${output},${copy}]`),
    N: neuron('N'),
    V: neuron('V'),
    Z: neuron('Z'),
    W: edge('W'),
    U: edge('U'),
  };
}

/** The index of a neuron in names. */
export const place = ({ layer, neuron, copy }: Neuron): number[] => [layer, neuron, copy];

/** `1 … count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);

type Shape = Pick<LayeredParts, 'sizes' | 'batch'>;

/** Every neuron of a layer, or of all layers, in every copy. */
export function neurons({ sizes, batch }: Shape, only?: number): Neuron[] {
  const layers = only === undefined ? upTo(sizes.length - 1) : [only];
  return layers.flatMap((layer) =>
    upTo(sizes[layer]).flatMap((neuron) => upTo(batch).map((copy) => ({ layer, neuron, copy }))),
  );
}

/** Every weight, in the order of `LayeredOptions.weights`: a neuron's bias comes after its inputs. */
export function edges({ sizes }: Pick<Shape, 'sizes'>): Edge[] {
  return upTo(sizes.length - 1).flatMap((layer) =>
    upTo(sizes[layer]).flatMap((neuron) =>
      [...upTo(sizes[layer - 1]), 0].map((input) => ({ layer, neuron, input })),
    ),
  );
}
