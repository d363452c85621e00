import type { NeuralCrnSettings } from '../circuits/index.js';
import type { Stats } from '../simulate/types.js';
import type { Concentrations } from './pot.js';
import type { RandomState } from './random.js';
import type { StochasticSettings } from './stochastic.js';
import type { SampleOrder, Task } from './tasks.js';
import { PACKAGE_VERSION } from './version.js';

/** Format of checkpoints this version writes, and the only one it resumes. */
export const CHECKPOINT_VERSION = 1;

/** What an epoch ended with. Losses are means of ½e² in the label's own units, over a simulated pass. */
export interface EpochRecord {
  /** 0 is before training. */
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  /** Part of the right decisions, where the task is a classification. */
  trainAccuracy?: number;
  validationAccuracy?: number;
  /** Circuits with the hinge: the mean of what they descend, ½·max(0, 1 − yŷ)² over the validation rows. */
  validationHinge?: number;
  trainHinge?: number;
  /** The same losses of the ideal twin, when it runs beside. */
  idealTrainLoss?: number;
  idealValidationLoss?: number;
  idealValidationHinge?: number;
  /** Its accuracies, where the task is a classification. */
  idealTrainAccuracy?: number;
  idealValidationAccuracy?: number;
  /** Largest |θ − θ of the twin| as they stand. */
  idealDifference?: number;
}

/** Predictions for every example of both sets, in the label's own units (or numbers of classes). */
export interface SetPredictions {
  train: number[];
  validation: number[];
}

/** The best epoch so far, kept where a run has a patience. */
export interface BestEpoch {
  epoch: number;
  validationLoss: number;
  /** The loss by which it is the best: see `watchedLoss`. */
  watched: number;
  /** The weight species as they stood then. */
  aliquot: Concentrations;
  predictions: SetPredictions;
}

/** What has been seen so far: grows with every example and every epoch. */
export interface Progress {
  history: EpochRecord[];
  /** Signed weights θ: before training, then after every example. */
  weights: number[][];
  /** Error e = ŷ − y of every example before its update, in the label's own units. */
  errors: number[];
  /** Largest |θ − θ of the ideal twin| after every example; empty without the twin. */
  idealDifferences: number[];
  /** Weights of the ideal twin; `null` without it. */
  idealTheta: number[] | null;
  /** Output weights, biases and fuel of the ideal twin, where the circuit has them. */
  idealW?: number[] | null;
  idealB?: number[];
  idealFuel?: number;
  /** Predictions before training, and after the last complete epoch. */
  before: SetPredictions | null;
  after: SetPredictions | null;
  /** With a patience, once epoch 0 is complete. */
  best?: BestEpoch;
  stats: Stats;
}

/** How a run was set up, beside the task. */
export interface TrainSettings {
  epochs: number;
  order: SampleOrder;
  rtol: number;
  atol: number;
  ideal: boolean;
  /** Epochs without a lower loss on the validation rows after which the run stops. Without it, it has all its epochs. */
  patience?: number;
  /** With a patience: by how much the loss must fall to count, in the loss's units. Default 0. */
  minDelta?: number;
  /** Losses and predictions are measured after every so many epochs, and after the last. Default 1. */
  measureEvery?: number;
  /** With a finite number of molecules, everything filled in. Without it, rate equations are integrated. */
  stochastic?: StochasticSettings;
}

/** A training run after a complete epoch: continues to the same bits. Plain data, survives JSON. */
export interface Checkpoint {
  format: 'neural-crn-checkpoint';
  version: number;
  package: string;
  task: Task;
  settings: TrainSettings;
  circuit: NeuralCrnSettings;
  /** Complete epochs. */
  epoch: number;
  /** The whole training pot, residues included. */
  concentrations: Concentrations;
  /** Generator of the sample order. */
  random: RandomState;
  progress: Progress;
  /** With a finite number of molecules: phases that the training pot has run. */
  runs?: number;
}

/**
 * Reads a checkpoint: text, or the parsed object.
 * @throws TypeError when it is not one, RangeError when another version of the package wrote it in another format
 */
export function loadCheckpoint(source: unknown): Checkpoint {
  let value = source;
  if (typeof source === 'string') {
    try {
      value = JSON.parse(source);
    } catch (error) {
      throw new TypeError(`not a checkpoint: ${(error as Error).message}`);
    }
  }
  const checkpoint = value as Partial<Checkpoint> | null;
  if (
    checkpoint === null ||
    typeof checkpoint !== 'object' ||
    checkpoint.format !== 'neural-crn-checkpoint'
  ) {
    throw new TypeError('not a checkpoint: it has no "format": "neural-crn-checkpoint"');
  }
  if (checkpoint.version !== CHECKPOINT_VERSION) {
    throw new RangeError(
      `the checkpoint has format version ${checkpoint.version}, written by neural-crn ${checkpoint.package}; this is ` +
        `neural-crn ${PACKAGE_VERSION}, which resumes version ${CHECKPOINT_VERSION}: start again, or use that package`,
    );
  }
  for (const part of [
    'task',
    'settings',
    'circuit',
    'epoch',
    'concentrations',
    'random',
    'progress',
  ] as const) {
    if (checkpoint[part] === undefined) throw new TypeError(`the checkpoint is damaged: ${part} is missing`);
  }
  return checkpoint as Checkpoint;
}

/** Progress as it stands now, safe from later additions (rows once written never change). */
export function copyProgress(progress: Progress): Progress {
  return {
    ...progress,
    history: progress.history.slice(),
    weights: progress.weights.slice(),
    errors: progress.errors.slice(),
    idealDifferences: progress.idealDifferences.slice(),
    idealTheta: progress.idealTheta && [...progress.idealTheta],
  };
}
