import {
  leastSquares,
  scaleInputs,
  scaleTarget,
  type TrainingResult,
  traceExample,
} from '../learning/index.js';
import {
  concentrationsFigure,
  type Figure,
  lossCurveFigure,
  parityFigure,
  weightsFigure,
} from '../plot/index.js';
import { confusionPicture, testPicture } from './confusion-figure.js';
import { constantOf } from './constant-input.js';
import { accuracyPicture, imagesPicture, tracedSeries } from './large-figures.js';
import { classNames, hasPlane, planeFigure } from './plane-figure.js';

/** Names of a run's inputs: its features, and `1` for a constant one. */
export function inputNames({ task, circuit }: Pick<TrainingResult, 'task' | 'circuit'>): string[] {
  return constantOf(task.scaling, circuit.options) === null ? task.features : [...task.features, '1'];
}

/** Base names of the figures' files. */
export const figureNames = [
  'loss',
  'accuracy',
  'parity',
  'decisions',
  'confusion',
  'concentrations',
  'weights',
  'images',
] as const;

/** A figure's file name, and how to draw it. */
type Drawn = [(typeof figureNames)[number], () => Figure | Promise<Figure>];

/** The figures of a training run by file name, drawn when asked for. A run without an epoch has none. */
export function trainingFigures(result: TrainingResult): Drawn[] {
  const { history, predictions } = result;
  if (history.length === 0 || predictions.before === null || predictions.after === null) return [];
  const accuracies = accuracyPicture(history);
  const images = imagesPicture(result.task, result.parameters.theta, 'Weights of every node to the pixels');
  return [
    ['loss', () => lossFigure(result)],
    ...(accuracies ? [['accuracy', () => accuracies] as Drawn] : []),
    ...predictionFigure(result),
    ['concentrations', () => exampleFigure(result)],
    // Without a row for every example there is no course to draw.
    ...(result.weights.length > 1 ? [['weights', () => weights(result)] as Drawn] : []),
    ...(images ? [['images', () => images] as Drawn] : []),
  ];
}

/** Predictions: against the targets for a regression; for a classification over the plane, or class by class. */
function predictionFigure(result: TrainingResult): Drawn[] {
  const { task, model, grid, predictions } = result;
  if (classNames(task) === undefined) return [['parity', () => parity(result)]];
  if (hasPlane(task)) {
    return [['decisions', () => planeFigure(task, model, grid, 'Predicted class over the plane')]];
  }
  const decided = predictions.after?.validation ?? [];
  const title = 'True and predicted classes after training';
  return [
    ['confusion', () => (testPicture(task, grid, title) ?? confusionPicture(task, decided, title)) as Figure],
  ];
}

function lossFigure({ history }: TrainingResult): Figure {
  const epochs = history.map(({ epoch }) => epoch);
  const ideal = history.flatMap(({ idealValidationLoss }) =>
    idealValidationLoss === undefined ? [] : [idealValidationLoss],
  );
  return lossCurveFigure({
    epochs,
    trainLoss: history.map(({ trainLoss }) => trainLoss),
    validationLoss: history.map(({ validationLoss }) => validationLoss),
    ...(ideal.length === epochs.length ? { ideal: { epochs, validationLoss: ideal } } : {}),
  });
}

function parity({ task, predictions }: TrainingResult): Figure {
  const { targets } = task.validation;
  return parityFigure({
    before: { target: targets, prediction: predictions.before?.validation ?? [] },
    after: { target: targets, prediction: predictions.after?.validation ?? [] },
    label: task.target,
    title: 'Validation examples before and after training',
  });
}

async function exampleFigure({ model, task, circuit }: TrainingResult): Promise<Figure> {
  const { inputs, targets } = task.validation;
  const trace = await traceExample(model, { inputs: inputs[0], target: targets[0] });
  const series = tracedSeries(trace, circuit, task);
  // In the order in which a reader thinks of them: what goes in, what comes out, then the rest by name.
  const told = [...circuit.inputs, circuit.target, ...circuit.readout].flatMap(({ plus, minus }) => [
    plus,
    minus,
  ]);
  const rank = (name: string) => (told.includes(name) ? told.indexOf(name) : told.length);
  series.sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name, 'en', { numeric: true }));
  return concentrationsFigure({ times: trace.times, series, phases: trace.phases });
}

function weights(result: TrainingResult): Figure {
  const names = weightNames(result);
  const best = result.circuit.family === 'linear' ? bestWeights(result) : undefined;
  return weightsFigure({
    steps: result.weights.map((_, step) => step),
    series: names.map((name, i) => ({ name, values: result.weights.map((row) => row[i]) })),
    ...(best === undefined ? {} : { ideal: names.map((name, i) => ({ name, value: best[i] })) }),
    idealLabel: 'least squares',
    stepLabel: 'examples learned',
  });
}

/** Names of θ: by input where each has one weight, else as the species P are called. */
function weightNames({ circuit, task }: TrainingResult): string[] {
  if (circuit.family !== 'linear') {
    return circuit.weights.map(({ plus }) => `θ${plus.replace(/^P/, '').replace(/[+]$/, '')}`);
  }
  const constant = constantOf(task.scaling, circuit.options);
  return [...task.features, ...(constant === null ? [] : ['intercept'])].map((name) => `θ ${name}`);
}

/** The weights that fit the training rows best, found digitally; undefined when they are not unique. */
function bestWeights({ task, circuit }: TrainingResult): number[] | undefined {
  const { horizon, drift, inputs } = circuit.options;
  const shift = drift === false ? 0 : inputs * drift * horizon;
  const scaling = { ...task.scaling, augment: constantOf(task.scaling, circuit.options) };
  const { coefficients, dependent } = leastSquares(
    task.train.inputs.map((row) => scaleInputs(scaling, row)),
    task.train.targets.map((target) => scaleTarget(task.scaling, target) - shift),
  );
  return dependent.length > 0 ? undefined : coefficients.map((weight) => (weight - 1) / horizon);
}
