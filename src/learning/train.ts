import { type Circuit, learnedSpecies, parameters } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import type { Checkpoint, EpochRecord, SetPredictions, TrainSettings } from './checkpoint.js';
import { checkPatience, isOver, patienceAct, stoppedAt } from './early-stopping.js';
import { CircuitFailure } from './failure.js';
import { accuracy, classCount, confusionMatrix, PLAIN } from './labels.js';
import { rSquared } from './metrics.js';
import { MODEL_VERSION } from './model.js';
import { createPacer } from './pace.js';
import { scheduledLoss } from './scheduled-loss.js';
import type { SampleOrder, Task } from './tasks.js';
import { type StepRecord, Trainer } from './trainer.js';
import type { TrainingResult } from './training-result.js';
import { PACKAGE_VERSION } from './version.js';

/** Options of {@link train}. */
export interface TrainOptions extends Omit<SolverOptions, 'atol'> {
  /** Absolute tolerance in concentration units. Default 1e-9. */
  atol?: number;
  /** A circuit to use in place of the one the task describes. */
  circuit?: Circuit;
  /** Epochs in all (a resumed run counts those it already has). Default: the task's. */
  epochs?: number;
  /** Default: the task's. */
  order?: SampleOrder;
  /** Runs the ideal twin beside the chemistry and reports the difference. Default false. */
  ideal?: boolean;
  /**
   * Stops when the validation loss (for hinge circuits the hinge loss, which they descend) has not fallen for so many
   * epochs; the result is then that of the best epoch, also when all epochs were run. Default: no early stop, and the
   * result is that of the last epoch.
   */
  patience?: number;
  /** With `patience`: by how much that loss must fall to count, in the loss's units. Default 0. */
  minDelta?: number;
  /** Losses and predictions are measured after every so many epochs, and after the last. Default 1. */
  measureEvery?: number;
  /** Continues this run, with its settings where no others are given. `epochs` may be larger than it had. */
  resume?: Checkpoint;
  /** Ends the run with status `'cancelled'` and what there is. */
  signal?: AbortSignal;
  /** Called after every example. */
  onStep?: (step: StepRecord) => void;
  /** Called after every measured epoch, epoch 0 included. A returned promise is awaited. */
  onEpoch?: (epoch: EpochRecord) => void | Promise<void>;
  /** Called after every measured epoch with a checkpoint of it. A returned promise is awaited. */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
}

/** A run under way: iterate over its epochs, or await its result, or both. */
export interface TrainingRun extends AsyncIterable<EpochRecord> {
  readonly result: Promise<TrainingResult>;
}

/**
 * Trains a circuit on a task, one example at a time.
 *
 * Every example is dosed into one pot, fed forward in phase 1 and learned in phase 2; what an example leaves behind
 * stays in the pot. After every epoch (and before the first) both sets are predicted in a second pot that gets a
 * sample of the weights; every loss, metric and prediction comes from the concentrations of such a simulated phase.
 *
 * ```ts
 * const run = train(linearRegressionTask({ seed: 1 }));
 * for await (const { epoch, validationLoss } of run) console.log(epoch, validationLoss);
 * const { parameters, model } = await run.result;
 * ```
 *
 * The run starts at once, and leaving the loop does not stop it: abort `signal` for that. `result` rejects with
 * RangeError or DataError for input that cannot be used, and with CircuitFailure when the chemistry cannot go on.
 */
export function train(task: Task, options: TrainOptions = {}): TrainingRun {
  const epochs: EpochRecord[] = [];
  let finished = false;
  let waiting: (() => void)[] = [];
  const wake = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const outcome = execute(task, options, (epoch) => {
    epochs.push(epoch);
    wake();
  }).finally(() => {
    finished = true;
    wake();
  });
  // Whoever asks for `result` or iterates gets the error; nobody gets it unasked.
  outcome.catch(() => {});
  return {
    get result() {
      return outcome.then((result) => result);
    },
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; ) {
        while (next < epochs.length) yield epochs[next++];
        if (finished) break;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      await outcome;
    },
  };
}

