import type { PerturbationSettings } from '../../circuits/index.js';
import { examplesOf } from './layered-examples.js';
import { layeredTwin, type NeuronLaw } from './layered-twin.js';
import type { LearnerExamples, LearnerTwin } from './learner.js';

/** tanh. */
export const tanh: NeuronLaw = { value: Math.tanh, slope: (_, a) => 1 - a * a };

/** Weight perturbation on numbers: Δw = −η·(L(w + δ) − L(w))/δ with L = Σ(y − a)² over all examples, all weights at once. */
export function perturbationTwin(settings: PerturbationSettings, given?: LearnerExamples): LearnerTwin {
  const { inputs, labels } = examplesOf(settings, given);
  const { rate, perturbation } = settings;
  const { weights, outputs } = layeredTwin(settings, tanh, given);
  const each = (of: (difference: number) => number) => {
    let sum = 0;
    inputs.forEach((x, s) => {
      outputs(x).forEach((a, o) => {
        sum += of(labels[s][o] - a);
      });
    });
    return sum;
  };
  const loss = () => each((difference) => difference * difference);
  return {
    weights,
    outputs,
    step() {
      const before = inputs.map(outputs);
      const error = each(Math.abs);
      const base = loss();
      const changes = weights.map((weight, e) => {
        weights[e] = weight + perturbation;
        const moved = loss();
        weights[e] = weight;
        return (-rate * (moved - base)) / perturbation;
      });
      changes.forEach((change, e) => {
        weights[e] += change;
      });
      return { rows: inputs.map((_, s) => s), outputs: before, error, going: 1 };
    },
  };
}
