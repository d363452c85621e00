import { type Circuit, learnedSpecies, parameters } from '../circuits/index.js';
import type { Checkpoint, EpochRecord, SetPredictions, TrainSettings } from './checkpoint.js';
import { patienceAct, stoppedAt } from './early-stopping.js';
import { accuracy, classCount, confusionMatrix, PLAIN } from './labels.js';
import { rSquared } from './metrics.js';
import { MODEL_VERSION, type Model } from './model.js';
import type { Concentrations } from './pot.js';
import type { Task } from './tasks.js';
import type { Trainer } from './trainer.js';
import type { TrainingResult } from './training-result.js';
import { PACKAGE_VERSION } from './version.js';

/** What a run has come to at a checkpoint of it. */
export function summarise(
  trainer: Trainer,
  checkpoint: Checkpoint,
  status: TrainingResult['status'],
  grid?: number[],
  scheduled?: number,
): TrainingResult {
  const { task, circuit, settings } = trainer;
  const { progress } = checkpoint;
  const { aliquot = checkpoint.concentrations, epoch = checkpoint.epoch } = progress.best ?? {};
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
      ...metricsOf(task, progress.idealDifferences, described, after),
      ...(grid && gridMetrics(trainer, grid)),
      ...(scheduled !== undefined && { scheduledFinalLoss: scheduled }),
    },
    parameters: parameters(circuit, (species) => aliquot[species]),
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
    model: modelOf(trainer, aliquot, { epochs: epoch, described }),
    checkpoint,
  };
}

/**
 * The model that a sample of the weight species makes.
 * @param described the epoch's losses, where the sample was taken at its end
 */
export function modelOf(
  { task, circuit, settings }: Trainer,
  aliquot: Concentrations,
  { epochs, described }: { epochs: number; described?: EpochRecord | undefined },
): Model {
  return {
    format: 'neural-crn-model',
    version: MODEL_VERSION,
    package: PACKAGE_VERSION,
    experiment: task.experiment,
    seed: task.seed,
    circuit: {
      family: circuit.family,
      options: circuit.options,
      ...(circuit.clock && { clock: circuit.clock }),
      ...(task.dsd && { dsd: task.dsd }),
    },
    parameters: {
      ...parameters(circuit, (species) => aliquot[species]),
      concentrations: Object.fromEntries(
        learnedSpecies(circuit).map((species) => [species, aliquot[species]]),
      ),
    },
    features: task.features,
    target: task.target,
    scaling: task.scaling,
    ...(task.labels && { labels: task.labels }),
    ...(task.prepared && { prepared: task.prepared }),
    solver: { rtol: settings.rtol, atol: settings.atol },
    training: {
      epochs,
      ...(settings.stochastic && { stochastic: settings.stochastic }),
      ...(described && { trainLoss: described.trainLoss, validationLoss: described.validationLoss }),
    },
  };
}

function metricsOf(
  task: Task,
  idealDifferences: readonly number[],
  described: EpochRecord | undefined,
  after: SetPredictions | null,
): TrainingResult['metrics'] {
  const metrics: TrainingResult['metrics'] = {};
  const { labels: code = PLAIN } = task;
  const { trainAccuracy, validationAccuracy, idealValidationLoss: ideal } = described ?? {};
  if (trainAccuracy !== undefined) metrics.trainAccuracy = trainAccuracy;
  if (validationAccuracy !== undefined) metrics.validationAccuracy = validationAccuracy;
  const confusion = after && confusionMatrix(code, after.validation, task.validation.targets);
  if (confusion) metrics.confusion = confusion;
  const valued = classCount(code) === 0;
  const trainR2 = after && valued ? rSquared(after.train, task.train.targets) : undefined;
  const validationR2 = after && valued ? rSquared(after.validation, task.validation.targets) : undefined;
  if (trainR2 !== undefined) metrics.trainR2 = trainR2;
  if (validationR2 !== undefined) metrics.validationR2 = validationR2;
  if (ideal !== undefined) {
    metrics.idealFinalLoss = ideal;
    // Without rows for the examples there is nothing to say; before the first one it is 0.
    if (idealDifferences.length > 0 || described?.epoch === 0)
      metrics.idealLargestDifference = idealDifferences.reduce((most, value) => Math.max(most, value), 0);
  }
  return metrics;
}

/** What a set of examples that was predicted once says. */
function gridMetrics(trainer: Trainer, grid: readonly number[]): TrainingResult['metrics'] {
  const { labels: code = PLAIN, features, grid: set } = trainer.task;
  const found = set && accuracy(code, grid, set.targets);
  if (set === undefined || found === undefined) return {};
  const twin = trainer.idealGrid();
  const ideal = twin && accuracy(code, twin, set.targets);
  const confusion = features.length === 2 ? undefined : confusionMatrix(code, grid, set.targets);
  return {
    gridAccuracy: found,
    ...(ideal !== undefined && { idealGridAccuracy: ideal }),
    ...(confusion && { gridConfusion: confusion }),
  };
}

/** Everything in a run that is not chemistry, in words. */
function digitalActs(circuit: Circuit, task: Task, settings: TrainSettings): string[] {
  const scaled = [...task.scaling.features, task.scaling.target].some(
    ({ offset, scale }) => offset !== 0 || scale !== 1,
  );
  return [
    ...(task.prepared ?? []),
    ...circuit.digital,
    ...(task.scaling.augment === null
      ? []
      : [`augmentation: one input is always dosed with ${task.scaling.augment}`]),
    ...(scaled
      ? ['scaling: columns are mapped to concentrations, and predictions back, by fixed affine maps']
      : []),
    `order: rows are visited in ${settings.order === 'fixed' ? 'the same order every epoch' : 'an order shuffled by the seed'}`,
    ...decisionAct(task),
    ...moleculesAct(settings),
    'evaluation: a sample of the weight species goes into a second, clean pot; losses and metrics are computed from ' +
      `the concentrations read there after ${circuit.stages ? 'stage readout' : 'phase feed'}`,
  ];
}

/** What is done with molecules, where they are counted. */
function moleculesAct({ stochastic }: TrainSettings): string[] {
  if (stochastic === undefined) return [];
  return [
    'molecules: what is dosed or written by hand and is no whole number of molecules becomes one of the two beside it, by ' +
      'chance and such that its mean is what was asked for',
    ...(stochastic.evaluation === 'ode'
      ? ['evaluation: predictions are made by rate equations, from the weights as they stand']
      : []),
  ];
}

/** How outputs become decisions, where they do. */
function decisionAct({ labels = PLAIN, target }: Task): string[] {
  if (labels.kind === 'oneHot') return ['decision: the class whose output is largest'];
  return labels.threshold === undefined
    ? []
    : [`decision: whether ${target} is at least ${labels.threshold}`];
}
