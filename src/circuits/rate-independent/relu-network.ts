import { finite } from '../checks.js';
import { refuseUnknown } from '../names.js';
import { type Fraction, fractionOf } from './fractions.js';

/** One layer of a digital network. */
export interface ReluLayer {
  /** A row for each neuron, a weight for each of its inputs: whole numbers, or fractions as `0.75` or `"2/3"`. */
  weights: readonly (readonly (number | string)[])[];
  /** Default 0. Any finite numbers. */
  biases?: readonly number[];
  /** Default `'relu'`, in the last layer `'none'`. */
  activation?: 'relu' | 'none';
}

/**
 * A trained network of rectifiers as a file holds it: `{ "layers": [{ "weights": [[1, -1], …], "biases": [0.5, …] }, …] }`.
 */
export interface ReluNetwork {
  layers: readonly ReluLayer[];
  /** Names of the inputs, and how raw values become what the first layer sees: (value − shift)/scale. */
  inputs?: { names?: readonly string[]; shift?: readonly number[]; scale?: readonly number[] };
  /** Names of the outputs: the largest one's is the answer. */
  outputs?: { names?: readonly string[] };
}

/** The same with weights as fractions and all numbers there. */
export interface CheckedReluNetwork {
  sizes: number[];
  layers: { weights: Fraction[][]; biases: number[]; relu: boolean }[];
  inputs: { names: string[]; shift: number[]; scale: number[] };
  outputs: { names: string[] };
}

/**
 * Checks a network and fills in its defaults.
 * @throws RangeError or TypeError naming the layer, neuron and weight, what it is and what is allowed
 */
export function checkedReluNetwork(network: ReluNetwork): CheckedReluNetwork {
  if (typeof network !== 'object' || network === null || Array.isArray(network)) {
    throw new TypeError('the network must be an object with a list "layers"');
  }
  refuseUnknown('field', network, ['layers', 'inputs', 'outputs']);
  if (!Array.isArray(network.layers) || network.layers.length === 0) {
    throw new TypeError(`layers must be a list of at least one layer, got ${JSON.stringify(network.layers)}`);
  }
  const layers: CheckedReluNetwork['layers'] = [];
  const sizes: number[] = [];
  network.layers.forEach((layer: ReluLayer, l) => {
    const last = l === network.layers.length - 1;
    const checked = checkedLayer(`layers[${l + 1}]`, layer, sizes[l], last);
    if (l === 0) sizes.push(checked.weights[0]!.length);
    sizes.push(checked.weights.length);
    layers.push(checked);
  });
  const [inputs, outputs] = [sizes[0]!, sizes[sizes.length - 1]!];
  const { names, shift, scale, ...others } = network.inputs ?? {};
  refuseUnknown('field', others, ['names', 'shift', 'scale'], 'inputs.');
  const named = (what: string, given: readonly string[] | undefined, count: number, letter: string) => {
    if (given !== undefined && (!Array.isArray(given) || given.length !== count)) {
      throw new RangeError(`${what}.names must be ${count} names, got ${JSON.stringify(given)}`);
    }
    return Array.from({ length: count }, (_, i) => String(given?.[i] ?? `${letter}${i + 1}`));
  };
  const scales = numbers('inputs.scale', scale, inputs, 1);
  scales.forEach((value, i) => {
    if (value === 0) throw new RangeError(`inputs.scale[${i + 1}] must not be 0`);
  });
  return {
    sizes,
    layers,
    inputs: {
      names: named('inputs', names, inputs, 'x'),
      shift: numbers('inputs.shift', shift, inputs, 0),
      scale: scales,
    },
    outputs: { names: named('outputs', network.outputs?.names, outputs, 'y') },
  };
}

function checkedLayer(name: string, layer: ReluLayer, inputs: number | undefined, last: boolean) {
  if (typeof layer !== 'object' || layer === null) {
    throw new TypeError(`${name} must be an object with "weights", got ${JSON.stringify(layer)}`);
  }
  refuseUnknown('field', layer, ['weights', 'biases', 'activation'], `${name}.`);
  const { weights, biases, activation = last ? 'none' : 'relu' } = layer;
  if (activation !== 'relu' && activation !== 'none') {
    throw new RangeError(`${name}.activation must be 'relu' or 'none', got ${JSON.stringify(activation)}`);
  }
  if (!Array.isArray(weights) || weights.length === 0) {
    throw new TypeError(`${name}.weights must be a list with a row for each neuron`);
  }
  const width = inputs ?? (Array.isArray(weights[0]) ? weights[0].length : 0);
  const rows = weights.map((row: unknown, j) => {
    if (!Array.isArray(row) || row.length !== width || width === 0) {
      const got = Array.isArray(row) ? row.length : JSON.stringify(row);
      throw new RangeError(
        `${name}.weights[${j + 1}] must be a row of ${width || 'some'} weights, got ${got}`,
      );
    }
    return row.map((value: unknown, i) => {
      try {
        return fractionOf(value);
      } catch (error) {
        throw new RangeError(`${name}.weights[${j + 1}][${i + 1}] ${(error as Error).message}`);
      }
    });
  });
  return {
    weights: rows,
    biases: numbers(`${name}.biases`, biases, rows.length, 0),
    relu: activation === 'relu',
  };
}

function numbers(
  name: string,
  given: readonly number[] | undefined,
  count: number,
  otherwise: number,
): number[] {
  if (given === undefined) return new Array<number>(count).fill(otherwise);
  if (!Array.isArray(given) || given.length !== count) {
    throw new RangeError(`${name} must be ${count} numbers, got ${JSON.stringify(given)}`);
  }
  given.forEach((value, i) => {
    finite(`${name}[${i + 1}]`, value);
  });
  return [...given];
}

/** Inputs as the first layer sees them, of raw ones. */
export const scaledInputs = (
  { inputs: { shift, scale } }: CheckedReluNetwork,
  raw: readonly number[],
): number[] => raw.map((value, i) => (value - shift[i]!) / scale[i]!);

/** What the digital network makes of inputs that are scaled already. */
export function reluOutputs({ layers }: CheckedReluNetwork, x: readonly number[]): number[] {
  let values = [...x];
  for (const { weights, biases, relu } of layers) {
    values = weights.map((row, j) => {
      let z = biases[j]!;
      row.forEach(({ numerator, denominator }, i) => {
        z += (numerator / denominator) * values[i]!;
      });
      return relu ? Math.max(0, z) : z;
    });
  }
  return values;
}