async function execute(
  task: Task,
  options: TrainOptions,
  report: (epoch: EpochRecord) => void,
): Promise<TrainingResult> {
  const { circuit, epochs, order, ideal, resume, signal, onStep, onEpoch, onCheckpoint, ...rest } = options;
  const {
    patience = resume?.settings.patience,
    minDelta = resume?.settings.minDelta,
    measureEvery = resume?.settings.measureEvery ?? 1,
    ...solver
  } = rest;
  if (!(Number.isInteger(measureEvery) && measureEvery >= 1)) {
    throw new RangeError(`measureEvery must be an integer ≥ 1, got ${measureEvery}`);
  }
  if (resume && JSON.stringify(resume.task) !== JSON.stringify(task)) {
    throw new RangeError('resume: the checkpoint belongs to another task; pass checkpoint.task');
  }
  const settings: TrainSettings = {
    epochs: epochs ?? resume?.settings.epochs ?? task.epochs,
    order: order ?? resume?.settings.order ?? task.order,
    rtol: solver.rtol ?? resume?.settings.rtol ?? task.solver?.rtol ?? 1e-6,
    atol: solver.atol ?? resume?.settings.atol ?? task.solver?.atol ?? 1e-9,
    ideal: ideal ?? resume?.settings.ideal ?? false,
    ...(patience !== undefined && { patience }),
    ...(minDelta !== undefined && { minDelta }),
    ...(measureEvery > 1 && { measureEvery }),
  };
  checkSettings(settings, resume);
  checkPatience(settings, resume?.settings);
  if (resume && settings.ideal !== resume.settings.ideal) {
    throw new RangeError(
      'ideal: the twin runs from the start or not at all; leave it out to resume as before',
    );
  }
  const trainer = await Trainer.create(
    task,
    settings,
    { ...solver, rtol: settings.rtol, atol: settings.atol },
    circuit,
    resume,
  );
  // Kept from the last complete epoch, so that a run cancelled in the middle of one resumes to the same bits.
  let checkpoint = trainer.checkpoint();
  let status: TrainingResult['status'] = 'done';
  let grid: number[] | undefined;
  let scheduled: number | undefined;
  try {
    const pacer = createPacer(signal);
    signal?.throwIfAborted();
    while (!isOver(trainer.progress, settings)) {
      const epoch = await (trainer.progress.history.length === 0
        ? trainer.begin(pacer)
        : trainer.runEpochs(pacer, onStep));
      checkpoint = trainer.checkpoint();
      report(epoch);
      await onEpoch?.(epoch);
      await onCheckpoint?.(checkpoint);
      // A pause for callers that iterate, whatever the slice.
      await pacer.rest();
    }
    grid = await trainer.measureGrid(pacer);
    if (trainer.circuit.clock) {
      const { rtol, atol } = settings;
      scheduled = await scheduledLoss(task, trainer.circuit, settings, { ...solver, rtol, atol }, pacer);
    }
  } catch (error) {
    if (error instanceof CircuitFailure) error.partial = summarise(trainer, checkpoint, 'failed');
    if (!signal?.aborted || error !== signal.reason) throw error;
    if (!isOver(checkpoint.progress, settings)) status = 'cancelled';
  } finally {
    trainer.dispose();
  }
  return summarise(trainer, checkpoint, status, grid, scheduled);
}

function checkSettings({ epochs, order, rtol, atol }: TrainSettings, resume: Checkpoint | undefined): void {
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new RangeError(`epochs must be an integer ≥ 0, got ${epochs}`);
  if (order !== 'fixed' && order !== 'shuffled') {
    throw new RangeError(`order must be 'fixed' or 'shuffled', got ${JSON.stringify(order)}`);
  }
  for (const [name, value] of Object.entries({ rtol, atol })) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
  }
  if (resume && resume.epoch > epochs) {
    throw new RangeError(`epochs is ${epochs}, but the run to resume already has ${resume.epoch}`);
  }
}

