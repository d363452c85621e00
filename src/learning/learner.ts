import type { Circuit, WeightValues } from '../circuits/index.js';
import type { Checkpoint, EpochRecord, TrainSettings } from './checkpoint.js';
import { isOver } from './early-stopping.js';
import type { Model } from './model.js';
import { createPacer } from './pace.js';
import { type SetUpOptions, setUp } from './set-up.js';
import { modelOf, summarise } from './summary.js';
import type { Task } from './tasks.js';
import type { StepRecord, Trainer } from './trainer.js';
import type { TrainingResult } from './training-result.js';

/** Options of {@link createLearner}: those of `train` but its callbacks. */
export type LearnerOptions = SetUpOptions;

/** What ends a wait: the promise rejects with the signal's reason, and the learner can be used as before. */
export interface Interruptible {
  signal?: AbortSignal;
}

/** Training by hand, one example at a time: made by {@link createLearner}. */
export interface Learner {
  readonly task: Task;
  readonly circuit: Circuit;
  readonly settings: TrainSettings;
  /** Epochs that are complete and measured; −1 before epoch 0, the measurement before training. */
  readonly epoch: number;
  /** Examples of the epoch under way that are learned. */
  readonly visited: number;
  /** Examples learned in all. */
  readonly steps: number;
  /** Every measured epoch so far. */
  readonly history: readonly EpochRecord[];
  /** Whether all epochs are complete, or the patience is at an end. One may go on all the same. */
  readonly over: boolean;
  /** Signed weights as they stand. */
  readonly weights: WeightValues;
  /** Predictions for both sets at the last measured epoch. */
  readonly predictions: { train: readonly number[]; validation: readonly number[] } | null;
  /**
   * Learns the next example. With the last one of an epoch nothing is measured yet: `measure` does that.
   * @throws CircuitFailure when the chemistry cannot go on
   */
  step(): StepRecord;
  /**
   * Learns what is left of the epoch under way, or all of the next one, and measures it. The first call of a new
   * learner measures epoch 0.
   * @throws (rejects) CircuitFailure when the chemistry cannot go on
   */
  measure(options?: Interruptible & { onStep?: (step: StepRecord) => void }): Promise<EpochRecord>;
  /**
   * Predictions for rows in the data's own units (with classes: their numbers) with the weights as they stand, in a clean
   * pot. What is learned later is the same with and without.
   */
  predict(rows: readonly (readonly number[])[], options?: Interruptible): Promise<number[]>;
  /** After the last complete epoch: what `train` and `createLearner` resume, and `loadCheckpoint` reads. */
  checkpoint(): Checkpoint;
  /** The weights as they stand, in the middle of an epoch too. */
  model(): Model;
  /**
   * What `train` would have returned, had it been cancelled now; when the learner is over, as `train` returns it, but
   * without `scheduledFinalLoss`.
   */
  result(options?: Interruptible): Promise<TrainingResult>;
  /** Gives the memory back; nothing else may be called afterwards. */
  dispose(): void;
}

/**
 * Makes a learner, which trains as `train` does, to the same bits, but in the caller's own time: for a button that learns
 * one example, a picture between two of them, or a worker that is to answer messages while it learns.
 *
 * ```ts
 * const learner = await createLearner(tasks.xor.create({ seed: 1 }));
 * while (!learner.over) {
 *   const { epoch, validationLoss } = await learner.measure();
 *   console.log(epoch, validationLoss, learner.weights.theta);
 * }
 * const model = learner.model();
 * learner.dispose();
 * ```
 *
 * @throws (rejects) RangeError or DataError for input that cannot be used
 */
export async function createLearner(task: Task, options: LearnerOptions = {}): Promise<Learner> {
  return new TrainerLearner((await setUp(task, options)).trainer);
}

class TrainerLearner implements Learner {
  readonly #trainer: Trainer;
  #checkpoint: Checkpoint;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#checkpoint = trainer.checkpoint();
  }

  get task(): Task {
    return this.#trainer.task;
  }

  get circuit(): Circuit {
    return this.#trainer.circuit;
  }

  get settings(): TrainSettings {
    return this.#trainer.settings;
  }

  get epoch(): number {
    const { history } = this;
    return history.length === 0 ? -1 : history[history.length - 1].epoch;
  }

  get visited(): number {
    const { visited, rows, steps } = this.#trainer;
    return steps === Math.max(0, this.epoch) * rows ? 0 : visited;
  }

  get steps(): number {
    return this.#trainer.steps;
  }

  get history(): readonly EpochRecord[] {
    return this.#trainer.progress.history;
  }

  get over(): boolean {
    return isOver(this.#trainer.progress, this.settings);
  }

  get weights(): WeightValues {
    return this.#trainer.values;
  }

  get predictions() {
    return this.#trainer.progress.after;
  }

  step(): StepRecord {
    return this.#trainer.step();
  }

  async measure({ signal, onStep }: Interruptible & { onStep?: (step: StepRecord) => void } = {}) {
    const pacer = createPacer(signal);
    signal?.throwIfAborted();
    const trainer = this.#trainer;
    // Epoch 0 is measured before the first example, or not at all.
    if (this.epoch < 0 && trainer.steps === 0) await trainer.begin(pacer);
    else await trainer.runEpochs(pacer, onStep, this.#last());
    this.#checkpoint = trainer.checkpoint();
    return this.history[this.history.length - 1];
  }

  /** The epoch that is measured next: beyond the settings' last one, every one. */
  #last(): number | undefined {
    return this.epoch >= this.settings.epochs ? this.epoch + 1 : undefined;
  }

  predict(rows: readonly (readonly number[])[], { signal }: Interruptible = {}): Promise<number[]> {
    return this.#trainer.predict(rows, createPacer(signal));
  }

  checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  model(): Model {
    const { progress, parameters } = this.#trainer;
    const epochs = Math.max(0, this.epoch);
    const described = this.visited === 0 ? progress.history[progress.history.length - 1] : undefined;
    return modelOf(this.#trainer, parameters, { epochs, described });
  }

  async result({ signal }: Interruptible = {}): Promise<TrainingResult> {
    const trainer = this.#trainer;
    const done = isOver(this.#checkpoint.progress, this.settings) && this.visited === 0;
    const grid = done ? await trainer.measureGrid(createPacer(signal)) : undefined;
    return summarise(trainer, this.#checkpoint, done ? 'done' : 'cancelled', grid);
  }

  dispose(): void {
    this.#trainer.dispose();
  }
}
