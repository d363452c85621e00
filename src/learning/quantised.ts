import type { ReluNetwork } from '../circuits/index.js';
import { checkedReluNetwork, reluOutputs, weightCount } from '../circuits/index.js';
import { positive, wholeFrom } from '../network/limits.js';
import { createRandom } from './random.js';

/** What {@link trainQuantised} learns from: rows as the first layer sees them, and numbers of classes from 0. */
export interface QuantisedExamples {
  inputs: readonly (readonly number[])[];
  classes: readonly number[];
}

export interface QuantisedOptions {
  /** Neurons of the hidden layers. Default `[8]`. */
  hidden?: readonly number[];
  /** Weights are multiples of 1/parts. Default 1: whole numbers. */
  parts?: number;
  /** Largest |weight|, a multiple of 1/parts. Default 1: with parts 1, the weights are −1, 0 and 1. */
  limit?: number;
  /** Passes through the examples, all of them at once. Default 300. */
  epochs?: number;
  /** Rate of Adam. Default 0.02. */
  rate?: number;
  /** Of the starting weights. Default 0. */
  seed?: number;
}

/** A trained network, and how much of the examples it decides rightly. */
export interface QuantisedResult {
  network: ReluNetwork;
  /** Part of the examples. */
  accuracy: number;
  /** Mean cross-entropy, and the epoch (from 1) that had it: the least of all. */
  loss: number;
  epoch: number;
}

/**
 * Trains a network of rectifiers whose weights have few values, digitally: real weights behind are rounded in every forward
 * pass, and what the rounded network's gradient is moves them as though they had not been (BinaryConnect; Courbariaux, Bengio &
 * David 2015, with three values as in Vasić et al. 2020). Cross-entropy of the outputs, Adam, all examples at once; biases
 * are not rounded. The epoch with the least loss is kept. The same seed gives the same network.
 * @throws RangeError naming a bad option or row
 */
export function trainQuantised(examples: QuantisedExamples, options: QuantisedOptions = {}): QuantisedResult {
  const { hidden = [8], parts = 1, limit = 1, epochs = 300, rate = 0.02, seed = 0 } = options;
  const { inputs, classes } = examples;
  check(examples, { hidden, parts, limit, epochs, rate });
  const sizes = [inputs[0].length, ...hidden, Math.max(...classes) + 1];
  const state = startingState(sizes, limit, seed);
  const rounded = () =>
    state.weights.map((value, e) => (state.free[e] ? value : clip(Math.round(value * parts) / parts, limit)));
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, weights: rounded() };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const weights = rounded();
    const { loss, gradient } = crossEntropy(sizes, weights, examples);
    if (loss < best.loss) best = { loss, epoch, weights };
    adam(state, gradient, rate, epoch);
    // A real weight far beyond the limit would not come back.
    state.weights.forEach((value, e) => {
      if (!state.free[e]) state.weights[e] = clip(value, limit);
    });
  }
  const network = networkOf(sizes, best.weights, parts);
  const digital = checkedReluNetwork(network);
  const right = inputs.filter((x, k) => largest(reluOutputs(digital, x)) === classes[k]).length;
  return { network, accuracy: right / inputs.length, loss: best.loss, epoch: best.epoch };
}

const clip = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));
const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

function check(
  { inputs, classes }: QuantisedExamples,
  { hidden, parts, limit, epochs, rate }: Required<Omit<QuantisedOptions, 'seed'>>,
): void {
  const whole = {
    parts,
    epochs,
    ...Object.fromEntries(hidden.map((count, l) => [`hidden[${l + 1}]`, count])),
  };
  for (const [name, value] of Object.entries(whole)) wholeFrom(name, value, 1);
  positive({ rate });
  if (!(limit > 0 && Number.isInteger(limit * parts))) {
    throw new RangeError(`limit must be > 0 and a multiple of 1/parts = 1/${parts}, got ${limit}`);
  }
  if (inputs.length === 0 || inputs.length !== classes.length) {
    throw new RangeError(
      `examples must be rows with a class each, got ${inputs.length} and ${classes.length}`,
    );
  }
  inputs.forEach((row, k) => {
    if (row.length === inputs[0].length && row.length > 0 && row.every(Number.isFinite)) return;
    throw new RangeError(`inputs[${k + 1}] must have ${inputs[0].length} finite values`);
  });
  classes.forEach((label, k) => {
    if (Number.isInteger(label) && label >= 0) return;
    throw new RangeError(`classes[${k + 1}] must be the number of a class from 0, got ${label}`);
  });
}

