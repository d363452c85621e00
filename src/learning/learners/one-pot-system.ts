import {
  type OnePotCircuit,
  type OnePotOptions,
  type OnePotSettings,
  onePot,
  onePotAbout,
} from '../../circuits/index.js';
import type { Random } from '../random.js';
import { rungeKutta } from '../runge-kutta.js';
import { errorOf, examplesOf } from './layered-examples.js';
import { startingWeights } from './layered-systems.js';
import { layeredPasses, smoothRectifier } from './layered-twin.js';
import type { LearnerSystem, LearnerTwin } from './learner.js';
import { OnePotPot } from './one-pot-pot.js';

/** N(0, 1), as one-pot learners are started. */
export const unitNormal = (random: Random): number => random.normal(0, 1);

/** The clockless learner after Kang & Kim: see `onePot`. Labels are not negative. */
export const onePotSystem: LearnerSystem<OnePotOptions, OnePotCircuit> = {
  about: onePotAbout,
  choose(examples, { seed = 0, hidden = [3] } = {}) {
    const { inputs, labels } = examples;
    if (inputs.length === 0) throw new RangeError('examples must have at least one row');
    const sizes = [inputs[0].length, ...hidden, labels[0].length];
    return { sizes, samples: examples, weights: startingWeights(sizes, seed, unitNormal) };
  },
  build: onePot,
  drive: () =>
    Promise.reject(
      new RangeError('clock: a one-pot learner has no phases that one could switch; leave it out'),
    ),
  pot: (circuit, solver) => OnePotPot.create(circuit, readerOf(circuit.settings), solver),
  twin: ({ settings }) => flowTwin(settings),
};

/** The same network without learning. */
const readerOf = ({ sizes, speed, softness, annihilation, inputRails }: OnePotSettings): OnePotCircuit =>
  onePot({ sizes, speed, softness, annihilation, inputRails, learns: false });

/** Gradient flow dw/dt = η·Σ ζa on numbers, over all examples, for a stretch a step. */
function flowTwin(settings: OnePotSettings): LearnerTwin {
  const { sizes, rate, softness, stretch } = settings;
  const examples = examplesOf(settings, undefined);
  const { forward, backward } = layeredPasses(sizes, smoothRectifier(softness));
  const weights = [...settings.weights];
  const state = Float64Array.from(weights);
  const last = sizes.length - 1;
  const rows = examples.inputs.map((_, row) => row);
  const flow = (at: Float64Array, slope: Float64Array) => {
    slope.fill(0);
    for (const row of rows) {
      backward(at, forward(at, examples.inputs[row]), examples.labels[row], rate, slope);
    }
  };
  const outputs = (x: readonly number[]) => forward(weights, x).values[last];
  return {
    weights,
    outputs,
    step() {
      rungeKutta(flow, state, stretch);
      state.forEach((value, e) => {
        weights[e] = value;
      });
      const own = rows.map((row) => outputs(examples.inputs[row]));
      return { rows: [...rows], outputs: own, error: errorOf(own, rows, examples), going: 1 };
    },
  };
}
