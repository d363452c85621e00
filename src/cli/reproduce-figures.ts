import { modelCircuit, type Task, traceExample } from '../learning/index.js';
import {
  accuracyStripFigure,
  concentrationsFigure,
  dataFigure,
  type Figure,
  lossBandFigure,
  parityFigure,
  weightsFigure,
} from '../plot/index.js';
import { confusionPicture, testPicture } from './confusion-figure.js';
import { tracedSeries } from './large-figures.js';
import { classNames, hasPlane, planeFigure, pointsOf } from './plane-figure.js';
import type { Row } from './reproduce-rows.js';
import type { StoredRun } from './reproduce-stored.js';

/** The examples that a task learns from. Only a plane can be drawn. */
export function dataPicture(task: Task): Figure | undefined {
  const { train, features, target } = task;
  if (features.length !== 2) return undefined;
  const classes = classNames(task);
  return dataFigure({
    points: pointsOf(task),
    ...(classes === undefined ? { targetLabel: target } : { labels: classes }),
    title: `Training data, ${train.targets.length} examples of one seed`,
    xLabel: features[0],
    yLabel: features[1],
  });
}

/** Every seed of classifications, with the authors' figures; losses of different tasks share no axis. */
export function stripPicture(title: string, all: readonly Row[]): Figure | undefined {
  const rows = all.filter(({ measure }) => measure !== 'validation loss');
  if (rows.length === 0) return undefined;
  const several = (key: 'experiment' | 'seeds' | 'measure') => new Set(rows.map((row) => row[key])).size > 1;
  return accuracyStripFigure({
    rows: rows.map(({ experiment, model, seeds, runs, authors }) => ({
      name: [
        several('experiment') ? `${experiment}, ${model}` : model,
        ...(several('seeds') ? [seeds] : []),
      ].join(', '),
      values: runs.map(({ value }) => 100 * (value ?? 0)),
      ...(authors === null ? {} : { reference: 100 * authors }),
    })),
    label: several('measure') ? 'accuracy' : rows[0].measure,
    title,
  });
}

/** Validation losses of all seeds that came to their end. */
export function bandPicture(row: Row, runs: readonly StoredRun[]): Figure | undefined {
  const whole = runs.filter(({ result }) => result.failure === undefined);
  if (whole.length === 0) return undefined;
  const histories = whole.map(({ result }) => result.report.history);
  const reference = [
    ...(row.measure === 'validation loss' && row.authors !== null
      ? [{ label: "the authors' script", value: row.authors }]
      : []),
    ...(row.twinLoss !== null && row.twinLoss > 0
      ? [{ label: 'ideal twin at the end, median', value: row.twinLoss }]
      : []),
  ];
  return lossBandFigure({
    epochs: histories[0].map(({ epoch }) => epoch),
    runs: histories.map((history) => history.map(({ validationLoss }) => validationLoss)),
    train: histories.map((history) => history.map(({ trainLoss }) => trainLoss)),
    reference,
    title: `${row.model}: loss during training, seeds ${row.seeds}`,
  });
}

/** Predictions of one run: classes over the plane or one by one, or against the targets before and after. */
export async function predictionPicture(task: Task, run: StoredRun): Promise<Figure | undefined> {
  const classes = classNames(task);
  const title = `${run.recipe}, seed ${run.seed}`;
  if (classes !== undefined && hasPlane(task)) {
    const { model, grid } = run.result;
    return planeFigure(task, model, grid, `${title}: predicted class over the plane`);
  }
  const { before, after } = run.result.predictions;
  if (before === null || after === null) return undefined;
  if (classes !== undefined) {
    const decided = `${title}: true and predicted classes`;
    return testPicture(task, run.result.grid, decided) ?? confusionPicture(task, after.validation, decided);
  }
  const { targets } = task.validation;
  return parityFigure({
    before: { target: targets, prediction: before.validation },
    after: { target: targets, prediction: after.validation },
    label: task.target,
    title: `${title}: validation examples before and after training`,
  });
}

/** Weights of one run over the examples learned. */
export function weightsPicture(run: StoredRun): Figure | undefined {
  const { rows, steps } = run.result.weights;
  if (rows.length < 2) return undefined;
  const { inputs } = run.result.report;
  const nodes = rows[0].length / inputs.length;
  const name = (k: number) =>
    nodes === 1
      ? `θ ${inputs[k]}`
      : `θ ${inputs[k % inputs.length]}, node ${Math.floor(k / inputs.length) + 1}`;
  return weightsFigure({
    steps,
    series: rows[0].map((_, k) => ({ name: name(k), values: rows.map((row) => row[k]) })),
    title: `${run.recipe}, seed ${run.seed}: weights during training`,
    stepLabel: 'examples learned',
  });
}

/** Concentrations of one run's trained circuit through both phases of its first validation example. */
export async function examplePicture(task: Task, run: StoredRun): Promise<Figure> {
  const { inputs, targets } = task.validation;
  const { model } = run.result;
  const trace = await traceExample(
    model,
    { inputs: inputs[0], target: targets[0] },
    // The page holds dozens of these; a column of a staged circuit is narrow.
    { intervals: task.circuit.pipeline === 'staged' ? 60 : 120 },
  );
  const { times, phases } = trace;
  const series = tracedSeries(trace, modelCircuit(model), task);
  series.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return concentrationsFigure({
    times,
    series,
    phases,
    title: `${run.recipe}, seed ${run.seed}: concentrations through one example`,
  });
}
