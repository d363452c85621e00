import type { Circuit } from '../circuits/index.js';
import type { Samples } from './data.js';
import { EvaluationPot } from './evaluation.js';
import { accuracy, decodeOutputs, encodeLabel, exampleLoss, PLAIN } from './labels.js';
import { rSquared } from './metrics.js';
import { type Model, modelCircuit } from './model.js';
import { createPacer } from './pace.js';
import { prepare } from './prepare.js';
import { checkStochastic, type PotOptions } from './stochastic.js';

/**
 * Options of {@link predict} and {@link evaluate}. The solver's default to those of the model; with a finite number of
 * molecules they are given anew.
 */
export interface PredictOptions extends PotOptions {
  /** A circuit to use in place of the one the model describes; it must have the same weight species. */
  circuit?: Circuit;
  /** Cancels: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Predictions for rows of features, each a simulated feed-forward phase read from its concentrations.
 *
 * @param rows in the data's own units, columns as `model.features`
 * @returns one prediction per row, in the label's own units (with one output per class: the class's number)
 * @throws DataError for a row that the circuit's rails cannot hold, CircuitFailure when a phase cannot be integrated
 */
export async function predict(
  model: Model,
  rows: readonly (readonly number[])[],
  options: PredictOptions = {},
): Promise<number[]> {
  const outputs = await predictOutputs(model, rows, options);
  return outputs.map((row) => decodeOutputs(model.labels ?? PLAIN, model.scaling, row));
}

/** What the outputs say for rows of features, as concentrations, one per output: see {@link predict}. */
export async function predictOutputs(
  model: Model,
  rows: readonly (readonly number[])[],
  options: PredictOptions = {},
): Promise<number[][]> {
  const { circuit = modelCircuit(model), signal, ...solver } = options;
  checkStochastic(solver);
  const { x } = prepare(circuit, model.scaling, { inputs: rows }, model, 'input');
  const pot = await EvaluationPot.create(circuit, { ...model.solver, ...solver });
  try {
    return await pot.predictAll(model.parameters.concentrations, x, createPacer(signal));
  } finally {
    pot.dispose();
  }
}

/** How well a model does on a set of examples. */
export interface Evaluation {
  /** Mean of ½e² in the label's own units (with one output per class: summed over them, in concentrations). */
  loss: number;
  /** Coefficient of determination; `undefined` when all labels are equal. */
  r2: number | undefined;
  /** Part of the right decisions, where the model is a classifier. */
  accuracy?: number;
  /** One per example, in the label's own units. */
  predictions: number[];
}

/** Loss and R² of simulated predictions, see {@link predict}. */
export async function evaluate(
  model: Model,
  samples: Samples,
  options: PredictOptions = {},
): Promise<Evaluation> {
  if (samples.inputs.length === 0) throw new RangeError('there are no examples to evaluate');
  if (samples.inputs.length !== samples.targets.length) {
    throw new RangeError(`${samples.inputs.length} rows, but ${samples.targets.length} targets`);
  }
  const { labels: code = PLAIN, scaling } = model;
  const outputs = await predictOutputs(model, samples.inputs, options);
  const predictions = outputs.map((row) => decodeOutputs(code, scaling, row));
  let loss = 0;
  outputs.forEach((row, k) => {
    loss += exampleLoss(code, scaling, row, encodeLabel(code, scaling, samples.targets[k]));
  });
  const part = accuracy(code, predictions, samples.targets);
  return {
    loss: loss / outputs.length,
    r2: code.kind === 'value' ? rSquared(predictions, samples.targets) : undefined,
    ...(part !== undefined && { accuracy: part }),
    predictions,
  };
}
