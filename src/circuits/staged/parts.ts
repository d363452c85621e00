import type { NeuralCrnSettings } from '../options.js';
import { type Edge, each, edgesOf } from '../parts.js';
import { dual, type Signal, single } from '../rails.js';

/** The signals of a staged circuit. What two stages share has one name: nothing is renamed between them. */
export interface StagedParts {
  X: Signal[];
  Y: Signal[];
  Z: Signal[];
  /** One per node, all the same where it is shared; `null` without drift. */
  H: Signal[] | null;
  edges: Edge[];
  /** What the forward stage reads of each weight: with positive rails P alone, without the debt N. */
  read: Signal[];
  /** Biases of nodes, and their gradients; empty but for `'relu'`. */
  B: Signal[];
  V: Signal[];
  /** Output weights `W[k][i]`, and, where they are trained, their gradients. */
  W: Signal[][];
  M: Signal[][] | null;
  O: Signal[];
  E: Signal[];
  A: Signal[];
  /** Gradient of each edge. */
  G: Signal[];
  /** Index in the names of output k (from 0), empty where there is one. */
  atOutput: (k: number) => number[];
  /** Index in the names of the pair of output k and node i (from 0), the node's alone where there is one output. */
  atPair: (k: number, i: number) => number[];
}

/** Names the signals; letters are those of the paper. Error, adjoint and gradients have two rails always. */
export function stagedParts(settings: NeuralCrnSettings): StagedParts {
  const { inputs, hidden, outputs, dynamics, drift, rails, readout } = settings;
  const of = (kind: 'dual' | 'single') => (kind === 'dual' ? dual : single);
  const value = of(rails === 'dual' ? 'dual' : 'single');
  const many = outputs > 1;
  const atOutput = (k: number) => (many ? [k + 1] : []);
  const atPair = (k: number, i: number) => [...atOutput(k), i + 1];
  const output = (letter: string, make: (name: string) => Signal) =>
    many ? each(outputs, (k) => make(`${letter}[${k}]`)) : [make(letter)];
  const grid = (letter: string, make: (name: string) => Signal) =>
    Array.from({ length: outputs }, (_, k) => each(hidden, (i) => make(`${letter}[${atPair(k, i - 1)}]`)));
  const edges = edgesOf(hidden, inputs, settings.wiring === 'diagonal', rails === 'positive');
  const relu = dynamics === 'relu';
  const Z = each(hidden, (i) => value(`Z[${i}]`));
  const shared = dynamics === 'quadratic' || dynamics === 'cubic';
  return {
    // Recurrent nodes are driven by each other; the inputs are only where they start.
    X: settings.wiring === 'recurrent' ? Z : each(inputs, (j) => of(settings.inputRails)(`X[${j}]`)),
    Y: output('Y', of(settings.targetRails)),
    Z,
    H: drift === false ? null : each(hidden, (i) => value(shared ? 'H' : `H[${i}]`)),
    edges,
    read: edges.map(({ weight }) => (rails === 'positive' ? single(weight.plus) : weight)),
    B: relu ? each(hidden, (i) => dual(`B[${i}]`)) : [],
    V: relu ? each(hidden, (i) => dual(`V[${i}]`)) : [],
    W: grid('W', value),
    M: readout === 'trained' ? grid('M', dual) : null,
    O: output('O', value),
    E: output('E', dual),
    A: each(hidden, (i) => dual(`A[${i}]`)),
    G: edges.map(({ index }) => dual(`G[${index.join(',')}]`)),
    atOutput,
    atPair,
  };
}
