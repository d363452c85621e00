import {
  type CircuitClockOptions,
  type LinearCrnOptions,
  linearCrn,
  type NeuralCrnOptions,
  type Rails,
} from '../circuits/index.js';
import type { DsdOptions } from '../lab/index.js';
import type { Samples } from './data.js';
import { datasets } from './datasets.js';
import { type IdealLearner, idealLinear } from './ideal.js';
import type { LabelCode } from './labels.js';
import { createRandom, type Random } from './random.js';
import { identityScaling, type Scaling } from './scaling.js';

/** In which order an epoch visits the training rows. */
export type SampleOrder = 'fixed' | 'shuffled';

/** The rows of one epoch in the order of their visit. A shuffle draws from the run's own stream. */
export function visitingOrder(rows: number, order: SampleOrder, random: Random): number[] {
  const visits = Array.from({ length: rows }, (_, row) => row);
  return order === 'shuffled' ? random.shuffle(visits) : visits;
}

/** Everything a training run needs to know before it starts. Plain data. */
export interface Task {
  /** Name in reports. */
  experiment: string;
  /** Seed of data, split, starting weights and order; each draws from a stream of its own. */
  seed: number;
  /** Where starting weights or order have seeds of their own: see `withSeeds`. */
  seeds?: { weights: number; order: number };
  features: string[];
  target: string;
  /** In the data's own units. */
  train: Samples;
  validation: Samples;
  /** Own units to concentrations and back. */
  scaling: Scaling;
  /** The circuit to build, starting weights and learning rate included. */
  circuit: NeuralCrnOptions;
  /** The clock inside that drives the circuit. Default: none, an outside schedule does. */
  clock?: CircuitClockOptions;
  /** Makes the circuit, clock and all, of DNA strands: options of `translateToDsd`, with fuels that are held by default. */
  dsd?: DsdOptions;
  /** What labels and outputs mean. Default: one output, a value. */
  labels?: LabelCode;
  /** A test set, such as a grid over the plane, that is predicted once, after training: `gridAccuracy`. */
  grid?: Samples;
  /** Tolerances of the simulation, where no others are asked for. Default 1e-6 and 1e-9. */
  solver?: { rtol: number; atol: number };
  epochs: number;
  order: SampleOrder;
  /** Whether a run keeps a row for every example, where it is not asked. Default true. */
  keepSteps?: boolean;
  /** What was decided from the data, in words, for the report. */
  notes: string[];
  /** What a computer did with the data before anything is dosed, in words, for the report. Default: nothing. */
  prepared?: string[];
}

/** The chemistry follows its twin to about 1e-4 in θ; a weight this close to 0 may cross it. */
const NEAR_ZERO = 1e-3;

/** Circuit options that every task passes on. */
export type CircuitChoices = Partial<
  Pick<LinearCrnOptions, 'horizon' | 'learnTime' | 'constants' | 'drift' | 'theta'>
>;

export interface LinearRegressionTaskOptions extends CircuitChoices {
  /** Default 0. */
  seed?: number;
  /**
   * Default: `'positive'`, as the authors, where the ideal twin of this run keeps every weight above 0; otherwise
   * `'dual'`, which can hold what would become negative. The task's notes say so.
   */
  rails?: Rails;
  /** Default 0.02. The authors' 0.1 is so large that the last examples of an epoch show in the final loss. */
  rate?: number;
  /** Default 10. The authors' run has 5. */
  epochs?: number;
  /** Default `'fixed'`, as the authors. */
  order?: SampleOrder;
}

/** The generated regression task of `datasets.linearRegression`, for a circuit without trained intercept. */
export function linearRegressionTask(options: LinearRegressionTaskOptions = {}): Task {
  const { seed = 0, rails, rate = 0.02, epochs = 10, order = 'fixed', ...choices } = options;
  const data = datasets.linearRegression({ seed });
  const task: Task = {
    experiment: data.name,
    seed,
    features: data.features,
    target: data.target,
    train: data.train,
    validation: data.validation,
    scaling: identityScaling(data.features.length),
    circuit: {
      inputs: data.features.length,
      rails: rails ?? 'positive',
      rate,
      theta: data.theta,
      drift: 0.1,
      ...choices,
    },
    epochs,
    order,
    notes: ['data are generated and used as they are: one unit is one unit of concentration'],
  };
  if (rails !== undefined) return task;
  const lowest = lowestIdealWeight(task);
  if (lowest.theta > NEAR_ZERO) return task;
  return {
    ...task,
    circuit: { ...task.circuit, rails: 'dual' },
    notes: [
      ...task.notes,
      `dual rails, because the ideal twin of this run takes the weight of ${lowest.feature} to ` +
        `${lowest.theta.toPrecision(3)}, which positive rails cannot hold`,
    ],
  };
}

/** The lowest weight that the ideal twin of a task passes through, and whose it is. */
function lowestIdealWeight(task: Task): { feature: string; theta: number } {
  let lowest = { feature: '', theta: Number.POSITIVE_INFINITY };
  let twin: IdealLearner;
  try {
    // Rails do not matter to the twin; dual ones accept any starting weight.
    twin = idealLinear(linearCrn({ ...(task.circuit as LinearCrnOptions), rails: 'dual' }).options);
  } catch {
    // What no circuit can be built for is refused, with its reason, where the circuit is built.
    return lowest;
  }
  const random = createRandom(task.seed, 'order');
  for (let epoch = 0; epoch < task.epochs; epoch++) {
    for (const row of visitingOrder(task.train.inputs.length, task.order, random)) {
      twin.step(task.train.inputs[row], task.train.targets[row]);
      twin.theta.forEach((theta, i) => {
        if (theta < lowest.theta) lowest = { feature: task.features[i], theta };
      });
    }
  }
  return lowest;
}
