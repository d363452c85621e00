import type { LayeredSettings } from '../../circuits/index.js';
import { batchRows, errorOf, examplesOf } from './layered-examples.js';
import type { LearnerExamples, LearnerTwin } from './learner.js';

/** A kind of neuron: what it makes of its weighted sum z, and the slope that backpropagation takes, given z and a. */
export interface NeuronLaw {
  value(z: number): number;
  slope(z: number, a: number): number;
}

/** The logistic sigmoid. */
export const sigmoid: NeuronLaw = {
  value: (z) => 1 / (1 + Math.exp(-z)),
  slope: (_, a) => a * (1 - a),
};

/** The leaky rectifier, z or αz. */
export const leakyRectifier = (alpha: number): NeuronLaw => ({
  value: (z) => (z > 0 ? z : alpha * z),
  slope: (z) => (z > 0 ? 1 : alpha),
});

/** The smooth rectifier (z + √(z² + 4h))/2. */
export const smoothRectifier = (softness: number): NeuronLaw => ({
  value: (z) => {
    const root = Math.sqrt(z * z + 4 * softness);
    // Of two numbers that nearly cancel the quotient is the exact form.
    return z > 0 ? (z + root) / 2 : (2 * softness) / (root - z);
  },
  slope: (_, a) => (a * a) / (a * a + softness),
});

/** Weighted sums and activations, layer by layer; activations of layer 0 are the inputs. */
export interface LayeredPass {
  sums: number[][];
  values: number[][];
}

/** Both passes of a layered network on numbers, with weights as `LayeredOptions.weights` has them. */
export function layeredPasses(sizes: readonly number[], { value, slope }: NeuronLaw) {
  const last = sizes.length - 1;
  return {
    forward(weights: ArrayLike<number>, x: readonly number[]): LayeredPass {
      const sums: number[][] = [[]];
      const values: number[][] = [[...x]];
      let e = 0;
      for (let layer = 1; layer <= last; layer++) {
        sums.push([]);
        values.push([]);
        for (let j = 0; j < sizes[layer]; j++) {
          let z = 0;
          for (const a of values[layer - 1]) z += weights[e++] * a;
          z += weights[e++];
          sums[layer].push(z);
          values[layer].push(value(z));
        }
      }
      return { sums, values };
    },

    /** Adds `rate`·ζa of one example to the changes, with ζ = (y − a)·f′ in the outputs and f′·Σ wζ below. */
    backward(
      weights: ArrayLike<number>,
      { sums, values }: LayeredPass,
      y: readonly number[],
      rate: number,
      changes: number[] | Float64Array,
    ): void {
      let errors = values[last].map((a, o) => y[o] - a);
      let end = weights.length;
      for (let layer = last; layer > 0; layer--) {
        const below = values[layer - 1];
        const width = below.length + 1;
        const start = end - sizes[layer] * width;
        const next = new Array<number>(below.length).fill(0);
        errors.forEach((error, j) => {
          const zeta = error * slope(sums[layer][j], values[layer][j]);
          const own = start + j * width;
          below.forEach((a, i) => {
            changes[own + i] += rate * zeta * a;
            next[i] += weights[own + i] * zeta;
          });
          changes[own + below.length] += rate * zeta;
        });
        errors = next;
        end = start;
      }
    },
  };
}

/**
 * Gradient descent by backpropagation on numbers: w += η·Σ ζa over the examples of a batch; nothing changes where Σ|y − a|
 * is below the tolerance.
 */
export function layeredTwin(
  settings: LayeredSettings,
  law: NeuronLaw,
  given?: LearnerExamples,
  tolerance = 0,
): LearnerTwin {
  const { sizes, batch, rate } = settings;
  const examples = examplesOf(settings, given);
  const { forward, backward } = layeredPasses(sizes, law);
  const weights = [...settings.weights];
  const last = sizes.length - 1;
  let steps = 0;
  return {
    weights,
    outputs: (x) => forward(weights, x).values[last],
    step() {
      const rows = batchRows(steps++, examples, batch);
      const changes = new Array<number>(weights.length).fill(0);
      const outputs = rows.map((row) => {
        const pass = forward(weights, examples.inputs[row]);
        backward(weights, pass, examples.labels[row], rate, changes);
        return pass.values[last];
      });
      const error = errorOf(outputs, rows, examples);
      const going = error < tolerance ? 0 : 1;
      if (going === 1) {
        changes.forEach((change, e) => {
          weights[e] += change;
        });
      }
      return { rows, outputs, error, going };
    },
  };
}
