import type { LinearCrnOptions, Rails } from '../circuits/index.js';
import type { Samples } from './data.js';
import { datasets } from './datasets.js';
import { identityScaling, type Scaling } from './scaling.js';

/** In which order an epoch visits the training rows. */
export type SampleOrder = 'fixed' | 'shuffled';

/** Everything a training run needs to know before it starts. Plain data. */
export interface Task {
  /** Name in reports. */
  experiment: string;
  /** Seed of data, split, starting weights and order; each draws from a stream of its own. */
  seed: number;
  features: string[];
  target: string;
  /** In the data's own units. */
  train: Samples;
  validation: Samples;
  /** Own units to concentrations and back. */
  scaling: Scaling;
  /** The circuit to build, starting weights and learning rate included. */
  circuit: LinearCrnOptions;
  epochs: number;
  order: SampleOrder;
  /** What was decided from the data, in words, for the report. */
  notes: string[];
}

/** Circuit options that every task passes on. */
export type CircuitChoices = Partial<
  Pick<LinearCrnOptions, 'horizon' | 'learnTime' | 'constants' | 'drift' | 'theta'>
>;

export interface LinearRegressionTaskOptions extends CircuitChoices {
  /** Default 0. */
  seed?: number;
  /** Default `'positive'`, as the authors. */
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
  const { seed = 0, rails = 'positive', rate = 0.02, epochs = 10, order = 'fixed', ...choices } = options;
  const data = datasets.linearRegression({ seed });
  return {
    experiment: data.name,
    seed,
    features: data.features,
    target: data.target,
    train: data.train,
    validation: data.validation,
    scaling: identityScaling(data.features.length),
    circuit: { inputs: data.features.length, rails, rate, theta: data.theta, drift: 0.1, ...choices },
    epochs,
    order,
    notes: ['data are generated and used as they are: one unit is one unit of concentration'],
  };
}
