import type { LayeredSettings } from '../../circuits/index.js';
import { batchRows, examplesOf } from './layered-examples.js';
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

/**
 * Gradient descent by backpropagation on numbers: w += η·Σ ζa over the examples of a batch, with ζ = (y − a)·f′ in the
 * outputs and f′·Σ wζ below; nothing changes where Σ|y − a| is below the tolerance.
 */
export function layeredTwin(
  settings: LayeredSettings,
  { value, slope }: NeuronLaw,
  given?: LearnerExamples,
  tolerance = 0,
): LearnerTwin {
  const { sizes, batch, rate } = settings;
  const examples = examplesOf(settings, given);
  const weights = [...settings.weights];
  let steps = 0;

  /** Weighted sums and activations, layer by layer; activations of layer 0 are the inputs. */
  const forward = (x: readonly number[]) => {
    const sums: number[][] = [[]];
    const values: number[][] = [[...x]];
    let e = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
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
  };

  /** Adds one example's part to the changes. */
  const backward = (
    { sums, values }: ReturnType<typeof forward>,
    y: readonly number[],
    changes: number[],
  ) => {
    let errors = values[sizes.length - 1].map((a, o) => y[o] - a);
    let end = weights.length;
    for (let layer = sizes.length - 1; layer > 0; layer--) {
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
  };

  return {
    weights,
    outputs: (x) => forward(x).values[sizes.length - 1],
    step() {
      const rows = batchRows(steps++, examples, batch);
      const changes = new Array<number>(weights.length).fill(0);
      let error = 0;
      const outputs = rows.map((row) => {
        const pass = forward(examples.inputs[row]);
        const own = pass.values[sizes.length - 1];
        own.forEach((a, o) => {
          error += Math.abs(examples.labels[row][o] - a);
        });
        backward(pass, examples.labels[row], changes);
        return own;
      });
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
