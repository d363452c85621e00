import type { Reading } from './circuit.js';
import type { NeuralCrnSettings } from './options.js';
import { dual, type Signal, single } from './rails.js';

/** One trained weight: where it leads from and to. Numbers count from 0, the index in names from 1. */
export interface Edge {
  node: number;
  input: number;
  index: number[];
  /** θ of this edge, in `P`. */
  weight: Signal;
}

/** The signals that every kind of circuit has. */
export interface Parts {
  X: Signal[];
  Y: Signal[];
  Z: Signal[];
  H: Signal | null;
  edges: Edge[];
}

/** What a kind of circuit says of itself once its reactions are drafted. */
export interface Learned {
  /** Γ of θ, and of a trained read-out. */
  gamma: number;
  gammaW?: number;
  /** A trained read-out's weights, row by row, and the changes waiting to be written into them. */
  W?: { signals: Signal[]; pending: Signal[]; fuel: string | null };
  /** Per output the signals whose sum is read. */
  readouts: Signal[][];
  reading: Reading;
}

/** Makes `count` signals, `make(1)` to `make(count)`. */
export function each(count: number, make: (i: number) => Signal): Signal[] {
  return Array.from({ length: count }, (_, i) => make(i + 1));
}

/** Names the signals of a circuit: `X[j]`, `Z[i]`, `P[i]` or `P[i,j]`, `Y` or `Y[k]`, `H`. */
export function partsOf(settings: NeuralCrnSettings): Parts {
  const { inputs, hidden, outputs, wiring, dynamics, inputRails, targetRails, bias, drift } = settings;
  const many = settings.readout !== 'sum' && settings.error === 'squared';
  const of = (rails: 'dual' | 'single') => (rails === 'dual' ? dual : single);
  // ReLU nodes and their drift never fall below 0.
  const node = dynamics === 'relu' ? single : dual;
  const positive = settings.rails === 'positive';
  // z enters a summed read-out with weight 1 only, so without rails to tell apart all nodes share the output O.
  const Z = positive ? each(hidden, () => single('O')) : each(hidden, (i) => node(`Z[${i}]`));
  const X = each(inputs, (j) => {
    const rails = bias !== false && j === inputs ? 'single' : inputRails;
    return of(rails)(`X[${j}]`);
  });
  return {
    // Recurrent nodes are driven by each other; the inputs are only where they start.
    X: wiring === 'recurrent' ? Z : X,
    Y: many || outputs > 1 ? each(outputs, (k) => of(targetRails)(`Y[${k}]`)) : [of(targetRails)('Y')],
    Z,
    H: drift === false ? null : positive ? single('H') : node('H'),
    edges: edgesOf(hidden, inputs, wiring === 'diagonal', positive),
  };
}

/** The weights, row by row: with `diagonal` wiring one per node, else one per pair. */
export function edgesOf(hidden: number, inputs: number, diagonal: boolean, positive: boolean): Edge[] {
  const edges: Edge[] = [];
  for (let node = 0; node < hidden; node++) {
    for (let input = 0; input < inputs; input++) {
      if (diagonal && input !== node) continue;
      const index = diagonal ? [node + 1] : [node + 1, input + 1];
      const at = `[${index.join(',')}]`;
      // The positive form reads P alone; what would make it negative collects in the debt species N, which eats P.
      const weight = positive ? { plus: `P${at}`, minus: `N${at}` } : dual(`P${at}`);
      edges.push({ node, input, index, weight });
    }
  }
  return edges;
}