function summarise(
  trainer: Trainer,
  checkpoint: Checkpoint,
  status: TrainingResult['status'],
  grid?: number[],
  scheduled?: number,
): TrainingResult {
  const { task, circuit, settings } = trainer;
  const { progress } = checkpoint;
  const { aliquot = checkpoint.concentrations, epoch = checkpoint.epoch } = progress.best ?? {};
  const learned = parameters(circuit, (species) => aliquot[species]);
  // There is none when not even epoch 0 was completed.
  const described = progress.history.find((record) => record.epoch === epoch);
  const after = progress.best?.predictions ?? progress.after;
  const stopped = stoppedAt(progress, settings);
  return {
    status,
    experiment: task.experiment,
    seed: task.seed,
    circuit,
    epoch,
    ...(stopped && { stopped }),
    history: progress.history,
    metrics: {
      ...metricsOf(task, progress.idealDifferences, described, after, grid),
      ...(scheduled !== undefined && { scheduledFinalLoss: scheduled }),
    },
    parameters: learned,
    weights: progress.weights,
    errors: progress.errors,
    idealDifferences: progress.idealDifferences,
    predictions: { before: progress.before, after },
    ...(grid && { grid }),
    task,
    settings,
    digital: [...digitalActs(circuit, task, settings), ...patienceAct(progress, settings)],
    // With the grid's pass, which comes after the last checkpoint.
    stats: trainer.progress.stats,
    model: {
      format: 'neural-crn-model',
      version: MODEL_VERSION,
      package: PACKAGE_VERSION,
      experiment: task.experiment,
      seed: task.seed,
      circuit: {
        family: circuit.family,
        options: circuit.options,
        ...(circuit.clock && { clock: circuit.clock }),
      },
      parameters: {
        ...learned,
        concentrations: Object.fromEntries(
          learnedSpecies(circuit).map((species) => [species, aliquot[species]]),
        ),
      },
      features: task.features,
      target: task.target,
      scaling: task.scaling,
      ...(task.labels && { labels: task.labels }),
      solver: { rtol: settings.rtol, atol: settings.atol },
      training: {
        epochs: epoch,
        ...(described && { trainLoss: described.trainLoss, validationLoss: described.validationLoss }),
      },
    },
    checkpoint,
  };
}

function metricsOf(
  task: Task,
  idealDifferences: readonly number[],
  described: EpochRecord | undefined,
  after: SetPredictions | null,
  grid: number[] | undefined,
): TrainingResult['metrics'] {
  const metrics: TrainingResult['metrics'] = {};
  const { labels: code = PLAIN } = task;
  const { trainAccuracy, validationAccuracy, idealValidationLoss: ideal } = described ?? {};
  if (trainAccuracy !== undefined) metrics.trainAccuracy = trainAccuracy;
  if (validationAccuracy !== undefined) metrics.validationAccuracy = validationAccuracy;
  const onGrid = grid && task.grid && accuracy(code, grid, task.grid.targets);
  if (onGrid !== undefined) metrics.gridAccuracy = onGrid;
  const confusion = after && confusionMatrix(code, after.validation, task.validation.targets);
  if (confusion) metrics.confusion = confusion;
  const valued = classCount(code) === 0;
  const trainR2 = after && valued ? rSquared(after.train, task.train.targets) : undefined;
  const validationR2 = after && valued ? rSquared(after.validation, task.validation.targets) : undefined;
  if (trainR2 !== undefined) metrics.trainR2 = trainR2;
  if (validationR2 !== undefined) metrics.validationR2 = validationR2;
  if (ideal !== undefined) {
    metrics.idealFinalLoss = ideal;
    metrics.idealLargestDifference = idealDifferences.reduce((most, value) => Math.max(most, value), 0);
  }
  return metrics;
}

/** Everything in a run that is not chemistry, in words. */
function digitalActs(circuit: Circuit, task: Task, settings: TrainSettings): string[] {
  const scaled = [...task.scaling.features, task.scaling.target].some(
    ({ offset, scale }) => offset !== 0 || scale !== 1,
  );
  return [
    ...circuit.digital,
    ...(task.scaling.augment === null
      ? []
      : [`augmentation: one input is always dosed with ${task.scaling.augment}`]),
    ...(scaled
      ? ['scaling: columns are mapped to concentrations, and predictions back, by fixed affine maps']
      : []),
    `order: rows are visited in ${settings.order === 'fixed' ? 'the same order every epoch' : 'an order shuffled by the seed'}`,
    ...decisionAct(task),
    'evaluation: a sample of the weight species goes into a second, clean pot; losses and metrics are computed from ' +
      `the concentrations read there after ${circuit.stages ? 'stage readout' : 'phase feed'}`,
  ];
}

/** How outputs become decisions, where they do. */
function decisionAct({ labels = PLAIN, target }: Task): string[] {
  if (labels.kind === 'oneHot') return ['decision: the class whose output is largest'];
  return labels.threshold === undefined
    ? []
    : [`decision: whether ${target} is at least ${labels.threshold}`];
}
