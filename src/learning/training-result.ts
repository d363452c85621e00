import type { Circuit, WeightValues } from '../circuits/index.js';
import type { Stats } from '../simulate/types.js';
import type { Checkpoint, EpochRecord, SetPredictions, TrainSettings } from './checkpoint.js';
import type { Stopped } from './early-stopping.js';
import type { Model } from './model.js';
import type { Task } from './tasks.js';

/** What a training run ended with. It describes the last complete epoch, or with a patience the best. */
export interface TrainingResult {
  /** `'failed'` only in `CircuitFailure.partial`. */
  status: 'done' | 'cancelled' | 'failed';
  experiment: string;
  seed: number;
  circuit: Circuit;
  /** The epoch that metrics, parameters, later predictions and model are of. */
  epoch: number;
  /** Where the patience came to its end, if it did. */
  stopped?: Stopped;
  /** Of every epoch that was measured. */
  history: EpochRecord[];
  metrics: {
    /** Coefficients of determination of the simulated predictions; left out for classifications, and when all labels are equal. */
    trainR2?: number;
    validationR2?: number;
    /** Part of the right decisions, where the task is a classification. */
    trainAccuracy?: number;
    validationAccuracy?: number;
    /** The same on the task's grid. */
    gridAccuracy?: number;
    /** The ideal twin's, when it ran. */
    idealGridAccuracy?: number;
    /** Rows of a grid that is no plane (a test set) by true class and predicted class. */
    gridConfusion?: number[][];
    /** Validation rows by true class (row) and predicted class (column). */
    confusion?: number[][];
    /** Validation loss of the ideal twin, when it ran. */
    idealFinalLoss?: number;
    /** Validation loss of the same run under an outside schedule, where a clock inside drives the circuit. */
    scheduledFinalLoss?: number;
    /** Largest |θ − θ of the twin| over all steps, when it ran. */
    idealLargestDifference?: number;
  };
  /** Signed weights, row by row: θ, and output weights and biases where they are trained. */
  parameters: WeightValues;
  /** Signed weights θ before training and after every example: one row each. */
  weights: number[][];
  /** Error of every example before its update, in the label's own units. */
  errors: number[];
  /** Largest difference in θ to the ideal twin after every example; empty without it. */
  idealDifferences: number[];
  /** Predictions for every example, in the label's own units; `null` when epoch 0 was not completed. */
  predictions: { before: SetPredictions | null; after: SetPredictions | null };
  /** Predictions for the task's grid after training. */
  grid?: number[];
  task: Task;
  settings: TrainSettings;
  /** What was not chemistry. */
  digital: string[];
  /** Work of both pots, in every part of a resumed run. */
  stats: Stats;
  model: Model;
  /** After the last complete epoch; continue with `train(checkpoint.task, { resume: checkpoint })`. */
  checkpoint: Checkpoint;
}