interface State {
  /** Layer by layer, a neuron's bias after its inputs. */
  weights: number[];
  /** Biases, which are not rounded. */
  free: boolean[];
  mean: Float64Array;
  square: Float64Array;
}

function startingState(sizes: readonly number[], limit: number, seed: number): State {
  const random = createRandom(seed, 'weights');
  const free: boolean[] = [];
  for (let l = 1; l < sizes.length; l++) {
    for (let j = 0; j < sizes[l]; j++) free.push(...new Array<boolean>(sizes[l - 1]).fill(false), true);
  }
  const count = weightCount(sizes);
  return {
    weights: free.map((bias) => (bias ? 0 : random.uniform(-limit, limit))),
    free,
    mean: new Float64Array(count),
    square: new Float64Array(count),
  };
}

/** Mean cross-entropy of the softmax over all examples, and its gradient by the weights in use. */
function crossEntropy(
  sizes: readonly number[],
  weights: readonly number[],
  { inputs, classes }: QuantisedExamples,
): { loss: number; gradient: Float64Array } {
  const gradient = new Float64Array(weights.length);
  const last = sizes.length - 1;
  let loss = 0;
  inputs.forEach((x, row) => {
    const values: number[][] = [[...x]];
    const starts: number[] = [0];
    let e = 0;
    for (let l = 1; l <= last; l++) {
      starts.push(e);
      values.push([]);
      for (let j = 0; j < sizes[l]; j++) {
        let z = 0;
        for (const a of values[l - 1]) z += weights[e++] * a;
        z += weights[e++];
        values[l].push(l < last ? Math.max(0, z) : z);
      }
    }
    const top = Math.max(...values[last]);
    const powers = values[last].map((z) => Math.exp(z - top));
    const total = powers.reduce((sum, p) => sum + p, 0);
    loss -= Math.log(powers[classes[row]] / total);
    let errors = powers.map((p, k) => p / total - (k === classes[row] ? 1 : 0));
    for (let l = last; l > 0; l--) {
      const below = values[l - 1];
      const next = new Array<number>(below.length).fill(0);
      errors.forEach((error, j) => {
        if (error === 0) return;
        const own = starts[l] + j * (below.length + 1);
        below.forEach((a, i) => {
          gradient[own + i] += error * a;
          next[i] += weights[own + i] * error;
        });
        gradient[own + below.length] += error;
      });
      errors = next.map((error, i) => (l > 1 && below[i] === 0 ? 0 : error));
    }
  });
  return { loss: loss / inputs.length, gradient: gradient.map((value) => value / inputs.length) };
}

/** Adam with its usual decays, 0.9 and 0.999. */
function adam({ weights, mean, square }: State, gradient: Float64Array, rate: number, step: number): void {
  gradient.forEach((slope, e) => {
    mean[e] = 0.9 * mean[e] + 0.1 * slope;
    square[e] = 0.999 * square[e] + 0.001 * slope * slope;
    const [m, s] = [mean[e] / (1 - 0.9 ** step), square[e] / (1 - 0.999 ** step)];
    weights[e] -= (rate * m) / (Math.sqrt(s) + 1e-8);
  });
}

/** Weights as fractions, so that what is compiled is what was trained. */
function networkOf(sizes: readonly number[], weights: readonly number[], parts: number): ReluNetwork {
  let e = 0;
  const fraction = (value: number) => (parts === 1 ? value || 0 : `${Math.round(value * parts)}/${parts}`);
  return {
    layers: sizes.slice(1).map((count, l) => {
      const rows: (number | string)[][] = [];
      const biases: number[] = [];
      for (let j = 0; j < count; j++) {
        rows.push(weights.slice(e, e + sizes[l]).map(fraction));
        biases.push(weights[e + sizes[l]]);
        e += sizes[l] + 1;
      }
      return { weights: rows, biases };
    }),
  };
}
