import type { Circuit } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import type { Samples } from './data.js';
import { meanLoss, rSquared } from './metrics.js';
import { type Model, modelCircuit } from './model.js';
import { createPacer } from './pace.js';
import { EvaluationPot, prepare } from './pot.js';

/** Options of {@link predict} and {@link evaluate}. The solver's default to those of the model. */
export interface PredictOptions extends SolverOptions {
  /** A circuit to use in place of the one the model describes; it must have the same weight species. */
  circuit?: Circuit;
  /** Cancels: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Predictions for rows of features, each a simulated feed-forward phase read from its concentrations.
 *
 * @param rows in the data's own units, columns as `model.features`
 * @returns one prediction per row, in the label's own units
 * @throws DataError for a row that the circuit's rails cannot hold, CircuitFailure when a phase cannot be integrated
 */
export async function predict(
  model: Model,
  rows: readonly (readonly number[])[],
  options: PredictOptions = {},
): Promise<number[]> {
  const { circuit = modelCircuit(model), signal, ...solver } = options;
  const { x } = prepare(circuit, model.scaling, { inputs: rows }, model, 'input');
  const pot = await EvaluationPot.create(circuit, { ...model.solver, ...solver });
  try {
    return await pot.predictAll(model.parameters.concentrations, x, model.scaling, createPacer(signal));
  } finally {
    pot.dispose();
  }
}

/** How well a model does on a set of examples. */
export interface Evaluation {
  /** Mean of ½e² in the label's own units. */
  loss: number;
  /** Coefficient of determination; `undefined` when all labels are equal. */
  r2: number | undefined;
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
  const predictions = await predict(model, samples.inputs, options);
  return {
    loss: meanLoss(predictions, samples.targets),
    r2: rSquared(predictions, samples.targets),
    predictions,
  };
}
